"""The settings of an installation; what differs between them comes from the environment (docs/hosting.md)."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from yhdyspinta.web import environment
from yhdyspinta.web.signin import providers

WEB = Path(__file__).parent
DATA = environment.data_folder()
RELEASE = metadata.version("yhdyspinta")

DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.secret_key(DATA)

# Addresses. With HTTPS the proxy in front must set X-Forwarded-Proto and pass the Host on.
HTTPS = environment.flag("HTTPS")
ALLOWED_HOSTS = environment.names("HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = environment.names("TRUSTED_ORIGINS")
ALLAUTH_TRUSTED_PROXY_COUNT = environment.whole_number("PROXIES", 0)

ROOT_URLCONF = "yhdyspinta.web.urls"
WSGI_APPLICATION = "yhdyspinta.web.wsgi.application"

INSTALLED_APPS = [
    "yhdyspinta.web",  # first: its templates stand before those of the libraries
    "yhdyspinta.desk",
    "yhdyspinta.records",
    "yhdyspinta.requests",
    "yhdyspinta.bodies",
    "yhdyspinta.authoring",
    "yhdyspinta.parties",
    "yhdyspinta.mail",
    "yhdyspinta.papers",
    "yhdyspinta.tasks",
    "yhdyspinta.journal",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "yhdyspinta.web.middleware.RevisionMiddleware",  # first: an unchanged page costs one query and nothing else
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "yhdyspinta.web.signin.second_factor.SecondFactorMiddleware",
    "yhdyspinta.web.errors.RefusalMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yhdyspinta.web.context.page",
            ],
        },
    },
]

# Data. The actions open their own transactions (journal.change); a page that only reads opens none.
DATABASES = {"default": environment.database(DATA) | {"ATOMIC_REQUESTS": False}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# Caches live in each process and are bounded. Pages have one of their own, so that no flood of addresses can push
# out what counts the tries to sign in.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "default",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": environment.whole_number("CACHED_PAGES", 500, least=1)},
    },
}

# Static files: named by their content, compressed once, served by the application itself.
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC") or DATA / "static")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Kinds of posts that an installation adds to those of the parties' room
POST_KINDS = environment.text("POST_KINDS")

# How many days people's data is kept, by kind, where an installation says otherwise: "mail=90,looks=1000"
KEEP_DAYS = environment.numbers("KEEP", ("contacts", "looks", "invitations", "people-tables", "mail"))

# Language and time. The path alone says the language; days are days in Helsinki.
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [WEB / "locale"]
FORMAT_MODULE_PATH = ["yhdyspinta.web.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"

# People sign in to accounts that administrators make, or invite to.
AUTH_USER_MODEL = "parties.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",  # what was hashed by these is hashed anew at the next sign-in
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:index"  # by name, so that it is in the language of the page
ACCOUNT_ADAPTER = "yhdyspinta.web.signin.adapters.AccountAdapter"
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # where mail is sent: of each change in how one signs in
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail may take its time
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_LOGOUT_REDIRECT_URL = "desk:index"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_RATE_LIMITS = {
    "change_password": "5/m/user",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reauthenticate": "10/m/user",
    "request_login_code": "20/m/ip,3/m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
}

# Passkeys, authenticator apps and recovery codes. A browser knows passkeys by https, and by http on localhost.
MFA_ADAPTER = "yhdyspinta.web.signin.adapters.MfaAdapter"
MFA_FORMS = {
    "add_webauthn": "yhdyspinta.web.signin.forms.AddPasskeyForm",
    "edit_webauthn": "yhdyspinta.web.signin.forms.RenamePasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Yhdyspinta"
MFA_TOTP_TOLERANCE = 1  # telephones' clocks: half a minute to either side
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_WEBAUTHN_USER_VERIFICATION = "required"
SECOND_FACTOR = providers.second_factor()

# Organisations' own sign-ins. An account is found by issuer and subject, never by an e-mail address.
OIDC_PROVIDERS = providers.providers()
SOCIALACCOUNT_ADAPTER = "yhdyspinta.web.signin.adapters.OrganisationAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_UID_MAX_LENGTH = 255  # a subject's most (OpenID Connect Core 2)

# A session lasts a working day. The names with __Host- are bound by the browser to this host and to https.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "yhdyspinta.web.errors.form_grown_old"

# What browsers are told. No page has inline script or style, so the policy needs no exception and no nonce.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^-/"]  # the probes of the machine itself speak http
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # other names of the domain are others' to bind to https
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the design system draws its icons as data: masks
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    },
}

# Mail. What is to be sent lies in the outbox; the worker hands it to the mail server, and each step may take so long.
_mail = environment.mail()
MAIL_WORKS = _mail is not None
ACCOUNT_LOGIN_BY_CODE_ENABLED = MAIL_WORKS
ADDRESS = environment.address(https=HTTPS, mail=MAIL_WORKS)
DEFAULT_FROM_EMAIL = environment.text("MAIL_FROM") or "yhdyspinta@localhost"
if _mail:
    EMAIL_HOST = _mail.host
    EMAIL_PORT = _mail.port
    EMAIL_HOST_USER = _mail.user
    EMAIL_HOST_PASSWORD = _mail.password
    EMAIL_USE_TLS = _mail.start_tls
    EMAIL_USE_SSL = _mail.tls
    EMAIL_TIMEOUT = 30
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_secrets": {"()": "yhdyspinta.web.logs.WithoutSecrets"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": environment.choice("LOG_LEVEL", ("WARNING", "DEBUG", "INFO", "ERROR"))},
    "loggers": {
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        # That strangers ask for pages that are not there is no news.
        "django.request": {"level": "ERROR", "filters": ["without_secrets"]},
        "django.security.csrf": {"level": "CRITICAL"},  # web.errors says it, without the addresses of mailed links
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # nor that they call the machine by other names
    },
}
