"""Plain data as the YAML of a block, written as a person would write it (docs/agreement-format.md).

Words and short lists stand on one line, longer things below each other, and only what YAML would read otherwise is
quoted. What is written here, ``reader`` reads back as it was.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.nodes import ScalarNode

WIDTH: Final = 120

# The order in which the keys of a block are read best; other keys follow as they were given.
ORDER: Final[Mapping[str, tuple[str, ...]]] = {
    "front matter": (
        "id", "language", "title", "short-title", "instrument", "example", "from", "to", "levels", "successor",
    ),
    "parties": (
        "id", "kind", "form", "name", "official-name", "genitive", "local", "business-id", "municipality-code",
        "county-code", "region-code", "address", "from", "to",
    ),
    "terms": ("id", "name", "of", "periods"),
    "body": (
        "id", "level", "name", "short-name", "convened-by", "convenor-office", "rotation", "agenda-by", "part-of",
        "seats", "term", "referenced-only", "preparedness", "outsiders", "has", "roles", "unspecified",
    ),
    "theme": ("id", "name", "group"),
    "duty": (
        "id", "name", "short-name", "bearer", "object", "kind", "per", "term", "window", "deadline",
        "evidence-in-window", "count", "evidence", "basis", "reading", "law", "unspecified",
    ),
    "right": ("id", "name", "bearer", "evidence", "basis", "reading", "law", "unspecified"),
    "rule": ("id", "name", "pays"),
    "goal": ("id", "name", "parts", "unspecified"),
    "law": ("id", "name", "number", "section", "verbatim", "summary"),
    "reading": ("id", "question", "assumed", "choices"),
}  # fmt: skip
# Keys whose mappings are read better below each other, however short they are.
_TALL: Final = frozenset({"group", "changes", "successor"})
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@`")
_FLOW: Final = frozenset(",[]{}")
_NO_BREAK_SPACE: Final = "\xa0"
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TEXT_TAG: Final = "tag:yaml.org,2002:str"
_RESOLVER: Final = YAML(typ="safe", pure=True).resolver


def block_text(kind: str, data: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return a block's data as YAML that ends with a line break, its keys in the order of the format's description.

    ``kind`` is the block's, or ``front matter``. The data are mappings with text keys, lists, texts, numbers, truth
    values, dates and None.

    Raises:
        TypeError: the data hold something that an agreement's file cannot.

    """
    lines = _lines([_ordered(kind, item) for item in data] if isinstance(data, list | tuple) else _ordered(kind, data))
    return "\n".join(lines) + "\n"


def fenced_block(kind: str, data: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return a block as it stands in an agreement's file, fences included."""
    return f"```yaml {kind}\n{block_text(kind, data)}```\n"


def _ordered(kind: str, data: Any) -> Any:
    """Put the keys of one block into their order."""
    if not isinstance(data, Mapping):
        return data
    order = ORDER.get(kind, ())
    return {key: data[key] for key in (*[key for key in order if key in data], *[k for k in data if k not in order])}


def _lines(value: Any, width: int = WIDTH) -> list[str]:
    """Return something in block style, as lines that fit a width where they can."""
    if isinstance(value, Mapping) and value:
        return [line for key, item in value.items() for line in _entry(f"{_scalar(key)}:", item, width, key=key)]
    if isinstance(value, list | tuple) and value:
        return [line for item in value for line in _item(item, width)]
    return [_flow(value)]


def _entry(head: str, value: Any, width: int, *, key: str) -> list[str]:
    if _is_literal(value):
        return [f"{head} |-", *_indented(value.split("\n"))]
    line = f"{head} {_flow(value)}" if _fits_one_line(value) and not (key in _TALL and value) else ""
    if line and (len(line) <= width or not _is_collection(value)):
        return [line]
    return [head, *_indented(_lines(value, width - 2))]


def _item(value: Any, width: int) -> list[str]:
    if _is_literal(value):
        return ["- |-", *_indented(value.split("\n"))]
    line = f"- {_flow(value)}" if _fits_one_line(value) else ""
    if line and (len(line) <= width or not _is_collection(value)):
        return [line]
    first, *rest = _lines(value, width - 2)
    return [f"- {first}", *_indented(rest)]


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


def _is_collection(value: Any) -> bool:
    return isinstance(value, Mapping | list | tuple) and bool(value)


def _fits_one_line(value: Any) -> bool:
    """Tell what reads well between braces: no thing with an id of its own, no list of things, no text of lines."""
    if isinstance(value, Mapping):
        return "id" not in value and all(_fits_one_line(item) and not _is_literal(item) for item in value.values())
    if isinstance(value, list | tuple):
        return not any(_is_collection(item) or _is_literal(item) for item in value)
    return True


def _is_literal(value: Any) -> bool:
    """Tell a text of several plain lines, which is written as it is; a fence within would end the block."""
    if not isinstance(value, str) or "\n" not in value or "```" in value or "~~~" in value:
        return False
    lines = value.split("\n")
    return all(_is_printable(line) and line == line.strip() for line in lines) and bool(lines[0]) and bool(lines[-1])


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key, flow=True)}: {_within(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_within, value)) + "]"
    return _scalar(value)


def _within(value: Any) -> str:
    return _flow(value) if isinstance(value, Mapping | list | tuple) else _scalar(value, flow=True)


def _scalar(value: Any, *, flow: bool = False) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return value if _is_plain(value, flow=flow) else _quoted(value)
        case int():
            return str(value)
        case float():
            return _float(value)
        case dt.date() if not isinstance(value, dt.datetime):
            return value.isoformat()
    raise TypeError(f"{value!r} cannot be written in an agreement's file")


def _float(value: float) -> str:
    if value != value:  # noqa: PLR0124 -- only what is no number differs from itself
        return ".nan"
    return {float("inf"): ".inf", float("-inf"): "-.inf"}.get(value, repr(value))


def _is_plain(text: str, *, flow: bool) -> bool:
    """Tell whether YAML reads a text without quotes as the same text."""
    if not text or text != text.strip() or text[0] in _INDICATORS or text.startswith("...") or not _is_printable(text):
        return False
    if re.search(r":(\s|$)|\s#", text) or (flow and _FLOW & set(text)):
        return False
    return str(_RESOLVER.resolve(ScalarNode, text, (True, False))) == _TEXT_TAG


def _is_printable(text: str) -> bool:
    return text.replace(_NO_BREAK_SPACE, " ").isprintable() and "\N{ZERO WIDTH NO-BREAK SPACE}" not in text


def _quoted(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _is_printable(character):
        return character
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
