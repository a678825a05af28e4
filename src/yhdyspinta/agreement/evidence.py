"""What a duty asks to see before it counts as done: the `evidence` of a block, read once (docs/agreement-format.md).

A requirement names a kind of fact and what its fields must hold. Fields that are compared with one value make the key
by which facts are looked up; everything else is a filter on the few facts found.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeAlias

from yhdyspinta.agreement.facts import KINDS, fields_of
from yhdyspinta.agreement.saying import Said, SaidError

# Words that stand for something of the occurrence at hand.
REFERENCES = ("bearer", "object", "meeting", "meeting-body", "release")
EACH_BEARER = "each bearer"
SAME_MEETING = "same meeting"
EACH_PARTY = "each party"
MOST = 1_000_000_000
_LISTS = {"prepared_by", "offices", "parties"}

Scalar: TypeAlias = str | bool | int | dt.date


@dataclass(frozen=True, slots=True)
class Cover:
    """A list field must hold all of ``values``, in one fact or several; None means every joint bearer."""

    attribute: str
    values: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class After:
    """Counts from the day when every party of that day had such a fact in the term (C24)."""

    kind: str
    party: str
    object: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One kind of fact that must be there, and what its fields must hold."""

    kind: str
    attributes: tuple[str, ...]
    """Attributes that make the key, and in ``sources`` the literal or the reference each must equal."""
    sources: tuple[Scalar, ...]
    references: tuple[bool, ...]
    any_of: tuple[tuple[str, frozenset[Scalar]], ...] = ()
    more_than: tuple[tuple[str, float], ...] = ()
    of_kind: tuple[tuple[str, frozenset[str]], ...] = ()
    cover: Cover | None = None
    same_meeting: bool = False
    after: After | None = None

    @property
    def has_period(self) -> bool:
        """Whether facts of this kind name the period they are for."""
        return "period" in fields_of(self.kind)

    @property
    def filtered(self) -> bool:
        """Whether facts found by the key must be looked at one by one."""
        return bool(self.any_of or self.more_than or self.of_kind)


Evidence: TypeAlias = tuple[Requirement, ...]


def attribute_of(field: str) -> str:
    """Return the attribute that holds a fact's field: the first day is always ``on``."""
    return "on" if field == "from" else field


def parse_evidence(written: dict[str, dict[str, Any]]) -> Evidence:
    """Read the `evidence` of a block.

    Raises:
        SaidError: with what is unknown or cannot be meant, for the reader of the block.

    """
    return tuple(_requirement(kind, fields) for kind, fields in written.items())


def _requirement(kind: str, written: dict[str, Any]) -> Requirement:
    if kind not in KINDS or kind == "withdrawn":
        raise SaidError(
            Said(
                "`evidence` names an unknown kind of fact `%(kind)s`; known: %(known)s",
                kind=kind,
                known=", ".join(sorted(KINDS)),
            )
        )
    known = fields_of(kind)
    key: list[tuple[str, Scalar, bool]] = []
    parts: dict[str, Any] = {"any_of": [], "more_than": [], "of_kind": []}
    for field, wanted in written.items():
        if field == "after":
            parts["after"] = _after(wanted)
            continue
        if field not in known:
            message = Said(
                "`%(kind)s` has no field `%(field)s`; it has %(known)s", kind=kind, field=field, known=", ".join(known)
            )
            raise SaidError(message)
        _read_field(attribute_of(field), wanted, key, parts)
    key.sort(key=lambda item: item[0])
    return Requirement(
        kind=kind,
        attributes=tuple(attribute for attribute, _, _ in key),
        sources=tuple(source for _, source, _ in key),
        references=tuple(reference for _, _, reference in key),
        any_of=tuple(parts["any_of"]),
        more_than=tuple(parts["more_than"]),
        of_kind=tuple(parts["of_kind"]),
        cover=parts.get("cover"),
        same_meeting=parts.get("same_meeting", False),
        after=parts.get("after"),
    )


def _read_field(attribute: str, wanted: Any, key: list[tuple[str, Scalar, bool]], parts: dict[str, Any]) -> None:
    """Sort one field of a requirement into the key or the filters."""
    match wanted:
        case "each bearer" if attribute in _LISTS:
            parts["cover"] = Cover(attribute, None)
        case "same meeting" if attribute == "meeting":
            parts["same_meeting"] = True
        case str() | bool() | int() | dt.date() if attribute not in _LISTS:
            key.append((attribute, wanted, wanted in REFERENCES))
        case {"all": [*values]} if attribute in _LISTS and values:
            parts["cover"] = Cover(attribute, tuple(map(str, values)))
        case {"more-than": int() | float() as least} if abs(least) < MOST:
            parts["more_than"].append((attribute, float(least)))
        case {"kind": [*kinds]} if attribute == "party":
            parts["of_kind"].append((attribute, frozenset(map(str, kinds))))
        case [*values] if values and attribute not in _LISTS and all(isinstance(value, Scalar) for value in values):
            parts["any_of"].append((attribute, frozenset(values)))
        case _:
            written = f"{attribute}: {wanted}"
            raise SaidError(Said("`%(written)s` is no constraint that this field can have", written=written))


def _after(written: Any) -> After:
    """Read ``{FACT: {party: each party, FIELD: object}}``."""
    for kind, fields in written.items() if isinstance(written, dict) and len(written) == 1 else ():
        if kind in KINDS and isinstance(fields, dict) and fields.get("party") == EACH_PARTY:
            known = fields_of(str(kind))
            match [(str(name), value) for name, value in fields.items() if name != "party"]:
                case [(name, "object")] if name in known and "party" in known:
                    return After(kind=str(kind), party="party", object=name)
    raise SaidError(Said("`after` is written {FACT: {party: each party, FIELD: object}}"))
