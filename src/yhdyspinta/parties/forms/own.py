"""The forms of those who keep their own details."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.forms.people import PersonForm
from yhdyspinta.parties.models import Account


class OwnAccountForm(forms.ModelForm):  # type: ignore[type-arg] # generic for the type checker alone
    """What one is called, and the language of the mail that one gets."""

    use_required_attribute = False

    class Meta:
        model = Account
        fields = ("name", "language")
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class OwnPersonForm(PersonForm):
    """What the parties know of whoever is at the keyboard."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, suggested in {"name": "name", "email": "email", "phone": "tel"}.items():
            self.fields[name].widget.attrs["autocomplete"] = suggested
        self.fields["email"].help_text = _(
            "The parties write to you there. You sign in with the address of your account."
        )
        self.fields["phone"].help_text = _("The parties call you there; the public does not see it.")
        self.fields["language"].help_text = ""
