"""A comparison in words, in the language of the page: the same for the page, the DOCX and the PDF."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext

from yhdyspinta.agreement import Charter, Right
from yhdyspinta.agreement.compare import (
    ClauseBeside,
    Comparison,
    Concern,
    Difference,
    DutyPair,
    Line,
    PartyChanges,
    PartyPair,
    Run,
    Share,
)
from yhdyspinta.agreement.compare.duties import Borne
from yhdyspinta.journal import wording


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a duty says, before and after; empty where one text does not say it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class DutyTold:
    """A duty or right that is new, ends or changes."""

    change: str
    word: str
    kind: str
    name: str
    day: str
    clause: str
    anchor: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class PartyTold:
    """What changes for a party, or for several alike."""

    ids: tuple[str, ...]
    names: str
    status: str
    duties: tuple[DutyTold, ...]
    rest: str
    """How many commitments stay as they are, or end with a party that is no longer one."""
    nothing: bool


@dataclass(frozen=True, slots=True)
class ClauseTold:
    """A clause beside what it became."""

    anchor: str
    change: str
    word: str
    number: str
    title: tuple[Run, ...]
    notes: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of something changed, and in which way."""

    change: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """The whole comparison."""

    before: str
    after: str
    example: bool
    nothing: bool
    counts: tuple[Count, ...]
    parties: tuple[PartyTold, ...]
    about: tuple[Said, ...]
    members: tuple[tuple[str, str], ...]
    """Parties that join or leave: the word for it, and the name."""
    duties: tuple[DutyTold, ...]
    bodies: tuple[tuple[str, str], ...]
    clauses: tuple[ClauseTold, ...]
    party: str = ""
    """The party that was asked about, by name."""


def tell(found: Comparison, language: str, *, before: str, after: str, party: str = "") -> Told:
    """Return a comparison in words; ``before`` and ``after`` are what people call the texts."""
    teller = _Teller(found, language)
    clauses = tuple(map(teller.clause, found.side_by_side(language)))
    duties = tuple(map(teller.duty, (pair for pair in found.duty_pairs if pair.change != "same")))
    asked = found.for_party(party) if party else None
    return Told(
        before=before,
        after=after,
        example=found.first.example or found.second.example,
        nothing=found.nothing,
        counts=_counts(clauses, duties, found),
        parties=tuple(teller.parties([asked] if asked else found.for_parties)),
        about=teller.about(),
        members=tuple((_member(pair), teller.name(pair)) for pair in found.party_pairs if pair.change != "same"),
        duties=duties,
        bodies=tuple((_change_words(each.change), teller.body(each)) for each in found.bodies),
        clauses=clauses,
        party=teller.name(asked.party) if asked else "",
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    found: Comparison
    language: str

    def duty(self, pair: DutyPair) -> DutyTold:
        """Return a duty as the texts say it, for everyone."""
        gone = pair.after is None
        return self._told(pair, pair.change, self.found.days.until if gone else self.found.days.since, ())

    def concern(self, concern: Concern) -> DutyTold:
        """Return a duty as one party bears it."""
        before, after = _share(concern.before), _share(concern.after)
        share = (Said(gettext("How it is borne"), before, after),) if before != after else ()
        return self._told(concern.duty, concern.change, concern.since, share)

    def _told(self, pair: DutyPair, change: str, day: dt.date | None, share: tuple[Said, ...]) -> DutyTold:
        charter, duty = (self.found.second, pair.after)
        if duty is None or (change == "gone" and pair.before):
            charter, duty = (self.found.first, pair.before)
        assert duty
        return DutyTold(
            change=change,
            word=_duty_word(change),
            kind=_kind(duty),
            name=duty.name.get(self.language),
            day=_from_or_until(change, day),
            clause=self._clause(charter, duty),
            anchor=self._anchor(pair, duty),
            said=(*self._said(pair, change), *share),
        )

    def _anchor(self, pair: DutyPair, duty: Borne) -> str:
        """Return the clause's place on the page, when its words are told there: what stays the same is folded."""
        for beside in self.found.clause_pairs:
            side = beside.after if duty is pair.after else beside.before
            if side and side.id == duty.clause:
                shown = beside.after or beside.before
                return shown.id if shown else ""
        return ""

    def _said(self, pair: DutyPair, change: str) -> Iterable[Said]:
        """Yield what the duty says: all of it when it is new or ends, else what differs."""
        old = self._facts(self.found.first, pair.before) if pair.before and change != "added" else {}
        new = self._facts(self.found.second, pair.after) if pair.after and change != "gone" else {}
        named = () if change == "changed" else (gettext("What"), gettext("Clause"))
        for label in new or old:
            if label in named:  # its heading says these
                continue
            before, after = old.get(label, ""), new.get(label, "")
            if before != after:
                yield Said(label, before, after)
        said_otherwise = "evidence" in pair.fields and change == "changed"
        label = gettext("How it shows")
        if said_otherwise and old.get(label) == new.get(label):
            yield Said(label, "", gettext("the details of what shows it differ"))

    def _facts(self, charter: Charter, duty: Borne) -> dict[str, str]:
        facts = {
            gettext("What"): duty.name.get(self.language),
            gettext("Who"): wording.bearer(charter, duty, self.language),
            gettext("Of what"): {"each group": gettext("each group"), "each theme": gettext("each theme")}.get(
                duty.object or "", ""
            ),
            gettext("When"): wording.cadence(charter, duty, self.language),
            gettext("How often"): _times(duty.count),
            gettext("How it shows"): wording.listed(self._evidence(charter, duty)) if duty.evidence else "",
            gettext("Basis"): wording.basis(duty.basis),
            gettext("Clause"): self._clause(charter, duty),
        }
        return {label: said for label, said in facts.items() if said}

    def _evidence(self, charter: Charter, duty: Borne) -> Iterable[str]:
        for kind, label in zip(duty.evidence, wording.evidence(duty), strict=False):
            named = [
                wording.short_name(charter, value, self.language)
                for value in duty.evidence[kind].values()
                if isinstance(value, str) and (value in charter.bodies or value in charter.themes)
            ]
            yield f"{label} ({wording.listed(named)})" if named else label

    def _clause(self, charter: Charter, duty: Borne) -> str:
        clause = charter.clause_by_id.get(duty.clause)
        return f"{clause.ref} {clause.title.get(self.language)}".strip() if clause else ""

    def parties(self, changes: Iterable[PartyChanges]) -> Iterable[PartyTold]:
        """Yield what changes, those for whom it is the same together, in the agreement's order."""
        alike: dict[tuple[Any, ...], list[PartyChanges]] = {}
        told: dict[tuple[Any, ...], tuple[DutyTold, ...]] = {}
        for each in changes:
            duties = tuple(map(self.concern, each.concerns))
            key = (each.party.change, duties, each.unchanged)
            alike.setdefault(key, []).append(each)
            told[key] = duties
        for key, same in alike.items():
            yield PartyTold(
                ids=tuple(each.party.one.id for each in same),
                names=wording.listed(self.name(each.party) for each in same),
                status="" if same[0].party.change == "same" else _member(same[0].party),
                duties=() if same[0].party.change == "gone" else told[key],
                rest=_rest(same[0]),
                nothing=same[0].nothing,
            )

    def name(self, pair: PartyPair) -> str:
        """Return a party's name as the later text has it."""
        return pair.one.name.get(self.language)

    def about(self) -> tuple[Said, ...]:
        """Return what is said of the agreement itself and differs: its title, its days, its levels."""
        sides = [
            {
                gettext("Title"): charter.title.get(self.language),
                gettext("In force"): wording.days(charter.first_day, charter.last_day),
                gettext("Levels"): wording.listed(level.name.get(self.language) for level in charter.levels),
            }
            for charter in (self.found.first, self.found.second)
        ]
        return tuple(Said(label, said, sides[1][label]) for label, said in sides[0].items() if said != sides[1][label])

    def body(self, difference: Difference) -> str:
        """Return a body's name, and what of it changed."""
        charter = self.found.first if difference.change == "gone" else self.found.second
        name = wording.capital(charter.bodies[difference.id].name.get(self.language))
        changed = dict.fromkeys(_body_words(field) for field in difference.fields if field not in ("id", "clause"))
        return f"{name}: {wording.listed(changed)}" if changed else name

    def clause(self, beside: ClauseBeside) -> ClauseTold:
        """Return a clause word by word."""
        clause = beside.pair.after or beside.pair.before
        assert clause
        notes = []
        if beside.pair.moved:
            old, new = (part.title.get(self.language) for part in beside.pair.moved)
            parts = {"old": old, "new": new}
            notes.append(gettext("Moved from the part “%(old)s” to the part “%(new)s”") % parts)
        before, after = beside.pair.before, beside.pair.after
        if before and after and before.kind != after.kind:
            kinds = {"old": wording.clause_kind(before.kind), "new": wording.clause_kind(after.kind)}
            notes.append(gettext("Kind of clause: %(old)s, now %(new)s") % kinds)
        if beside.elsewhere:
            names = {"fi": gettext("Finnish"), "sv": gettext("Swedish"), "en": gettext("English")}
            languages = wording.listed(names.get(language, language) for language in beside.elsewhere)
            notes.append(
                gettext("The wording changes in other languages too: %(languages)s") % {"languages": languages}
            )
        return ClauseTold(
            clause.id, beside.change, _change_words(beside.change), clause.ref, beside.title, tuple(notes), beside.lines
        )


def _counts(clauses: Sequence[ClauseTold], duties: Sequence[DutyTold], found: Comparison) -> tuple[Count, ...]:
    of_clauses = Counter(clause.change for clause in clauses)
    of_duties = Counter(duty.change for duty in duties)
    of_parties = Counter(pair.change for pair in found.party_pairs)
    counts = []
    for change in ("added", "gone", "changed", "same"):
        for number, words in (
            (of_clauses[change], _clauses_counted(change, of_clauses[change])),
            (of_duties[change], _duties_counted(change, of_duties[change])),
            (of_parties[change] if change in ("added", "gone") else 0, _parties_counted(change, of_parties[change])),
        ):
            if number:
                counts.append(Count(change, words % {"number": number}))
    return tuple(counts)


def _clauses_counted(change: str, number: int) -> str:
    return {
        "added": ngettext("%(number)s new clause", "%(number)s new clauses", number),
        "gone": ngettext("%(number)s clause is left out", "%(number)s clauses are left out", number),
        "changed": ngettext("%(number)s clause changes", "%(number)s clauses change", number),
        "same": ngettext("%(number)s clause stays the same", "%(number)s clauses stay the same", number),
    }[change]


def _duties_counted(change: str, number: int) -> str:
    return {
        "added": ngettext("%(number)s new commitment", "%(number)s new commitments", number),
        "gone": ngettext("%(number)s commitment ends", "%(number)s commitments end", number),
        "changed": ngettext("%(number)s commitment changes", "%(number)s commitments change", number),
    }.get(change, "")


def _parties_counted(change: str, number: int) -> str:
    return {
        "added": ngettext("%(number)s new party", "%(number)s new parties", number),
        "gone": ngettext("%(number)s party is no longer there", "%(number)s parties are no longer there", number),
    }.get(change, "")


def _rest(changes: PartyChanges) -> str:
    if changes.party.change == "gone":
        number = len(changes.concerns)
        said = ngettext("%(number)s commitment ends with it.", "%(number)s commitments end with it.", number)
    else:
        number = changes.unchanged
        said = ngettext("%(number)s commitment stays the same.", "%(number)s commitments stay the same.", number)
    return said % {"number": number} if number and not changes.nothing else ""


def _duty_word(change: str) -> str:
    return pgettext("commitment", "Ends") if change == "gone" else _change_words(change)


def _change_words(change: str) -> str:
    return {
        "added": pgettext("comparison", "New"),
        "gone": pgettext("comparison", "Left out"),
        "changed": pgettext("comparison", "Changes"),
        "same": pgettext("comparison", "Stays the same"),
    }[change]


def _member(pair: PartyPair) -> str:
    return gettext("New party") if pair.change == "added" else gettext("No longer a party")


def _kind(duty: Borne) -> str:
    if isinstance(duty, Right):
        return gettext("Right")
    return gettext("Statutory task") if duty.statutory else gettext("Commitment")


def _times(count: int) -> str:
    return "" if count == 1 else ngettext("%(count)s time", "%(count)s times", count) % {"count": count}


def _from_or_until(change: str, day: dt.date | None) -> str:
    if day is None:
        return ""
    return (gettext("until %(day)s") if change == "gone" else gettext("from %(day)s")) % {"day": wording.day(day)}


def _share(share: Share | None) -> str:
    if share is None:
        return ""
    return {
        "alone": gettext("alone"),
        "together": gettext("together with others"),
        "each": gettext("each for its own part"),
        "all": gettext("all parties together"),
        "convenor": gettext("whoever convenes"),
    }[share]


def _body_words(field: str) -> str:
    return {
        "name": gettext("name"),
        "short-name": gettext("name"),
        "level": gettext("level"),
        "convened-by": gettext("who convenes"),
        "convenor-office": gettext("who convenes"),
        "rotation": gettext("who convenes"),
        "agenda-by": gettext("who prepares the agenda"),
        "seats": gettext("who has a seat"),
    }.get(field, gettext("other details"))


def unchanged_together(clauses: Iterable[ClauseTold]) -> list[tuple[bool, list[ClauseTold]]]:
    """Return the clauses in their order, those that stay the same and stand together as one."""
    return [(same, list(group)) for same, group in groupby(clauses, key=lambda clause: clause.change == "same")]
