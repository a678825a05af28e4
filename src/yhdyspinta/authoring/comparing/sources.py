"""What may be compared, by the key that stands in the address: loaded texts, which are public, and one's drafts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.translation import get_language, gettext

from yhdyspinta.agreement import AgreementErrors
from yhdyspinta.agreement.days import today
from yhdyspinta.authoring.queries import listed, visible_to
from yhdyspinta.journal import queries
from yhdyspinta.journal.wording import day, days

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yhdyspinta.agreement import Charter
    from yhdyspinta.authoring.models import Draft
    from yhdyspinta.journal.models import Text


DRAFT = "draft:"
"""How the key of a draft begins; the rest is its number."""


class Choice(NamedTuple):
    """A text that may be compared: its key in addresses, and what people call it."""

    key: str
    label: str


def comparable(user: Any) -> list[Choice]:
    """Return the texts that somebody may compare: loaded ones by agreement, the newest first, then their open drafts.

    One query in a warm process, two for an account.
    """
    found: dict[str, Text] = {}
    for text in queries.all_texts():
        found.setdefault(_key(text), text)  # of several with one first day, the one loaded last is in force
    several = _agreements_with_several(list(found.values()))
    loaded = [Choice(key, _label(text, several=text.agreement_id in several)) for key, text in found.items()]
    return [*loaded, *(Choice(draft.key, _draft_label(draft)) for draft in listed(user).filter(loaded_at=None))]


def charter_by_key(user: Any, key: str) -> Charter | None:
    """Return the text that a key names. One query in a warm process.

    None when there is none, when the user may not see it, and for a draft that does not pass the check.
    """
    if key.startswith(DRAFT):
        return _charter_of_draft(user, key.removeprefix(DRAFT))
    slug, _, first_day = key.partition("@")
    try:
        begins = dt.date.fromisoformat(first_day)
    except ValueError:
        return None
    text = queries.all_texts().filter(agreement__slug=slug, first_day=begins).first()
    return None if text is None else queries.charter_of_text(text)


def _charter_of_draft(user: Any, number: str) -> Charter | None:
    draft = visible_to(user).filter(pk=int(number)).first() if number.isdecimal() else None
    if draft is None:
        return None
    try:
        return queries.charter_in(draft.sources)
    except AgreementErrors:
        return None


def day_of(key: str) -> dt.date | None:
    """Return the first day of a version, as its key says it; None for what has none of its own."""
    _, _, first_day = key.partition("@")
    return dt.date.fromisoformat(first_day) if first_day else None


def whole_key(key: str, choices: Sequence[Choice]) -> str:
    """Return the key of the text that is in force now, where an address names an agreement alone."""
    versions = [choice.key for choice in choices if choice.key.startswith(f"{key}@")]
    begun = [version for version in versions if version <= f"{key}@{today().isoformat()}"]
    return next(iter(begun or versions[::-1]), key)


def _key(text: Text) -> str:
    return f"{text.agreement.slug}@{text.first_day.isoformat()}"


def _agreements_with_several(texts: Sequence[Text]) -> set[int]:
    ids = [text.agreement_id for text in texts]
    return {id for id in ids if ids.count(id) > 1}


def _label(text: Text, *, several: bool) -> str:
    charter = queries.charter_of_text(text)
    name = charter.short_title.get(get_language() or charter.language)
    label = f"{name} ({days(charter.first_day, charter.last_day)})"
    if several:
        return gettext("%(agreement)s, wording from %(day)s") % {"agreement": label, "day": day(text.first_day)}
    return label


def _draft_label(draft: Draft) -> str:
    return gettext("%(name)s (draft)") % {"name": draft.name}
