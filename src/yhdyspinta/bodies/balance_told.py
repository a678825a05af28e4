"""The balance of a body in words: counts, what the Act on Equality would want, and where nobody comes from.

It is for the parties alone, and it is a reminder: nothing is refused for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from yhdyspinta.agreement.classification import municipalities, subregions
from yhdyspinta.bodies.balance import Balance, Share, Spread, balance_of
from yhdyspinta.bodies.balance import Counted as Row
from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.queries import World
from yhdyspinta.bodies.roster import Place
from yhdyspinta.bodies.telling import is_group
from yhdyspinta.journal import wording
from yhdyspinta.parties.models import Party

_COUNTED = ("member", "deputy")


@dataclass(frozen=True, slots=True)
class Counted:
    """Somebody as the balance counts them: a member or a deputy of a party, or from outside the parties."""

    role: str
    gender: str
    party: Party | None


@dataclass(frozen=True, slots=True)
class Line:
    """Women and men among members or deputies."""

    name: str
    share: Share


@dataclass(frozen=True, slots=True)
class Told:
    """The balance of a body as its page shows it."""

    lines: tuple[Line, ...]
    warnings: tuple[str, ...]
    """Where there are fewer women or men than 40 per cent."""
    open: tuple[str, ...]
    """Where it depends on those who have not said."""
    spread: tuple[str, ...]
    """From how many parties and sub-regions members come, and from which nobody does."""

    @property
    def kept(self) -> bool:
        """Whether there are at least 40 per cent of each among members and among deputies."""
        return bool(self.lines) and all(line.share.kept for line in self.lines)


def asks_gender(known: Known) -> bool:
    """Tell whether gender is asked of who is named: only where the balance of a group is looked at."""
    return is_group(known)


def balance_told(world: World, known: Known, places: Iterable[Place], parties: Iterable[Party]) -> Told | None:
    """Return the balance of a group in words; None for other bodies, and while there is nobody. No queries."""
    filled = [place for place in places if not place.vacant and place.role in _COUNTED]
    if not asks_gender(known) or not filled:
        return None
    people = [
        Counted(place.role, place.membership.gender if place.membership is not None else "", place.party)
        for place in filled
    ]
    return told_of(people, world, parties)


def told_of(people: Iterable[Counted], world: World, parties: Iterable[Party]) -> Told:
    """Return in words how people are balanced; ``parties`` are those that could be represented. No queries."""
    regions = {party.slug: region_of(party) for party in parties}
    rows = [
        Row(
            each.role,
            each.gender,
            each.party.slug if each.party is not None else "",
            regions.get(each.party.slug, "") if each.party is not None else "",
        )
        for each in people
    ]
    possible = dict.fromkeys(regions[slug] for slug in world.parties if regions.get(slug))
    return _told(balance_of(rows, parties=world.parties, regions=possible), world)


def region_of(party: Party) -> str:
    """Return the code of the sub-region in which a municipality lies; nothing for others."""
    return _regions().get(party.organisation.municipality_code, "")


@cache
def _regions() -> dict[str, str]:
    return {each.code: each.subregion for each in municipalities()}


@cache
def _region_names(language: str) -> dict[str, str]:
    return {area.code: area.name.get(language) or area.name["fi"] for area in subregions()}


def _told(balance: Balance, world: World) -> Told:
    lines = [Line(_("Members"), balance.members), Line(_("Deputy members"), balance.deputies)]
    lines = [line for line in lines if line.share.total]
    language = get_language() or "fi"
    return Told(
        tuple(lines),
        tuple(said for line in lines for said in _missing(line)),
        tuple(line.name for line in lines if line.share.open),
        tuple(
            filter(
                None,
                (
                    _of_parties(balance.parties, world, language),
                    _of_regions(balance.regions, _region_names(language)),
                ),
            )
        ),
    )


def _missing(line: Line) -> Iterator[str]:
    for gender, count in line.share.missing.items():
        if gender == "woman":
            words = ngettext("%(who)s: %(count)s more woman", "%(who)s: %(count)s more women", count)
        else:
            words = ngettext("%(who)s: %(count)s more man", "%(who)s: %(count)s more men", count)
        yield words % {"who": line.name, "count": count}


def _of_parties(spread: Spread, world: World, language: str) -> str:
    said = _("Members come from %(count)s of %(total)s parties.") % {
        "count": len(spread.counts), "total": len(spread.counts) + len(spread.nobody)
    }  # fmt: skip
    names = [world.charter.name_of(slug, language) for slug in spread.nobody]
    return f"{said} {_nobody(names)}" if names else said


def _of_regions(spread: Spread, names: dict[str, str]) -> str:
    if len(spread.counts) + len(spread.nobody) < 2:
        return ""
    counted = wording.listed(f"{names.get(code, code)} {count}" for code, count in spread.counts.items())
    said = _("By sub-region: %(counts)s.") % {"counts": counted} if counted else _("By sub-region: none.")
    nobody = [names.get(code, code) for code in spread.nobody]
    return f"{said} {_nobody(nobody)}" if nobody else said


def _nobody(names: list[str]) -> str:
    return _("Nobody from: %(names)s.") % {"names": ", ".join(names)}
