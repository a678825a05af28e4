"""What every page of an agreement is made from: the agreement on a day, as an audience may see it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from yhdyspinta.agreement import Right
from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.duty import Duty, EachOf
from yhdyspinta.desk import words
from yhdyspinta.desk.lettering import breakable
from yhdyspinta.desk.links import Links
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from yhdyspinta.agreement import Assessment, Charter, Occurrence
    from yhdyspinta.agreement.days import Span
    from yhdyspinta.agreement.ledger import Ledger, View
    from yhdyspinta.desk.audience import Sight
    from yhdyspinta.journal.models import Agreement


@dataclass(frozen=True)
class Scene:
    """An agreement on a day: its text, the states of its duties, who looks and in which language."""

    agreement: Agreement
    charter: Charter
    assessment: Assessment
    sight: Sight
    language: str
    today: dt.date
    links: Links
    view: View
    ledger: Ledger
    may_record: bool = False
    """Whether the one who looks may record for some party; the records room decides for which."""

    @property
    def day(self) -> dt.date:
        """The day that is looked at."""
        return self.assessment.as_of

    @property
    def recorded(self) -> bool:
        """Whether anything at all has been recorded."""
        return len(self.ledger) > 0

    @property
    def past(self) -> bool:
        """Whether another day than today is looked at."""
        return self.day != self.today

    @property
    def ended(self) -> bool:
        """Whether the agreement had ended by the day looked at."""
        return self.charter.last_day is not None and self.day > self.charter.last_day

    @cached_property
    def by_duty(self) -> Mapping[str, list[Occurrence]]:
        """Occurrences by duty, in the assessment's order."""
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in self.assessment.occurrences:
            found[occurrence.duty].append(occurrence)
        return found

    @cached_property
    def choices(self) -> Mapping[str, f.ReadingSet]:
        """How the parties have decided by the day to read open questions, by reading; the last decision stands."""
        decided = self.view.of_kind(f.ReadingSet).until(self.day)
        return {fact.reading: fact for fact in decided}

    @cached_property
    def duties(self) -> Mapping[str, Duty | Right]:
        """The duties as they read on the day, by id in the order of the text."""
        if not self.choices:
            return self.charter.duties
        return self.charter.duties_under({id_: fact.choice for id_, fact in self.choices.items()})

    @cached_property
    def formed(self) -> Mapping[str, f.BodyFormed]:
        """Groups formed by the day that the text does not name, by id."""
        formed = self.view.of_kind(f.BodyFormed).until(self.day)
        known = self.charter.bodies
        return {fact.body: fact for fact in formed if fact.body not in known}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names in the page's language by id, for everything that can bear a duty or be its object."""
        charter, language = self.charter, self.language
        names = {theme.id: theme.name.get(language) for theme in charter.themes.values()}
        names |= {body.id: body.name.get(language) for body in charter.bodies.values()}
        names |= {party.id: party.name.get(language) for party in charter.parties.values()}
        for id_, fact in self.formed.items():
            name = fact.name
            names[id_] = name if isinstance(name, str) else name.get(self.language) or next(iter(name.values()))
        return names

    @cached_property
    def themes(self) -> Mapping[str, str]:
        """Themes' names by id: a theme and its group share an id, and the group's name goes before."""
        return {theme.id: theme.name.get(self.language) for theme in self.charter.themes.values()}

    @property
    def names_in_order(self) -> tuple[str, ...]:
        """Ids of parties, bodies and themes in the agreement's order, groups formed later last."""
        return (*self.charter.parties, *self.charter.bodies, *self.charter.themes, *self.formed)

    def name(self, id_: str) -> str:
        """Return the name of a party, body or theme, or of several joined by ``+``, or of ``all``."""
        return self.names.get(id_) or self.charter.name_of(id_, self.language)

    def period(self, text: str) -> str:
        """Return a period in words; a meeting with its body, which a fact may have formed."""
        meeting = words.meeting_of(text)
        if meeting and meeting[0] in self.formed:
            return f"{self.name(meeting[0])} {wording.day(meeting[1])}"
        return words.period(text, self.charter, self.language)

    def object_name(self, duty: str, id_: str) -> str:
        """Return the name of what a duty is about: a theme where it is about themes, else the group."""
        if self.duties[duty].object == "each theme":
            return self.themes.get(id_) or self.name(id_)
        return self.name(id_)

    def official_name(self, id_: str) -> str:
        """Return the name in running text: a party's official name, any other's own."""
        party = self.charter.parties.get(id_)
        return party.official_name.get(self.language) if party else self.name(id_)

    def narrow(self, text: str) -> str:
        """Return words for a narrow column: long Finnish ones may be broken between syllables."""
        return breakable(text) if self.words_language == "fi" else text

    @cached_property
    def _memberships(self) -> Mapping[str, tuple[Span, ...]]:
        return self.view.memberships(self.day)

    def membership(self, party: str) -> list[str]:
        """Return the days of a membership that began or ended while the agreement went on; nothing for a whole one."""
        return words.memberships(self._memberships.get(party, ()))

    def bound_parties(self) -> list[str]:
        """Return the parties bound on the day, in the agreement's order."""
        return [id_ for id_, spans in self._memberships.items() if any(self.day in span for span in spans)]

    @property
    def words_language(self) -> str:
        """The language in which the agreement's own words are shown: the page's, or the authority's."""
        return self.language if self.language in self.charter.languages else self.charter.language


def is_statutory(duty: Duty | Right) -> bool:
    """Tell whether a duty comes from a statute: shown apart, never in the public matrix."""
    return duty.basis == "statutory"


def is_each_party(duty: Duty | Right) -> bool:
    """Tell whether each party, or each of some kind, bears the duty on its own."""
    spec = duty.bearer
    return isinstance(spec, EachOf) or (isinstance(spec, str) and spec.startswith("each ") and spec != "each group")
