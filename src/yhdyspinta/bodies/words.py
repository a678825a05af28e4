"""What the bodies' data names by ids, in words: roles, the posts that give a seat, and seats by formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

from yhdyspinta.agreement.blocks import Seat as Formula
from yhdyspinta.journal.wording import by_language, listed


@by_language
def _posts() -> Mapping[str, str]:
    return {
        "council-chair": gettext("chair of the council"),
        "board-chair": gettext("chair of the board"),
        "council": gettext("council"),
        "chief-executive": gettext("chief executive"),
        "county-director": gettext("county director"),
        "region-director": gettext("region director"),
        "official-leadership": gettext("office-holder leadership"),
        "director-of-education-and-culture": gettext("director of education and culture"),
        "sector-director": gettext("sector director"),
    }


def post(name: str) -> str:
    """Return a post that gives a seat in a body."""
    return _posts().get(name, name.replace("-", " "))


@by_language
def _headings() -> Mapping[str, str]:
    return {
        "member": gettext("Members"),
        "deputy": gettext("Deputy members"),
        "attendee": gettext("Right to attend and speak"),
        "expert": gettext("Experts"),
        "secretary": gettext("Secretary"),
        "chair": gettext("Chair"),
        "vice-chair": gettext("Vice chair"),
    }


def heading_of_role(name: str) -> str:
    """Return a role in a body, as it begins a line."""
    return _headings().get(name, name.replace("-", " ").capitalize())


@by_language
def _roles() -> Mapping[str, str]:
    return {
        "member": gettext("member"),
        "deputy": gettext("deputy member"),
        "attendee": gettext("attendee with the right to speak"),
        "expert": gettext("expert"),
        "secretary": gettext("secretary"),
        "chair": gettext("chair"),
        "vice-chair": gettext("vice chair"),
    }


def role(name: str) -> str:
    """Return what somebody in a role is."""
    return _roles().get(name, name.replace("-", " "))


def seat(formula: Formula, name_of: Callable[[str], str]) -> str:
    """Return who has a seat: whose, from which posts, how many."""
    if isinstance(formula.who, tuple):
        who = listed(name_of(id_) for id_ in formula.who)
    else:
        who = {"each party": gettext("of each party"), "each municipality": gettext("of each municipality")}.get(
            formula.who, formula.who
        )
    posts = listed(post(each) for each in formula.post)
    number = f"{formula.count} " if formula.count else ""
    return f"{number}{who}: {posts}" if posts else f"{number}{who}"


def seats(formulas: tuple[Formula, ...], name_of: Callable[[str], str]) -> list[str]:
    """Return who sits in a body, as the text has it, in lines."""
    return [f"{heading_of_role(each.role)}: {seat(each, name_of)}" for each in formulas]
