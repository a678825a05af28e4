"""Two wordings beside each other: paragraph with paragraph, and word with word within them.

`difflib` is quadratic and worse, so it is never given much: paragraphs are aligned first, those that are equal are
done, and a long paragraph is aligned by sentences before its words are looked at. What is still too long then is told
as gone and added whole.
"""

from __future__ import annotations

import difflib
import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal, NamedTuple, TypeAlias

from yhdyspinta.agreement.compare.pairing import Vocabulary, likeness

Run: TypeAlias = tuple[str, str]
"""`same`, `gone` or `added`, and the words."""
LineKind: TypeAlias = Literal["text", "item"]

_TOKEN = re.compile(r"<(?P<end>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*)[^>]*>|(?P<text>[^<]+)")
_BLOCKS = frozenset(
    {"p", "li", "ul", "ol", "tr", "table", "thead", "tbody", "blockquote", "pre", "hr", "div"}
    | {f"h{level}" for level in range(1, 7)}
)
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
_TAG = re.compile(r"<[^>]+>")
# Words of one side times words of the other, above which a stretch of text is not compared word by word.
_MOST_CELLS = 250_000
# Of lists in which so many pairs are equal the time grows with the cube: nobody writes one sentence a hundred times.
_MOST_EQUAL = 10_000
# Paragraphs with less in common than this stand by themselves.
_ALIKE = 0.3
# Among few unaligned paragraphs every pair is weighed; among many, they are taken in their order.
_MOST_PAIRS = 4_000


class Paragraph(NamedTuple):
    """A paragraph or an item of a list, as plain words."""

    kind: LineKind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of one text beside its like in the other."""

    kind: LineKind
    runs: tuple[Run, ...]

    @property
    def change(self) -> str:
        """`same`, `gone`, `added` or `changed`."""
        kinds = {kind for kind, _ in self.runs}
        return kinds.pop() if len(kinds) == 1 else "changed"

    @property
    def before(self) -> tuple[Run, ...]:
        """The words of the first text, with what is gone."""
        return tuple(run for run in self.runs if run[0] != "added")

    @property
    def after(self) -> tuple[Run, ...]:
        """The words of the second text, with what was added."""
        return tuple(run for run in self.runs if run[0] != "gone")


def plain(text: str) -> str:
    """Return HTML prose as plain text, one space between words."""
    return " ".join(html.unescape(_TAG.sub("", text)).split())


def paragraphs(prose: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs and items of a clause's HTML prose, empty ones left out."""
    found: list[Paragraph] = []
    words: list[str] = []
    items = 0

    def end() -> None:
        text = " ".join(html.unescape("".join(words)).split()).removesuffix(" |")
        words.clear()
        if text:
            found.append(Paragraph("item" if items else "text", text))

    for token in _TOKEN.finditer(prose):
        tag = (token["tag"] or "").lower()
        if token["text"]:
            words.append(token["text"])
        elif tag in ("td", "th") and token["end"]:
            words.append(" | ")
        elif tag == "br":
            words.append(" ")
        elif tag in _BLOCKS:
            end()
            if tag == "li":
                items += -1 if token["end"] else 1
    end()
    return tuple(found)


def redline(before: str, after: str) -> list[Run]:
    """Return two texts word by word as (`same`, `gone` or `added`, words); swapping them swaps gone and added."""
    old, new = before.split(), after.split()
    if old == new:
        return [("same", " ".join(old))] if old else []
    if len(old) * len(new) > _MOST_CELLS:
        return _by_sentence(before, after)
    return _readable(_runs(old, new))


def lines(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> tuple[Line, ...]:
    """Return two texts paragraph by paragraph, each with its like in the other, in the order of both."""
    found = (_line(one, other) for one, other in _aligned(before, after))
    return tuple(line for line in found if line.runs)


def _line(one: Paragraph | None, other: Paragraph | None) -> Line:
    kind = (other or one or Paragraph("text", "")).kind
    return Line(kind, tuple(redline(one.text if one else "", other.text if other else "")))


def _aligned(
    before: Sequence[Paragraph], after: Sequence[Paragraph]
) -> Iterator[tuple[Paragraph | None, Paragraph | None]]:
    for tag, a, b, c, d in _opcodes([each.text for each in before], [each.text for each in after]):
        if tag == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
        else:
            yield from _likest(before[a:b], after[c:d])


def _likest(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> Iterator[tuple[Paragraph | None, Paragraph | None]]:
    """Pair changed paragraphs with their likes, keeping both orders, so that what is alike adds up to the most."""
    if len(old) * len(new) > _MOST_PAIRS:
        pairs = [(at, at) for at in range(min(len(old), len(new)))]
    elif [each.text for each in old] > [each.text for each in new]:
        pairs = [(at, beside) for beside, at in _most_alike(new, old)]
    else:
        pairs = _most_alike(old, new)
    row = column = 0
    for at, beside in [*pairs, (len(old), len(new))]:
        yield from ((each, None) for each in old[row:at])
        yield from ((None, each) for each in new[column:beside])
        if at < len(old):
            yield old[at], new[beside]
        row, column = at + 1, beside + 1


def _most_alike(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[tuple[int, int]]:
    vocabulary = Vocabulary()
    mine, theirs = ([vocabulary.mask(each.text) for each in side] for side in (old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[likeness(one, other) for other in theirs] for one in mine]
    for at in reversed(range(len(old))):
        for beside in reversed(range(len(new))):
            likely = alike[at][beside]
            paired = likely + best[at + 1][beside + 1] if likely >= _ALIKE else 0.0
            best[at][beside] = max(paired, best[at + 1][beside], best[at][beside + 1])
    pairs, at, beside = [], 0, 0
    while at < len(old) and beside < len(new):
        if best[at][beside] == best[at + 1][beside]:
            at += 1
        elif best[at][beside] == best[at][beside + 1]:
            beside += 1
        else:
            pairs.append((at, beside))
            at, beside = at + 1, beside + 1
    return pairs


def _by_sentence(before: str, after: str) -> list[Run]:
    """Return the redline of a long paragraph: sentences that are equal are done, the others go by words if they can."""
    old, new = _SENTENCE.split(before), _SENTENCE.split(after)
    runs: list[Run] = []
    for tag, a, b, c, d in _opcodes(old, new):
        gone, added = " ".join(old[a:b]).split(), " ".join(new[c:d]).split()
        if tag == "equal":
            runs.append(("same", " ".join(gone)))
        elif len(gone) * len(added) <= _MOST_CELLS:
            runs += _readable(_runs(gone, added))
        else:
            runs += [("gone", " ".join(gone)), ("added", " ".join(added))]
    return _joined(runs)


def _runs(old: list[str], new: list[str]) -> list[Run]:
    runs: list[Run] = []
    for tag, a, b, c, d in _opcodes(old, new):
        if tag == "equal":
            runs.append(("same", " ".join(old[a:b])))
        else:
            runs += [(kind, " ".join(words)) for kind, words in (("gone", old[a:b]), ("added", new[c:d])) if words]
    return runs


def _readable(runs: list[Run]) -> list[Run]:
    """Return runs without islands: a word or two that stayed amid much that changed is no help to a reader."""
    calm: list[Run] = []
    for at, (kind, words) in enumerate(runs):
        size = len(words.split())
        around = _changed(runs, range(at - 1, -1, -1)), _changed(runs, range(at + 1, len(runs)))
        if kind == "same" and size <= 2 and min(around) > 2 * size:
            calm += [("gone", words), ("added", words)]
        else:
            calm.append((kind, words))
    return _joined(calm)


def _changed(runs: Sequence[Run], places: range) -> int:
    """Return how many words changed right here, up to the next that stayed."""
    return sum(len(runs[at][1].split()) for at in takewhile(lambda at: runs[at][0] != "same", places))


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Return runs with neighbours of one kind made one, what is gone before what was added."""
    joined: list[Run] = []
    held: dict[str, list[str]] = {"gone": [], "added": []}
    kept: list[str] = []

    def end() -> None:
        for kind in ("gone", "added"):
            if held[kind]:
                joined.append((kind, " ".join(held[kind])))
            held[kind].clear()

    for kind, words in runs:
        if kind == "same":
            end()
            kept.append(words)
            continue
        if kept:
            joined.append(("same", " ".join(kept)))
            kept.clear()
        held[kind].append(words)
    if kept:
        joined.append(("same", " ".join(kept)))
    end()
    return joined


def _opcodes(old: list[str], new: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Return difflib's steps from one list to the other, the same ones backwards when the lists are swapped.

    What both begin and end with is taken off first: most texts differ in few places.
    """
    if old > new:
        return [(tag, c, d, a, b) for tag, a, b, c, d in _opcodes(new, old)]
    least = min(len(old), len(new))
    head = next((at for at in range(least) if old[at] != new[at]), least)
    tail = next((at for at in range(least - head) if old[-1 - at] != new[-1 - at]), least - head)
    left, right = old[head : len(old) - tail], new[head : len(new) - tail]
    counts = Counter(right)
    middle: Sequence[tuple[str, int, int, int, int]]
    if sum(counts[each] for each in left) > _MOST_EQUAL:
        middle = [("replace", 0, len(left), 0, len(right))]
    else:
        middle = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    steps = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in middle]
    begin = [("equal", 0, head, 0, head)] if head else []
    end = [("equal", len(old) - tail, len(old), len(new) - tail, len(new))] if tail else []
    return [*begin, *steps, *end]
