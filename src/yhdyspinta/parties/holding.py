"""Who can hold a post when: the rules alone, asked of rows that are there and of rows that a table would make."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.parties.days import shown_day, shown_days
from yhdyspinta.parties.post_kinds import excluded_by, kind_of


class Held(Protocol):
    """That somebody holds a post from a day to a day, as ``Tenure`` says it."""

    @property
    def valid_from(self) -> date:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day, where one is known."""

    @property
    def person(self) -> Any:
        """Who holds it."""

    @property
    def post(self) -> Any:
        """What is held."""


H = TypeVar("H", bound=Held)

Days = tuple[date, date | None]


def overlapping(held: Iterable[H], first: date, last: date | None) -> list[H]:
    """Return what holds on any day between two days, first and last included; without a last one, on any later day."""
    return [
        one
        for one in held
        if (one.valid_to is None or one.valid_to >= first) and (last is None or one.valid_from <= last)
    ]


def whose_ends(of_post: Iterable[H], first_day: date) -> H | None:
    """Return which tenure ends when a post is handed over on a day: the one that began before it and reaches it."""
    return next((one for one in overlapping(of_post, first_day, None) if one.valid_from < first_day), None)


def refuse_holder(post: Any, person: Any, days: Days, of_post: Iterable[H], of_person: Iterable[H]) -> H | None:
    """Return whose tenure ends when somebody begins in a post, or refuse that they do.

    ``of_post`` is who held, holds and will hold it; ``of_person`` what the person does in the same organisation.

    Raises:
        ValidationError: by field: they hold it already, the last day is before the first, the post or another holder
            is in the way, or they hold a post that excludes this one.

    """
    first_day, last_day = days
    rows = list(of_post)
    held = whose_ends(rows, first_day)
    if held is not None and held.person == person:
        raise ValidationError({"person": _("%(name)s holds the post already.") % {"name": person}})
    if last_day is not None and last_day < first_day:
        raise ValidationError({"last_day": _("The last day is before the first.")})
    if post.discontinued_on is not None and (last_day is None or last_day > post.discontinued_on):
        raise ValidationError({"first_day": _("The post ends on %(day)s.") % {"day": shown_day(post.discontinued_on)}})
    refuse_two_holders([one for one in rows if one is not held], days, "first_day")
    _refuse_excluded(post, person, overlapping(of_person, *days))
    return held


def refuse_last_day(tenure: H, last_day: date, others: Iterable[H]) -> None:
    """Refuse a last day that cannot be; ``others`` are the post's other tenures.

    Raises:
        ValidationError: it is before the first day, or another holds the post by then.

    """
    if last_day < tenure.valid_from:
        raise ValidationError(
            {"last_day": _("The last day is before the first, %(day)s.") % {"day": shown_day(tenure.valid_from)}}
        )
    refuse_two_holders(others, (tenure.valid_from, last_day), "last_day")


def refuse_two_holders(others: Iterable[H], days: Days, field: str) -> None:
    """Refuse days on which another holds the post.

    Raises:
        ValidationError: at ``field``.

    """
    for other in overlapping(others, *days):
        raise ValidationError(
            {
                field: _("%(name)s holds the post %(days)s.")
                % {"name": other.person, "days": shown_days(other.valid_from, other.valid_to)}
            }
        )


def _refuse_excluded(post: Any, person: Any, beside: Iterable[H]) -> None:
    excluded = excluded_by(post.kind)
    other = next((one for one in beside if one.post.kind in excluded), None)
    if other is not None:
        raise ValidationError(
            {
                "person": _("%(name)s is %(other)s %(days)s. Nobody is that and %(post)s at the same time.")
                % {
                    "name": person,
                    "other": kind_of(other.post.kind).name,
                    "days": shown_days(other.valid_from, other.valid_to),
                    "post": kind_of(post.kind).name,
                }
            }
        )
