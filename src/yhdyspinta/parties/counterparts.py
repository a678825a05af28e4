"""Who is whose counterpart on a day: each party by each theme, and one theme with all parties (C11, C28).

Whether a party has named somebody is what the agreement's facts say; who it is, and for how much time, is what the
parties know. The public is told the first alone, and of what is not done as the parties have decided (DESIGN §5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import FilteredRelation
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Assessment, Charter
from yhdyspinta.journal.models import Agreement
from yhdyspinta.journal.queries import read_and_judge
from yhdyspinta.parties.models import Naming, Organisation, Party, Person, Post, Tenure, holds_on
from yhdyspinta.parties.models.naming import NamingQuerySet

COUNTERPART, COORDINATOR = str(Naming.Role.COUNTERPART), str(Naming.Role.COORDINATOR)
WHOLE = ""
"""The theme of a coordinator who is named for all of them together."""

ABSENT, HIDDEN, NAMED, OPEN = "absent", "hidden", "named", "open"
"""What a cell says: no party then, not told, somebody is named, nobody is (or without what the agreement asks)."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is named on a day: in person, or as whoever holds a post, which may be open."""

    naming: Naming
    person: Person | None
    found: bool = False
    """Whether it is one of those that somebody looks for."""

    @classmethod
    def of(cls, naming: Naming, sought: str = "") -> Holder:
        """Return who is named: the person, or whoever holds the post on the day that ``with_holders`` asked for."""
        held: Tenure | None = getattr(naming, "held", None)  # is there only where somebody holds the post
        person = held.person if held is not None else naming.person
        words = " ".join(str(each) for each in (person, naming.post) if each is not None)
        return cls(naming, person, bool(sought) and sought in words.casefold())

    @property
    def post(self) -> Post | None:
        """The post by which somebody is named."""
        return self.naming.post

    @property
    def organisation(self) -> Organisation | None:
        """The other organisation, where a party named one of another's people."""
        holder = self.naming.post or self.naming.person
        if holder is None or holder.organisation_id == self.naming.party.organisation_id:
            return None
        return holder.organisation


@dataclass(frozen=True, slots=True)
class Cell:
    """What a party has for a theme. ``by_hand``: the facts say that it holds, and nobody is known here."""

    party: str
    theme: str
    state: str
    holders: tuple[Holder, ...] = ()
    by_hand: bool = False
    posts: tuple[str, ...] = ()
    """The posts by which somebody is named: roles, which everybody may know."""

    @property
    def timeless(self) -> bool:
        """Whether somebody is named, and the time that the agreement asks for is not said."""
        return self.state == OPEN and any(each.person is not None for each in self.holders)

    @property
    def words(self) -> str:
        """The state in words; nothing where there is none to tell."""
        if self.state == NAMED:
            return _("recorded by hand") if self.by_hand else _("named")
        if self.state != OPEN:
            return ""
        if self.timeless:
            return _("named, hours not given")
        return _("post without a holder") if self.holders else _("not named")


@dataclass(frozen=True, slots=True)
class Row:
    """A party with its cells, in the order of the themes."""

    party: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def absent(self) -> bool:
        """Whether it was no party on the day."""
        return all(cell.state == ABSENT for cell in self.cells)


@dataclass(frozen=True)
class Picture:
    """Who is named as what, on a day, as far as who looks may see."""

    agreement: Agreement
    charter: Charter
    assessment: Assessment
    role: str
    day: date
    language: str
    whole: bool
    """Whether who looks is of the parties, and sees names."""
    namings: Sequence[Naming]
    sought: str = ""
    _by_place: dict[tuple[str, str], list[Holder]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Put everybody where they are named."""
        for naming in self.namings:
            holder = Holder.of(naming, self.sought)
            self._by_place[naming.party.slug, naming.theme].append(holder)

    @property
    def counts(self) -> bool:
        """Whether who looks sees how many have named somebody."""
        return self.whole or self.agreement.states_shown_to_public != "none"

    @property
    def in_force(self) -> bool:
        """Whether the agreement binds on the day."""
        first, last = self.charter.first_day, self.charter.last_day
        return first <= self.day and (last is None or self.day <= last)

    @cached_property
    def themes(self) -> dict[str, str]:
        """The names of the themes by id."""
        return {id_: theme.name.get(self.language) for id_, theme in self.charter.themes.items()}

    @property
    def by_theme(self) -> bool:
        """Whether a commitment asks for somebody for each theme."""
        return bool(self._judged)

    def rows(self, *, party: str = "", theme: str | None = None) -> list[Row]:
        """Return the parties in the agreement's order, with their cells: all, or those that fit what is sought."""
        columns = list(self.themes) if theme is None else [theme]
        slugs = [party] if party else list(self.charter.parties)
        rows = [Row(slug, self.name_of(slug), tuple(self.cell(slug, each) for each in columns)) for slug in slugs]
        return [row for row in rows if self._fits(row)]

    def _fits(self, row: Row) -> bool:
        named = self.sought in row.name.casefold()
        return named or any(holder.found for cell in row.cells for holder in cell.holders)

    def name_of(self, party: str) -> str:
        """Return what a party is called."""
        return self.charter.parties[party].name.get(self.language)

    def cell(self, party: str, theme: str) -> Cell:
        """Return what a party has for a theme, as far as who looks may see."""
        held = self._held(party, theme)
        real = [each for each in held if each.person is not None]
        by_hand = not real and self._said(party, theme)
        state = self._state(party, theme, has=bool(real) or by_hand)
        if self.whole or state == ABSENT:
            return Cell(party, theme, state, tuple(held), by_hand)
        if not self.counts or (state == OPEN and self.agreement.states_shown_to_public != "all"):
            return Cell(party, theme, HIDDEN)
        posts = tuple(dict.fromkeys(str(each.post) for each in real if each.post)) if state == NAMED else ()
        return Cell(party, theme, state, posts=posts)

    def count(self, theme: str) -> tuple[int, int]:
        """Return how many parties have somebody for a theme, and how many there are."""
        states = [self._state(party, theme, has=self._has(party, theme)) for party in self.charter.parties]
        return states.count(NAMED), len(states) - states.count(ABSENT)

    def _has(self, party: str, theme: str) -> bool:
        return self._said(party, theme) or any(each.person is not None for each in self._held(party, theme))

    def _held(self, party: str, theme: str) -> list[Holder]:
        """Return who is named for a theme; whoever is named for all of them together is named for each."""
        return [*self._by_place.get((party, theme), ()), *self._by_place.get((party, WHOLE), ())]

    def _said(self, party: str, theme: str) -> bool:
        """Tell whether a fact of the day says that somebody is named, whoever recorded it."""
        return (party, theme) in self._facts or (party, WHOLE) in self._facts

    def _state(self, party: str, theme: str, *, has: bool) -> str:
        """Return what the agreement's duty says, where it has one for each theme; else whether there is somebody."""
        judged = self._judged.get((party, theme))
        if judged == "kept":
            return NAMED
        if self.in_force and (judged in ("scheduled", "ended") or not self._bound(party)):
            return ABSENT
        return OPEN if judged == "lacking" or not has else NAMED

    def _bound(self, party: str) -> bool:
        named = self.charter.parties[party]
        begun = named.first_day is None or named.first_day <= self.day
        return begun and (named.last_day is None or named.last_day >= self.day)

    @cached_property
    def duties(self) -> list[str]:
        """The commitments that a naming of this role keeps, in the order of the text."""
        return [id_ for id_, duty in self.charter.duties.items() if self._kind in duty.evidence]

    @property
    def clauses(self) -> list[tuple[str, str]]:
        """The clauses of these commitments: id and heading."""
        own = set(self.duties)
        return [
            (clause.id, clause.title.get(self.language))
            for clause in self.charter.clauses
            if not own.isdisjoint(clause.duties)
        ]

    @property
    def asks_hours(self) -> bool:
        """Whether such a commitment is kept only where the time is said."""
        return any("hours_per_week" in self.charter.duties[id_].evidence[self._kind] for id_ in self.duties)

    @property
    def _kind(self) -> str:
        return f"{self.role}-named"

    @cached_property
    def _judged(self) -> Mapping[tuple[str, str], str]:
        own = [each for each in self.assessment.occurrences if each.duty in self.duties and each.object]
        return {(each.bearer, each.object or ""): each.state for each in own}

    @cached_property
    def _facts(self) -> set[tuple[str, str]]:
        kept = (each for each in self.assessment.occurrences if each.duty in self.duties and each.state == "kept")
        said = (fact for each in kept for fact in each.evidence)
        places = ((getattr(fact, "party", None), getattr(fact, "theme", None)) for fact in said)
        return {
            (party, theme if isinstance(theme, str) else WHOLE) for party, theme in places if isinstance(party, str)
        }


def picture_of(
    agreement: Agreement,
    role: str,
    day: date,
    *,
    language: str,
    whole: bool,
    party: Party | None = None,
    theme: str = "",
    sought: str = "",
) -> Picture:
    """Return who is named as what on a day; of one party or for one theme alone, where that is said.

    Two queries in a warm process.
    """
    charter, assessment = read_and_judge(agreement, day)
    namings = named_on(Naming.objects.filter(party__agreement=agreement, role=role), day)
    if party is not None:
        namings = namings.filter(party=party)
    if theme:
        namings = namings.filter(theme__in=[theme, WHOLE])
    sought = " ".join(sought.split()).casefold()
    return Picture(agreement, charter, assessment, role, day, language, whole, list(namings), sought)


def named_on(namings: NamingQuerySet, day: date) -> NamingQuerySet:
    """Keep the namings that hold on a day; see ``with_holders``."""
    return with_holders(namings.standing().active_on(day), day)


def with_holders(namings: NamingQuerySet, day: date) -> NamingQuerySet:
    """Let namings come with their people; ``held`` is the tenure, on a day, of the post of each. One query."""
    tenures = FilteredRelation("post__tenures", condition=holds_on(day, "post__tenures__"))
    with_people = ("party", "person__organisation", "post__organisation", "held__person")
    rows: NamingQuerySet = namings.annotate(held=tenures).select_related(*with_people)
    return rows.order_by("party__order", "theme", "valid_from", "pk")


def history_of(party: Party, role: str, day: date) -> list[Holder]:
    """Return everybody whom a party ever named as something, with who holds their posts on a day. One query.

    By theme, the newest first.
    """
    rows = with_holders(Naming.objects.standing().filter(party=party, role=role), day)
    found = rows.order_by("theme", "-valid_from", "-pk")
    return [Holder.of(each) for each in found]
