"""Blocks as typed objects, or in words what keeps them from being read."""

from __future__ import annotations

import difflib
from typing import Any, TypeVar

from pydantic import ValidationError

from yhdyspinta.agreement.blocks import Block
from yhdyspinta.agreement.reader import RawBlock, RawFile

_B = TypeVar("_B", bound=Block)


def validated(raw: RawFile, block: RawBlock, model: type[_B], data: Any, path: tuple[str | int, ...] = ()) -> _B | None:
    """Return the block as a typed object, or note what is wrong with it."""
    try:
        return model.model_validate(data)
    except ValidationError as errors:
        for error in errors.errors():
            where = _path(error)
            message, mend = _explain(error, where, block.kind, model)
            raw.find(block.line_of((*path, *where)), message, mend)
    return None


def _path(error: Any) -> tuple[str | int, ...]:
    """Return the path of keys as the file has it; a key that is unknown may look like anything."""
    unknown = len(error["loc"]) - 1 if error["type"] == "extra_forbidden" else None
    return tuple(part for at, part in enumerate(error["loc"]) if at == unknown or not _names_a_branch(part))


def _names_a_branch(part: str | int) -> bool:
    """Tell pydantic's names of union branches from keys that were written."""
    return isinstance(part, str) and (part[:1].isupper() or "[" in part or part in {"str", "date", "constrained-str"})


def _explain(error: Any, where: tuple[str | int, ...], kind: str, model: type[Block]) -> tuple[str, str]:
    """Put a validation error into words for the writer of the file."""
    key = ".".join(str(part) for part in where) or kind
    if error["type"] == "extra_forbidden":
        known = sorted(_keys(model)) if len(where) == 1 else []
        near = difflib.get_close_matches(str(where[-1]), known, n=1)
        mend = f"did you mean `{near[0]}`?" if near else f"remove it{'; known: ' + ', '.join(known) if known else ''}"
        return f"unknown key `{key}` in a `{kind}` block", mend
    if error["type"] == "missing":
        return f"the `{kind}` block lacks `{key}`", f"add `{where[-1] if where else key}`"
    message = str(error["msg"]).removeprefix("Value error, ")
    if where and where[-1] == "municipality-code":
        return f"`{key}`: {error['input']!r} is no municipality code", 'three digits in quotes, such as "077"'
    written = error["input"]
    mend = "mend it here" if isinstance(written, dict | list) else f"mend the value {str(written)[:60]!r}"
    return f"`{key}`: {message}", mend


def _keys(model: type[Block]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}
