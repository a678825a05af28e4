"""Where something rests: the decision or the minutes, as a reference that people can follow.

A fact's ``reference`` may be a line of text or an object (``agreement.facts``). The rooms write an object with the keys
below, so that a page can set the link apart; a line of text that a file brings stays a line of text.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

KEYS = ("organ", "decided", "section", "register", "text", "link", "record")


def reference_of(
    *,
    organ: str = "",
    decided: dt.date | None = None,
    section: str = "",
    register: str = "",
    text: str = "",
    link: str = "",
) -> dict[str, Any]:
    """Return a reference as facts carry it, with what was given and nothing else."""
    given = {"organ": organ, "section": section, "register": register, "text": text, "link": link}
    given["decided"] = decided.isoformat() if decided else ""
    return {key: given[key] for key in KEYS if given.get(key)}


def reference_text(reference: object) -> str:
    """Return a reference as one line: ``Kunnanhallitus 12.3.2024 § 45, 123/00.01/2024``. The link is not in it."""
    if not isinstance(reference, dict):
        return str(reference or "")
    decision = " ".join(filter(None, (_said(reference, "organ"), _day(reference), _section(reference))))
    others = [str(value) for key, value in reference.items() if key not in KEYS and value]
    return ", ".join(filter(None, (decision, _said(reference, "register"), _said(reference, "text"), *others)))


def link_of(reference: object) -> str:
    """Return the link that a reference carries, or nothing."""
    return _said(reference, "link") if isinstance(reference, dict) else ""


def _said(reference: Mapping[str, Any], key: str) -> str:
    return str(reference.get(key) or "")


def _section(reference: Mapping[str, Any]) -> str:
    section = _said(reference, "section")
    return section if "§" in section or not section else f"§ {section}"


def _day(reference: Mapping[str, Any]) -> str:
    try:
        day = dt.date.fromisoformat(_said(reference, "decided"))
    except ValueError:
        return _said(reference, "decided")
    return f"{day.day}.{day.month}.{day.year}"
