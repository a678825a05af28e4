"""Words of libraries that our pages show and whose own translations are missing or poor: our catalogue has them too.

Ours are looked up first (LOCALE_PATHS). Nothing calls this module; it is read by whoever collects the messages.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

# Django: errors of fields; what is asked of a password, and why one is refused
FIELDS = (
    _("Enter a valid URL."),
    _("Enter a valid email address."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("The password is too similar to the %(verbose_name)s."),
    _("This field is required."),
    _("This password is entirely numeric."),
    _("This password is too common."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    _("Your password can’t be a commonly used password."),
    _("Your password can’t be entirely numeric."),
    _("Your password can’t be too similar to your other personal information."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
)

# allauth: errors and labels of forms
WORDS = (
    _("A user is already registered with this email address."),
    _("Be patient, you are sending too many requests."),
    _("Code"),
    _("Authenticator code"),
    _("Email"),
    _("Email address"),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid login."),
    _("Invalid or expired key."),
    _("New Password (again)"),
    _("Password (again)"),
    _("Please type your current password."),
    _("The email address and/or password you specified are not correct."),
    _("The new value must be different from the current one."),
    _("The password reset token was invalid."),
    _("This account is currently inactive."),
    _("Too many failed login attempts. Try again later."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You must type the same password each time."),
)
