"""One key of a block put otherwise, and everything else left as it was written: order, comments, line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from yhdyspinta.agreement.plain import read_plain
from yhdyspinta.agreement.yaml_writing import ORDER, block_text

# A key at the margin, and the lines of its value: indented ones, items of a list, empty lines between them.
_ENTRY = r"(?m)^(?:{key}|\"{key}\"|'{key}')\s*:(?:[ \t].*)?\n(?:[ \t]+\S.*\n|-(?:[ ].*)?\n|[ \t]*\n(?=[ \t\n]|- ))*"


def with_keys(kind: str, text: str, changes: Mapping[str, Any]) -> str:
    """Return a block's YAML with some keys put otherwise; None takes a key away.

    A block that is not written line by line, such as one in braces, is written anew.
    """
    before = data_of(kind, text)
    wanted = {key: value for key, value in {**before, **changes}.items() if value is not None}
    edited = text
    for key, value in changes.items():
        edited = _with_key(kind, edited, key, value)
    return edited if data_of(kind, edited) == wanted else block_text(kind, wanted)


def with_items(kind: str, text: str, change: Callable[[Mapping[str, Any]], Mapping[str, Any] | None]) -> str:
    """Return the YAML of a list of things, each given the changes of its keys; None takes a thing away.

    ``change`` returns what is put otherwise in a thing, an empty mapping to leave it as it is written.
    """
    pieces = re.split(r"(?m)^(?=- )", text)
    lead, items = pieces[0], pieces[1:]
    things = data_of(kind, text)
    if len(items) != len(things):
        kept = [(thing, changes) for thing in things if (changes := change(thing)) is not None]
        return block_text(kind, [_without_none({**thing, **changes}) for thing, changes in kept])
    written = [lead]
    for thing, item in zip(things, items, strict=True):
        changes = change(thing)
        if changes is not None:
            written.append(_item(kind, item, changes) if changes else item)
    return "".join(written)


def _item(kind: str, item: str, changes: Mapping[str, Any]) -> str:
    """Put keys of one item of a list otherwise."""
    body = re.sub(r"(?m)^(- |  )", "", item)
    lines = with_keys(kind, body, changes).splitlines(keepends=True)
    return "".join(("- " if not number else "  " if line.strip() else "") + line for number, line in enumerate(lines))


def data_of(kind: str, text: str) -> Any:
    """Return what a block's YAML says; None where it cannot be read."""
    plain = read_plain(kind, text)
    return plain.data if plain.readable else None


def _with_key(kind: str, text: str, key: str, value: Any) -> str:
    """Replace the lines of a key, take them away, or put new ones behind the nearest key that goes before it."""
    new = "" if value is None else block_text(kind, {key: value})
    if found := _entry(text, key):
        return text[: found.start()] + new + text[found.end() :]
    order = ORDER.get(kind, ())
    before = order[: order.index(key)] if key in order else ()
    place = next((found.end() for earlier in reversed(before) if (found := _entry(text, earlier))), len(text))
    return text[:place] + new + text[place:]


def _entry(text: str, key: str) -> re.Match[str] | None:
    return re.search(_ENTRY.format(key=re.escape(key)), text)


def _without_none(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}
