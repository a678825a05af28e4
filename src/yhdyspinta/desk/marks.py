"""How a state looks: a shape, a tone of colour and a word, always all three."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from yhdyspinta.desk import html, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yhdyspinta.agreement import Occurrence

DONE = frozenset({"fulfilled", "fulfilled-late", "kept"})
UNDONE = frozenset({"open", "overdue", "lacking", "no-record", "waived", "ended"})
HIDDEN = "hidden"
PART = "part"
# What is not yet asked for, asked for no more or without a measure stands outside a count of what was done.
_UNCOUNTED = frozenset({"scheduled", "waived", "unmeasured"})

TONES = {
    "fulfilled": "done",
    "fulfilled-late": "done",
    "kept": "done",
    "open": "open",
    PART: "open",
    "overdue": "todo",
    "lacking": "todo",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A state as it is shown."""

    shape: str
    word: str

    @property
    def tone(self) -> str:
        """The tone of colour: ``done``, ``open``, ``todo`` or ``none``."""
        return TONES.get(self.shape, "none")

    @property
    def html(self) -> SafeString:
        """The shape with its word."""
        word = html.text(self.word)
        return html.safe(f'<span class="mark {self.tone}">{symbol(self.shape)}<span>{word}</span></span>')

    @property
    def symbol(self) -> SafeString:
        """The shape as an image without words."""
        return symbol(self.shape)


@cache
def symbol(shape: str) -> SafeString:
    """Return a state's shape as an image without words, drawn in the colour of its surroundings."""
    return mark_safe(f'<svg class="s" aria-hidden="true"><use href="{static("web/states.svg")}#{shape}"/></svg>')  # noqa: S308 - the shape is one of our own names


def tone(shape: str) -> str:
    """Return a shape's tone of colour."""
    return TONES.get(shape, "none")


def shape_of(occurrence: Occurrence) -> str:
    """Return an occurrence's shape; an unused right has one of its own."""
    if occurrence.kind == "right" and occurrence.state == "lacking":
        return "right"
    return occurrence.state


def mark_of(occurrence: Occurrence) -> Mark:
    """Return an occurrence's mark, its word with the day that belongs to it."""
    return Mark(shape_of(occurrence), words.state_of(occurrence))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of something are done, out of how many that are or were asked for."""

    done: int
    total: int
    states: Counter[str]

    @property
    def hides(self) -> bool:
        """Whether some state is kept from the audience: then it is told how many are done, never out of how many."""
        return HIDDEN in self.states

    @property
    def shape(self) -> str:
        """One shape for all: counts, never the worst state (DESIGN §3.4)."""
        if not self.states:
            return "unmeasured"
        if self.done and self.done == self.total - self.states[HIDDEN]:
            return "kept" if self.states["kept"] == self.done else "fulfilled"
        if self.done:
            return PART
        if len(self.states) == 1:
            return next(iter(self.states))
        for shape in ("open", "scheduled", HIDDEN):
            if shape in self.states:
                return shape
        return self.states.most_common(1)[0][0]

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of any of them: there are no records from the time, so there is nothing to count."""
        return set(self.states) == {"no-record"}

    @property
    def percent(self) -> int:
        """How much of the bar is filled, in hundredths; never all while something is left."""
        return self.done * 100 // self.total if self.total else 0

    def __add__(self, other: Tally) -> Tally:
        """Count two tallies together."""
        return Tally(self.done + other.done, self.total + other.total, self.states + other.states)


NOTHING = Tally(0, 0, Counter())


def tally(shapes: Iterable[str]) -> Tally:
    """Count shapes of occurrences."""
    states = Counter(shapes)
    done = sum(number for shape, number in states.items() if shape in DONE)
    total = sum(number for shape, number in states.items() if shape not in _UNCOUNTED)
    return Tally(done, total, states)
