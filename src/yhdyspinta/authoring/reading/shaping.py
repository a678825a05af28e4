"""Blocks to paragraphs: headings told by their look where no style says them, numbers taken off, lists nested."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from yhdyspinta.agreement.document import Paragraph
from yhdyspinta.authoring.reading.blocks import Block
from yhdyspinta.authoring.reading.cleaning import cleaned, folded
from yhdyspinta.authoring.reading.lines import JOINING, TIER, Line, in_one, is_heading_line, paragraphs_of, width_of
from yhdyspinta.authoring.reading.numerals import is_number_alone, taken_apart

_HEADING_WORDS = 14
_HEADING_SIGNS = 120
_LINE_WORDS = 10  # of a heading that only its place tells
_TITLE_WORDS = 40
_LARGER = 1.1  # a heading's letters are at least so much larger than the text's
_WIDE = 100  # signs in a line: a break in a longer one is taken for the edge of the page
_LOW = 5  # one paragraph of so many begins in small letters only where lines have become paragraphs
_LONGEST_ENTRY = 600  # signs of a line in a table of contents, with all its dots
_ENTRIES = 3  # so many lines with numbers of pages are a table of contents
_PART = ("part",)  # what “Liite 1” and “Taso 1” rank with
_STYLED = 3  # so many headings by style: whoever wrote the text uses styles
_NAMES = 3  # so many lines of one look with nothing between are names, not headings
_CONTENTS = re.compile(
    r"(?:sisällys(?:luettelo)?|sisältö|innehåll(?:sförteckning)?|(?:table of )?contents)", re.IGNORECASE
)
_LEADER = re.compile(r"(?:[.…·_]\s?){4,}\s*(\d{1,3})$|\t+\s*(\d{1,3})$")
_BREAK = re.compile(r"\n|\t\t|\s{5}")  # what may part a paragraph: a line break, or a leap to the next column
_A_WORD = re.compile(r"[^\W\d_]{4}")
_A_NAME = re.compile(
    r"\s(?:kunta|kaupunki|liitto|hyvinvointialue|kommun|stad|välfärdsområde|(?:landskaps)?förbund|municipality|county)$"
)
_CLOSING = re.compile(
    r"päiväys|allekirjoitu|underskrift|datum|ort och|signature|date\b|paikka ja|liitteet|bilagor", re.IGNORECASE
)


def shaped(blocks: Sequence[Block], notes: set[str]) -> list[Paragraph]:
    """Return the paragraphs of a text, and note where a table of contents was left out."""
    whole = [part for block in _rejoined(blocks) for part in _at_breaks(block)]
    kept = [block for block in _without_contents(whole, notes) if block.kind == "table" or block.text]
    if not kept:
        return []
    kept = _with_numbers_before_them(kept)
    for block in kept:
        _take_number(block)
    styled = sum(block.kind == "heading" for block in kept) >= _STYLED
    _find_headings(kept, styled=styled)
    _find_title(kept, styled=styled)
    _nest_tiers(kept)
    return list(_paragraphs(kept))


def _rejoined(blocks: Sequence[Block]) -> Sequence[Block]:
    """Return the paragraphs of a text whose lines have become paragraphs, as when it was copied from a PDF."""
    lines = [block.text for block in blocks]
    plain = all(block.kind == "text" and "\n" not in block.text.strip() for block in blocks)
    low = sum(block.text.lstrip()[:1].islower() for block in blocks)
    width = width_of(lines) if plain and low * _LOW > len(blocks) else 0
    if not width:
        return blocks
    return paragraphs_of(
        Line(block.text, block.gap, max(width - len(block.text), 0), 0, block.size, block.bold) for block in blocks
    )


def _at_breaks(block: Block) -> list[Block]:
    """Divide a paragraph at the line breaks inside it, where they part a heading, a name, an address from the rest."""
    block.text = cleaned(block.text)
    if block.kind == "table" or not _BREAK.search(block.text.strip()):
        block.text = block.text.strip()
        return [block]
    lines = [line.strip() for line in block.text.split("\n")]
    if block.kind in {"title", "heading"}:
        block.text = folded(in_one([line for line in lines if line]))
        return [block]
    wide = width_of(lines) or _WIDE
    given = [Line(line, not lines[at - 1], max(wide - len(line), 0)) for at, line in enumerate(lines) if line]
    parts = paragraphs_of(given)
    for part in parts:
        part.size, part.bold, part.look = block.size, block.bold, part.look and block.look
    if parts and block.bold_first and parts[0].text == folded(lines[0]):
        parts[0].bold = True
    if parts and block.number:
        parts[0].kind, parts[0].number, parts[0].sort = block.kind, block.number, block.sort
        parts[0].level, parts[0].depth = block.level, block.depth
    return parts


def _without_contents(blocks: Sequence[Block], notes: set[str]) -> list[Block]:
    """Leave out a typed table of contents, with its heading: lines that end in the number of a page.

    Without a heading it takes several lines whose numbers grow: one alone may say how many members there are.
    """
    kept: list[Block] = []
    run: list[tuple[int, Block]] = []
    for block in [*blocks, Block("")]:
        page = _page_named(block)
        if page is not None:
            run.append((page, block))
            continue
        headed = bool(kept) and _CONTENTS.fullmatch(kept[-1].text) is not None
        pages = [number for number, _entry in run]
        if run and (headed or (len(run) >= _ENTRIES and pages == sorted(pages))):
            notes.add("contents")
            kept = kept[:-1] if headed else kept
        else:
            kept += [entry for _number, entry in run]
        run = []
        kept.append(block)
    return kept


def _page_named(block: Block) -> int | None:
    """Return the number of a page that a line of a table of contents ends in, after dots or a tab."""
    found = _LEADER.search(block.text) if block.kind != "table" and len(block.text) < _LONGEST_ENTRY else None
    return int(found[1] or found[2]) if found else None


def _with_numbers_before_them(blocks: Sequence[Block]) -> list[Block]:
    """Put a number that stands on a line of its own before the words below it: “3 §” above “Osapuolet”."""
    made: list[Block] = []
    for block in blocks:
        before = made[-1] if made else None
        if (
            before
            and before.kind == "text"
            and is_number_alone(before.text)
            and block.kind in {"text", "heading"}
            and block.words <= _HEADING_WORDS
        ):
            block.text = f"{before.text} {block.text}"
            made[-1] = block
        else:
            made.append(block)
    return made


def _take_number(block: Block) -> None:
    """Take off the number that is typed before a heading or a text, which is an item until it proves a heading."""
    if block.kind not in {"text", "heading", "item"} or block.number:
        return
    found = taken_apart(block.text)
    if found is None or (block.kind == "heading" and found.sort == "bullet"):
        return
    block.number, block.text, block.sort, block.depth = found.number, found.rest, found.sort, found.depth
    if block.kind == "text":
        block.kind, block.level = "item", 0  # nested when all are known


def _find_headings(blocks: Sequence[Block], *, styled: bool) -> None:
    """Make headings of short paragraphs that look like one; levels follow looks and the depth of numbers.

    Where styles say what the headings are, only what stands right above a text is made one more, below them.
    """
    found = _by_look(blocks)
    if styled:
        found = {
            at for at in found if at + 1 < len(blocks) and at + 1 not in found and blocks[at + 1].kind != "heading"
        }
    elif not any(blocks[at].size or blocks[at].bold for at in found):
        found |= _by_place(blocks)
    found |= {at for at, block in enumerate(blocks) if is_heading_line(block.text) and _may_be_heading(block)}
    numbered = set() if styled else _by_number(blocks, found)
    candidates = [at for at in sorted({*found, *numbered}) if not _is_name(blocks, at)]
    candidates = _without_lists_of_names(blocks, candidates)
    levels = _levels([blocks[at] for at in candidates])
    above = 0
    chosen = set(candidates)
    for at, block in enumerate(blocks):
        if block.kind == "heading":
            above = block.level
        elif at in chosen:
            block.kind = "heading"
            block.level = min(above + levels[_rank_of(block)], 9)
            block.text = block.text.rstrip(":")


def _by_look(blocks: Sequence[Block]) -> set[int]:
    """Return which blocks are bold, larger than the text, or in capitals, and short."""
    sizes: Counter[float] = Counter()
    bold = 0
    for block in blocks:
        sizes[block.size] += len(block.text)
        bold += len(block.text) if block.bold else 0
    usual = sizes.most_common(1)[0][0]
    bold_says = bold * 2 < sizes.total()
    return {
        at
        for at, block in enumerate(blocks)
        if _may_be_heading(block) and ((block.bold and bold_says) or block.size > usual * _LARGER or block.capitals)
    }


def _by_place(blocks: Sequence[Block]) -> set[int]:
    """Return which blocks of a text without looks are short, stand alone and do not end as a sentence does."""
    return {
        at
        for at, block in enumerate(blocks)
        if block.kind == "text"
        and (at + 1 < len(blocks) or _CLOSING.match(block.text))
        and (block.alone or _CLOSING.match(block.text))
        and block.lines == 1
        and block.words <= _LINE_WORDS
        and _A_WORD.search(block.text)
        and not _A_NAME.search(block.text)
        and _may_be_heading(block)
    }


def _may_be_heading(block: Block) -> bool:
    return (
        block.look
        and (block.kind == "text" or (block.kind == "item" and block.sort not in {"bullet", "lower"}))
        and 0 < block.words <= _HEADING_WORDS
        and len(block.text) <= _HEADING_SIGNS
        and (not block.ended or (block.bold and block.text.endswith(":")))
        and not block.text[0].islower()
        and block.text.rsplit(" ", 1)[-1] not in JOINING
        and any(letter.isalpha() for letter in block.text)
    )


def _by_number(blocks: Sequence[Block], found: set[int]) -> set[int]:
    """Return which numbered blocks are headings by their number: short, and not one item beside another."""
    headings: set[int] = set()
    last: dict[tuple[str, int], str] = {}
    for at, block in enumerate(blocks):
        if block.kind == "heading" or at in found:
            last[block.sort, block.depth] = block.number
        if (
            block.kind != "item"
            or block.sort not in {"section", "decimal", "roman", "upper"}
            or not _may_be_heading(block)
        ):
            continue
        in_list = at and _beside(block, blocks[at - 1]) and at - 1 not in headings and at - 1 not in found
        follows = not in_list and _follows(last.get((block.sort, block.depth), ""), block.number)
        beside = any(_beside(block, blocks[there]) for there in (at - 1, at + 1) if 0 <= there < len(blocks))
        if block.sort == "section" or follows or not (beside or at + 1 == len(blocks)):
            headings.add(at)
            last[block.sort, block.depth] = block.number
    return headings


def _beside(block: Block, other: Block) -> bool:
    return other.kind == "item" and (other.sort, other.depth) == (block.sort, block.depth)


def _follows(before: str, number: str) -> bool:
    """Say whether a number is the next after another of its depth: “3” after “2”, “2.2” after “2.1”."""
    one, two = re.findall(r"\d+", before), re.findall(r"\d+", number)
    return bool(one and len(one) == len(two) and one[:-1] == two[:-1] and int(two[-1]) == int(one[-1]) + 1)


def _is_name(blocks: Sequence[Block], at: int) -> bool:
    """Say whether what looks like a heading is the name of a party, with its id or address below it."""
    return blocks[at].of_a_party or (not blocks[at].number and at + 1 < len(blocks) and blocks[at + 1].of_a_party)


def _without_lists_of_names(blocks: Sequence[Block], candidates: Sequence[int]) -> list[int]:
    """Leave out lines of one look that follow each other with nothing between: those who sign, who are present."""
    kept: list[int] = []
    run: list[int] = []
    for at in [*candidates, -1]:
        if run and at == run[-1] + 1 and not blocks[at].number and _look_of(blocks[at]) == _look_of(blocks[run[-1]]):
            run.append(at)
            continue
        kept += run if len(run) < _NAMES else [one for one in run if one == run[0] or _is_no_name(blocks, one)]
        run = [at]
    return kept


def _is_no_name(blocks: Sequence[Block], at: int) -> bool:
    """Say whether a line in a row of short ones is a heading: of what closes a text, or of the sentence below it."""
    below = blocks[at + 1] if at + 1 < len(blocks) else None
    said = below is not None and below.ended and below.words > _LINE_WORDS
    return said or _CLOSING.match(blocks[at].text) is not None


def _look_of(block: Block) -> tuple[float, bool, bool]:
    return (-round(block.size * 2) / 2, not block.capitals, not block.bold)


def _rank_of(block: Block) -> tuple[object, ...]:
    """Return what headings of one level have in common: the sort and depth of their number, or else their look."""
    if block.number:
        return (block.sort, block.depth)
    return _PART if is_heading_line(block.text) else _look_of(block)


def _levels(headings: Sequence[Block]) -> dict[tuple[object, ...], int]:
    """Return the level of each rank. Looks rank from the largest; numbers of one sort by the look of the shallowest.

    “Liite 1” in capitals says nothing about capitals elsewhere: it is of the first level, or as “Taso 1” below another.
    """
    ranking = [block for block in headings if _rank_of(block) != _PART]
    shallow: dict[str, int] = {}
    for block in ranking:
        if block.number:
            shallow[block.sort] = min(block.depth, shallow.get(block.sort, block.depth))
    telling = [block for block in ranking if not block.number or block.depth == shallow[block.sort]]
    place = {look: at for at, look in enumerate(sorted({_look_of(block) for block in telling}), start=1)}
    levels: dict[tuple[object, ...], int] = {_PART: 1}
    for block in telling:
        rank = _rank_of(block)
        levels[rank] = min(place[_look_of(block)], levels.get(rank, len(place)))
    for block in ranking:
        if block.number:
            first = shallow[block.sort]
            levels.setdefault(_rank_of(block), levels[block.sort, first] + block.depth - first)
    return levels


def _find_title(blocks: Sequence[Block], *, styled: bool) -> None:
    """Make the title of what stands first, when it is one: no number, no sentence, and above all other headings."""
    first, below = blocks[0], [block for block in blocks[1:] if block.kind == "heading"]
    if any(block.kind == "title" for block in blocks) or first.number:
        return
    if first.kind == "heading" and _is_above(first, blocks[1:], below, styled=styled):
        first.kind, first.level = "title", 0
        if all(block.level > 1 or is_heading_line(block.text) for block in below):
            for block in below:
                block.level = max(block.level - 1, 1)
    elif first.kind == "text" and not first.ended and first.words <= _TITLE_WORDS and len(blocks) > 2:
        set_off = first.bold or first.size > max(block.size for block in blocks[1:]) or first.capitals
        first.kind = "title" if first.alone or set_off else "text"


def _is_above(first: Block, rest: Sequence[Block], headings: Sequence[Block], *, styled: bool) -> bool:
    """Say whether a heading that stands first is the title of those below it."""
    if TIER.match(first.text) or not headings:
        return False
    if all(first.level < block.level for block in headings):
        return True
    if styled:
        return False
    others = [block for block in headings if not TIER.match(block.text)]
    larger = all(block.number or _look_of(first) < _look_of(block) for block in others)
    return bool(others) and (larger or rest[0].kind == "heading")


def _nest_tiers(blocks: Sequence[Block]) -> None:
    """Put headings like “Taso 1” below the heading that they follow, where their look puts them beside it."""
    above = 0
    for block in blocks:
        if block.kind != "heading":
            continue
        if not TIER.match(block.text):
            above = block.level
        elif block.level <= above and not block.number:
            block.level = min(above + 1, 9)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    """Give the paragraphs; items that were typed are nested by the sorts of their numbers."""
    sorts: list[str] = []
    for block in blocks:
        if block.kind != "item":
            sorts = []
        elif not block.level:
            sort = block.number if block.sort == "bullet" else block.sort
            if sort in sorts:
                del sorts[sorts.index(sort) + 1 :]
            else:
                sorts.append(sort)
            block.level = len(sorts)
        text = "" if block.kind == "table" else folded(block.text)
        yield Paragraph(block.kind, text, block.level, block.number, block.rows)
