"""The filters of the administrator's lists, and the form that appoints somebody to administer a party."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.mail.models import Message
from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.parties.models import Account, Organisation, Party
from yhdyspinta.parties.queries import account_of

ALL = ("", _("All"))


def _search(label: Any = _("Name or address")) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=100, widget=forms.TextInput({"type": "search"}))


class FilterForm(forms.Form):
    """Filters in the address bar: what is not understood filters nothing."""

    use_required_attribute = False

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, by field."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}


class AccountFilter(FilterForm):
    """Accounts by name or address, and by what they are."""

    haku = _search()
    tila = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ALL,
            ("open", _("May sign in")),
            ("closed", _("Closed")),
            ("administrator", _("Administrator of the installation")),
        ],
    )


class AdministratorFilter(FilterForm):
    """Parties by agreement, and by who administers them."""

    sopimus = forms.ChoiceField(label=_("Agreement"), required=False)
    haku = _search(_("Party, name or address"))

    def __init__(self, agreements: list[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["sopimus"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [ALL, *((slug, slug) for slug in agreements)]


class MailFilter(FilterForm):
    """Messages by how far they have come, by kind and address."""

    tila = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *Message.State.choices])
    laji = forms.SlugField(label=_("Kind"), required=False, max_length=60)
    haku = _search(_("Address"))


class LookFilter(FilterForm):
    """Looks by day, by who looked or at what, and by whose people were shown."""

    alkaen = DayField(label=_("From"), required=False)
    asti = DayField(label=_("To"), required=False)
    haku = _search(_("Who, or which page"))
    organisaatio = forms.ModelChoiceField(
        label=_("Whose people"), required=False, queryset=Organisation.objects.none(), empty_label=ALL[1]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisaatio"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.all()


class AppointForm(forms.Form):
    """Who administers a party from when to when; the account is there already."""

    use_required_attribute = False
    account = forms.EmailField(
        label=_("E-mail address of the account"),
        error_messages={"required": _("Write the address of somebody's account.")},
    )
    valid_from = DayField(label=_("First day"), required=False, help_text=_("Empty: from today."))
    valid_to = DayField(label=_("Last day"), required=False, help_text=_("Empty: until it is ended."))

    def __init__(self, party: Party, *args: Any, **kwargs: Any) -> None:
        self.party = party
        super().__init__(*args, **kwargs)

    def clean_account(self) -> Account:
        """Return the account of the address.

        Raises:
            ValidationError: there is none, or it is closed.

        """
        email = self.cleaned_data["account"]
        account = account_of(email)
        if account is None:
            raise ValidationError(
                _("There is no account of %(email)s. Invite them on the page of the party's people instead.")
                % {"email": email}
            )
        if not account.is_active:
            raise ValidationError(_("The account %(email)s is closed.") % {"email": email})
        return account
