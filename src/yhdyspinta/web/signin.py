"""Signing in: by e-mail and password, to an account that an administrator has made."""

from __future__ import annotations

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import path


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth carries no types
    """Closes what this application does not offer."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- allauth's signature
        """Nobody makes an account for himself: a party's people are named by the party."""
        return False


# /kirjaudu/
urlpatterns = [
    path("", views.login, name="account_login"),
    path("ulos/", views.logout, name="account_logout"),
    path("suljettu/", views.account_inactive, name="account_inactive"),
    path("uudelleen/", views.reauthenticate, name="account_reauthenticate"),
    path("salasana/", views.password_change, name="account_change_password"),
]

# A forgotten password is mended by mail; without a mail server by an operator (`yhdyspinta manage changepassword`).
if settings.MAIL_WORKS:
    urlpatterns += [
        path("unohtunut/", views.password_reset, name="account_reset_password"),
        path("unohtunut/lahetetty/", views.password_reset_done, name="account_reset_password_done"),
        path(
            "unohtunut/uusi/<str:uidb36>-<str:key>/",
            views.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path("unohtunut/vaihdettu/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    ]
