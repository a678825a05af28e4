"""The living agreement: the document, each clause with its duties' states and proof beside it (DESIGN §3.4, §7)."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from yhdyspinta.agreement.compare.redlines import plain
from yhdyspinta.desk import html, vocabulary
from yhdyspinta.desk.cards import Card, card_of, count_words
from yhdyspinta.desk.marks import DONE, HIDDEN, NOTHING, Mark, tone
from yhdyspinta.desk.scene import is_statutory
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from yhdyspinta.agreement import Body, Charter, Clause, Law, Part, Reading, Rule
    from yhdyspinta.desk.scene import Scene

_BINDING = re.compile(r'class="binding" data-duty="([a-z0-9-]+)"')

_DEEPEST = 6  # the least heading that HTML has


@dataclass(frozen=True, slots=True)
class Note:
    """An open question in the text and how it is read."""

    id: str
    question: str
    answer: str
    decided: str
    others: tuple[str, ...]

    @property
    def html(self) -> SafeString:
        """The question with its answer; other readings open below it."""
        said = f"<b>{html.text(self.question)}</b> {html.text(self.answer)}"
        if self.decided:
            said += f' <span class="decided">{html.text(self.decided)}</span>'
        if self.others:
            another = html.text(gettext("Another reading:"))
            more = "".join(f'<p><span class="soft">{another}</span> {html.text(other)}</p>' for other in self.others)
            said = f"<details><summary>{said}</summary>{more}</details>"
        return html.safe(f'<div id="reading-{self.id}" class="reading">{said}</div>')


@dataclass(frozen=True, slots=True)
class OpenList:
    """What the text leaves open about a body."""

    body: str
    url: str
    items: str


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule that is no duty: its name, and who bears which cost by it."""

    id: str
    name: str
    pays: str


@dataclass(frozen=True, slots=True)
class LawLine:
    """A statute that the clause cites: its right name, and how the official text names it."""

    id: str
    name: str
    summary: str
    verbatim: str


@dataclass(frozen=True, slots=True)
class Block:
    """One clause with everything that stands beside it."""

    id: str
    ref: str
    title: str
    overline: str
    kind: str
    html: SafeString
    language: str
    url: str
    link_label: str
    cards: tuple[Card, ...]
    statutory: tuple[Card, ...]
    notes: tuple[Note, ...]
    left_open: tuple[OpenList, ...]
    laws: tuple[LawLine, ...]
    rules: tuple[RuleCard, ...]
    goals: tuple[tuple[str, str], ...]
    members: tuple[tuple[str, str], ...]
    official: str
    mark: Mark | None
    contents: str
    heading: str
    """Its heading's element, h3 to h6; on a page of its own, its title is the page's."""
    below: str
    """The heading's element of what stands beside it."""
    depth: int
    """2 is a clause, 3 and 4 are clauses below a clause."""


@dataclass(frozen=True, slots=True)
class AnnexHead:
    """What stands before the parts of an annex."""

    id: str
    title: str
    word: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document; ``annex`` stands before it where an annex begins with it."""

    id: str
    title: str
    html: SafeString
    language: str
    blocks: tuple[Block, ...]
    heading: str
    annex: AnnexHead | None


@dataclass(frozen=True, slots=True)
class SummaryChip:
    """How many are in a state, leading to the list of them."""

    mark: Mark
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Living:
    """The whole document."""

    sections: tuple[Section, ...]
    statutory: tuple[Card, ...]
    chips: tuple[SummaryChip, ...]


def living_of(scene: Scene, official: Mapping[str, str]) -> Living:
    """Build the document on the scene's day. ``official`` holds the clauses' official wording, by clause."""
    charter = scene.charter
    cards = {id_: card_of(scene, duty) for id_, duty in scene.duties.items()}
    annexes = dict(annexes_of(scene))
    begun = ["", *(part.annex for part in charter.parts)]
    sections = tuple(
        Section(
            id=part.id,
            title=part.title.get(scene.language),
            html=_marked(part.html(scene.language), cards),
            language=_tongue(scene, part),
            blocks=tuple(
                block_of(scene, clause, cards, official.get(clause.id, ""), level)
                for clause, level in zip(part.clauses, levels_of(part), strict=True)
            ),
            heading=f"h{_level_of(part)}",
            annex=annexes[part.annex] if part.annex != before else None,
        )
        for before, part in zip(begun, charter.parts, strict=False)
    )
    statutory = tuple(cards[id_] for id_, duty in scene.duties.items() if is_statutory(duty))
    return Living(sections, statutory, tuple(summary_of(scene)))


def clause_of(scene: Scene, clause: Clause, official: str) -> Block:
    """Build one clause on its own."""
    cards = {id_: card_of(scene, scene.duties[id_]) for id_ in clause.duties}
    return block_of(scene, clause, cards, official, 1)


def levels_of(part: Part) -> Iterable[int]:
    """Yield the level of each clause's heading on the page: none is left out on the way down."""
    last = _level_of(part)
    for clause in part.clauses:
        last = min(_level_of(part) + clause.depth - 1, last + 1, _DEEPEST)
        yield last


def _level_of(part: Part) -> int:
    """Return the level of a part's heading; an annex has its title above its parts."""
    return 3 if part.annex else 2


def annexes_of(scene: Scene) -> Iterable[tuple[str, AnnexHead]]:
    """Yield each annex of the agreement by id, as it is called on the page."""
    for id_, annex in scene.charter.annexes.items():
        word = annex.instrument.get(scene.language) if annex.instrument else gettext("annex")
        yield id_, AnnexHead(f"annex--{id_}", annex.title.get(scene.language), word)


def _tongue(scene: Scene, written: Clause | Part) -> str:
    """Return the language of a text that is not in the page's; an annex need not be in all of the agreement's."""
    language = scene.words_language if scene.words_language in written.prose else next(iter(written.prose))
    return "" if language == scene.language else language


def block_of(scene: Scene, clause: Clause, cards: Mapping[str, Card], official: str, level: int) -> Block:
    """Build a clause from cards that are already there."""
    charter, language = scene.charter, scene.language
    bodies = [charter.bodies[id_] for id_ in clause.bodies]
    own = [cards[id_] for id_ in clause.duties if id_ in cards]
    shown = tuple(card for card in own if not is_statutory(scene.duties[card.id]))
    statutory = tuple(card for card in own if is_statutory(scene.duties[card.id]))
    return Block(
        id=clause.id,
        ref=clause.ref,
        title=clause.title.get(language),
        overline=_overline(charter, clause, language),
        kind="" if own else wording.clause_kind(clause.kind),
        html=_marked(clause.html(language), cards),
        language=_tongue(scene, clause),
        url=scene.links.clause(clause.id),
        link_label=gettext("Link to this clause: %(title)s") % {"title": clause.title.get(language)},
        cards=shown,
        statutory=statutory,
        notes=tuple(note_of(scene, charter.readings[id_]) for id_ in clause.readings),
        left_open=(*(_left_open(scene, body) for body in bodies if body.unspecified), *_goals_left_open(scene, clause)),
        laws=tuple(_law(charter.laws[id_], language) for id_ in clause.laws),
        rules=tuple(_rule(scene, charter.rules[id_]) for id_ in clause.rules),
        goals=tuple((id_, wording.capital(charter.goals[id_].name.get(language))) for id_ in clause.goals),
        members=tuple(_members(scene, clause)),
        official="" if _same_words(clause.html(charter.language), official) else official,
        mark=clause_mark(scene, shown),
        contents=scene.narrow(clause.title.get(language)),
        heading=f"h{level}",
        below=f"h{min(level + 1, _DEEPEST)}",
        depth=clause.depth,
    )


def _same_words(html_: str, official: str) -> bool:
    """Tell whether a clause is the official text itself, word for word: then it is not said twice."""
    return bool(official) and plain(html_) == official


def _overline(charter: Charter, clause: Clause, language: str) -> str:
    """Return what stands above a clause's heading: the level of the body it founds."""
    levels = {charter.bodies[id_].level for id_ in clause.bodies}
    if len(levels) != 1:
        return ""
    said = gettext("Level %(number)s") % {"number": levels.pop()}
    part = next(part for part in charter.parts if part.id == clause.part)
    return "" if part.title.get(language) == said else said


def _marked(html: str, cards: Mapping[str, Card]) -> SafeString:
    """Underline each binding sentence in the manner of its state, and name the state for those who do not see it."""

    def marked(match: re.Match[str]) -> str:
        card = cards.get(match[1])
        if card is None:
            return match[0]
        return f'class="binding is-{_manner(card.shape)}" aria-describedby="state-{card.id}" data-duty="{card.id}"'

    return mark_safe(_BINDING.sub(marked, html))  # noqa: S308 - the charter's HTML is made safe when the text is read


def _manner(shape: str) -> str:
    return "part" if shape == "part" else tone(shape)


def note_of(scene: Scene, reading: Reading) -> Note:
    """Return an open question and how it is read: as assumed, or as the parties have decided by the day."""
    language = scene.language
    decided = scene.choices.get(reading.id)
    chosen = decided.choice if decided else reading.assumed
    texts = {choice.id: choice.text.get(language) for choice in reading.choices}
    return Note(
        id=reading.id,
        question=reading.question.get(language),
        answer=texts.get(chosen, chosen),
        decided=gettext("Decided by the parties on %(day)s") % {"day": wording.day(decided.on)} if decided else "",
        others=tuple(text for id_, text in texts.items() if id_ != chosen),
    )


def _left_open(scene: Scene, body: Body) -> OpenList:
    items = wording.listed(wording.left_open(item) for item in body.unspecified)
    return OpenList(wording.capital(body.name.get(scene.language)), scene.links.body(body.id), items)


def _goals_left_open(scene: Scene, clause: Clause) -> Iterable[OpenList]:
    """Return what the text leaves open about all the goals of a clause, said once."""
    open_of = [scene.charter.goals[id_].unspecified for id_ in clause.goals]
    shared = [item for item in dict.fromkeys(chain.from_iterable(open_of)) if all(item in each for each in open_of)]
    if shared:
        items = wording.listed(wording.left_open(item) for item in shared)
        yield OpenList(gettext("Goals"), scene.links.clause(clause.id), items)


def _rule(scene: Scene, rule: Rule) -> RuleCard:
    pays = ""
    if rule.pays:
        costs = wording.listed(vocabulary.cost(what) for what in rule.pays.what)
        who = vocabulary.payer(rule.pays.who) or scene.official_name(rule.pays.who)
        pays = gettext("%(costs)s: paid by %(who)s") % {"costs": wording.capital(costs), "who": who}
    return RuleCard(rule.id, wording.capital(rule.name.get(scene.language)), pays)


def _law(law: Law, language: str) -> LawLine:
    number = f" ({law.number})" if law.number else ""
    section = f" {law.section}" if law.section else ""
    return LawLine(
        id=law.id,
        name=f"{wording.capital(law.name.get(language))}{number}{section}",
        summary=law.summary.get(language) if law.summary else "",
        verbatim=law.verbatim or "",
    )


def _members(scene: Scene, clause: Clause) -> Iterable[tuple[str, str]]:
    """Return what a clause counts up, with links: the parties, or the groups of its themes."""
    if clause.kind == "party":
        for party in scene.charter.parties.values():
            name = party.official_name.get(scene.language)
            bound = ", ".join(scene.membership(party.id))
            yield f"{name} ({bound})" if bound else name, scene.links.party(party.id)
    for id_ in clause.themes:
        if id_ in scene.charter.bodies:
            yield wording.capital(scene.name(id_)), scene.links.body(id_)


def clause_mark(scene: Scene, cards: Iterable[Card]) -> Mark | None:
    """Return a clause's one mark for the contents list: counts, never the worst state. None without duties."""
    counted = NOTHING
    for card in cards:
        if not card.right:
            counted += card.tally
    if not counted.states:
        return None
    shape = scene.sight.shape_of_all(counted)
    if counted.hides and counted.done and shape != HIDDEN:
        return Mark(shape, count_words("fulfilled", counted.done))
    if counted.done and counted.total > 1 and scene.sight.counts:
        return Mark(shape, gettext("%(done)s/%(total)s done") % {"done": counted.done, "total": counted.total})
    return Mark(shape, vocabulary.not_shown() if shape == HIDDEN else vocabulary.state(shape))


_GROUPED = {
    "fulfilled": ("fulfilled", "fulfilled-late", "kept"),
    "open": ("open",),
    "lacking": ("lacking",),
    "overdue": ("overdue",),
    "scheduled": ("scheduled",),
    "no-record": ("no-record",),
    "ended": ("ended",),
    "waived": ("waived",),
    "unmeasured": ("unmeasured",),
}


def summary_of(scene: Scene) -> Iterable[SummaryChip]:
    """Return how many occurrences of the agreement's commitments are in each state on the day, those that are there."""
    duties = scene.duties
    states = Counter(
        each.state
        for each in scene.assessment.occurrences
        if each.kind != "right" and each.duty in duties and not is_statutory(duties[each.duty])
    )
    for shape, together in _GROUPED.items():
        number = sum(states[state] for state in together)
        if number and (scene.sight.counts or shape in DONE):
            yield SummaryChip(Mark(shape, ""), count_words(shape, number), scene.links.duties(shape))
