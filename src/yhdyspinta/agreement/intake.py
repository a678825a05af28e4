"""Facts from JSON Lines: every line read, every problem said, nothing half taken in (DESIGN §3.3)."""

from __future__ import annotations

import codecs
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Any

import msgspec

from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.facts import NEGOTIATIONS, PLANS, Fact, decoder

if TYPE_CHECKING:
    from yhdyspinta.agreement.charter import Charter

_AT = re.compile(r" - at `\$\.?(?P<path>[^`]*)`$")
_PROBLEMS = (
    (re.compile(r"^Invalid value '(.*)' - at `\$\.fact`$"), r"unknown kind of fact `\1`"),
    (re.compile(r"^Object missing required field `(.*?)`.*$"), r"the field `\1` is missing"),
    (re.compile(r"^Object contains unknown field `(.*?)`.*$"), r"unknown field `\1`"),
    (re.compile(r"^Invalid RFC3339 encoded date - at `\$\.(.*)`$"), r"`\1` is no date such as 2024-05-14"),
    (re.compile(r"^Expected `object`, got `(.*)`$"), r"the line is \1, not an object"),
)


class FactErrors(Exception):
    """Lines that are no facts of this agreement: (line, message) in line order."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        """Keep the problems in line order."""
        self.problems = sorted(problems)
        super().__init__("\n".join(f"{line}: {message}" for line, message in self.problems))


@dataclass(slots=True)
class Known:
    """The ids that facts may name: the agreement's own, and the groups that facts introduce."""

    parties: frozenset[str]
    bodies: set[str]
    themes: frozenset[str]
    duties: frozenset[str]
    readings: frozenset[str]
    negotiations: frozenset[str]
    plans: frozenset[str]
    ids: dict[str, str] = field(default_factory=dict)
    """Ids of facts, each with its kind."""

    @classmethod
    def of(cls, charter: Charter) -> Known:
        """Return what a charter defines."""
        return cls(
            parties=frozenset(charter.parties),
            bodies=set(charter.bodies),
            themes=frozenset(charter.themes),
            duties=frozenset(charter.duties),
            readings=frozenset(charter.readings),
            negotiations=NEGOTIATIONS | _named(charter, "negotiation"),
            plans=PLANS | _named(charter, "plan"),
        )

    def learn(self, fact: Fact) -> str | None:
        """Take in what a fact introduces; return what is wrong with its id."""
        if type(fact) is f.BodyFormed:
            self.bodies.add(fact.body)
        id = fact.id
        if type(id) is str:
            if id in self.ids:
                return f"the id `{id}` is already used"
            self.ids[id] = f.kind_of(fact)
        return None


def _named(charter: Charter, attribute: str) -> frozenset[str]:
    """Return the values that the agreement's own duties give an open field of evidence."""
    found: set[str] = set()
    for duty in charter.duties.values():
        for fields in duty.evidence.values():
            if isinstance(value := fields.get(attribute), str):
                found.add(value)
    return frozenset(found)


Check = Callable[[Any, Known], str | None]


def _body(fact: Any, known: Known) -> str | None:
    return None if fact.body in known.bodies else f"unknown body `{fact.body}`"


def _party(fact: Any, known: Known) -> str | None:
    return None if fact.party in known.parties else f"unknown party `{fact.party}`"


def _preparers(fact: f.AgendaIssued, known: Known) -> str | None:
    for id in fact.prepared_by:
        if id not in known.parties and id not in known.bodies:
            return f"unknown party or body `{id}` in `prepared_by`"
    return None


def _subject(fact: f.AcceptanceGiven, known: Known) -> str | None:
    return None if fact.subject in known.bodies else f"unknown body `{fact.subject}`"


def _ends_after(fact: Any, _: Known) -> str | None:
    return "`to` is before `from`" if f.last_day_of(fact) < fact.on else None


def _plan(fact: f.PlanAdopted, known: Known) -> str | None:
    return None if fact.plan in known.plans else f"unknown plan `{fact.plan}`"


def _theme_of(fact: Any, known: Known) -> str | None:
    if isinstance(fact.theme, str) and fact.theme not in known.themes:
        return f"unknown theme `{fact.theme}`"
    return None


def _negotiation(fact: f.NegotiationHeld, known: Known) -> str | None:
    return None if fact.negotiation in known.negotiations else f"unknown negotiation `{fact.negotiation}`"


def _took_part(fact: f.NegotiationHeld, known: Known) -> str | None:
    for id in fact.parties or ():
        if id not in known.parties:
            return f"unknown party `{id}` in `parties`"
    return None


def _shared(fact: f.ReleaseShared, known: Known) -> str | None:
    body, at, day = fact.release.partition("@")
    if body not in known.bodies:
        return f"unknown body `{body}` in `release`"
    try:
        dt.date.fromisoformat(day if at and len(day) == 10 else "")
    except ValueError:
        return f"`release` is <body>@<meeting day>, not `{fact.release}`"
    return None


def _duty(fact: f.Waived, known: Known) -> str | None:
    return None if fact.duty in known.duties else f"unknown duty `{fact.duty}`"


def _object(fact: f.Waived, known: Known) -> str | None:
    if isinstance(fact.object, str) and fact.object not in known.themes and fact.object not in known.bodies:
        return f"unknown theme or body `{fact.object}` in `object`"
    return None


def _party_if_any(fact: f.Waived, known: Known) -> str | None:
    return _party(fact, known) if isinstance(fact.party, str) else None


def _reading(fact: f.ReadingSet, known: Known) -> str | None:
    return None if fact.reading in known.readings else f"unknown reading `{fact.reading}`"


def _withdrawn(fact: f.Withdrawn, known: Known) -> str | None:
    kind = known.ids.get(fact.of)
    if kind is None:
        return f"unknown fact `{fact.of}` in `of`"
    return "a withdrawal cannot be withdrawn; record the fact again" if kind == "withdrawn" else None


CHECKS: dict[type[Fact], tuple[Check, ...]] = {
    f.MeetingHeld: (_body,),
    f.AgendaIssued: (_body, _preparers),
    f.ItemHandled: (_body,),
    f.MinutesApproved: (_body,),
    f.PictureApproved: (_body,),
    f.AcceptanceGiven: (_party, _subject),
    f.BodyAppointed: (_body,),
    f.MemberNamed: (_party, _body, _ends_after),
    f.OfficersElected: (_body,),
    f.PlanAdopted: (_body, _plan),
    f.CounterpartNamed: (_party, _theme_of, _ends_after),
    f.CoordinatorNamed: (_party, _theme_of, _ends_after),
    f.ContributionDelivered: (_party,),
    f.DocumentCurrent: (_party, _ends_after),
    f.ReportPresented: (_party,),
    f.NegotiationHeld: (_negotiation, _took_part),
    f.ReleasePublished: (_body,),
    f.ReleaseShared: (_party, _shared),
    f.DecisionMade: (_party,),
    f.Signed: (_party,),
    f.Waived: (_duty, _object, _party_if_any),
    f.ReadingSet: (_reading,),
    f.PartyStatus: (_party,),
    f.BodyFormed: (_theme_of,),
    f.Withdrawn: (_withdrawn,),
    f.EvaluationMade: (),
}


def check_facts(facts: Iterable[tuple[int, Fact]], known: Known) -> list[tuple[int, str]]:
    """Return what is wrong with facts that were already learnt, by their line.

    A fact may name what a later line introduces, so all are learnt before any is checked.
    """
    problems: list[tuple[int, str]] = []
    checks = CHECKS
    for line, fact in facts:
        for check in checks[type(fact)]:
            if (problem := check(fact, known)) is not None:
                problems += [(line, problem)]
    return problems


def read_facts(lines: Iterable[bytes], charter: Charter, known: Known | None = None) -> list[Fact]:
    """Read facts from JSON Lines; blank lines are skipped.

    Raises:
        FactErrors: every line that is no fact of this agreement.

    """
    known = known or Known.of(charter)
    facts: list[Fact] = []
    blank: list[int] = []
    problems: list[tuple[int, str]] = []
    decode = decoder.decode
    bodies, ids, formed = known.bodies, known.ids, f.BodyFormed
    unset = msgspec.UNSET
    for number, line in enumerate(_without_mark(lines), start=1):
        try:
            fact = decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            blank.append(number)
            if line.strip():
                problems += [(number, message) for message in _problems_of(line, error)]
            continue
        facts.append(fact)
        if type(fact) is formed:
            bodies.add(fact.body)
        if (id := fact.id) is not unset:
            if id in ids:
                problems.append((number, f"the id `{id}` is already used"))
            ids[id] = str(fact.__struct_config__.tag)
    problems += check_facts(_numbered(facts, blank), known)
    if problems:
        raise FactErrors(problems)
    return facts


def _without_mark(lines: Iterable[bytes]) -> Iterable[bytes]:
    """Drop the byte order mark that some programs put before the first line."""
    rest = iter(lines)
    return chain((next(rest, b"").removeprefix(codecs.BOM_UTF8),), rest)


def _numbered(facts: list[Fact], skipped: list[int]) -> Iterable[tuple[int, Fact]]:
    """Give facts back their line numbers: those that were not skipped, in order."""
    if not skipped:
        return enumerate(facts, start=1)
    gaps = set(skipped)
    lines = (line for line in range(1, len(facts) + len(skipped) + 1) if line not in gaps)
    return zip(lines, facts, strict=True)


def _problems_of(line: bytes, error: Exception) -> list[str]:
    """Return everything that is wrong with a line that could not be read: the decoder stops at the first."""
    if not isinstance(error, msgspec.ValidationError):
        return [explain(error)]
    try:
        given = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return [explain(error)]
    kind = f.KINDS.get(str(given.get("fact"))) if isinstance(given, dict) else None
    if kind is None:
        return [explain(error)]
    fields = {each.encode_name: each for each in msgspec.structs.fields(kind)}
    found = [f"unknown field `{name}`" for name in given if name not in fields and name != "fact"]
    for name, each in fields.items():
        if name not in given:
            found += [f"the field `{name}` is missing"] if each.required else []
            continue
        try:
            msgspec.convert({name: given[name]}, dict[str, each.type])  # type: ignore[name-defined]
        except msgspec.ValidationError as wrong:
            found.append(explain(msgspec.ValidationError(str(wrong).replace("$[...]", f"$.{name}"))))
    return found or [explain(error)]


def explain(error: Exception) -> str:
    """Put a decoding error into words for the writer of the line."""
    if isinstance(error, UnicodeDecodeError):
        return "the line is not UTF-8"
    text = str(error)
    for pattern, words in _PROBLEMS:
        if pattern.match(text):
            return pattern.sub(words, text)
    if isinstance(error, msgspec.ValidationError):
        path = _AT.search(text)
        return f"`{path['path']}`: {_AT.sub('', text)}" if path else text
    return f"broken JSON: {text}"


def facts_of_objects(objects: Iterable[Mapping[str, Any]], charter: Charter, known: Known | None = None) -> list[Fact]:
    """Read facts from JSON objects, as rooms hand them over.

    Raises:
        FactErrors: by position, from 1.

    """
    return read_facts((msgspec.json.encode(given) for given in objects), charter, known)
