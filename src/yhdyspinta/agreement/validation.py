"""Blocks as typed objects, or in words what keeps them from being read."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from yhdyspinta.agreement.blocks import Block
from yhdyspinta.agreement.plain import Keys
from yhdyspinta.agreement.reader import RawBlock, RawFile
from yhdyspinta.agreement.saying import Said, SaidError

_B = TypeVar("_B", bound=Block)

# What an escape such as "\\0" can write.
_NO_TEXT: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
# What is said of a key that is missing, by which a form tells it from a key that is wrong.
LACKS: Final = Said("the `%(kind)s` block lacks `%(key)s`", kind="", key="").template
# What pydantic finds, by its name for it, in words of ours: pydantic speaks English only.
_FOUND: Final[dict[str, Callable[[dict[str, Any]], Said]]] = {
    "bool_parsing": lambda _: Said("true or false is wanted here"),
    "bool_type": lambda _: Said("true or false is wanted here"),
    "date_from_datetime_inexact": lambda _: Said("a date such as 2025-05-31 is wanted here"),
    "date_from_datetime_parsing": lambda _: Said("a date such as 2025-05-31 is wanted here"),
    "date_parsing": lambda _: Said("a date such as 2025-05-31 is wanted here"),
    "date_type": lambda _: Said("a date such as 2025-05-31 is wanted here"),
    "finite_number": lambda _: Said("a whole number is wanted here"),
    "dict_type": lambda _: Said("keys and values are wanted here"),
    "greater_than_equal": lambda ctx: Said("the least number here is %(least)s", least=ctx["ge"]),
    "int_from_float": lambda _: Said("a whole number is wanted here"),
    "int_parsing": lambda _: Said("a whole number is wanted here"),
    "int_type": lambda _: Said("a whole number is wanted here"),
    "less_than_equal": lambda ctx: Said("the greatest number here is %(most)s", most=ctx["le"]),
    "literal_error": lambda ctx: Said("one of these is wanted here: %(words)s", words=_quoted(ctx["expected"])),
    "model_type": lambda _: Said("keys and values are wanted here"),
    "string_too_long": lambda ctx: Said("the text is longer than %(most)s characters", most=ctx["max_length"]),
    "string_too_short": lambda _: Said("the text is empty"),
    "string_type": lambda _: Said("a text is wanted here; a number that is a text stands in quotes"),
    "too_short": lambda _: Said("at least one is wanted here"),
    "tuple_type": lambda _: Said("a list is wanted here"),
}
_PATTERNS: Final[dict[str, Callable[[], Said]]] = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": lambda: Said("this is no id: lower case a–z, digits and single hyphens"),
    r"^[a-z]{2,3}$": lambda: Said("this is no code of a language, such as fi, sv or en"),
    r"^\d{2}$": lambda: Said("two digits are wanted here, in quotes"),
    r"^\d{3}$": lambda: Said("three digits are wanted here, in quotes"),
    r"^\d{1,4}/\d{4}$": lambda: Said("the number of a statute is wanted here, such as 1535/2019"),
}


def validated(raw: RawFile, block: RawBlock, model: type[_B], data: Any, path: Keys = ()) -> _B | None:
    """Return the block as a typed object, or note what is wrong with it."""
    for keys in (unfit := list(_unfit(data, path))):
        raw.find_in(block, keys, Said("a control character or half a character"), Said("write it without"))
    if unfit:
        return None
    try:
        return model.model_validate(data)
    except ValidationError as errors:
        for error, where in _telling(errors.errors()):
            message, mend = _explain(error, where, block.kind, model)
            raw.find_in(block, (*path, *where), message, mend)
    return None


def _unfit(data: Any, path: Keys) -> Iterator[Keys]:
    """Yield the path of every text and key that neither a database nor a page can hold."""
    if isinstance(data, str):
        if _NO_TEXT.search(data):
            yield path
        return
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        here = (*path, key)
        if isinstance(key, str) and _NO_TEXT.search(key):
            yield here
        yield from _unfit(value, here)


def said_of(errors: ValidationError) -> Said:
    """Return the first of the errors in words."""
    return _message(errors.errors()[0])


def _telling(errors: Sequence[Any]) -> Iterator[tuple[Any, Keys]]:
    """Yield each error with the path of its keys.

    Where one of several shapes may stand, pydantic tells of each shape why it is not there. What is wrong within a
    shape says more than that the others are not there; of several that are not there, one is told.
    """
    placed = [(error, _path(error)) for error in errors]
    told = {path[:n] for error, path in placed for n in range(len(path) + (not _refuses_a_shape(error)))}
    for error, path in placed:
        if not _refuses_a_shape(error):
            yield error, path
        elif path not in told:
            told.add(path)
            group = [other for other, where in placed if where == path]
            telling = [other for other in group if not _is_of_shape(other)]
            yield (telling or (group if len(group) == 1 else [{**error, "type": "no shape"}]))[0], path


def _refuses_a_shape(error: Any) -> bool:
    if not error["loc"] or error["type"] == "extra_forbidden" or error["loc"][-1] == "[key]":
        return False
    return _names_a_branch(error["loc"][-1])


def _is_of_shape(error: Any) -> bool:
    return str(error["type"]).endswith("_type") or error["type"] == "literal_error"


def _path(error: Any) -> Keys:
    """Return the path of keys as the file has it; a key that is unknown may look like anything."""
    unknown = len(error["loc"]) - 1 if error["type"] == "extra_forbidden" else None
    return tuple(part for at, part in enumerate(error["loc"]) if at == unknown or not _names_a_branch(part))


def _names_a_branch(part: str | int) -> bool:
    """Tell pydantic's names of union branches from keys that were written."""
    return isinstance(part, str) and (part[:1].isupper() or "[" in part or part in {"str", "date", "constrained-str"})


def _explain(error: Any, where: Keys, kind: str, model: type[Block]) -> tuple[Said, Said]:
    """Put a validation error into words for the writer of the file."""
    key = ".".join(str(part) for part in where) or kind
    if error["type"] == "extra_forbidden":
        return Said("unknown key `%(key)s` in a `%(kind)s` block", key=key, kind=kind), _instead(where, model)
    if error["type"] == "missing":
        mend = Said("add `%(key)s`", key=where[-1] if where else key)
        return Said("the `%(kind)s` block lacks `%(key)s`", kind=kind, key=key), mend
    if where and where[-1] == "municipality-code":
        message = Said("`%(key)s`: %(value)s is no municipality code", key=key, value=repr(error["input"]))
        return message, Said('three digits in quotes, such as "077"')
    written = error["input"]
    mend = (
        Said("mend it here")
        if isinstance(written, dict | list)
        else Said("mend the value %(value)s", value=repr(str(written)[:60]))
    )
    return Said("`%(key)s`: %(message)s", key=key, message=_message(error)), mend


def _instead(where: Keys, model: type[Block]) -> Said:
    """Say what to write in place of a key that is unknown."""
    known = sorted(_keys(model)) if len(where) == 1 else []
    if near := difflib.get_close_matches(str(where[-1]), known, n=1):
        return Said("did you mean `%(near)s`?", near=near[0])
    return Said("remove it; known: %(known)s", known=", ".join(known)) if known else Said("remove it")


def _message(error: Any) -> Said:
    context = error.get("ctx", {})
    if isinstance(context.get("error"), SaidError):
        said: Said = context["error"].said
        return said
    if error["type"] == "string_pattern_mismatch" and context["pattern"] in _PATTERNS:
        return _PATTERNS[context["pattern"]]()
    if error["type"] in _FOUND:
        return _FOUND[error["type"]](context)
    return Said("this value cannot stand here")


def _quoted(expected: str) -> str:
    """Return the words of ``'a', 'b' or 'c'`` without the English between them."""
    return ", ".join(re.findall(r"'([^']*)'", expected))


def _keys(model: type[Block]) -> set[str]:
    return {info.alias or name for name, info in model.model_fields.items()}
