"""The day that a page is asked for: ``?as-of=1.6.2024`` or ``2024-06-01``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext

from yhdyspinta.agreement import parse_day, today
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from django.http import HttpRequest

EARLIEST, LATEST = dt.date(1990, 1, 1), dt.date(2200, 12, 31)


@dataclass(frozen=True, slots=True)
class Asked:
    """The day asked for, as typed and as read; what cannot be read is kept at the field with what is wrong."""

    day: dt.date
    known_at: dt.date | None
    today: dt.date
    text: str
    wrong: str
    action: str
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def past(self) -> bool:
        """Whether another day than today is looked at, or what was known on another day."""
        return self.day != self.today or self.known_at is not None

    @property
    def words(self) -> str:
        """The day in words."""
        return wording.day(self.day)

    @property
    def query(self) -> dict[str, str]:
        """What other pages must be asked for to show the same day."""
        query = {} if self.day == self.today else {"as-of": self.day.isoformat()}
        return query | ({"known-at": self.known_at.isoformat()} if self.known_at else {})

    @property
    def today_url(self) -> str:
        """This page, today."""
        kept = [pair for pair in self.kept if pair[0] != "known-at"]
        return f"{self.action}?{urlencode(kept)}" if kept else self.action


def asked_of(request: HttpRequest, *, may_look_back: bool) -> Asked:
    """Read the day that a request asks for; without one, or with one that cannot be read, today.

    What was known on another day only those ask who may see what has been withdrawn since: from others it is ignored.
    """
    now = today()
    typed = request.GET.get("as-of", "").strip()
    day = _day(typed) if typed else now
    known_at = _day(request.GET.get("known-at", "")) if may_look_back else None
    left = {"as-of"} if may_look_back else {"as-of", "known-at"}
    kept = tuple((name, str(value)) for name, value in request.GET.items() if name not in left and value)
    wrong = gettext("Write the day as 1.6.2024 or 2024-06-01.") if day is None else ""
    text = typed if day is None else f"{day.day}.{day.month}.{day.year}"
    return Asked(day or now, known_at, now, text, wrong, request.path, kept)


def _day(text: str) -> dt.date | None:
    """Return the day that a text means, or None; days outside two centuries are slips of the finger."""
    try:
        day = parse_day(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None
