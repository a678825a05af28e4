"""Who bears what a verb says: the subject, whoever has the task, the agent of a passive, whoever was spoken of."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yhdyspinta.agreement.proposing.language import Act, Language
from yhdyspinta.agreement.proposing.sentences import Statement
from yhdyspinta.agreement.proposing.who import Chain

# How far into a passive sentence stands what it is done for: "Yhteistyöryhmille laaditaan …".
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Scene:
    """A statement with the names in it; ``carried`` is whom the statement or the line before it was about."""

    language: Language
    text: str
    statement: Statement
    chains: tuple[Chain, ...]
    carried: Chain

    def find(self, pattern: re.Pattern[str], end: int | None = None) -> re.Match[str] | None:
        """Look for words in the statement, up to a place."""
        return pattern.search(self.text, self.statement.start, self.statement.end if end is None else end)

    def of_case(self, *cases: str) -> list[Chain]:
        """Return the names that stand in one of these cases."""
        return [chain for chain in self.chains if chain[0].case in cases]


def bearer_in(scene: Scene, act: Act, verb: re.Match[str]) -> Chain:
    """Return who bears the act whose verb this is; empty where the statement does not say."""
    for finder in _FINDERS:
        chain = finder(scene, act, verb)
        if chain is not None:
            return chain
    return ()


def is_necessive(scene: Scene, verb: re.Match[str]) -> bool:
    """Whether a verb says what must be done: "on nimettävä"."""
    return bool(scene.language.words.necessive.search(verb[0]))


def coordinator_in(scene: Scene) -> Chain:
    """Return whoever sees to it that the others do it: "…n koordinoimana", "…n johdolla"."""
    match = scene.find(scene.language.words.agent_after)
    if not match:
        return ()
    return next((chain for chain in scene.of_case("genitive") if 0 <= match.start() - chain[-1].end <= 1), ())


def _of_participle(scene: Scene, act: Act, verb: re.Match[str]) -> Chain | None:
    """Find "kaikkien osapuolten" in "kaikkien osapuolten hyväksymät ryhmät"."""
    return _nearest(scene.of_case("genitive"), verb.start()) if act.rule == "accepted-groups" else None


def _of_convenor(scene: Scene, act: Act, _: re.Match[str]) -> Chain | None:
    """In "koollekutsujana toimii X", find X: neither the body nor the word itself."""
    if act.rule != "convenor-named":
        return None
    if found := [chain for chain in scene.of_case("subject") if chain[0].who.kind != "convenor"]:
        return found[0]
    # "… toimii verkoston puheenjohtaja": who holds the office acts for the body.
    office = scene.find(scene.language.words.officer_of)
    held = (chain for chain in scene.of_case("genitive") if office and 0 <= office.start() - chain[-1].end <= 1)
    return next(held, ())


def _of_owner(scene: Scene, act: Act, verb: re.Match[str]) -> Chain | None:
    """Find whoever has something: "jokaisella osapuolella on edustaja", "vastuu on koollekutsujalla"."""
    words = scene.language.words
    at = scene.of_case("at")
    has = act.what in ("membership", "coordinator") and not words.passive.search(verb[0])
    if at and has:
        return at[0]
    return at[-1] if at and words.duty_noun.search(verb[0]) else None


def _of_task(scene: Scene, _: Act, verb: re.Match[str]) -> Chain | None:
    """Find whose task it is: "foorumin tehtävänä on linjata", "osapuolten tulee toimittaa"."""
    owners = scene.of_case("genitive", "at")
    if is_necessive(scene, verb):
        return _nearest(owners, verb.start())
    task = scene.find(scene.language.words.tasks, verb.start())
    owners = [chain for chain in owners if task and chain[-1].end <= task.start()]
    return owners[-1] if owners else None


def _of_passive(scene: Scene, _: Act, verb: re.Match[str]) -> Chain | None:
    """In the passive, find the agent where one is named, else the body or groups for which something is done."""
    if not scene.language.words.passive.search(verb[0]):
        return None
    if agents := scene.of_case("agent"):
        return agents[0]
    if callers := [chain for chain in scene.of_case("subject") if chain[0].who.kind == "convenor"]:
        return callers[0]
    for chain in scene.of_case("to", "at", "genitive", "in"):
        bodily = all(mention.who.kind in ("body", "groups") for mention in chain)
        if bodily and chain[0].start - scene.statement.start < _NEAR:
            return chain
    return ()


def _of_relative(scene: Scene, _: Act, verb: re.Match[str]) -> Chain | None:
    """In "X, joka lähettää …", find X."""
    if scene.statement.place != "relative":
        return None
    if scene.language.words.subject_relative.match(scene.text, scene.statement.start):
        return scene.carried
    if scene.language.grammar.has_cases:
        return None
    return _nearest(scene.of_case("subject"), verb.start()) or scene.carried


def _of_active(scene: Scene, _: Act, verb: re.Match[str]) -> Chain | None:
    """Find the subject: before the verb, else after it, else whoever the statement before was about."""
    subjects = [chain for chain in scene.of_case("subject") if _agrees(chain, verb[0], scene.language)]
    if callers := [chain for chain in subjects if chain[0].who.kind == "convenor"]:
        return callers[0]
    return _nearest(subjects, verb.start()) or next(iter(subjects), ()) or scene.carried


def _agrees(chain: Chain, verb: str, language: Language) -> bool:
    """Whether a name can be the subject of a verb: "nimeävät" needs several, "nimeää" one."""
    unknowable = not language.grammar.has_cases or language.words.infinite.search(verb)
    if unknowable or any(mention.who.kind == "pronoun" for mention in chain) or len(chain) > 1:
        return True
    return chain[0].plural == bool(language.words.plural_verb.search(verb))


def _nearest(chains: Sequence[Chain], before: int) -> Chain:
    """Return the last chain before a place."""
    return next((chain for chain in reversed(chains) if chain[-1].end <= before), ())


_FINDERS: tuple[Callable[[Scene, Act, re.Match[str]], Chain | None], ...] = (
    _of_participle,
    _of_convenor,
    _of_owner,
    _of_task,
    _of_passive,
    _of_relative,
    _of_active,
)
