"""The addresses of signing in, below /kirjaudu/: only what stands here is offered, not all that allauth has."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from yhdyspinta.web.signin import oidc, views
from yhdyspinta.web.signin.sessions import sessions
from yhdyspinta.web.signin.views import View, says_mistakes, where_mail_is_sent


def by_mail(view: View) -> View:
    """Return a view as it is offered where mail is sent."""
    return where_mail_is_sent(says_mistakes(view))


urlpatterns = [
    path("", says_mistakes(account.login), name="account_login"),
    path("ulos/", account.logout, name="account_logout"),
    path("suljettu/", account.account_inactive, name="account_inactive"),
    path("avain/", views.PasskeyLogin.as_view(), name="mfa_login_webauthn"),
    path("vahvistus/", says_mistakes(mfa.authenticate), name="mfa_authenticate"),
    path("uudelleen/", says_mistakes(account.reauthenticate), name="account_reauthenticate"),
    path("uudelleen/koodi/", says_mistakes(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("uudelleen/avain/", says_mistakes(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("salasana/", says_mistakes(account.password_change), name="account_change_password"),
    path("salasana/uusi/", says_mistakes(account.password_set), name="account_set_password"),
    path("istunnot/", sessions, name="usersessions_list"),
    # How one signs in: one page, under the names that allauth returns to
    path("turva/", views.security, name="security"),
    path("turva/", views.security, name="mfa_index"),
    path("turva/", views.security, name="mfa_list_webauthn"),
    path("turva/", views.security, name="socialaccount_connections"),
    path("turva/sovellus/", says_mistakes(views.ActivateApp.as_view()), name="mfa_activate_totp"),
    path("turva/sovellus/pois/", says_mistakes(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("turva/avain/", says_mistakes(views.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("turva/avain/<int:pk>/", says_mistakes(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
    path("turva/avain/<int:pk>/pois/", views.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    path("turva/varakoodit/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("turva/varakoodit/tiedosto/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path(
        "turva/varakoodit/uudet/",
        says_mistakes(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("turva/organisaatio/<int:pk>/pois/", views.disconnect, name="oidc_disconnect"),
    # Organisations' own sign-ins
    path("organisaatio/", oidc.begin, name="oidc_begin"),
    path("organisaatio/tuntematon/", views.told, {"template": "socialaccount/unknown.html"}, name="oidc_unknown"),
    path(
        "organisaatio/peruttu/",
        views.told,
        {"template": "socialaccount/login_cancelled.html"},
        name="socialaccount_login_cancelled",
    ),
    path(
        "organisaatio/epaonnistui/",
        views.told,
        {"template": "socialaccount/authentication_error.html"},
        name="socialaccount_login_error",
    ),
    path("oidc/<slug:provider_id>/", oidc.begin, name="openid_connect_login"),
    # By mail. Without a mail server a forgotten password is set by an operator (`yhdyspinta manage changepassword`).
    path("koodi/", by_mail(account.request_login_code), name="account_request_login_code"),
    path("koodi/vahvista/", by_mail(account.confirm_login_code), name="account_confirm_login_code"),
    path("unohtunut/", by_mail(account.password_reset), name="account_reset_password"),
    path("unohtunut/lahetetty/", by_mail(account.password_reset_done), name="account_reset_password_done"),
    re_path(  # the key itself has a hyphen
        r"^unohtunut/uusi/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        by_mail(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "unohtunut/vaihdettu/",
        by_mail(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]

# Where a provider sends people back to: one address in all languages, for providers are told one.
redirect_urlpatterns = [path("kirjaudu/oidc/<slug:provider_id>/paluu/", oidc.callback, name="openid_connect_callback")]
