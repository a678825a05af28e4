"""Invented people for the invented region: who holds which post, and who is named for what. The same every time.

The namings prove what the history says of counterparts and coordinators, no more and no less; so these facts of the
history are not recorded by hand beside them. Addresses are of example.org, which belongs to nobody (RFC 2606).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING, Any

from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.parties import actions
from yhdyspinta.parties.actions import Named

if TYPE_CHECKING:
    from yhdyspinta.journal.models import Agreement
    from yhdyspinta.parties.models import Party, Person, Post

Fact = Mapping[str, Any]

_FIRST_NAMES = (
    "Aino", "Olavi", "Helmi", "Antti", "Lempi", "Eino", "Saara", "Juhani", "Iida", "Tapio", "Venla", "Matias", "Elsa",
    "Kalevi", "Hilja", "Petteri", "Senja", "Risto", "Alma", "Veikko", "Pihla", "Jorma", "Kerttu", "Sampo", "Tuulia",
    "Urho", "Inkeri", "Onni", "Mirja", "Aarni", "Sylvi", "Reino", "Vieno", "Ilmari", "Oili", "Toivo", "Rauni",
)  # fmt: skip
_LAST_NAMES = (
    "Kaislanen", "Kuikka", "Lumme", "Haukiranta", "Ahvenainen", "Koivusaari", "Selkälä", "Rantamaa", "Vesala",
    "Niemelä", "Ulpukka", "Tuulonen", "Hongisto", "Saarela", "Kuusisto", "Lahdenperä", "Mäntysaari", "Norppanen",
    "Sammalisto", "Joutsela", "Karikko", "Luotola", "Pohjola", "Suvanto", "Aallonen", "Kivilahti", "Laineranta",
    "Rautavesi", "Salmela",
)  # fmt: skip
_CITY, _VILLAGE = 5, 2
"""How many people share the themes of a large and of a small party."""

_TERM = date(2025, 6, 1)
"""The first day of the municipal councils' term: new elected chairs began then."""

_HELD_SINCE = date(2021, 8, 2)
_OFFICES = {
    "municipality": (
        "council-chair", "board-chair", "chief-executive", "director-of-education-and-culture", "registrar",
        "communications-officer",
    ),
    "wellbeing-services-county": ("county-director", "head-of-preparedness", "registrar", "communications-officer"),
    "regional-council": ("region-director", "registrar", "communications-officer"),
}  # fmt: skip
_ELECTED = frozenset({"council-chair", "board-chair"})
_DIRECTOR = "director-of-education-and-culture"
_CHILDREN = "lapset-ja-nuoret"


def is_naming(fact: Fact) -> bool:
    """Tell whether a fact says that a counterpart or coordinator was named."""
    return fact.get("fact") in {"counterpart-named", "coordinator-named"}


def invent_people(agreement: Agreement, facts: Sequence[Fact]) -> int:
    """Fill an invented region with people whose namings prove these facts; return how many people there are.

    A party of which the facts say nothing stays empty. Nothing is done where somebody is known already: the same
    command twice changes nothing.
    """
    from yhdyspinta.parties.models import Person
    from yhdyspinta.parties.queries import parties_of

    parties = list(parties_of(agreement))
    organisations = [party.organisation_id for party in parties]
    if not Person.objects.filter(organisation__in=organisations).exists():
        names = _names()
        casts = {party.slug: _Cast(party, names, len(parties) - at) for at, party in enumerate(parties)}
        named = [fact for fact in facts if is_naming(fact)]
        for slug, cast in casts.items():
            own = [fact for fact in named if fact["party"] == slug]
            if not own:
                continue
            cast.fill_offices()
            cast.name_coordinators(own, casts)
            cast.name_counterparts(own, casts)
            cast.confirm_most()
    return Person.objects.filter(organisation__in=organisations).count()


def _names() -> Iterator[str]:
    """Yield names; none comes twice before every pair has come: the lengths of the lists have no common divisor."""
    for number in count():
        yield f"{_FIRST_NAMES[number % len(_FIRST_NAMES)]} {_LAST_NAMES[number % len(_LAST_NAMES)]}"


@dataclass
class _Cast:
    """The people of one party."""

    party: Party
    names: Iterator[str]
    order: int
    people: list[Person] = field(default_factory=list)
    posts: dict[str, Post] = field(default_factory=dict)
    shared: dict[tuple[int, int], Person] = field(default_factory=dict)

    def person(self) -> Person:
        """Add somebody new."""
        name = next(self.names)
        local = unicodedata.normalize("NFKD", name.lower()).encode("ascii", "ignore").decode().replace(" ", ".")
        number = len(self.people) + 1
        added = actions.add_person(
            self.party.organisation,
            name=name,
            email=f"{local}@{self.party.slug}.example.org",
            phone=f"050 000 {self.order:02} {number:02}",
            by=SYSTEM,
        )
        self.people.append(added)
        return added

    def post(self, kind: str, *days: tuple[date, date | None]) -> Post:
        """Add a post, and a holder for each of the days."""
        post = self.posts[kind] = actions.add_post(
            self.party.organisation, kind=kind, email=_address(kind, self.party), by=SYSTEM
        )
        for first, last in days:
            actions.hand_over_post(post, person=self.person(), first_day=first, last_day=last, by=SYSTEM)
        return post

    def fill_offices(self) -> None:
        """Add the offices of the organisation, with who has held them, and say how it is reached."""
        organisation = self.party.organisation
        if self.party.valid_to is not None:  # it has left: nobody keeps its directory
            return
        for kind in _OFFICES.get(organisation.kind, ()):
            if kind == "communications-officer" and self.order == 1:
                self.post(kind)  # the last one has not found anybody yet
            else:
                before = (_HELD_SINCE, _TERM - timedelta(days=1))
                self.post(kind, *((before, (_TERM, None)) if kind in _ELECTED else ((_HELD_SINCE, None),)))
        said = {
            "registry_email": f"kirjaamo@{self.party.slug}.example.org",
            "website": f"https://{self.party.slug}.example.org/",
            "phone": f"050 000 {self.order:02} 00",
            "languages": ["fi"],
        }
        actions.update_organisation(organisation, said, version=organisation.version, by=SYSTEM)

    def name_coordinators(self, own: Sequence[Fact], casts: Mapping[str, _Cast]) -> None:
        """Name whoever holds the coordinator's post; where one coordinator is shared, the other party's."""
        facts = [fact for fact in own if fact["fact"] == "coordinator-named"]
        whole = [fact for fact in facts if "theme" not in fact]
        lender = _lender(whole, self.party.slug, casts)
        if whole and lender is not None:
            first, last = _days(whole[0])
            holder = lender.posts["coordinator"].tenures.get().person
            basis = whole[0]["reference"]
            named = Named(holder, first, last, agreed=basis, basis=basis)
            actions.name_for_themes(self.party, "coordinator", [""], named, by=SYSTEM)
        elif whole:
            post = self.post("coordinator", *map(_days, whole))
            last = _days(whole[-1])[1] if self.party.valid_to else None
            named = Named(post, _days(whole[0])[0], last, basis=whole[0].get("reference", ""))
            actions.name_for_themes(self.party, "coordinator", [""], named, by=SYSTEM)
            if last is not None:
                actions.discontinue_post(post, last_day=last, by=SYSTEM)
        for fact in facts:
            if "theme" in fact:
                named = Named(self.person(), *_days(fact))
                actions.name_for_themes(self.party, "coordinator", [fact["theme"]], named, by=SYSTEM)

    def name_counterparts(self, own: Sequence[Fact], casts: Mapping[str, _Cast]) -> None:
        """Name who is the counterpart for which themes: what one person does from one day is named at once."""
        themes = sorted({fact["theme"] for fact in own if fact["fact"] == "counterpart-named"})
        size = _VILLAGE if self.party.organisation.form == "kunta" else _CITY
        together: dict[tuple[Any, ...], list[str]] = {}
        before: dict[str, int] = {}
        for fact in sorted(own, key=lambda fact: str(fact["from"])):
            if fact["fact"] != "counterpart-named":
                continue
            theme = fact["theme"]
            holder, agreed = self._holder(themes.index(theme) % size, before.get(theme, 0), fact, casts)
            before[theme] = before.get(theme, 0) + 1
            hours = Decimal(str(fact["hours_per_week"])) if "hours_per_week" in fact else None
            named = Named(holder, *_days(fact), hours_per_week=hours, agreed=agreed, basis=fact.get("reference", ""))
            together.setdefault((holder.key, named), []).append(theme)
        for (_key, named), chosen in together.items():
            actions.name_for_themes(self.party, "counterpart", chosen, named, by=SYSTEM)

    def _holder(self, slot: int, generation: int, fact: Fact, casts: Mapping[str, _Cast]) -> tuple[Person | Post, str]:
        """Return who is named: the director for children and youth, a small party's neighbour, or one of its people."""
        director = self.posts.get(_DIRECTOR)
        if fact["theme"] == _CHILDREN and director is not None and generation == 0 and "to" not in fact:
            return director, ""
        if fact.get("hours_per_week") == _LENT and self.order > 1:
            lender = next(cast for cast in casts.values() if cast.people and cast is not self)
            return lender.people[-1], "yhteinen vastinpari"
        if (slot, generation) not in self.shared:
            self.shared[slot, generation] = self.person()
        return self.shared[slot, generation], ""

    def confirm_most(self) -> None:
        """Let most people, all but every fourth, have confirmed what is known of them."""
        for number, person in enumerate(self.people):
            if number % 4 != 3:
                actions.confirm_person(person, by=SYSTEM)


_LENT = 0.5
"""Half an hour a week is so little that the other party's person does it."""


def _address(kind: str, party: Party) -> str:
    return f"kirjaamo@{party.slug}.example.org" if kind == "registrar" else ""


def _lender(facts: Sequence[Fact], slug: str, casts: Mapping[str, _Cast]) -> _Cast | None:
    """Return the party whose coordinator another shares: the one of the two that stands first."""
    words = str(facts[0].get("reference", "")) if facts else ""
    for other, cast in casts.items():
        if other == slug:
            return None
        if words and str(cast.party.organisation) in words and "coordinator" in cast.posts:
            return cast
    return None


def _days(fact: Fact) -> tuple[date, date | None]:
    first, last = fact["from"], fact.get("to")
    return date.fromisoformat(first), date.fromisoformat(last) if last else None
