"""The forms about the people of an organisation, and about the organisation itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.models import Account, Invitation, Organisation, Person

TEXT = {"required": _("This must be filled in.")}


class PersonForm(forms.ModelForm):  # type: ignore[type-arg] # generic for the type checker alone
    """What is known of somebody. ``version`` is what the form was filled in from."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Person
        fields = ("name", "email", "phone", "language")
        help_texts = {
            "phone": _("For example 040 123 4567."),
            "language": _("In which this person is written to."),
        }
        error_messages = {"name": TEXT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Suggest nothing of the person at the keyboard: it is somebody else whom they write about."""
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        for name in ("name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        self.fields["phone"].widget.input_type = "tel"

    @property
    def said(self) -> dict[str, str]:
        """What was written, for the action."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def _post_clean(self) -> None:
        """Leave the person as it is: the action changes the fresh row."""


class InviteForm(forms.Form):
    """Whom a party invites, and to what."""

    use_required_attribute = False
    name = forms.CharField(label=_("Name"), max_length=200, error_messages=TEXT)
    email = forms.EmailField(label=_("E-mail address"), max_length=254, error_messages=TEXT)
    role = forms.ChoiceField(
        label=_("What may they do?"),
        widget=forms.RadioSelect,
        choices=[
            (Invitation.Role.MEMBER, _("See what concerns them, and keep their own details right")),
            (Invitation.Role.ADMINISTRATOR, _("Look after all of the party's matters: people, counterparts, records")),
        ],
        initial=Invitation.Role.MEMBER,
    )
    language = forms.ChoiceField(label=_("Language"), choices=Account.Language.choices)


class MergeForm(forms.Form):
    """Which other record is the same person."""

    use_required_attribute = False
    toinen = forms.ChoiceField(label=_("The other record"), error_messages=TEXT)

    def __init__(self, others: Iterable[Person], *args: Any, **kwargs: Any) -> None:
        """Offer the organisation's other people."""
        super().__init__(*args, **kwargs)
        other = self.fields["toinen"]
        assert isinstance(other, forms.ChoiceField)
        other.choices = [("", _("Choose")), *((str(each.pk), _called(each)) for each in others)]


class EraseForm(forms.Form):
    """Why somebody's data is erased."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("Stays in the journal for good: name nobody. For example: asked by the person."),
        error_messages=TEXT,
    )


class PeopleFilter(forms.Form):
    """Which of the people are shown; its fields stand in the address bar in Finnish, whatever the language."""

    use_required_attribute = False
    haku = forms.CharField(label=_("Name, post or theme"), required=False, max_length=100)
    rooli = forms.ChoiceField(
        label=_("Shown"),
        required=False,
        choices=[
            ("", _("All")),
            ("on", _("with a post or a theme now")),
            ("ei", _("without any post or theme now")),
            ("vahvistamatta", _("not confirmed for half a year")),
        ],
    )


class OrganisationForm(forms.ModelForm):  # type: ignore[type-arg] # generic for the type checker alone
    """How an organisation is reached, as it says itself; its business id where the agreement gives none."""

    use_required_attribute = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("For example https://www.luhanka.fi."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages of service"),
        required=False,
        choices=Account.Language.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Organisation
        fields = ("registry_email", "phone", "website", "visiting_address", "languages", "business_id")
        help_texts = {
            "business_id": _("Written 1234567-1. The text of the agreement does not give it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the business id only where the text of the agreement gives none."""
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version
        self.fields["phone"].widget.input_type = "tel"
        if self.instance.business_id:
            del self.fields["business_id"]

    @property
    def said(self) -> dict[str, Any]:
        """What was written, for the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def _post_clean(self) -> None:
        """Leave the organisation as it is: the action changes the fresh row, and checks it."""


def _called(person: Person) -> str:
    return f"{person.name}, {person.email}" if person.email else person.name
