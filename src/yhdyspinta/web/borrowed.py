"""Words of libraries that our pages show and whose own translations are missing or poor: our catalogue has them too.

Ours are looked up first (LOCALE_PATHS). Nothing calls this module; it is read by whoever collects the messages.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

# allauth: errors and labels of forms
WORDS = (
    _("Be patient, you are sending too many requests."),
    _("Code"),
    _("Authenticator code"),
    _("Incorrect code."),
    _("Incorrect password."),
    _("New Password (again)"),
    _("Password (again)"),
    _("Please type your current password."),
    _("The new value must be different from the current one."),
    _("Too many failed login attempts. Try again later."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You must type the same password each time."),
)
