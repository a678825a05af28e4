"""The card of a duty in the margin: what, on what basis, who, when, proof, what to do next."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext

from yhdyspinta.agreement import Right
from yhdyspinta.desk import html, vocabulary, words
from yhdyspinta.desk.marks import DONE, HIDDEN, Mark, Tally, mark_of, shape_of, tally
from yhdyspinta.desk.proofs import Proof, proofs_of
from yhdyspinta.desk.scene import Scene, is_each_party, is_statutory
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.safestring import SafeString

    from yhdyspinta.agreement import Duty, Occurrence

PERIODS_SHOWN = 4
PROOFS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Chip:
    """One period of a duty that one bearer has: its mark with the period's name."""

    mark: Mark
    words: str
    heard: str  # said to those who do not see the shape

    @property
    def html(self) -> SafeString:
        """The chip as a list item."""
        mark = self.mark
        said = f"<span>{html.text(self.words)}{html.heard(self.heard)}</span>"
        return html.safe(f'<li class="chip {mark.tone}">{mark.symbol}{said}</li>')


@dataclass(frozen=True, slots=True)
class Row:
    """One period of a duty that many have: how many have done it."""

    label: str
    tally: Tally
    words: str
    rest: str
    counted: bool

    @property
    def bar(self) -> bool:
        """Whether a bar says more than the words."""
        return self.counted and self.tally.total > 1


@dataclass(frozen=True, slots=True)
class Part:
    """One group or theme of a duty that many groups have."""

    name: str
    mark: Mark
    words: str
    url: str

    @property
    def html(self) -> SafeString:
        """The part as a list item."""
        name = html.link(self.name, self.url) if self.url else f"<span>{html.text(self.name)}</span>"
        said = f'<span class="soft">{html.text(self.words)}</span>'
        return html.safe(f'<li class="{self.mark.tone}">{self.mark.symbol}{name}{said}</li>')


@dataclass(frozen=True, slots=True)
class Action:
    """A link to what can be done next."""

    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Card:
    """A duty as the margin shows it."""

    id: str
    name: str
    url: str
    basis: str
    who: str
    when: str
    shape: str
    heard: str
    chips: tuple[Chip, ...]
    rows: tuple[Row, ...]
    extra: str
    parts: tuple[Part, ...]
    by: str
    proofs: tuple[Proof, ...]
    left_out: int
    actions: tuple[Action, ...]
    left_open: str
    right: bool
    tally: Tally

    @property
    def mark(self) -> Mark:
        """The duty's one mark: for the contents list and the sentence that binds."""
        return Mark(self.shape, self.heard)


def card_of(scene: Scene, duty: Duty | Right) -> Card:
    """Build a duty's card from its occurrences."""
    occurrences = scene.by_duty.get(duty.id, [])
    periods = periods_of(occurrences)
    many = any(len(same) > 1 for same in periods.values()) or is_each_party(duty)
    shapes = {period: counted_shapes(scene, same) for period, same in periods.items()}
    counted = tally(chain.from_iterable(shapes.values()))
    chips: tuple[Chip, ...] = ()
    rows: tuple[Row, ...] = ()
    parts: tuple[Part, ...] = ()
    extra = ""
    shown = shown_periods(periods)
    if isinstance(duty, Right) or duty.kind == "unmeasured" or not many:
        chips = tuple(_chip(scene, duty, same[0], alone=len(periods) == 1) for same in shown)
    else:
        rows = tuple(_row(scene, duty, same, shapes[same[0].period], alone=len(periods) == 1) for same in shown)
        now = going_on(shown)
        parts = _parts(scene, now)
        extra = _whole_parties(scene, duty, now)
    proofs = () if many else tuple(proofs_of(scene, (fact for same in shown for fact in same[0].evidence)))
    shape = scene.sight.shape_of_all(counted)
    return Card(
        id=duty.id,
        name=duty.name.get(scene.language),
        url=scene.links.duty(duty.id),
        basis=wording.basis(duty.basis),
        who=wording.bearer(scene.charter, duty, scene.language),
        when=wording.cadence(scene.charter, duty, scene.language),
        shape="right" if isinstance(duty, Right) and shape == "lacking" else shape,
        heard=heard(scene, counted, shape, right=isinstance(duty, Right)),
        chips=chips,
        rows=rows,
        extra=extra,
        parts=parts,
        by=gettext("By theme") if duty.object == "each theme" else gettext("By group"),
        proofs=proofs[:PROOFS_SHOWN],
        left_out=max(0, len(periods) - len(shown)) + max(0, len(proofs) - PROOFS_SHOWN),
        actions=tuple(_actions(scene, duty)),
        left_open=wording.listed(wording.left_open(item) for item in duty.unspecified),
        right=isinstance(duty, Right),
        tally=counted,
    )


def periods_of(occurrences: Iterable[Occurrence]) -> dict[str, list[Occurrence]]:
    """Return occurrences by period, in the order of time."""
    found: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        found[occurrence.period].append(occurrence)
    return dict(sorted(found.items(), key=lambda pair: _time_of(pair[0])))


def _time_of(period: str) -> tuple[str, str]:
    meeting = words.meeting_of(period)
    return (meeting[1].isoformat(), meeting[0]) if meeting else (period, "")


def shown_periods(periods: dict[str, list[Occurrence]]) -> list[list[Occurrence]]:
    """Return the periods a card has room for: the latest that have begun, and the next to come."""
    begun: list[list[Occurrence]] = []
    coming: list[list[Occurrence]] = []
    for same in periods.values():
        (coming if all(each.state == "scheduled" for each in same) else begun).append(same)
    return begun[-(PERIODS_SHOWN - len(coming[:1])) :] + coming[:1]


def going_on(shown: Sequence[list[Occurrence]]) -> list[Occurrence]:
    """Return the latest period that has begun; the first to come when none has; nothing when there is none."""
    begun = [same for same in shown if any(each.state != "scheduled" for each in same)]
    return begun[-1] if begun else next(iter(shown), [])


def counted_shapes(scene: Scene, same: Sequence[Occurrence]) -> list[str]:
    """Return the shapes by which the occurrences of one period are counted for this audience.

    Among several bearers nobody is named by a count, so counts are those of the states as they are.
    """
    sight = scene.sight
    if sight.counts and (sight.whole or any(each.bearer != same[0].bearer for each in same)):
        return [shape_of(each) for each in same]
    return [sight.shape(each) for each in same]


def heard(scene: Scene, counted: Tally, shape: str, *, right: bool = False) -> str:
    """Return a tally in a few words: ``2/3 toteutunut``, or the state that all share."""
    if shape == HIDDEN:
        return vocabulary.not_shown()
    if not counted.states:
        return vocabulary.nothing_due()
    if counted.hides and counted.done:
        return count_words("fulfilled", counted.done)
    if counted.total > 1 and counted.done and scene.sight.counts:
        return gettext("%(done)s/%(total)s done") % {"done": counted.done, "total": counted.total}
    if shape == "right":
        return vocabulary.state("lacking", right=True)
    return vocabulary.state(shape, right=right) if shape != "part" else gettext("partly done")


def _chip(scene: Scene, duty: Duty | Right, occurrence: Occurrence, *, alone: bool) -> Chip:
    label = "" if occurrence.period == "agreement" else words.period(occurrence.period)
    if not alone and words.meeting_of(occurrence.period) and _several_bodies(duty):
        label = scene.period(occurrence.period)
    if not scene.sight.sees(occurrence):
        mark = Mark(HIDDEN, vocabulary.not_shown())
        return Chip(mark, label or mark.word, mark.word if label else "")
    mark = mark_of(occurrence)
    if occurrence.state in DONE and occurrence.state != "fulfilled-late" and label:
        return Chip(mark, label, _lower(mark.word))
    if occurrence.state == "kept" and occurrence.since:
        since = gettext("from %(day)s") % {"day": wording.day(occurrence.since)}
        return Chip(mark, f"{mark.word} {since}", "")
    if occurrence.state == "fulfilled" and occurrence.since:
        return Chip(mark, f"{mark.word} {wording.day(occurrence.since)}", "")
    return Chip(mark, f"{label} {_lower(mark.word)}" if label else mark.word, "")


def _several_bodies(duty: Duty | Right) -> bool:
    return not isinstance(duty, Right) and len(duty.meeting_bodies) != 1


def _lower(word: str) -> str:
    return word[:1].lower() + word[1:]


def _row(scene: Scene, duty: Duty | Right, same: Sequence[Occurrence], shapes: Sequence[str], *, alone: bool) -> Row:
    counted = tally(shapes)
    label = ""
    if not (alone and same[0].period == "agreement"):
        label = wording.capital(scene.period(same[0].period))
    verb = vocabulary.done_word(next(iter(duty.evidence), ""), doers=duty.object is None)
    if counted.hides and not counted.done:
        return Row(label, counted, vocabulary.not_shown(), "", counted=False)
    if counted.hides or not scene.sight.counts:
        return Row(label, counted, f"{counted.done} {verb}", "", counted=False)
    if counted.states["scheduled"] == len(same) or counted.unknown:
        return Row(label, counted, mark_of(same[0]).word, "", counted=False)
    return Row(label, counted, f"{counted.done}/{counted.total} {verb}", rest_of(counted, same), counted=True)


def rest_of(counted: Tally, same: Sequence[Occurrence]) -> str:
    """Return how many are in each state that is not done: ``2 avointa (31.5. mennessä)``."""
    due = {occurrence.due for occurrence in same if occurrence.state == "open"}
    parts = [count_words(state, number) for state, number in counted.states.items() if state not in DONE]
    text = " · ".join(part for part in parts if part)
    if counted.states["open"] and len(due) == 1 and (last := due.pop()):
        by = gettext("by %(day)s") % {"day": wording.day(last)}
        text = f"{text} ({by})"
    return text


def count_words(state: str, number: int) -> str:
    """Return how many are in a state, in words that follow a number."""
    if state == "open":
        return ngettext("%(number)s open", "%(number)s open", number) % {"number": number}
    templates = {
        "fulfilled": ngettext("%(number)s done", "%(number)s done", number),
        "scheduled": ngettext("%(number)s upcoming", "%(number)s upcoming", number),
        "overdue": ngettext("%(number)s without a record in time", "%(number)s without a record in time", number),
        "lacking": ngettext("%(number)s to be completed", "%(number)s to be completed", number),
        "no-record": ngettext(
            "%(number)s without records from the time", "%(number)s without records from the time", number
        ),
        "unmeasured": ngettext("%(number)s without a measure", "%(number)s without a measure", number),
        "waived": ngettext("%(number)s set aside", "%(number)s set aside", number),
        "ended": ngettext("%(number)s ended", "%(number)s ended", number),
        "right": ngettext("%(number)s right available", "%(number)s rights available", number),
    }
    return templates[state] % {"number": number} if state in templates else ""


def _parts(scene: Scene, same: Sequence[Occurrence]) -> tuple[Part, ...]:
    """Return one line for each group that the duty is about or that bears it, in the agreement's order."""
    groups: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in same:
        for id_ in (occurrence.object, occurrence.bearer):
            if id_ and (id_ in scene.charter.bodies or id_ in scene.charter.themes):
                groups[id_].append(occurrence)
                break
    if len(groups) < 2 or not scene.sight.counts or HIDDEN in counted_shapes(scene, same):
        return ()  # of what one party bears alone it is not told which of the groups it has not done
    order = {id_: number for number, id_ in enumerate((*scene.charter.bodies, *scene.charter.themes))}
    return tuple(_part(scene, id_, groups[id_]) for id_ in sorted(groups, key=lambda id_: order.get(id_, len(order))))


def _part(scene: Scene, id_: str, same: Sequence[Occurrence]) -> Part:
    name = wording.capital(scene.object_name(same[0].duty, id_))
    url = scene.links.body(id_) if id_ in scene.charter.bodies else ""
    if len(same) == 1 and scene.sight.sees(same[0]):
        mark = mark_of(same[0])
        return Part(name, mark, mark.word, url)
    counted = tally(counted_shapes(scene, same))
    if counted.hides:
        return Part(name, Mark(counted.shape, ""), heard(scene, counted, counted.shape), url)
    return Part(name, Mark(counted.shape, ""), f"{counted.done}/{counted.total}", url)


def _whole_parties(scene: Scene, duty: Duty | Right, same: Sequence[Occurrence]) -> str:
    """Return how many parties have all the objects of a duty that has one for each theme or group."""
    if not is_each_party(duty) or not scene.sight.counts:
        return ""
    states: dict[str, Counter[bool]] = defaultdict(Counter)
    for occurrence in same:
        states[occurrence.bearer][occurrence.state in DONE] += 1
    if not scene.sight.whole and len(states) == 1:
        return ""  # how many of one party's is that party's own state
    if all(found.total() < 2 for found in states.values()) or all(each.state == "scheduled" for each in same):
        return ""
    whole = sum(1 for found in states.values() if not found[False])
    return gettext("%(whole)s/%(all)s parties have all of them") % {"whole": whole, "all": len(states)}


def _actions(scene: Scene, duty: Duty | Right) -> Iterable[Action]:
    if is_each_party(duty) and not is_statutory(duty) and scene.sight.marks:
        yield Action(gettext("By party"), scene.links.page("osapuolet/"))
    if scene.may_record and duty.kind != "unmeasured":
        yield Action(gettext("Record as done"), scene.links.record(duty.id))
