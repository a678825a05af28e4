"""Facts of every kind that may be recorded, for hypothesis."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from tests.records.koe import charter
from yhdyspinta.records.kinds import BY_HAND, KINDS, Field, Kind, Shape
from yhdyspinta.records.words import Names

NAMES = Names(charter())
DAYS = st.dates(dt.date(2021, 1, 1), dt.date(2026, 11, 1))
# What people type: any printable character, folded at the ends as every cell is.
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8})?", fullmatch=True)


def value_of(field: Field, given: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return values that the field may have."""
    if field.shape in (Shape.PARTIES, Shape.ACTORS, Shape.WORDS):
        extra = IDS if field.shape is Shape.WORDS else st.nothing()
        return st.lists(st.sampled_from(NAMES.ids(field)) | extra, min_size=1, unique=True)
    if field.shape is Shape.WORD and not field.closed:
        return st.sampled_from(NAMES.ids(field)) | IDS
    return PLAIN[field.shape] if field.shape in PLAIN else st.sampled_from(NAMES.ids(field, given))


PLAIN: dict[Shape, st.SearchStrategy[Any]] = {
    **dict.fromkeys((Shape.DAY, Shape.UNTIL, Shape.MEETING), DAYS.map(dt.date.isoformat)),
    **dict.fromkeys((Shape.TEXT, Shape.FACT), TEXT),
    Shape.PERIOD: st.sampled_from(["2023", "2024", "2021-2025", "agreement", "foorumi@2024-05-20"]),
    Shape.RELEASE: st.builds(lambda body, day: f"{body}@{day}", st.sampled_from(NAMES.bodies), DAYS),
    Shape.HOURS: st.integers(0, 168) | st.integers(0, 160).map(lambda whole: whole + 0.5),
    Shape.LEVEL: st.sampled_from([1, 2]),
    Shape.FLAG: st.booleans(),
    Shape.NEW_BODY: IDS.filter(lambda id_: id_ not in NAMES.bodies and id_ not in charter().parties),
    Shape.NAME: TEXT | st.dictionaries(st.sampled_from(["fi", "sv", "en"]), TEXT, min_size=1),
}


@st.composite
def facts(draw: st.DrawFn, kinds: tuple[Kind, ...] = BY_HAND) -> dict[str, Any]:
    """Return a fact whose fields have the right shapes; its days need not make sense together."""
    kind = draw(st.sampled_from(kinds))
    given: dict[str, Any] = {"fact": kind.name}
    for field in kind.fields:
        if not field.optional or draw(st.booleans()):
            given[field.name] = draw(value_of(field, given))
    if draw(st.booleans()):
        given["reference"] = draw(TEXT)
    if draw(st.booleans()):
        given["id"] = draw(IDS)
    if draw(st.booleans()):
        given["recorded"] = draw(DAYS).isoformat()
    return given


ANY_KIND = tuple(KINDS.values())
