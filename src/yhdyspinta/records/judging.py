"""What becomes of each line of a history: added, already there, or refused and why.

Reads what is kept, writes nothing. The same lines against the same agreement always get the same verdicts, so a preview
that has grown old is judged again before it is applied.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from yhdyspinta.agreement import Fact, fact_of
from yhdyspinta.agreement.facts import Withdrawn, same
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.models import Agreement, KeptFact
from yhdyspinta.journal.queries import ledger_of
from yhdyspinta.journal.reference import link_of, reference_text
from yhdyspinta.parties.policy import manages_installation
from yhdyspinta.records import policy
from yhdyspinta.records.evidence import NAME
from yhdyspinta.records.models import BroughtInLine, Record
from yhdyspinta.records.rules import Problem, problems_of
from yhdyspinta.records.spreadsheet import Line
from yhdyspinta.records.words import Names

NEW, KNOWN, REFUSED, EXAMPLE = BroughtInLine.Verdict.values
LONGEST_REFERENCE = 300
LONGEST_NOTE = 2000
LONGEST_LINK = 1000
_is_address = URLValidator(["http", "https"])


@dataclass(slots=True)
class Judged:
    """A line with its verdict."""

    line: Line
    verdict: str
    why: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Kept:
    """What is kept already: equal facts, ids, and which of them are withdrawn."""

    by_content: dict[object, str]
    by_id: dict[str, object]
    withdrawn: set[str]
    standing: set[object]


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked of a line that is sound: what it withdraws, what is kept, and who brings it."""

    targets: Mapping[str, Record]
    kept: _Kept
    allowed: Callable[[Mapping[str, Any]], bool]
    own_alone: str | None
    """The party whose records alone the file may withdraw, and whose lines are recorded today; None for any."""


def judge(agreement: Agreement, lines: list[Line], names: Names, *, by: Actor, today: dt.date) -> list[Judged]:
    """Return every line with its verdict, in the order of the file. At most nine queries.

    A group that a line forms is known to the others only where that line will be added.
    """
    kept = _kept(agreement)
    keeper = manages_installation(by)
    allowed = _allowed(agreement, names, by, keeper=keeper)
    own_alone = None if keeper else by.party or ""
    forming = _forming(lines)
    ask = _Asking(_targets(agreement, lines), kept, allowed, own_alone)
    while True:
        formed = {**names.formed, **dict(forming.values())}
        judged = _judged(lines, Names(names.charter, formed), ask, today=today)
        forming = {at: group for at, group in forming.items() if judged[at].verdict == NEW}
        if formed == {**names.formed, **dict(forming.values())}:
            return judged


def _judged(lines: list[Line], names: Names, asking: _Asking, *, today: dt.date) -> list[Judged]:
    """Return every line with its verdict, where facts may use these names. No queries."""
    kept = asking.kept
    known_ids = {str(line.given["id"]) for line in lines if line.given.get("id")} | set(asking.targets)
    seen: dict[object, int] = {}
    ids: dict[str, int] = {}
    judged = []
    for line in lines:
        if line.example:
            judged.append(Judged(line, EXAMPLE))
            continue
        why = [*line.problems]
        if not why:
            why = [*problems_of(line.given, names, today=today, known_ids=known_ids), *beside(line)]
        judged.append(Judged(line, REFUSED, why) if why else _compared(line, kept, seen, ids))
    by_id = {str(one.line.given["id"]): one for one in judged if one.line.given.get("id")}
    for one in judged:
        if one.verdict == NEW:
            _ask(one, by_id, asking)
    return judged


def _forming(lines: Iterable[Line]) -> dict[int, tuple[str, str | dict[str, str]]]:
    """Return the groups that lines form, by the place of the line: (id, name)."""
    found: dict[int, tuple[str, str | dict[str, str]]] = {}
    for at, line in enumerate(lines):
        body, name = line.given.get("body"), line.given.get("name")
        if line.given.get("fact") != "body-formed" or line.example or not isinstance(body, str):
            continue
        texts = list(name.values()) if isinstance(name, dict) else [name]
        if isinstance(name, (str, dict)) and texts and all(isinstance(text, str) and text for text in texts):
            found[at] = (body, name)
    return found


def beside(line: Line) -> Iterable[Problem]:
    """Check what a line says beside its fact: its link, its note and the length of its reference."""
    reference = line.given.get("reference")
    for link in filter(None, (line.link, link_of(reference))):
        try:
            _is_address(link[: LONGEST_LINK + 1])
        except ValidationError:
            yield Problem("link", "bad-link", {"value": link[:80]})
        else:
            if len(link) > LONGEST_LINK:
                yield Problem("link", "too-long", {"value": str(LONGEST_LINK)})
    if reference is not None and not isinstance(reference, (str, dict)):
        yield Problem("reference", "not-text")
    elif len(reference_text(reference)) > LONGEST_REFERENCE:
        yield Problem("reference", "too-long", {"value": str(LONGEST_REFERENCE)})
    if len(line.note) > LONGEST_NOTE:
        yield Problem("note", "too-long", {"value": str(LONGEST_NOTE)})


def compare(agreement: Agreement, lines: Iterable[Line]) -> list[Judged]:
    """Return which facts, sound already, are new to an agreement. Two queries, or three."""
    kept, seen, ids = _kept(agreement), dict[object, int](), dict[str, int]()
    return [_compared(line, kept, seen, ids) for line in lines]


def _compared(line: Line, kept: _Kept, seen: dict[object, int], ids: dict[str, int]) -> Judged:
    """Compare a sound line with what is kept and with the lines before it.

    A fact with an id is known by it, one without by what it says, as in ``journal.actions.import_facts``: of two equal
    facts with ids of their own, one may be withdrawn and the other stay.
    """
    try:
        content = said(fact_of(line.given))
    except msgspec.ValidationError as error:  # the rules let nothing through that the engine does not take
        return Judged(line, REFUSED, [Problem("fact", "engine", {"value": str(error)})])
    id_ = line.given.get("id")
    if problem := _wrong_id(id_, content, kept, ids):
        return Judged(line, REFUSED, [problem])
    known = _known_by_id(id_, kept) if id_ else _known_by_content(content, kept, seen)
    if known:
        return Judged(line, KNOWN, [known])
    seen.setdefault(content, line.number)
    if id_:
        ids[id_] = line.number
    return Judged(line, NEW)


def _known_by_id(id_: str, kept: _Kept) -> Problem | None:
    return Problem("fact", "kept-already") if id_ in kept.by_id else None


def _known_by_content(content: object, kept: _Kept, seen: Mapping[object, int]) -> Problem | None:
    if content in kept.standing:
        return Problem("fact", "kept-already")
    if content in kept.by_content:
        return Problem("fact", "withdrawn-before")
    return Problem("fact", "same-as-line", {"value": str(seen[content])}) if content in seen else None


def _wrong_id(id_: str | None, content: object, kept: _Kept, ids: Mapping[str, int]) -> Problem | None:
    """Return what is wrong with the id that a line gives its fact: it stands elsewhere, or belongs to another fact."""
    if not id_:
        return None
    if id_ in ids:
        return Problem("id", "id-twice", {"value": id_, "line": str(ids[id_])})
    if kept.by_id.get(id_, content) != content:
        return Problem("id", "id-taken", {"value": id_})
    return None


def said(fact: Fact) -> object:
    """Return what makes two facts equal, kinds kept apart (DESIGN §3.2)."""
    return type(fact), same(fact)


def _kept(agreement: Agreement) -> _Kept:
    """Return what is kept. Three queries at most, and no more for many facts."""
    facts = ledger_of(agreement).facts
    withdrawn = {fact.of for fact in facts if isinstance(fact, Withdrawn)}
    kept = _Kept({}, {}, withdrawn, set())
    for fact in facts:
        content, id_ = said(fact), str(fact.id)
        kept.by_id[id_] = content
        kept.by_content[content] = id_
        if id_ not in withdrawn:
            kept.standing.add(content)
    return kept


# Withdrawals


def _targets(agreement: Agreement, lines: Iterable[Line]) -> dict[str, Record]:
    """Return the records whose facts the lines withdraw, by the id of the fact. Three queries where there are any."""
    wanted = [str(line.given.get("of")) for line in lines if line.given.get("fact") == "withdrawn"]
    if not wanted:
        return {}
    kept = {row.fact_id: row.thing for row in _kept_in(agreement, wanted) if row.thing.startswith(f"{NAME}:")}
    numbers = {int(thing.partition(":")[2]) for thing in kept.values()}
    rows = Record.objects.filter(agreement=agreement, replaced_at__isnull=True).prefetch_related("facts")
    found = {row.line: row for row in rows if row.line in numbers}
    things = {fact_id: int(thing.partition(":")[2]) for fact_id, thing in kept.items()}
    return {fact_id: found[number] for fact_id, number in things.items() if number in found}


def _kept_in(agreement: Agreement, ids: list[str]) -> list[KeptFact]:
    found: list[KeptFact] = []
    for start in range(0, len(ids), 500):
        found += KeptFact.objects.filter(agreement=agreement, fact_id__in=ids[start : start + 500])
    return found


def _ask(one: Judged, by_id: Mapping[str, Judged], asking: _Asking) -> None:
    """Ask who may say a line, and what it withdraws; what may not be said is refused."""
    given = one.line.given
    if asking.own_alone is not None and given.get("recorded") is not None:
        one.verdict, one.why = REFUSED, [Problem("recorded", "recorded-not-yours")]
        return
    if given["fact"] != "withdrawn":
        if not asking.allowed(given):
            one.verdict, one.why = REFUSED, [Problem("fact", "not-yours")]
        return
    target = by_id.get(given["of"])
    record = asking.targets.get(given["of"])
    if given["of"] in asking.kept.withdrawn:
        one.verdict, one.why = KNOWN, [Problem("of", "withdrawn-already")]
    elif record is not None and len(record.facts.all()) > 1:
        one.verdict, one.why = REFUSED, [Problem("of", "withdraw-by-hand")]
    elif record is not None:
        own = asking.own_alone is None or policy.made_for(asking.own_alone, record)
        if not own or not all(asking.allowed(fact.given) for fact in record.facts.all()):
            one.verdict, one.why = REFUSED, [Problem("of", "not-yours")]
    elif target is None or target.verdict != NEW or target.line.given["fact"] == "withdrawn":
        one.verdict, one.why = REFUSED, [Problem("of", "unknown-fact", {"value": given["of"]})]


def _allowed(agreement: Agreement, names: Names, by: Actor, *, keeper: bool) -> Callable[[Mapping[str, Any]], bool]:
    """Return the question whether the actor may say a fact; who it is, is asked once. At most two queries."""
    if keeper:
        return lambda _given: True
    if not policy.acts_for_its_party(by, agreement):
        return lambda _given: False
    return lambda given: policy.concerns(by.party or "", given, names.charter)
