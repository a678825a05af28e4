"""Forms of signing in that differ from allauth's."""

from __future__ import annotations

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc] # allauth carries no types
    """A new passkey. Every passkey may sign in alone, so there is nothing to choose but its name."""

    passwordless = None
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("So that you tell it from others: “Work laptop”, “My phone”."),
    )


class RenamePasskeyForm(EditWebAuthnForm):  # type: ignore[misc] # allauth carries no types
    """Another name for a passkey; allauth's own has a label in English alone."""

    name = forms.CharField(label=_("Name"), max_length=60)
