"""Names for people and ids for facts, and the way from one to the other.

A secretary writes "Keski-Suomen liitto" or "Goal review", a fact says ``keski-suomen-liitto`` or ``goal-review``. A
name is understood in any of the product's languages, whatever the language of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement import Duty
from yhdyspinta.printing.words import fold, languages
from yhdyspinta.records.kinds import KINDS, Field, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from django.utils.functional import _StrPromise

    from yhdyspinta.agreement import Charter, Right
    from yhdyspinta.agreement.words import Words

LABELS: Mapping[str, _StrPromise] = {
    "member": _("member"),
    "deputy": _("deputy member"),
    "attendee": _("attendee with the right to speak"),
    "chair": _("chair"),
    "vice-chair": _("vice-chair"),
    "secretary": _("secretary"),
    "expert": _("expert"),
    "goal-review": _("review of the goals"),
    "evaluation": _("evaluation of the agreement"),
    "group-review": _("review of the groups' work"),
    "situational-picture": _("situational picture"),
    "action-plan": _("action plan"),
    "rules": _("rules of procedure"),
    "strategy": _("strategy"),
    "welfare-report-and-plan": _("welfare report and plan"),
    "welfare": _("promotion of wellbeing and health"),
    "term": _("negotiation of the council term"),
    "renewal": _("renewal of the agreement"),
    "withdrawal": pgettext_lazy("a party of the agreement", "withdrawal"),
    "joined": _("joined"),
    "left": pgettext_lazy("a party of the agreement", "left"),
    "merged": _("merged into another party"),
}
"""Words of the vocabulary in plain language; other words are shown as they are."""

OUTCOMES: Mapping[str, _StrPromise] = {
    "noted": _("noted"),
    "leaves": pgettext_lazy("a party of the agreement", "leaves"),
}
"""What a decision may come to, where the fact says it with a word; most are written in free text."""

YES = ("yes", "x", "1", "true", "kyllä", "k", "ja", "y", "j")
NO = ("no", "0", "false", "ei", "e", "nej", "n", "-")


class Unclear(Exception):
    """A name that means several things; carries their ids."""

    def __init__(self, ids: Iterable[str]) -> None:
        """Remember what the name could mean."""
        self.ids = sorted(ids)
        super().__init__(", ".join(self.ids))


class _Index(NamedTuple):
    """What a field may name: the ids, and which of them each folded name could mean."""

    ids: frozenset[str]
    by_name: dict[str, set[str]]


class Names:
    """Everything a fact of one agreement may name, with its names in every language.

    ``formed`` are the groups formed later (``body-formed``), id → name as the fact gives it. Building it reads no
    database; a name is found in constant time.
    """

    def __init__(self, charter: Charter, formed: Mapping[str, str | Mapping[str, str]] | None = None) -> None:
        """Gather the names of the charter and of the groups formed later."""
        self.charter = charter
        self.formed = dict(formed or {})
        self._ids: dict[str, _Index] = {}
        self._words = _words_of(charter)

    def add_body(self, body: str, name: str | Mapping[str, str]) -> None:
        """Make known a group that a fact introduces."""
        self.formed[body] = name
        self._ids.clear()

    @property
    def bodies(self) -> list[str]:
        """The ids of all bodies: those of the text in its order, then those formed later."""
        return [*self.charter.bodies, *(body for body in self.formed if body not in self.charter.bodies)]

    def ids(self, field: Field, given: Mapping[str, Any] | None = None) -> list[str]:
        """Return what a field may name, in the agreement's order; words include those the agreement itself uses."""
        shape = field.shape
        if shape is Shape.CHOICE:
            reading = self.charter.readings.get(str((given or {}).get("reading", "")))
            return [choice.id for choice in reading.choices] if reading else []
        if shape in (Shape.WORD, Shape.WORDS):
            return list(dict.fromkeys([*field.words, *self._words.get(field.name, ())]))
        return list(dict.fromkeys(id_ for source in _SOURCES.get(shape, ()) for id_ in self._listed(source)))

    def known(self, field: Field, value: str, given: Mapping[str, Any] | None = None) -> bool:
        """Tell whether a field may name this id. In constant time."""
        return value in self._index(field, given).ids

    def label(self, field: Field, value: str, given: Mapping[str, Any] | None = None) -> str:
        """Return how a value is called in the language of the page; an unknown value stands for itself."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        names = next(iter(self._names(field, value, given, language)), None)
        return names or value

    def choices(self, field: Field, given: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
        """Return (id, name) of everything the field may name, for a list to choose from."""
        return [(id_, self.label(field, id_, given)) for id_ in self.ids(field, given)]

    def name_of(self, id_: str) -> str:
        """Return the name of a party, a body, a group formed later or a theme, or of several joined by ``+``."""
        language = translation.get_language() or settings.LANGUAGE_CODE
        if id_ in self.formed and id_ not in self.charter.bodies:
            return _in_language(self.formed[id_], language)
        return self.charter.name_of(id_, language)

    def object_of(self, duty: Duty | Right, id_: str) -> str:
        """Return the name of what a duty is about: a theme and its group share an id, and the duty says which."""
        if isinstance(duty, Duty) and duty.object == "each theme" and id_ in self.charter.themes:
            return self.charter.themes[id_].name.get(translation.get_language() or settings.LANGUAGE_CODE)
        return self.name_of(id_)

    def find(self, field: Field, text: str, given: Mapping[str, Any] | None = None) -> str | None:
        """Return the id that a name or an id means, or None.

        Raises:
            Unclear: the name means several things.

        """
        index = self._index(field, given)
        if text.strip() in index.ids:
            return text.strip()
        found = index.by_name.get(fold(text), set())
        if len(found) > 1:
            raise Unclear(found)
        return next(iter(found), None)

    def _index(self, field: Field, given: Mapping[str, Any] | None) -> _Index:
        key = f"{field.name} {(given or {}).get('reading')}" if field.shape is Shape.CHOICE else field.shape.value
        if field.shape in (Shape.WORD, Shape.WORDS):
            key = f"word {field.name} {' '.join(field.words)}"
        if key not in self._ids:
            index = _Index(frozenset(self.ids(field, given)), {})
            for id_ in index.ids:
                index.by_name.setdefault(fold(id_), set()).add(id_)
                for language in languages():
                    for name in self._names(field, id_, given, language):
                        index.by_name.setdefault(fold(name), set()).add(id_)
            self._ids[key] = index
        return self._ids[key]

    def _names(
        self, field: Field, value: str, given: Mapping[str, Any] | None, language: str
    ) -> Iterator[str]:  # the name to show comes first
        if field.shape in (Shape.WORD, Shape.WORDS):
            if value in LABELS:
                with translation.override(language):
                    yield str(LABELS[value])
            return
        if field.shape is Shape.CHOICE:
            reading = self.charter.readings.get(str((given or {}).get("reading", "")))
            choices = reading.choices if reading else ()
            yield from (choice.text.get(language) for choice in choices if choice.id == value)
            return
        for source in _SOURCES.get(field.shape, ()):
            for words in self._words_for(source, value):
                yield words.get(language)
        if value in self.formed and field.shape in _BODY_LIKE:
            yield _in_language(self.formed[value], language)

    def _listed(self, source: str) -> Iterable[str]:
        return self.bodies if source == "bodies" else getattr(self.charter, source)

    def _words_for(self, source: str, value: str) -> Iterator[Words]:
        thing = getattr(self.charter, source).get(value)
        if thing is None:
            return
        if source == "readings":
            yield thing.question
            return
        yield thing.name
        for other in ("official_name", "short_name"):
            if words := getattr(thing, other, None):
                yield words


_SOURCES: Mapping[Shape, tuple[str, ...]] = {
    Shape.BODY: ("bodies",),
    Shape.PARTY: ("parties",),
    Shape.PARTIES: ("parties",),
    Shape.ACTOR: ("parties", "bodies"),
    Shape.ACTORS: ("parties", "bodies"),
    Shape.THEME: ("themes",),
    Shape.DUTY: ("duties",),
    Shape.OBJECT: ("bodies", "themes"),
    Shape.READING: ("readings",),
}
_BODY_LIKE = (Shape.BODY, Shape.ACTOR, Shape.ACTORS, Shape.OBJECT)


def _in_language(name: str | Mapping[str, str], language: str) -> str:
    """Return the name that a fact gives to a group: in the language, or in the first it has."""
    return name if isinstance(name, str) else name.get(language) or next(iter(name.values()))


def _words_of(charter: Charter) -> dict[str, list[str]]:
    """Return the words that the agreement's own duties look for, by the name of the field they stand in."""
    words: dict[str, list[str]] = {}
    for duty in charter.duties.values():
        for kind, constraints in duty.evidence.items():
            for name, wanted in constraints.items():
                field = KINDS[kind].field(name) if kind in KINDS else None
                if field and field.shape in (Shape.WORD, Shape.WORDS):
                    words.setdefault(name, []).extend(_literals(wanted))
    return words


def _literals(wanted: Any) -> list[str]:
    if isinstance(wanted, str):
        return [wanted]
    if isinstance(wanted, (list, tuple)):
        return [word for word in wanted if isinstance(word, str)]
    return _literals(wanted.get("all", [])) if isinstance(wanted, dict) else []


def yes_or_no(text: str) -> bool | None:
    """Read yes or no in any of the product's languages; None when it is neither."""
    word = fold(text)
    return True if word in YES else False if word in NO else None


def said(flag: bool) -> str:  # noqa: FBT001 -- the value itself
    """Return yes or no in the language of the page."""
    return gettext("yes") if flag else gettext("no")
