"""Reading a text statement by statement: which act it says, who bears it, how often, about which body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yhdyspinta.agreement.proposing.bearers import Scene, bearer_in, coordinator_in, is_necessive
from yhdyspinta.agreement.proposing.language import Act, Language
from yhdyspinta.agreement.proposing.memory import Memory
from yhdyspinta.agreement.proposing.model import Mark
from yhdyspinta.agreement.proposing.sentences import Sentence, Statement, statements_of
from yhdyspinta.agreement.proposing.when import Cadence, cadence_of
from yhdyspinta.agreement.proposing.who import Chain, Mention, Who, chains_of

_ABOUT_A_BODY = frozenset({
    "convening", "meeting", "review-meeting", "agenda", "minutes", "release", "acceptance", "appointment", "member",
    "membership",
})  # fmt: skip
# A meeting may be without anybody who calls it.
_WITHOUT_BEARER = frozenset({"meeting", "review-meeting", "goal-review"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One act that a sentence says: the plain findings that a duty is made of."""

    act: Act
    sentence: Sentence
    words: str
    """The statement, with what hangs on it."""
    bearers: tuple[Who, ...]
    bearer_marks: tuple[Mark, ...]
    verb: Mark
    cadence: Cadence
    body: str | None = None
    bodies: tuple[str, ...] = ()
    """All the bodies that the act is about, where they are joined: "foorumin ja verkoston koollekutsujat"."""
    body_mark: Mark | None = None
    groups: bool = False
    together: bool = False
    sure: bool = True
    """Whether the sentence itself names the bearer."""
    coordinated: tuple[Who, ...] = ()
    """Whose people are put forward, where the bearer only coordinates."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The words that the reading rests on."""
        body = (self.body_mark,) if self.body_mark else ()
        return tuple(sorted({*self.bearer_marks, self.verb, *self.cadence.marks, *body}))


@dataclass(frozen=True, slots=True)
class Hit:
    """An act and its verb; ``since`` and ``until`` bound the words near the verb that are about it."""

    act: Act
    verb: re.Match[str]
    since: int
    until: int


@dataclass(frozen=True, slots=True)
class _About:
    """What an act is about: a body, several of them, or the groups."""

    body: str | None = None
    bodies: tuple[str, ...] = ()
    mark: Mark | None = None
    groups: bool = False


class Reader:
    """Reads the sentences of one text in their order."""

    def __init__(self, language: Language, memory: Memory) -> None:
        """Take the words of a language and whom the text speaks of."""
        self.language = language
        self.memory = memory

    def read(self, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Reading]:
        """Return the acts of a sentence that names these, then remember whom it was about."""
        if not self._is_background(sentence):
            yield from self._statements(sentence, mentions)
        self.memory.hear(mentions, sentence.text)

    def _is_background(self, sentence: Sentence) -> bool:
        words = self.language.words
        titles = f"{sentence.clause.title} {sentence.clause.part}"
        return bool(words.background_title.search(titles) or words.whole_sentence_not_binding.search(sentence.text))

    def _statements(self, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Reading]:
        """Read the statements of a sentence; one without subject has that of the one before, or of its list."""
        carried = self._lead(sentence)
        statements = statements_of(sentence.text, self.language)
        for number, statement in enumerate(statements):
            scene = self._scene(sentence, statement, mentions, carried)
            if statement.place != "side" and not self._binds_nobody(scene):
                for reading in self._acts(scene, sentence, mentions, _reach(statements, number)):
                    self._watch(reading)
                    yield reading
            subject = next((chain for chain in scene.of_case("subject") if chain[0].who.kind != "convenor"), ())
            carried = subject or scene.carried

    def _lead(self, sentence: Sentence) -> Chain:
        """Return whom the line above a list is about; its words are not the item's, so they are no marks."""
        if not sentence.lead:
            return ()
        chains = chains_of(self.memory.resolved(sentence.lead), sentence.lead, self.language)
        owners = [chain for chain in chains if chain[0].case in ("subject", "genitive", "at")]
        return tuple(replace(mention, start=-1, end=-1) for mention in owners[0]) if owners else ()

    def _scene(self, sentence: Sentence, statement: Statement, mentions: Sequence[Mention], carried: Chain) -> Scene:
        text = sentence.text
        inside = [mention for mention in mentions if statement.start <= mention.start and mention.end <= statement.end]
        chains = tuple(chain for chain in chains_of(inside, text, self.language) if chain[0].case != "as")
        if statement.place == "relative":
            before = [m for m in mentions if 0 <= statement.start - m.end <= 2]
            named = chains_of(mentions, text, self.language)
            carried = next((chain for chain in named if before and before[0] in chain), () if before else carried)
        return Scene(self.language, text, statement, chains, carried)

    def _binds_nobody(self, scene: Scene) -> bool:
        """Whether a statement says what may be, what is not or what the law says."""
        words = self.language.words
        negation = scene.find(words.negation)
        return bool(scene.find(words.not_binding) or (negation and not scene.find(words.complement, negation.start())))

    def _watch(self, reading: Reading) -> None:
        """Remember which body follows up the goals."""
        if reading.act.what == "goal-review" and reading.sure and reading.bearers[0].kind == "body":
            self.memory.monitor = reading.bearers[0].value

    # --- one statement

    def _acts(self, scene: Scene, sentence: Sentence, mentions: Sequence[Mention], reach: int) -> Iterator[Reading]:
        # "Kun kaikki ovat hyväksyneet ryhmän, aluehallitus asettaa sen": the condition says what it is about.
        since = 0 if self.language.words.side.match(scene.text) else scene.statement.start
        for hit in self._hits(scene, since):
            if reading := self._reading(scene, sentence, mentions, hit):
                yield replace(reading, words=scene.text[since:reach])

    def _hits(self, scene: Scene, since: int) -> Iterator[Hit]:
        """Return the acts of a statement in its order: a verb is taken by the first act that fits it."""
        taken: dict[int, tuple[Act, re.Match[str]]] = {}
        text, statement = scene.text, scene.statement
        for act in self.language.acts:
            if act.about and not act.about.search(text, since, statement.end):
                continue
            opens_another = act.gives_way and any(other.rule != "accepted-groups" for other, _ in taken.values())
            if opens_another or (act.unless and scene.find(act.unless)):
                continue
            for verb in act.verbs.finditer(text, statement.start, statement.end):
                if is_necessive(scene, verb) and not scene.find(self.language.words.must, verb.start()):
                    continue
                if not any(verb.start() < other.end() and other.start() < verb.end() for _, other in taken.values()):
                    taken[verb.start()] = act, verb
                    break
        starts = sorted(taken)
        for number, start in enumerate(starts):
            act, verb = taken[start]
            first = statement.start if number == 0 else taken[starts[number - 1]][1].end()
            yield Hit(act, verb, first, starts[number + 1] if number + 1 < len(starts) else statement.end)

    def _reading(self, scene: Scene, sentence: Sentence, mentions: Sequence[Mention], hit: Hit) -> Reading | None:
        act = hit.act
        chain = bearer_in(scene, act, hit.verb)
        people = self._people(chain, scene.carried)
        coordinated: tuple[Who, ...] = ()
        if coordinator := coordinator_in(scene):
            coordinated, chain, people = people, coordinator, self._people(coordinator)
        sure = bool(people)
        people = people or self._unnamed(act)
        if not people and act.what not in _WITHOUT_BEARER:
            return None
        about = self._about(act, scene, chain, people, mentions)
        return Reading(
            act=act,
            sentence=sentence,
            words="",
            bearers=people,
            bearer_marks=tuple(Mark(m.start, m.end, "bearer") for m in chain if m.start >= 0),
            verb=Mark(hit.verb.start(), hit.verb.end(), "verb"),
            cadence=cadence_of(scene.text, self.language, hit.since, hit.until),
            body=about.body,
            bodies=about.bodies,
            body_mark=about.mark,
            groups=about.groups,
            together=bool(scene.find(self.language.words.together)),
            sure=sure,
            coordinated=coordinated,
        )

    def _people(self, chain: Chain, carried: Chain = ()) -> tuple[Who, ...]:
        """Return who a chain is; a pronoun is whoever the statement or the sentence before was about."""
        people = tuple(mention.who for mention in chain)
        if people and all(who.kind == "pronoun" for who in people):
            return self._people(carried) if carried else self.memory.spoken.subject
        return () if any(who.kind in ("pronoun", "anaphor") for who in people) else people

    def _unnamed(self, act: Act) -> tuple[Who, ...]:
        """Return who bears what nobody is named for: everybody, in the agreement's own life, or the body spoken of."""
        spoken, monitor = self.memory.spoken, self.memory.monitor
        if act.what in ("evaluation", "renewal"):
            return (Who("everyone"),)
        if act.what in ("goal-review", "review-meeting") and monitor:
            return (Who("body", monitor),)
        if act.what in ("plan", "officers", "online", "member") and spoken.groups:
            return (Who("groups"),)
        if act.what in ("plan", "officers", "picture", "minutes") and spoken.body:
            return (Who("body", spoken.body),)
        return ()

    # --- what it is about

    def _about(
        self, act: Act, scene: Scene, bearer: Chain, people: tuple[Who, ...], mentions: Sequence[Mention]
    ) -> _About:
        """Return the body or groups that an act is about: named in the statement, before it, or last spoken of."""
        words = self.language.words
        if act.what not in _ABOUT_A_BODY:
            return _About(body=self.memory.spoken.body)
        if act.what == "review-meeting":
            return _About(body=next((who.value for who in people if who.kind == "body"), self.memory.monitor))
        called = act.what in ("release", "minutes") and Who("convenor") in people
        at_large = called and scene.find(words.meetings_at_large)
        named = () if at_large else self._named(act, scene, bearer)
        if named:
            first, bodies = named[0], tuple(m.who.value for m in named if m.who.kind == "body")
            mark = Mark(first.start, first.end, "body")
            return _About(next(iter(bodies), None), bodies, mark, first.who.kind == "groups")
        if act.what == "release" and Who("convenor") in people:
            return _About()
        earlier = [m for m in mentions if m.end <= scene.statement.start and m.case != "as"]
        before = [m.who for m in earlier if m.who.kind in ("body", "groups")]
        last = before[-1] if before else self._last()
        if last is None or last in people:
            return _About()
        return _About(groups=True) if last.kind == "groups" else _About(body=last.value)

    def _named(self, act: Act, scene: Scene, bearer: Chain) -> Chain:
        """Return the body or groups that the statement names beside the bearer; of "kokoontuu", the bearer itself."""
        chains = [chain for chain in scene.chains if any(m.who.kind in ("body", "groups") for m in chain)]
        own = [chain for chain in chains if chain == bearer]
        others = [chain for chain in chains if chain != bearer]
        chosen = own or others if act.rule == "meets" else others
        return tuple(m for m in chosen[0] if m.who.kind in ("body", "groups")) if chosen else ()

    def _last(self) -> Who | None:
        spoken = self.memory.spoken
        return Who("body", spoken.body) if spoken.body else None


def _reach(statements: Sequence[Statement], number: int) -> int:
    """Return how far a statement goes with the relative and side clauses that hang on it."""
    end = statements[number].end
    for later in statements[number + 1 :]:
        if later.place == "main":
            break
        end = later.end
    return end
