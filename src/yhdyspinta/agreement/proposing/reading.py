"""Reading a text statement by statement: which act it says, who bears it, how often, about which body."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from yhdyspinta.agreement.proposing.bodies import FoundBody
from yhdyspinta.agreement.proposing.language import Act, Language
from yhdyspinta.agreement.proposing.model import Mark
from yhdyspinta.agreement.proposing.sentences import Sentence, Statement, statements_of
from yhdyspinta.agreement.proposing.when import Cadence, cadence_of
from yhdyspinta.agreement.proposing.who import Cast, Mention, Who, chains_of

Chain = tuple[Mention, ...]
# Adverbs and a title may stand between a name and what it belongs to.
_NEAR = 60
_ABOUT_A_BODY = frozenset({
    "convening", "meeting", "review-meeting", "agenda", "minutes", "release", "acceptance", "appointment", "member", "membership",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One act that a sentence says: the plain findings that a duty is made of."""

    act: Act
    sentence: Sentence
    words: str
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
    kinds: tuple[Who, ...] = ()
    """Whose people are put forward, where the bearer only coordinates."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The words that the reading rests on."""
        body = (self.body_mark,) if self.body_mark else ()
        return tuple(sorted({*self.bearer_marks, self.verb, *self.cadence.marks, *body}))


@dataclass(slots=True)
class Spoken:
    """Whom a clause has spoken of so far: what "se", "foorumi" and "kokous" stand for."""

    body: str | None = None
    groups: bool = False
    subject: tuple[Who, ...] = ()
    monitor: str | None = None
    by_head: dict[str, str] = field(default_factory=dict)


class Reader:
    """Reads the sentences of one text in their order."""

    def __init__(self, language: Language, cast: Cast, bodies: Sequence[FoundBody], groups: Collection[str]) -> None:
        """Take whom the text can speak of; a head that only one body has stands for that body anywhere."""
        self.language = language
        self.cast = cast
        heads = [body.head for body in bodies]
        self.lonely = {body.head: body.id for body in bodies if heads.count(body.head) == 1}
        self.head_of = {body.id: body.head for body in bodies}
        self.group_heads = {
            head for head in language.heads if any(language.group_head(group) == head for group in groups)
        }
        self.spoken = Spoken()
        self._clause = ""

    def heard(self, sentence: Sentence, ids: dict[str, str]) -> tuple[Mention, ...]:
        """Return whom a sentence names; ``ids`` maps a body found to the id it goes by."""
        if sentence.clause.id != self._clause:
            self._clause, self.spoken = sentence.clause.id, Spoken(monitor=self.spoken.monitor)
            self._hear(self.cast.mentions(sentence.clause.title), sentence.clause.title)
        mentions: list[Mention] = []
        for mention in self.cast.mentions(sentence.text):
            mentions.append(self._resolved(mention, mentions, ids))
        return tuple(mentions)

    def read(self, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Reading]:
        """Return the acts of a sentence that names these."""
        text = sentence.text
        if not self._is_background(sentence):
            before: Chain = ()
            statements = statements_of(text, self.language)
            for number, statement in enumerate(statements):
                reach = statement.end
                for later in statements[number + 1 :]:
                    if later.place == "main":
                        break
                    reach = later.end
                read, before = self._statement(sentence, statement, mentions, before, reach)
                self._watch(read)
                yield from read
        self._hear(mentions, text)

    def _watch(self, read: Sequence[Reading]) -> None:
        """Remember which body follows up the goals: a later "seurantakokous" is its meeting."""
        for reading in read:
            if reading.act.what == "goal-review" and reading.sure and reading.bearers[0].kind == "body":
                self.spoken.monitor = reading.bearers[0].value

    def _is_background(self, sentence: Sentence) -> bool:
        language = self.language
        title = f"{sentence.clause.title} {sentence.clause.part}" if sentence.clause.title else sentence.clause.part
        return bool(
            language.background_title.search(title) or language.whole_sentence_not_binding.search(sentence.text)
        )

    # --- whom a sentence speaks of

    def _resolved(self, mention: Mention, earlier: Sequence[Mention], ids: dict[str, str]) -> Mention:
        """Turn "foorumi", "kokous" and "se" into the body that was spoken of."""
        who = mention.who
        if who.kind == "pronoun":
            meant = next((other.who for other in earlier if other.who.kind in ("body", "groups")), None)
            if meant is None and len(self.spoken.subject) == 1 and not earlier:
                meant = self.spoken.subject[0]
            if meant is None and self.spoken.groups:
                meant = Who("groups")
            return replace(mention, who=meant, plural=_is_many((meant,))) if meant else mention
        if who.kind != "anaphor":
            return mention
        head = who.value
        if self.spoken.groups and head in self.group_heads:
            return replace(mention, who=Who("groups"))
        same = self.spoken.by_head.get(head) or self.lonely.get(head)
        if same:
            return replace(mention, who=Who("body", ids.get(same, same)))
        if head in self.group_heads or (head in self.language.never_alone and self.spoken.groups):
            return replace(mention, who=Who("groups"))
        if head in self.language.never_alone and self.spoken.body:
            return replace(mention, who=Who("body", self.spoken.body))
        return mention

    def _hear(self, mentions: Sequence[Mention], text: str) -> None:
        """Remember whom the sentence was about: its first body or groups; else nothing changes."""
        about = [mention for mention in mentions if mention.who.kind in ("body", "groups") and mention.case != "as"]
        leading = [mention for mention in about if mention.case in ("subject", "genitive", "at")] or about
        if leading:
            who = leading[0].who
            self.spoken.groups = who.kind == "groups"
            self.spoken.body = who.value if who.kind == "body" else None
        for mention in about:
            if mention.who.kind == "body" and mention.who.value in self.head_of:
                self.spoken.by_head[self.head_of[mention.who.value]] = mention.who.value
        named = ("party", "kind", "everyone", "body", "groups")
        chains = [c for c in chains_of(mentions, text, self.language) if c[0].who.kind in named]
        if subject := next((c for c in chains if c[0].case in ("subject", "agent")), None):
            self.spoken.subject = tuple(mention.who for mention in subject)
        elif leading:
            self.spoken.subject = (leading[0].who,)

    # --- one statement

    def _statement(
        self, sentence: Sentence, statement: Statement, mentions: Sequence[Mention], before: Chain, reach: int
    ) -> tuple[list[Reading], Chain]:
        text, language = sentence.text, self.language
        inside = [mention for mention in mentions if statement.start <= mention.start and mention.end <= statement.end]
        chains = chains_of(inside, text, language)
        subject = next((chain for chain in chains if chain[0].case == "subject" and _is_somebody(chain)), ())
        if statement.place == "side" or self._binds_nobody(text, statement):
            return [], subject or before
        antecedent = self._antecedent(statement, mentions, text)
        about_from = 0 if language.side.match(text) else statement.start
        hits = self._hits(text, statement, about_from)
        read: list[Reading] = []
        for number, (act, verb) in enumerate(hits):
            until = hits[number + 1][1].start() if number + 1 < len(hits) else statement.end
            since = statement.start if number == 0 else hits[number - 1][1].end()
            found = self._reading(
                sentence,
                statement,
                mentions,
                act,
                verb,
                chains,
                antecedent or before,
                (since, until),
                (about_from, reach),
            )
            if found:
                read.append(found)
        return read, subject or antecedent or before

    def _binds_nobody(self, text: str, statement: Statement) -> bool:
        """Whether a statement says what may be, what is not or what the law says."""
        if self.language.not_binding.search(text, statement.start, statement.end):
            return True
        negation = self.language.negation.search(text, statement.start, statement.end)
        return bool(negation) and not self.language.complement.search(text, statement.start, negation.start())

    def _antecedent(self, statement: Statement, mentions: Sequence[Mention], text: str) -> Chain:
        """Whom "joka" means: the name right before it."""
        if statement.place != "relative":
            return ()
        if any(m.who.kind == "pronoun" and 0 <= statement.start - m.end <= 2 for m in mentions):
            return ()
        ends = [
            chain for chain in chains_of(mentions, text, self.language) if 0 <= statement.start - chain[-1].end <= 2
        ]
        return ends[0] if ends else ()

    def _hits(self, text: str, statement: Statement, about_from: int) -> list[tuple[Act, re.Match[str]]]:
        """The acts of a statement in its order: a verb is taken by the first act that fits it."""
        taken: dict[int, tuple[Act, re.Match[str]]] = {}
        for act in self.language.acts:
            if act.about and not act.about.search(text, about_from, statement.end):
                continue
            if act.unless and act.unless.search(text, statement.start, statement.end):
                continue
            if act.gives_way and any(other.what != "acceptance" for other, _ in taken.values()):
                continue
            for verb in act.verbs.finditer(text, statement.start, statement.end):
                if not any(verb.start() < other.end() and other.start() < verb.end() for _, other in taken.values()):
                    taken[verb.start()] = act, verb
                    break
        return [taken[start] for start in sorted(taken)]

    def _reading(
        self,
        sentence: Sentence,
        statement: Statement,
        mentions: Sequence[Mention],
        act: Act,
        verb: re.Match[str],
        chains: Sequence[Chain],
        carried: Chain,
        near: tuple[int, int],
        words: tuple[int, int],
    ) -> Reading | None:
        text = sentence.text
        chain = self._bearer(act, verb, statement, chains, carried, text, sentence)
        sure = bool(chain)
        people = tuple(mention.who for mention in chain)
        if any(who.kind in ("pronoun", "anaphor") for who in people):
            people = self.spoken.subject if all(who.kind == "pronoun" for who in people) else ()
        kinds: tuple[Who, ...] = ()
        if agent := self._coordinator(statement, chains, text):
            kinds, chain = people, agent
            people = tuple(mention.who for mention in agent)
        if not people:
            people, sure = self._unnamed(act), False
        if not people and act.what not in ("meeting", "review-meeting"):
            return None
        body, groups = self._object(act, chains, chain)
        if act.what not in _ABOUT_A_BODY:
            body, groups = None, False
        earlier = [
            m.who for m in mentions if m.end <= statement.start and m.who.kind in ("body", "groups") and m.case != "as"
        ]
        if body is None and earlier and earlier[-1].kind == "groups" and statement.start:
            groups = True
        if act.what in ("release", "minutes") and self.language.meetings_at_large.search(
            text, statement.start, statement.end
        ):
            body, groups = None, False
        marks = tuple(Mark(m.start, m.end, "bearer") for m in chain if m.start >= 0)
        return Reading(
            act=act,
            sentence=sentence,
            words=text[words[0] : words[1]],
            bearers=people,
            bearer_marks=marks,
            verb=Mark(verb.start(), verb.end(), "verb"),
            cadence=cadence_of(text, self.language, *near),
            body=body.who.value
            if body and body.who.kind == "body"
            else self._last_body(act, people, earlier, groups=groups),
            bodies=tuple(m.who.value for c in chains if body in c for m in c if m.who.kind == "body") if body else (),
            body_mark=Mark(body.start, body.end, "body") if body else None,
            groups=groups,
            together=bool(self.language.together.search(text, statement.start, statement.end)),
            sure=sure,
            kinds=kinds,
        )

    # --- who bears it

    def _bearer(
        self,
        act: Act,
        verb: re.Match[str],
        statement: Statement,
        chains: Sequence[Chain],
        carried: Chain,
        text: str,
        sentence: Sentence,
    ) -> Chain:
        language = self.language
        somebody = [chain for chain in chains if _is_somebody(chain) and chain[0].case != "as"]
        word = verb[0]
        if act.rule == "accepted-groups":
            return _nearest([c for c in somebody if c[0].case == "genitive"], verb.start())
        if act.rule == "convenor-named":
            return self._convenor(statement, somebody, text)
        if act.what == "membership" and (at := [c for c in somebody if c[0].case == "at"]):
            return at[0]
        if (
            act.rule == "coordinators"
            and (at := [c for c in somebody if c[0].case == "at"])
            and not language.passive.search(word)
        ):
            return at[0]
        if language.duty_noun.search(word) and (at := [c for c in somebody if c[0].case == "at"]):
            return at[-1] if language.has_cases else at[0]
        if task := language.tasks.search(text, statement.start, verb.start()):
            owners = [c for c in somebody if c[0].case in ("genitive", "at") and c[-1].end <= task.start()]
            if owners:
                return owners[-1]
        if language.passive.search(word):
            return self._of_passive(somebody, statement)
        if language.subject_relative.match(text, statement.start):
            return carried
        subjects = [c for c in somebody if c[0].case == "subject" and self._agrees(c, word)]
        if statement.place == "relative" and not language.has_cases:
            return _nearest([c for c in subjects if c[0].start < verb.start()], verb.start()) or carried
        if callers := [c for c in subjects if c[0].who.kind == "convenor"]:
            return callers[0]
        own = _nearest([c for c in subjects if c[0].start < verb.start()], verb.start()) or next(iter(subjects), ())
        return own or self._carried(statement, carried, sentence, text)

    def _agrees(self, chain: Chain, verb: str) -> bool:
        """Whether a name can be the subject of a verb: "nimeävät" needs several, "nimeää" one."""
        unknowable = not self.language.has_cases or self.language.infinite.search(verb)
        if unknowable or any(mention.who.kind == "pronoun" for mention in chain):
            return True
        many = len(chain) > 1 or chain[0].plural
        return many if self.language.plural_verb.search(verb) else (not many or len(chain) > 1)

    def _convenor(self, statement: Statement, somebody: Sequence[Chain], text: str) -> Chain:
        """ "X toimii koollekutsujana", "koollekutsujana toimii X": whoever is neither the body nor the word itself."""
        found = [c for c in somebody if c[0].case == "subject" and c[0].who.kind != "convenor"]
        if found:
            return found[0]
        # "koollekutsujana toimii sivistystoimen verkoston puheenjohtaja"
        office = self.language.officer_of.search(text, statement.start, statement.end)
        return next(
            (
                c
                for c in somebody
                if c[0].case == "genitive" and office and c[-1].end <= office.start() <= c[-1].end + 1
            ),
            (),
        )

    def _of_passive(self, somebody: Sequence[Chain], statement: Statement) -> Chain:
        """In the passive the agent where one is named, else the body or groups for which something is done."""
        if agent := next((c for c in somebody if c[0].case == "agent"), None):
            return agent
        if caller := next((c for c in somebody if c[0].who.kind == "convenor" and c[0].case == "subject"), None):
            return caller
        for chain in somebody:
            bodily = all(mention.who.kind in ("body", "groups") for mention in chain)
            if bodily and chain[0].case in ("to", "at", "genitive", "in") and chain[0].start - statement.start < _NEAR:
                return chain
        return ()

    def _carried(self, statement: Statement, carried: Chain, sentence: Sentence, text: str) -> Chain:
        """Without a subject of its own a statement has that of the one before, or of the line above its list."""
        if carried and (statement.start > 0 or statement.place == "relative"):
            return carried
        if sentence.lead:
            led = [
                c for c in chains_of(self.cast.mentions(sentence.lead), sentence.lead, self.language) if _is_somebody(c)
            ]
            owners = [c for c in led if c[0].case in ("subject", "genitive", "at")]
            return tuple(replace(mention, start=-1, end=-1) for mention in owners[0]) if owners else ()
        return ()

    def _coordinator(self, statement: Statement, chains: Sequence[Chain], text: str) -> Chain:
        """ "…n koordinoimana", "…n johdolla": whoever sees to it that the others do it."""
        match = self.language.agent_after.search(text, statement.start, statement.end)
        if not match:
            return ()
        return next((c for c in chains if c[0].case == "genitive" and 0 <= match.start() - c[-1].end <= 1), ())

    def _unnamed(self, act: Act) -> tuple[Who, ...]:
        """Who bears what nobody is named for: the agreement's own life is everybody's, monitoring that of its monitor."""
        if act.what in ("evaluation", "renewal"):
            return (Who("everyone"),)
        if act.what in ("goal-review", "review-meeting") and self.spoken.monitor:
            return (Who("body", self.spoken.monitor),)
        if act.what in ("plan", "officers", "online", "member") and self.spoken.groups:
            return (Who("groups"),)
        if act.what in ("plan", "officers", "picture", "minutes") and self.spoken.body:
            return (Who("body", self.spoken.body),)
        return ()

    # --- what it is about

    def _object(self, act: Act, chains: Sequence[Chain], bearer: Chain) -> tuple[Mention | None, bool]:
        """Return the body that an act is about, and whether it is about the groups."""
        others = [m for chain in chains for m in chain if m not in bearer and m.case != "as"]
        bodily = [m for m in others if m.who.kind in ("body", "groups")]
        if act.rule == "meets":
            bodily = [m for m in bearer if m.who.kind in ("body", "groups")] or bodily
        first = next(iter(bodily), None)
        return first, bool(first and first.who.kind == "groups")

    def _last_body(self, act: Act, people: tuple[Who, ...], earlier: Sequence[Who], *, groups: bool) -> str | None:
        if groups or act.what == "release" and Who("convenor") in people:
            return None
        if act.what == "review-meeting":
            return next((who.value for who in people if who.kind == "body"), self.spoken.monitor)
        before = [who.value for who in earlier if who.kind == "body"]
        last = before[-1] if before else self.spoken.body
        if act.rule == "meets" and (own := [who for who in people if who.kind == "body"]):
            return own[0].value
        return last if last and Who("body", last) not in people else None


def _is_somebody(chain: Chain) -> bool:
    return chain[0].who.kind != "convenor" or len(chain) == 1


def _is_many(people: tuple[Who, ...]) -> bool:
    return len(people) > 1 or any(who.kind in ("kind", "everyone", "groups") for who in people)


def _nearest(chains: Sequence[Chain], before: int) -> Chain:
    """The last chain before a place."""
    return next((chain for chain in reversed(chains) if chain[-1].end <= before + 1), ())
