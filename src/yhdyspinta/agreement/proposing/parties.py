"""The parties that a text names, filled from the classification, with what the text says of them and nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

from yhdyspinta.agreement.classification import Entry, folded, party_block
from yhdyspinta.agreement.proposing.in_force import days_in, title_in
from yhdyspinta.agreement.proposing.model import ClauseText, Mark, Proposal
from yhdyspinta.agreement.proposing.party_details import NEAR, Detail, details_in, is_only_labels, without_label
from yhdyspinta.agreement.proposing.party_names import PARTY_CLAUSE, SIGNATURE_CLAUSE, Naming, namings_in
from yhdyspinta.agreement.slugs import slug

__all__ = ["days_in", "parties_in", "title_in"]

LANGUAGES: Final = ("fi", "sv", "en")
Where: TypeAlias = Literal["party-list", "signature", "named-in-text"]
_RANK: Final[dict[Where, int]] = {"party-list": 0, "signature": 1, "named-in-text": 2}
_COLUMNS: Final = str.maketrans({"|": "\n", "\t": "\n"})
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖÉ])")
_JOINT_AUTHORITY: Final = re.compile(r"kuntayhtym|samkommun|joint (?:municipal )?authority", re.IGNORECASE)
# Where the name of an organisation begins, when a sentence goes before it.
_BEFORE_NAME: Final = re.compile(
    r"[.,;:()\n]|\b(?:on|ovat|ja|sekä|tuottaa|toimii|vastaa|kanssa|välillä|osapuolena|och|är|samt|mellan|med|and|is|with)\s"
)
# "Helsingin ja Uudenmaan …": the name goes on.
_TWO_PLACES: Final = re.compile(r"(?:^|\W)[A-ZÅÄÖ][\w-]*n\s+ja\s$")
_BULLET: Final = re.compile(r"^\s*(?:[-–•*]|\w{1,3}[.)])\s+")


@dataclass(slots=True)
class _Found:
    """A body at a place of the text: what names it, and what stands beside the name."""

    clause: int
    start: int
    end: int
    entry: Entry | None
    name: str
    where: Where
    code: Detail | None = None
    address: Detail | None = None

    @property
    def key(self) -> str:
        """What makes two places name one party."""
        return self.entry.id if self.entry else folded(self.name)

    @property
    def details(self) -> list[Detail]:
        """What stands beside the name."""
        return [detail for detail in (self.code, self.address) if detail]

    @property
    def order(self) -> tuple[int, int, int, int]:
        """The best place of a party comes first: with its id, in a list, above signatures, in a sentence."""
        return (0 if self.details else 1, _RANK[self.where], self.clause, self.start)


def parties_in(clauses: Sequence[ClauseText], language: str) -> tuple[Proposal, ...]:
    """Return one proposal of kind ``parties`` for each party that the text names.

    They come in the order of the text, those that stand in a list before those that only a sentence names. A business
    id that is no valid one, or that stands beside several parties, is marked and left ``open``. An organisation that
    is in no classification is proposed where a business id stands beside its name, as it is written.
    """
    found = [place for number, clause in enumerate(clauses) for place in _places(number, clause)]
    best: dict[str, _Found] = {}
    for place in sorted(found, key=lambda place: place.order):
        best.setdefault(place.key, place)
    shared = {code for code, times in Counter(p.code.said for p in best.values() if p.code).items() if times > 1}
    in_order = sorted(best.values(), key=lambda p: (p.where == "named-in-text" and not p.details, p.clause, p.start))
    return tuple(_proposal(clauses[place.clause], place, language, shared) for place in in_order)


def _places(number: int, clause: ClauseText) -> Iterable[_Found]:
    """Return every place of a clause that names a party."""
    text = clause.text.translate(_COLUMNS)  # cells of a table are lines of their own; offsets stay
    heading = f"{clause.title}\n{clause.part}"
    lists_parties = bool(PARTY_CLAUSE.search(heading))
    details = details_in(text)
    outside = [naming for naming in namings_in(text, lists_parties=lists_parties) if not _inside(naming.start, details)]
    listed = _listed(text, outside, details, lists_parties=lists_parties)
    by_list: Where = "signature" if SIGNATURE_CLAUSE.search(heading) else "party-list"
    places = [
        _Found(number, naming.start, naming.end, naming.entry, text[naming.start : naming.end], where)
        for naming in outside
        for where in (by_list if naming.start in listed else "named-in-text",)
    ]
    _attach(number, text, places, details)
    return places


def _listed(text: str, namings: list[Naming], details: list[Detail], *, lists_parties: bool) -> set[int]:
    """Return where namings begin whose line holds names and what stands beside them, and no sentence.

    In a clause that is a list of parties, it is enough that the line begins with the name.
    """
    listed: set[int] = set()
    spans = sorted([(n.start, n.end) for n in namings] + [(d.start, d.end) for d in details])
    starts = [naming.start for naming in namings]
    following = 0
    for line in re.finditer(r"[^\n]+", text):
        bullet = _BULLET.match(line[0])
        first = at = line.start() + (bullet.end() if bullet else len(line[0]) - len(line[0].lstrip()))
        alone = True
        while following < len(spans) and spans[following][0] < line.end():
            start, end = spans[following]
            alone = alone and is_only_labels(text[at:start])
            at = max(at, end)
            following += 1
        alone = alone and is_only_labels(text[at : line.end()])
        here = starts[bisect_left(starts, line.start()) : bisect_left(starts, line.end())]
        listed |= {start for start in here if alone or (lists_parties and start == first)}
    return listed


def _inside(place: int, details: list[Detail]) -> bool:
    """Tell whether a place of the text lies within an id or an address."""
    before = bisect_right(details, place, key=lambda detail: detail.start)
    return before > 0 and place < details[before - 1].end


def _attach(number: int, text: str, places: list[_Found], details: list[Detail]) -> None:
    """Give each business id and address to the name beside it; an id beside no known name brings the one written."""
    ids_first = _ids_first(text, places, details)
    end = 0
    for detail in details:
        following = bisect_left(places, detail.start, key=lambda place: place.start)
        if ids_first and detail.is_code:
            owner = places[following] if following < len(places) else None
            gap = text[detail.end : owner.start] if owner else ""
        else:
            owner = places[following - 1] if following else None
            gap = text[max(owner.end, end) : detail.start] if owner else ""
        if owner and is_only_labels(gap):
            _give(owner, detail)
            end = detail.end
        elif detail.is_code:
            begin = max(owner.end if owner and owner.start < detail.start else 0, end, detail.start - NEAR)
            if unknown := _unknown(number, text, begin, detail):
                places.insert(following, unknown)
                end = detail.end


def _ids_first(text: str, places: list[_Found], details: list[Detail]) -> bool:
    """Tell whether ids stand before the names that they belong to, as in some tables."""
    code = next((detail for detail in details if detail.is_code), None)
    if code is None or not places or code.end > places[0].start:
        return False
    line = text[text.rfind("\n", 0, code.start) + 1 : code.start]
    return is_only_labels(line) and is_only_labels(text[code.end : places[0].start])


def _give(owner: _Found, detail: Detail) -> None:
    if detail.is_code and owner.code is None:
        owner.code = detail
    elif not detail.is_code and owner.address is None:
        owner.address = detail


def _unknown(number: int, text: str, begin: int, code: Detail) -> _Found | None:
    """Return the organisation whose name stands before a business id, as it is written."""
    end = begin + len(without_label(text[begin : code.start]))
    cuts = [
        cut.end() for cut in _BEFORE_NAME.finditer(text, begin, end) if not _TWO_PLACES.search(text, begin, cut.end())
    ]
    start = cuts[-1] if cuts else begin
    name = text[start:end]
    bullet = _BULLET.match(name)
    start += bullet.end() if bullet else len(name) - len(name.lstrip())
    name = text[start:end]
    if not re.search(r"[^\W\d_]{2}", name) or not name[0].isupper():
        return None
    return _Found(number, start, end, None, " ".join(name.split()), "party-list", code=code)


def _proposal(clause: ClauseText, place: _Found, language: str, shared: set[str]) -> Proposal:
    data: dict[str, Any]
    still_open: list[str] = []
    if place.entry:
        data, rule = party_block(place.entry, LANGUAGES), str(place.where)
    else:
        data, rule = _as_written(place.name, language), "business-id-beside-name"
        still_open += ["genitive", "local"]
    if place.code:
        if not place.code.valid:
            rule = "bad-check-digit"
        elif place.code.said in shared:
            rule = "same-business-id"
        else:
            data["business-id"] = place.code.said
        if "business-id" not in data:
            still_open.append("business-id")
    if place.address:
        data["address"] = place.address.said
    start, end = _span(clause.text, place)
    return Proposal(
        kind="parties",
        clause=clause.id,
        sentence=" ".join(clause.text[start:end].split()),
        marks=_marks(clause.text, start, place),
        data=data,
        open=tuple(still_open),
        rule=rule,
    )


def _as_written(name: str, language: str) -> dict[str, Any]:
    kind = "joint-municipal-authority" if _JOINT_AUTHORITY.search(name) else "other"
    return {"id": slug(name), "kind": kind, "name": {language: name}, "official-name": {language: name}}


def _span(text: str, place: _Found) -> tuple[int, int]:
    """Return what a proposal rests on: the name with its details, or the sentence around the name."""
    if place.details or place.where != "named-in-text":
        details = place.details
        return min([place.start, *(d.start for d in details)]), max([place.end, *(d.end for d in details)])
    line = text.rfind("\n", 0, place.start) + 1
    stop = text.find("\n", place.end)
    stop = len(text) if stop < 0 else stop
    starts = [line, *(end.end() for end in _SENTENCE_END.finditer(text, line, stop))]
    ends = [*(end.start() for end in _SENTENCE_END.finditer(text, line, stop)), stop]
    return max(s for s in starts if s <= place.start), min(e for e in ends if e >= place.end)


def _marks(text: str, start: int, place: _Found) -> tuple[Mark, ...]:
    spans = [(place.start, place.end, "name")]
    spans += [(detail.at, detail.end, "code" if detail.is_code else "address") for detail in place.details]
    return tuple(sorted(Mark(_folded_at(text, start, s), _folded_at(text, start, e), role) for s, e, role in spans))


def _folded_at(text: str, start: int, at: int) -> int:
    """Return where a place of the text lies once white space from ``start`` on is folded."""
    before = text[start:at]
    folded_before = " ".join(before.split())
    return len(folded_before) + (1 if folded_before and before[-1:].isspace() else 0)
