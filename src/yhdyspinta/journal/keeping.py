"""Which facts are new, which have vanished: the rows that a change adds to the kept facts.

Nothing here writes: the functions return unsaved rows, numbered and named, and the change writes
them with its entry. ``waiting`` are rows of the same change that are not written yet.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from yhdyspinta.journal import reading
from yhdyspinta.journal.canonical import canonical
from yhdyspinta.journal.models import Agreement, KeptFact

Given: TypeAlias = Mapping[str, Any]

_MANY = 500
"""How many values one query names at once; SQLite allows a limited number of parameters."""


def kept_now(
    agreement: Agreement,
    facts: Mapping[str, Sequence[Given]],
    waiting: Sequence[KeptFact],
    today: date,
) -> list[KeptFact]:
    """Compare what things prove now with what is kept for them; add the new, withdraw the vanished."""
    standing: dict[str, dict[str, KeptFact]] = {thing: {} for thing in facts}
    for kept in _standing(agreement, list(facts), waiting):
        standing[kept.thing][kept.fact] = kept
    new: list[tuple[str, Given]] = []
    vanished: list[KeptFact] = []
    for thing, given in facts.items():
        now = {canonical(content(plain(fact))): fact for fact in given}
        new += [(thing, fact) for key, fact in now.items() if key not in standing[thing]]
        vanished += [kept for key, kept in standing[thing].items() if key not in now]
    new += [(kept.thing, _withdrawal(kept.fact_id, today)) for kept in vanished]
    return _rows(agreement, new, waiting, today)


def added(
    agreement: Agreement,
    facts: Mapping[str, Sequence[Given]],
    waiting: Sequence[KeptFact],
    today: date,
) -> list[KeptFact]:
    """Add facts to what things prove, withdrawing nothing."""
    new = [(thing, fact) for thing, given in facts.items() for fact in given]
    return _rows(agreement, new, waiting, today)


def withdrawn(
    agreement: Agreement, fact_ids: Iterable[str], waiting: Sequence[KeptFact], today: date
) -> list[KeptFact]:
    """Withdraw kept facts by their ids."""
    wanted = list(dict.fromkeys(fact_ids))
    found = {kept.fact_id: kept for kept in waiting if kept.fact_id in wanted}
    gone = {kept.withdraws for kept in waiting if kept.withdraws}
    for some in _chunks(wanted):
        rows = KeptFact.objects.filter(agreement=agreement)
        found |= {kept.fact_id: kept for kept in rows.filter(fact_id__in=some)}
        gone |= set(rows.filter(withdraws__in=some).values_list("withdraws", flat=True))
    for fact_id in wanted:
        if fact_id not in found:
            raise ValidationError(_("There is no fact “%(id)s”.") % {"id": fact_id})
        if fact_id in gone or found[fact_id].withdraws:
            raise ValidationError(_("The fact “%(id)s” is withdrawn already.") % {"id": fact_id})
    new = [(found[fact_id].thing, _withdrawal(fact_id, today)) for fact_id in wanted]
    return _rows(agreement, new, waiting, today)


def plain(fact: Given) -> dict[str, Any]:
    """Return a fact as a file would carry it: days as text."""
    as_read: dict[str, Any] = json.loads(canonical(fact))
    return as_read


def content(fact: Given) -> dict[str, Any]:
    """Return what a fact says, without the id and the recording day that the journal gives."""
    return {name: value for name, value in fact.items() if name not in {"id", "recorded"}}


def _standing(agreement: Agreement, things: list[str], waiting: Sequence[KeptFact]) -> list[KeptFact]:
    """Return the facts kept for the things and not withdrawn."""
    kept = [row for row in waiting if row.thing in set(things)]
    gone = {row.withdraws for row in waiting if row.withdraws}
    for some in _chunks(things):
        kept += KeptFact.objects.filter(agreement=agreement, thing__in=some)
    for some in _chunks([row.fact_id for row in kept]):
        rows = KeptFact.objects.filter(agreement=agreement, withdraws__in=some)
        gone |= set(rows.values_list("withdraws", flat=True))
    return [row for row in kept if not row.withdraws and row.fact_id not in gone]


def _rows(
    agreement: Agreement,
    new: list[tuple[str, Given]],
    waiting: Sequence[KeptFact],
    today: date,
) -> list[KeptFact]:
    if not new:
        return []
    facts = [plain(fact) for _thing, fact in new]
    days = reading.days_of(agreement, facts, waiting)
    last = KeptFact.objects.filter(agreement=agreement).aggregate(last=Max("number"))["last"] or 0
    first = last + len(waiting) + 1
    numbers = range(first, first + len(facts))
    ids = _ids(agreement, facts, numbers, waiting)
    things = [thing for thing, _fact in new]
    return [
        KeptFact(
            agreement=agreement,
            number=number,
            thing=thing,
            fact_id=fact_id,
            kind=fact["fact"],
            day=day,
            recorded=date.fromisoformat(fact["recorded"]) if "recorded" in fact else today,
            withdraws=fact["of"] if fact["fact"] == "withdrawn" else "",
            fact=canonical(content(fact)),
        )
        for thing, fact, day, number, fact_id in zip(things, facts, days, numbers, ids, strict=True)
    ]


def _ids(agreement: Agreement, facts: list[dict[str, Any]], numbers: range, waiting: Sequence[KeptFact]) -> list[str]:
    """Return each fact's id: its own, or the agreement's slug with the fact's running number.

    A file may have brought in an id of that form; then the made one gets a letter behind it.
    """
    own = [fact["id"] for fact in facts if "id" in fact]
    made = [f"{agreement.slug}-{number}" for number in numbers]
    taken = {row.fact_id for row in waiting}
    for some in _chunks([*made, *own]):
        rows = KeptFact.objects.filter(agreement=agreement, fact_id__in=some)
        taken |= set(rows.values_list("fact_id", flat=True))
    twice = sorted(taken.intersection(own) | {one for one, n in Counter(own).items() if n > 1})
    if twice:
        raise ValidationError([_("The id “%(id)s” belongs to another fact already.") % {"id": one} for one in twice])
    taken |= set(own)
    return [fact["id"] if "id" in fact else _free(name, taken) for fact, name in zip(facts, made, strict=True)]


def _free(fact_id: str, taken: set[str]) -> str:
    while fact_id in taken:
        fact_id += "x"
    return fact_id


def _withdrawal(fact_id: str, today: date) -> Given:
    return {"fact": "withdrawn", "of": fact_id, "on": today.isoformat()}


def _chunks(values: list[str]) -> Iterable[list[str]]:
    for start in range(0, len(values), _MANY):
        yield values[start : start + _MANY]
