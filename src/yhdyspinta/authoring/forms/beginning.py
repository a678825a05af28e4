"""The forms by which a draft begins."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement import today
from yhdyspinta.agreement.classification import (
    counties,
    municipalities,
    parties_of_county,
    parties_of_region,
    party_block,
    regional_councils,
    regions,
)
from yhdyspinta.agreement.classification.naming import alphabetical
from yhdyspinta.agreement.slugs import slug
from yhdyspinta.authoring.forms.choices import Writing
from yhdyspinta.authoring.forms.ending import FilesField
from yhdyspinta.authoring.forms.fields import LANGUAGE_NAMES, IdField, ManyField, OneField
from yhdyspinta.authoring.forms.pieces import clauses_of
from yhdyspinta.authoring.reading import LIMITS
from yhdyspinta.journal.queries import agreements, charter_of
from yhdyspinta.parties.forms.inputs import DayField

REGION, COUNTY = "maakunta", "hyvinvointialue"


class NamedForm(forms.Form):
    """What the draft is called."""

    name = forms.CharField(
        label=_("Name of the draft"), max_length=200, help_text=_("For yourselves: “Keski-Suomi 2026, for comments”.")
    )


class TextFileForm(forms.Form):
    """A file of the agreement's text."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.odt,.pdf,.txt,.md"}),
    )
    name = forms.CharField(
        label=_("Name of the draft"), max_length=200, required=False, help_text=_("Empty: the name of the file.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = {"most": LIMITS.bytes // 1024 // 1024}
        self.fields["file"].help_text = _("DOCX, ODT, PDF with text, or plain text. At most %(most)s MB.") % most

    def clean_file(self) -> Any:
        """Return the file.

        Raises:
            ValidationError: it is too large; it is not even read then.

        """
        uploaded = self.cleaned_data["file"]
        if uploaded.size > LIMITS.bytes:
            raise ValidationError(
                _("The file has %(size)s MB; at most %(most)s MB are read. Remove the pictures or bring it in parts."),
                params={"size": -(-uploaded.size // 1024 // 1024), "most": LIMITS.bytes // 1024 // 1024},
            )
        return uploaded

    def named(self) -> str:
        """Return what the draft is to be called."""
        return str(self.cleaned_data["name"] or PurePath(self.cleaned_data["file"].name).stem or "–")


class PastedForm(NamedForm):
    """A text that was copied from somewhere."""

    text = forms.CharField(
        label=_("Text"),
        max_length=LIMITS.letters,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=_("Headings on lines of their own, an empty line between paragraphs."),
    )


class FilesForm(NamedForm):
    """Files of an agreement that somebody has."""

    brought = FilesField(label=_("Files"), help_text=_("agreement.fi.md and its like, or a ZIP file of them."))


class LanguagesForm(NamedForm):
    """A new agreement: its title, days and languages."""

    title = forms.CharField(label=_("Title"), max_length=300)
    instrument = forms.CharField(
        label=_("What it is called"),
        max_length=80,
        required=False,
        help_text=_("The word for it in running text: sopimus, yhteistyöpöytäkirja, suunnitelma."),
    )
    id = IdField(
        label=_("Id"),
        required=False,
        help_text=_("The agreement's address: lower case a–z, digits and hyphens, such as keski-suomi-2026."),
    )
    first_day = DayField(label=_("In force from"))
    last_day = DayField(label=_("In force until"), required=False, help_text=_("Empty: until further notice."))
    languages = ManyField(
        list(LANGUAGE_NAMES.items()),
        label=_("Languages"),
        required=True,
        initial=["fi"],
        help_text=_("Finnish or Swedish is the first one; the others are translations of it."),
    )

    def clean_id(self) -> str:
        """Return the id typed, or one made of the title."""
        return str(self.cleaned_data["id"] or slug(str(self.cleaned_data.get("title", "")), otherwise="sopimus"))

    def clean(self) -> dict[str, Any]:
        """Refuse a last day before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        return cleaned


class EmptyForm(LanguagesForm):
    """A new agreement from nothing."""


class RegionForm(LanguagesForm):
    """A new agreement of the public bodies of a region."""

    region = forms.ChoiceField(label=_("Region or wellbeing services county"))

    field_order = ("region", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose")), *region_choices()]
        self.fields["region"].choices = choices  # type: ignore[attr-defined] # a choice field


class SuccessorForm(NamedForm):
    """A successor of an agreement that is here, or a new text of it."""

    SUCCESSOR, VERSION = "seuraaja", "uusi-teksti"

    agreement = forms.ChoiceField(label=_("Agreement"))
    what = forms.ChoiceField(
        label=_("What it is to be"),
        widget=forms.RadioSelect,
        choices=[
            (SUCCESSOR, _("Its successor: an agreement of its own, with days of its own")),
            (VERSION, _("A new text of the same agreement, for example after an amendment")),
        ],
    )
    first_day = DayField(
        label=_("In force from"),
        required=False,
        help_text=_("Of a successor. Empty: the day after the agreement ends."),
    )
    last_day = DayField(
        label=_("In force until"), required=False, help_text=_("Of a successor. Empty: until further notice.")
    )
    id = IdField(
        label=_("Id"),
        required=False,
        help_text=_("Of a successor. Empty: made of the agreement's id and the year."),
    )
    keep = ManyField(
        [
            ("clauses", _("The text of the clauses")),
            ("bodies", _("Bodies and their seats")),
            ("themes", _("Themes")),
            ("duties", _("Commitments")),
            ("rights", _("Rights")),
            ("rules", _("Rules")),
            ("goals", _("Goals")),
            ("laws", _("Statutes")),
            ("readings", _("Open questions, as the parties have decided them")),
        ],
        label=_("What is carried over"),
        help_text=_("Parties, council terms, levels and headings always are."),
        initial=["clauses", "bodies", "themes", "duties", "rights", "rules", "goals", "laws", "readings"],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fi"
        listed = [(each.slug, charter_of(each).title.get(language)) for each in agreements()]
        self.fields["agreement"].choices = listed  # type: ignore[attr-defined] # a choice field
        if not listed:
            self.fields["agreement"].help_text = _("No agreement has been loaded here yet. Begin in another way.")


class ClassifiedForm(forms.Form):
    """Parties from the classification for a draft that there is."""

    region = OneField([], label=_("All of a region or county"))
    chosen = ManyField([], label=_("Or these"))
    clause = OneField([], label=_("They stand in the clause"), required=True)

    def __init__(self, writing: Writing, sent: Any = None) -> None:
        super().__init__(sent)
        self.writing = writing
        language = get_language() or "fi"
        there = writing.manuscript.ids()
        entries = (*counties(), *regional_councils(), *municipalities(today()))
        self.entries = {entry.id: entry for entry in entries if entry.id not in there}
        named = [(id, entry.official_name.get(language, id)) for id, entry in self.entries.items()]
        listed = sorted(named, key=lambda choice: alphabetical(choice[1]))
        clauses = clauses_of(writing)
        lead = [each.id for each in writing.manuscript.sections if each.kind == "party"]
        self.fields["region"].choices = [("", _("–")), *region_choices()]  # type: ignore[attr-defined] # a choice field
        self.fields["chosen"].choices = listed  # type: ignore[attr-defined] # a choice field
        self.fields["clause"].choices = clauses  # type: ignore[attr-defined] # a choice field
        self.fields["clause"].initial = next(iter(lead), None)

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all."""
        cleaned = super().clean() or {}
        if not cleaned.get("region") and not cleaned.get("chosen"):
            self.add_error("region", _("Choose a region, or the parties one by one."))
        return cleaned

    def parties(self) -> list[dict[str, Any]]:
        """Return the parties that were chosen, as the data of blocks."""
        languages = self.writing.languages
        region = self.cleaned_data.get("region")
        found = parties_in_region(region, languages) if region else []
        ids = {party["id"] for party in found}
        chosen = [self.entries[id] for id in self.cleaned_data.get("chosen") or [] if id not in ids]
        return [*found, *(party_block(entry, languages) for entry in chosen)]

    def about(self) -> str:
        """Return what was added, for the history."""
        return str(dict(region_choices()).get(str(self.cleaned_data.get("region")), len(self.parties())))


def region_choices() -> list[tuple[str, str]]:
    """Return regions and counties by key and name."""
    language = get_language() or "fi"
    return [
        *((f"{REGION}-{area.code}", area.name.get(language, area.code)) for area in regions()),
        *((f"{COUNTY}-{entry.code}", entry.name.get(language, entry.id)) for entry in counties()),
    ]


def parties_in_region(key: str, languages: Any) -> list[dict[str, Any]]:
    """Return the public bodies of a region or county by its key."""
    kind, _dash, code = key.partition("-")
    return (parties_of_region if kind == REGION else parties_of_county)(code, languages, today())
