"""The forms of a draft's pieces: a block, the front matter, a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement.slugs import free, slug
from yhdyspinta.agreement.succession.days import covering
from yhdyspinta.authoring.forms import choices as c
from yhdyspinta.authoring.forms.choices import Writing
from yhdyspinta.authoring.forms.fields import (
    LANGUAGE_NAMES,
    IdField,
    ManyField,
    NumberField,
    OneField,
    RowsField,
    WordsField,
)
from yhdyspinta.authoring.forms.kinds import KINDS, Data
from yhdyspinta.parties.forms.inputs import DayField

_EMPTY: tuple[Any, ...] = (None, "", [], {}, False)


class BlockForm(forms.Form):
    """The form of one block of a kind; ``data`` is what it holds, or what was proposed of it."""

    def __init__(self, kind: str, writing: Writing, sent: Any = None, *, data: Mapping[str, Any], new: bool) -> None:
        self.kind, self.writing, self.known, self.new = kind, writing, dict(data), new
        laid_out = KINDS[kind]
        super().__init__(sent, initial=laid_out.unfold(_with_terms_of_law(writing, data) if kind == "terms" else data))
        self.fields.update(laid_out.fields(writing))
        for name, field in self.fields.items():
            _offer_what_is_said(field, self.initial.get(name))
        if new:
            self.fields["id"] = IdField(
                label=_("Id"),
                required=False,
                initial=data.get("id"),
                help_text=_(
                    "How files and addresses call it: lower case a–z, digits and hyphens. Empty: made of the name."
                ),
            )
            self.fields["clause"] = OneField(clauses_of(writing), label=_("Stands in the clause"), required=True)
        self.fields["seal"] = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def clean_id(self) -> str:
        """Return an id that is free, or nothing.

        Raises:
            ValidationError: it is taken.

        """
        typed = str(self.cleaned_data["id"])
        if typed in self.writing.manuscript.ids():
            raise ValidationError(_("The id “%(id)s” is taken already."), params={"id": typed})
        return typed

    def block(self) -> Data:
        """Return the block that the form says. Ask only when the form is valid."""
        own = {name: self.cleaned_data.get(name) for name in KINDS[self.kind].fields(self.writing)}
        said = KINDS[self.kind].fold(own)
        covered = {*said, *(key for key in self.known if key.replace("-", "_") in own)}
        rest = {key: value for key, value in self.known.items() if key not in covered and key != "id"}
        data = {key: _in_order(value, self.known.get(key)) for key, value in said.items() if value not in _EMPTY}
        return {"id": self._id(data), **data, **rest}

    def _id(self, data: Data) -> str:
        if not self.new:
            return str(self.known.get("id", ""))
        typed = str(self.cleaned_data.get("id") or "")
        return typed or free(
            slug(c.name_of(_first_language(data, self.writing)) or self.kind), self.writing.manuscript.ids()
        )

    def place(self, where: Iterable[Any]) -> str:
        """Return the field that a path of keys in the block belongs to; empty for the form as a whole."""
        path = [str(part) for part in where]
        for length in (2, 1):
            name = "_".join(path[:length]).replace("-", "_")
            if name in self.fields:
                return name
        return _ELSEWHERE.get(path[0] if path else "", "")


class ProposalForm(BlockForm):
    """The form of a block that was proposed; for an interpretation it asks what is open and how it is read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.known.get("basis") != "interpreted" or self.known.get("reading"):
            return
        languages = self.writing.languages
        self.fields["question"] = WordsField(
            languages,
            label=_("What the text leaves open"),
            required=False,
            long=True,
            help_text=_("An interpretation says which question it answers; the parties may decide it otherwise later."),
        )
        self.fields["answer"] = WordsField(languages, label=_("How it is read here"), required=False, long=True)
        self.order_fields(["question", "answer"])

    def lead_with(self, keys: Iterable[str]) -> None:
        """Let the fields that the text leaves open come first."""
        wanted = [self.place((key,)) for key in keys]
        self.order_fields([*(name for name in ("question", "answer") if name in self.fields), *filter(None, wanted)])

    def clean(self) -> dict[str, Any]:
        """Refuse an interpretation of nothing."""
        cleaned = super().clean() or {}
        needed = cleaned.get("basis") == "interpreted" and not cleaned.get("reading") and "question" in self.fields
        for name in ("question", "answer"):
            if needed and name not in self.errors and not cleaned.get(name):
                self.add_error(name, _("Say it in a sentence, or choose an open question that there is already."))
        return cleaned

    def reading(self) -> Data | None:
        """Return the open question to be written beside the block, if one was filled in."""
        question, answer = self.cleaned_data.get("question"), self.cleaned_data.get("answer")
        if not question or not answer or self.cleaned_data.get("reading"):
            return None
        id = free(f"{self.block()['id']}-tulkinta", self.writing.manuscript.ids())
        return {"id": id, "question": question, "assumed": "nain", "choices": [{"id": "nain", "text": answer}]}


_ELSEWHERE = {"deadline": "no_deadline", "window": "window_to", "group": "group_level", "pays": "pays_who"}


class FrontForm(forms.Form):
    """What is said of the whole agreement."""

    def __init__(self, writing: Writing, sent: Any = None) -> None:
        self.writing = writing
        front = dict(writing.manuscript.front)
        super().__init__(sent, initial={key.replace("-", "_"): value for key, value in front.items()})
        level = {
            "number": NumberField(least=1, most=9, label=_("Number"), required=True),
            "name": WordsField(writing.languages, label=_("Name"), required=True),
            "groups": forms.BooleanField(required=False, label=_("Its bodies are cooperation groups")),
        }
        languages = writing.languages
        self.fields.update(
            {
                "title": WordsField(languages, label=_("Title"), required=True),
                "short_title": WordsField(
                    languages,
                    label=_("Short title"),
                    required=True,
                    help_text=_("For narrow places: “Keski-Suomi 2026–2029”."),
                ),
                "instrument": WordsField(
                    languages,
                    label=_("What it is called"),
                    required=False,
                    help_text=_("The word for it in running text: sopimus, yhteistyöpöytäkirja, suunnitelma."),
                ),
                "id": IdField(
                    label=_("Id"),
                    help_text=_(
                        "The agreement's address: lower case a–z, digits and hyphens, such as keski-suomi-2026."
                    ),
                ),
                "from": DayField(label=_("In force from"), required=False),
                "to": DayField(label=_("In force until"), required=False, help_text=_("Empty: until further notice.")),
                "levels": RowsField(level, label=_("Levels of cooperation"), required=False),
                "successor": WordsField(
                    languages, label=_("The agreement that follows, if it is known"), required=False
                ),
                "successor_from": DayField(label=_("It is in force from"), required=False),
                "example": forms.BooleanField(required=False, label=_("An invented example: every page says so")),
                "seal": forms.CharField(required=False, max_length=16, widget=forms.HiddenInput),
            }
        )
        successor = front.get("successor") if isinstance(front.get("successor"), Mapping) else {}
        self.initial.update(
            {"successor": (successor or {}).get("name"), "successor_from": (successor or {}).get("from")}
        )

    def front(self) -> Data:
        """Return the front matter that the form says; None takes a key away. Ask only when the form is valid."""
        said = {
            name.replace("_", "-"): self.cleaned_data[name]
            for name in self.fields
            if name not in {"seal", "successor", "successor_from"}
        }
        name = self.cleaned_data["successor"]
        began = self.cleaned_data["successor_from"]
        said["successor"] = {"name": name, **({"from": began} if began else {})} if name else None
        return {key: None if value in _EMPTY and key != "example" else value for key, value in said.items()}

    def place(self, where: Iterable[Any]) -> str:
        """Return the field that a path of keys belongs to."""
        path = [str(part) for part in where]
        name = path[0].replace("-", "_") if path else ""
        return name if name in self.fields else ""


class ClauseForm(forms.Form):
    """A clause or part: its titles and text by language, and what it is."""

    def __init__(self, writing: Writing, id: str | None, sent: Any = None) -> None:
        manuscript = writing.manuscript
        section = manuscript.section(id) if id else None
        titles = manuscript.titles_of(id) if id else {}
        prose = manuscript.prose_of(id) if id else {}
        super().__init__(sent)
        for language in titles or writing.languages:
            several = len(titles or writing.languages) > 1
            self.fields[f"title_{language}"] = forms.CharField(
                label=_in_language(_("Title"), language, several=several),
                max_length=300,
                initial=titles.get(language),
                required=language == writing.languages[0],
                widget=forms.TextInput(attrs={"lang": language}),
            )
            self.fields[f"prose_{language}"] = forms.CharField(
                label=_in_language(_("Text"), language, several=several),
                required=False,
                initial=prose.get(language),
                max_length=200_000,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 12, "lang": language}),
                help_text=_(
                    "An empty line begins a new paragraph, “- ” an item. "
                    "A sentence that binds is written [the sentence](#id-of-the-commitment)."
                ),
            )
        self.depth = section.depth if section else 2
        if self.depth > 1:
            self.fields["kind"] = OneField(
                c.clause_kinds(), label=_("What it is"), initial=section.kind if section else None
            )
            self.fields["ref"] = forms.CharField(
                label=_("Number"),
                required=False,
                max_length=20,
                initial=section.attributes.get("ref") if section else None,
                help_text=_("As printed: 2.1, 3 §."),
            )
            depths = [("2", _("Clause")), ("3", _("Clause below it")), ("4", _("Clause below that"))]
            self.fields["depth"] = OneField(
                depths, label=_("Level of the heading"), required=True, initial=str(self.depth)
            )
            self.fields["official"] = forms.CharField(
                label=_("Heading in the official text"),
                required=False,
                max_length=300,
                initial=section.attributes.get("official") if section else None,
            )
            self.fields["sentences"] = forms.RegexField(
                r"^[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*$",
                label=_("Its sentences there"),
                required=False,
                max_length=100,
                initial=section.sentences if section else None,
                help_text=_("3, 1-4 or 1,3. Empty: all below the heading."),
                error_messages={"invalid": _("Write numbers: 3, 1-4 or 1,3.")},
            )
        self.fields["seal"] = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def words(self, name: str) -> dict[str, str]:
        """Return titles or text by language."""
        start = f"{name}_"
        return {
            key.removeprefix(start): value.replace("\r\n", "\n")
            for key, value in self.cleaned_data.items()
            if key.startswith(start)
        }

    def attributes(self) -> dict[str, str]:
        """Return what the heading says of the clause."""
        found = {key: self.cleaned_data.get(key) or "" for key in ("ref", "official", "sentences")}
        return {key: value for key, value in found.items() if value and (key != "sentences" or found["official"])}

    def clean(self) -> dict[str, Any]:
        """Refuse sentences of no heading."""
        cleaned = super().clean() or {}
        if cleaned.get("sentences") and not cleaned.get("official"):
            self.add_error("official", _("Say below which heading the sentences stand."))
        return cleaned


def _with_terms_of_law(writing: Writing, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Offer the council terms of municipalities that the agreement meets, where the block has none yet."""
    first, last = writing.manuscript.front.get("from"), writing.manuscript.front.get("to")
    if data.get("periods") or not isinstance(first, date):
        return data
    return {**data, "periods": covering("municipality", first, last if isinstance(last, date) else None)}


def clauses_of(writing: Writing) -> list[tuple[str, str]]:
    """Return the clauses by id and title."""
    return [(each.id, each.title) for each in writing.manuscript.sections if each.depth > 1 and each.id]


def _in_language(label: Any, language: str, *, several: bool) -> str:
    return f"{label} {LANGUAGE_NAMES.get(language, language)}" if several else str(label)


def _in_order(value: Any, known: Any) -> Any:
    """Return a list in the order that the block had: boxes that are ticked know none but their own."""
    if isinstance(value, list) and isinstance(known, list) and all(isinstance(each, str) for each in (*value, *known)):
        return sorted(value, key=lambda each: known.index(each) if each in known else len(known))
    if isinstance(value, dict) and isinstance(known, dict):
        return {key: _in_order(each, known.get(key)) for key, each in value.items()}
    return value


def _offer_what_is_said(field: forms.Field, said: Any) -> None:
    """Let a list have what the block says, though the draft does not know it: the check tells of it."""
    if isinstance(field, RowsField):
        for row in field.prepare_value(said):
            for key, inner in field.row_fields.items():
                _offer_what_is_said(inner, row.get(key))
    if isinstance(field, (ManyField, OneField)):
        chosen = [said] if isinstance(said, (str, int)) and not isinstance(said, bool) else said or []
        offered: Any = field.choices
        field.choices = c.with_chosen(list(offered), [str(each) for each in chosen])


def _first_language(data: Data, writing: Writing) -> Data:
    """Return the name in the draft's own language, of which an id is made whatever the page's language."""
    name = data.get("name") or data.get("question") or {}
    return {"name": {"": name.get(writing.languages[0]) or next(iter(name.values()), "")}} if name else {}
