"""The forms of those who come by a link: accepting an invitation, telling what is wrong in one's details."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.models import Account, Invitation

PASSKEY, CODE, PASSWORD = "passkey", "code", "password"
LONGEST = 1000


class AcceptForm(forms.Form):
    """How somebody who is invited wants to sign in from now on."""

    use_required_attribute = False
    name = forms.CharField(label=_("Your name"), max_length=200)
    language = forms.ChoiceField(label=_("Language"), choices=Account.Language.choices)
    way = forms.ChoiceField(label=_("How will you sign in?"), widget=forms.RadioSelect)
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=1000,
        help_text=_("At least 12 characters. Several words in a row are easy to remember and hard to guess."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password again"),
        required=False,
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        """Offer what this installation offers; a code by mail only where mail is sent."""
        kwargs.setdefault("initial", {"name": invitation.name, "language": invitation.language, "way": PASSKEY})
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        way = self.fields["way"]
        assert isinstance(way, forms.ChoiceField)
        way.choices = [
            *([(CODE, _("With a code that is mailed to me each time"))] if settings.MAIL_WORKS else []),
            (PASSKEY, _("With a passkey: fingerprint, face or PIN of this device")),
            (PASSWORD, _("With a password")),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the password only of who chose it, and twice."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("way") != PASSWORD:
            cleaned["password"] = None
        elif not cleaned.get("password"):
            self.add_error("password", ValidationError(_("Choose a password, or another way to sign in.")))
        elif cleaned.get("again") != cleaned["password"]:
            self.add_error("again", ValidationError(_("The two passwords are not the same.")))
        return cleaned


class MistakeForm(forms.Form):
    """What is wrong in somebody's details, in their own words."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("What should be put right?"),
        max_length=LONGEST,
        help_text=_("At most 1,000 characters. It goes to those who keep your organisation's people up to date."),
        widget=forms.Textarea(attrs={"rows": "5"}),
        error_messages={"required": _("Write what should be put right.")},
    )
