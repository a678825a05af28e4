"""What a form offers to choose from: what the draft has, and the words of the format, said in the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yhdyspinta.agreement.blocks import PARTY_KINDS, Basis, LeftOpen
from yhdyspinta.agreement.compose import CLAUSE_KINDS
from yhdyspinta.agreement.duty import CALENDAR_YEAR, COUNCIL_TERM, FIRST_MEETING, RELEASE
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.journal import wording
from yhdyspinta.parties.post_kinds import post_kinds

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Writing:
    """The draft that a form is about."""

    manuscript: Manuscript

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that words are wanted in."""
        return self.manuscript.languages

    def things(self, *kinds: str) -> Choices:
        """Return things of some kinds by id and name."""
        return [(id, name_of(data) or id) for kind in kinds for id, data in self.manuscript.things(kind).items() if id]

    def bodies(self) -> Choices:
        """Return the bodies, and the themes that have a group: the group's id is the theme's."""
        groups = {id: data for id, data in self.manuscript.things("theme").items() if data.get("group")}
        return [*self.things("body"), *((id, name_of(data.get("group") or {}) or id) for id, data in groups.items())]

    def actors(self) -> Choices:
        """Return the parties and bodies."""
        return [*self.things("parties"), *self.bodies()]

    def levels(self) -> Choices:
        """Return the levels by number."""
        levels = self.manuscript.levels
        return [(str(level.get("number")), f"{level.get('number')} {name_of(level)}".strip()) for level in levels]


def name_of(data: Mapping[str, Any]) -> str:
    """Return the name of a thing in the page's language, or in the first it has."""
    for key in ("name", "official-name", "question"):
        words = data.get(key)
        if isinstance(words, Mapping) and words:
            return str(words.get(get_language() or "") or next(iter(words.values())))
    return ""


def clause_kinds() -> Choices:
    """Return what a clause may be."""
    return [(kind, wording.clause_kind(kind)) for kind in CLAUSE_KINDS]


def party_kinds() -> Choices:
    """Return what kind of organisation a party may be."""
    return [(kind, wording.party_kind(kind)) for kind in PARTY_KINDS]


def bases() -> Choices:
    """Return on what a duty may rest."""
    return [(basis, wording.basis(basis)) for basis in get_args(Basis)]


def left_open() -> Choices:
    """Return what a text may leave open."""
    return [(word, wording.left_open(word)) for word in get_args(LeftOpen)]


def facts() -> Choices:
    """Return the kinds of facts that may show that something was done."""
    return [(kind, str(label)) for kind, label in wording.FACT_KINDS.items() if kind != "withdrawn"]


def posts() -> Choices:
    """Return the kinds of posts."""
    return [(id, kind.name) for id, kind in post_kinds().items()]


def bearers() -> Choices:
    """Return who may bear a duty, besides those named."""
    return [
        ("each party", _("Each party")),
        ("each municipality", _("Each municipality")),
        ("each group", _("Each cooperation group")),
        ("all", _("All parties together")),
        ("convenors", _("Whoever convenes the meeting")),
        (NAMED, _("Those chosen below, together")),
        (KINDS, _("Each party of the kinds chosen below")),
    ]


NAMED = "named"
KINDS = "kinds"
MEETING = "meeting"


def cadences() -> Choices:
    """Return how often something may be done."""
    return [
        (CALENDAR_YEAR, _("Each calendar year")),
        (COUNCIL_TERM, _("Each council term")),
        (MEETING, _("For each meeting of the bodies chosen below")),
        (RELEASE, _("For each release")),
        (FIRST_MEETING, _("At the first meeting of each group in a term")),
    ]


def duty_kinds() -> Choices:
    """Return the kinds of duties."""
    return [
        ("achieve", _("Something is done")),
        ("maintain", _("Something holds all the time")),
        ("unmeasured", _("The text gives nothing to measure by")),
    ]


def costs() -> Choices:
    """Return what a rule of costs may be about."""
    return [
        ("salary", _("salaries")),
        ("fees", _("fees")),
        ("travel", _("travel")),
        ("room", _("rooms")),
        ("catering", _("catering")),
        ("other", _("other costs")),
    ]


def with_chosen(choices: Choices, chosen: Iterable[str]) -> Choices:
    """Return choices with what the block says and they lack, so that it is not lost."""
    known = {value for value, _label in choices}
    return [*choices, *((value, value) for value in chosen if value and value not in known)]
