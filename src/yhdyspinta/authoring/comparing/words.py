"""A comparison in words, in the language of the page: the same for the page, the DOCX and the PDF."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext

from yhdyspinta.agreement import Charter, Part
from yhdyspinta.agreement.compare import (
    ClauseBeside,
    Comparison,
    Concern,
    DutyPair,
    Line,
    PartyChanges,
    PartyPair,
    Run,
)
from yhdyspinta.agreement.compare.duties import Borne
from yhdyspinta.authoring.comparing import vocabulary
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
    is_part: bool = False
    """Whether it is a part of the text and not a clause: its own title and words, without its clauses."""


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
    teller = _Teller(found, language, _anchors(found))
    clauses = tuple(teller.clauses())
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
        members=teller.members(),
        duties=duties,
        bodies=teller.bodies(),
        clauses=clauses,
        party=teller.name(asked.party) if asked else "",
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    found: Comparison
    language: str
    anchors: Mapping[tuple[bool, str], str]

    def duty(self, pair: DutyPair) -> DutyTold:
        """Return a duty as the texts say it, for everyone."""
        gone = pair.after is None
        return self._told(pair, pair.change, self.found.days.until if gone else self.found.days.since, ())

    def concern(self, concern: Concern) -> DutyTold:
        """Return a duty as one party bears it."""
        before, after = vocabulary.share(concern.before), vocabulary.share(concern.after)
        share = (Said(gettext("How it is borne"), before, after),) if before != after else ()
        return self._told(concern.duty, concern.change, concern.since, share)

    def _told(self, pair: DutyPair, change: str, day: dt.date | None, share: tuple[Said, ...]) -> DutyTold:
        charter, duty = (self.found.second, pair.after)
        if duty is None or (change == "gone" and pair.before):
            charter, duty = (self.found.first, pair.before)
        assert duty
        return DutyTold(
            change=change,
            word=vocabulary.duty_word(change),
            kind=vocabulary.kind(duty),
            name=duty.name.get(self.language),
            day=vocabulary.from_or_until(change, day),
            clause=self._clause(charter, duty),
            anchor=self.anchors.get((duty is pair.after, duty.clause), ""),
            said=(*self._said(pair, change), *share),
        )

    def _said(self, pair: DutyPair, change: str) -> list[Said]:
        """Return what the duty says: all of it when it is new or ends, else what differs."""
        old = self._facts(self.found.first, pair.before) if pair.before and change != "added" else {}
        new = self._facts(self.found.second, pair.after) if pair.after and change != "gone" else {}
        unsaid = set()
        if change != "changed":
            unsaid = {gettext("What"), gettext("Clause")}  # its heading says these
        elif "clause" not in pair.fields:
            unsaid = {gettext("Clause")}  # called otherwise at most
        sides = [(label, old.get(label, ""), new.get(label, "")) for label in (old | new) if label not in unsaid]
        found = [Said(label, before, after) for label, before, after in sides if before != after]
        return found if change != "changed" else [*found, *self._unseen(pair, found)]

    def _unseen(self, pair: DutyPair, found: Sequence[Said]) -> Iterator[Said]:
        """Yield what differs though its words are the same: what shows it in detail, or nothing that has words."""
        shows = gettext("How it shows")
        if "evidence" in pair.fields and all(each.label != shows for each in found):
            yield Said(shows, "", gettext("the details differ"))
        elif pair.fields and not found:
            yield Said(gettext("Details"), "", gettext("the details differ"))

    def _facts(self, charter: Charter, duty: Borne) -> dict[str, str]:
        facts = {
            gettext("What"): duty.name.get(self.language),
            gettext("Who"): wording.bearer(charter, duty, self.language),
            gettext("Of what"): {"each group": gettext("each group"), "each theme": gettext("each theme")}.get(
                duty.object or "", ""
            ),
            gettext("When"): wording.cadence(charter, duty, self.language),
            gettext("How often"): vocabulary.times(duty.count),
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

    def parties(self, changes: Iterable[PartyChanges]) -> list[PartyTold]:
        """Return what changes, those for whom it is the same together, those for whom nothing changes last."""
        alike: dict[tuple[Any, ...], list[PartyChanges]] = {}
        for each in changes:
            duties = tuple(map(self.concern, each.concerns))
            key = (each.nothing, each.party.change, duties, 0 if each.nothing else each.unchanged)
            alike.setdefault(key, []).append(each)
        told = [self._party(same, duties) for (_, _, duties, _), same in alike.items()]
        return sorted(told, key=lambda party: party.nothing)

    def _party(self, same: Sequence[PartyChanges], duties: tuple[DutyTold, ...]) -> PartyTold:
        change = same[0].party.change
        return PartyTold(
            ids=tuple(each.party.one.id for each in same),
            names=wording.listed(self.name(each.party) for each in same),
            status="" if change == "same" else vocabulary.membership(same[0].party),
            duties=() if change == "gone" else duties,
            rest=vocabulary.rest(same[0]),
            nothing=same[0].nothing,
        )

    def name(self, pair: PartyPair) -> str:
        """Return a party's name as the later text has it."""
        return pair.one.name.get(self.language)

    def members(self) -> tuple[tuple[str, str], ...]:
        """Return the parties that come and go."""
        changed = (pair for pair in self.found.party_pairs if pair.change != "same")
        return tuple((vocabulary.membership(pair), self.name(pair)) for pair in changed)

    def about(self) -> tuple[Said, ...]:
        """Return what is said of the agreement itself and differs: its title, its days, its levels, its annexes."""
        sides = [
            {
                gettext("Title"): charter.title.get(self.language),
                gettext("In force"): wording.days(charter.first_day, charter.last_day),
                gettext("Levels"): wording.listed(level.name.get(self.language) for level in charter.levels),
                gettext("Annexes"): wording.listed(
                    annex.title.get(self.language) for annex in charter.annexes.values()
                ),
            }
            for charter in (self.found.first, self.found.second)
        ]
        return tuple(Said(label, said, sides[1][label]) for label, said in sides[0].items() if said != sides[1][label])

    def bodies(self) -> tuple[tuple[str, str], ...]:
        """Return the bodies that come, go or change, with what of them changed; another id alone is no change."""
        told = []
        for each in self.found.bodies:
            changed = dict.fromkeys(vocabulary.of_body(field) for field in each.fields if field not in ("id", "clause"))
            if each.change == "changed" and not changed:
                continue
            charter = self.found.first if each.change == "gone" else self.found.second
            name = wording.capital(charter.bodies[each.id].name.get(self.language))
            told.append(
                (vocabulary.change_word(each.change), f"{name}: {wording.listed(changed)}" if changed else name)
            )
        return tuple(told)

    def clauses(self) -> Iterator[ClauseTold]:
        """Yield the clauses in order, and before those of a part that changes, the part."""
        parts = {part.id: told for part, told in self._parts()}
        for beside in self.found.side_by_side(self.language):
            clause = beside.pair.after or beside.pair.before
            if clause and clause.part in parts:
                yield parts.pop(clause.part)
            yield self._clause_beside(beside)
        yield from parts.values()

    def _parts(self) -> Iterator[tuple[Part, ClauseTold]]:
        for beside in self.found.parts_side_by_side(self.language):
            part = beside.after or beside.before
            if part and beside.change != "same":
                word = vocabulary.change_word(beside.change)
                anchor = f"osa-{part.id}"
                yield part, ClauseTold(anchor, beside.change, word, "", beside.title, (), beside.lines, is_part=True)

    def _clause_beside(self, beside: ClauseBeside) -> ClauseTold:
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
        word = vocabulary.change_word(beside.change)
        return ClauseTold(clause.id, beside.change, word, clause.ref, beside.title, tuple(notes), beside.lines)


def _anchors(found: Comparison) -> dict[tuple[bool, str], str]:
    """Return where the page shows a clause, by whether the second text's is meant, and its id."""
    places = {}
    for pair in found.clause_pairs:
        for later, clause in enumerate((pair.before, pair.after)):
            shown = pair.after or pair.before
            if clause and shown:
                places[bool(later), clause.id] = shown.id
    return places


def _counts(clauses: Sequence[ClauseTold], duties: Sequence[DutyTold], found: Comparison) -> tuple[Count, ...]:
    of_clauses = Counter(clause.change for clause in clauses if not clause.is_part)
    of_duties = Counter(duty.change for duty in duties)
    of_parties = Counter(pair.change for pair in found.party_pairs)
    counts = []
    for change in ("added", "gone", "changed", "same"):
        for number, words in (
            (of_clauses[change], vocabulary.clauses(change, of_clauses[change])),
            (of_duties[change], vocabulary.duties(change, of_duties[change])),
            (of_parties[change] if change in ("added", "gone") else 0, vocabulary.parties(change, of_parties[change])),
        ):
            if number:
                counts.append(Count(change, words % {"number": number}))
    return tuple(counts)


class Stretch(NamedTuple):
    """Clauses that follow one another: one that changes, or all up to the next that does."""

    same: bool
    numbers: str
    clauses: list[ClauseTold]


def stretches(clauses: Iterable[ClauseTold]) -> list[Stretch]:
    """Return the clauses in their order, those that stay the same and stand together as one."""
    grouped = ((same, list(group)) for same, group in groupby(clauses, key=lambda clause: clause.change == "same"))
    return [Stretch(same, ", ".join(each.number for each in group if each.number), group) for same, group in grouped]
