"""What an installation says about signing in: the organisations' own sign-ins, and who needs a second factor."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import get_language

from yhdyspinta.web import environment
from yhdyspinta.web.environment import PREFIX

LANGUAGES = ("fi", "sv", "en")
ROLES = frozenset({"administrator", "party-administrator", "member"})
SCOPES = ("openid", "profile", "email")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELDS = frozenset({"id", "name", "issuer", "client_id", "secret", "secret_file", "scope", "second_factor"})
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_LONGEST_ISSUER = 200


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider: Entra ID, Keycloak, one of the Suomi.fi kind. Names are by language."""

    id: str
    names: Mapping[str, str]
    issuer: str
    client_id: str
    secret: str
    scope: tuple[str, ...] = SCOPES
    second_factor: bool = False

    @property
    def name(self) -> str:
        """Its name in the language of the page, else in the first that it has."""
        return self.names.get(get_language() or "") or next(iter(self.names.values()))


def second_factor() -> frozenset[str]:
    """Return the roles that need a second factor, from ``YHDYSPINTA_SECOND_FACTOR``."""
    said = frozenset(environment.names("SECOND_FACTOR"))
    if unknown := sorted(said - ROLES):
        raise ImproperlyConfigured(
            f"{PREFIX}SECOND_FACTOR says '{unknown[0]}': write some of {', '.join(sorted(ROLES))}, with commas."
        )
    return said


def providers() -> tuple[Provider, ...]:
    """Return the providers of the file that ``YHDYSPINTA_OIDC`` names, in its order; none when it names none."""
    path = environment.text("OIDC")
    if not path:
        return ()
    file = Path(path).expanduser()
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ImproperlyConfigured(
            f"{PREFIX}OIDC names {file}, which cannot be read ({error.strerror}): "
            "mend the path, or give the file to this user."
        ) from error
    except ValueError as error:  # no UTF-8, or no TOML
        raise ImproperlyConfigured(f"{file} is no TOML file: {error}") from error
    return _providers_of(content, file)


def _providers_of(content: dict[str, Any], file: Path) -> tuple[Provider, ...]:
    rows = content.get("provider")
    if set(content) != {"provider"} or not isinstance(rows, list) or not rows:
        raise ImproperlyConfigured(f"{file}: write each provider below a line [[provider]], and nothing else.")
    found = tuple(_provider(row, f"{file}, provider {number}", file) for number, row in enumerate(rows, start=1))
    for what, values in (("id", [each.id for each in found]), ("issuer", [each.issuer for each in found])):
        if twice := sorted({value for value in values if values.count(value) > 1}):
            raise ImproperlyConfigured(f"{file}: the {what} '{twice[0]}' stands twice: each provider has its own.")
    return found


def _provider(row: Any, where: str, file: Path) -> Provider:
    if not isinstance(row, dict):
        raise ImproperlyConfigured(f"{where} is no table: write [[provider]] and its fields below.")
    if unknown := sorted(set(row) - _FIELDS):
        raise ImproperlyConfigured(
            f"{where}: the field '{unknown[0]}' is unknown: there are {', '.join(sorted(_FIELDS))}."
        )
    key = _word(row, "id", where)
    if not _ID.fullmatch(key) or len(key) > 40:
        raise ImproperlyConfigured(
            f"{where}: the id '{key}' stands in addresses: write up to 40 small letters a to z, digits and hyphens."
        )
    counts = row.get("second_factor", False)
    if not isinstance(counts, bool):
        raise ImproperlyConfigured(f"{where}: second_factor is '{counts}': write true or false.")
    return Provider(
        id=key,
        names=_names(row.get("name"), where),
        issuer=_issuer(_word(row, "issuer", where), where),
        client_id=_word(row, "client_id", where),
        secret=_secret(row, where, file),
        scope=_scope(row.get("scope"), where),
        second_factor=counts,
    )


def _word(row: dict[str, Any], field: str, where: str) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise ImproperlyConfigured(f'{where}: {field} is missing: write {field} = "…".')
    return value.strip()


def _names(value: Any, where: str) -> Mapping[str, str]:
    if isinstance(value, str) and value.strip():
        return {LANGUAGES[0]: value.strip()}
    if isinstance(value, dict) and value and set(value) <= set(LANGUAGES):
        words = {code: value[code] for code in LANGUAGES if code in value}
        if all(isinstance(word, str) and word.strip() for word in words.values()):
            return {code: word.strip() for code, word in words.items()}
    raise ImproperlyConfigured(
        f'{where}: the name is not understood: write name = "…", or name = {{fi = "…", sv = "…", en = "…"}}.'
    )


def _issuer(value: str, where: str) -> str:
    """Return the issuer as it is written, for it must be the same to the letter (OpenID Connect Discovery 4.3)."""
    parts = urlsplit(value)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
    if not safe or not parts.hostname or parts.query or parts.fragment or "/.well-known/" in value:
        raise ImproperlyConfigured(
            f"{where}: the issuer '{value}' is not understood: write the address that the provider calls itself by "
            "(https://…), without /.well-known/openid-configuration."
        )
    if len(value) > _LONGEST_ISSUER:
        raise ImproperlyConfigured(f"{where}: the issuer is longer than {_LONGEST_ISSUER} characters.")
    return value


def _secret(row: dict[str, Any], where: str, file: Path) -> str:
    if ("secret" in row) == ("secret_file" in row):
        raise ImproperlyConfigured(f"{where}: write either secret or secret_file.")
    if "secret" in row:
        return _word(row, "secret", where)
    kept = file.parent / _word(row, "secret_file", where)
    try:
        secret = kept.read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{where}: the secret_file {kept} cannot be read: mend the path.") from error
    if not secret:
        raise ImproperlyConfigured(f"{where}: the secret_file {kept} is empty: write the client's secret into it.")
    return secret


def _scope(value: Any, where: str) -> tuple[str, ...]:
    if value is None:
        return SCOPES
    words = value.split() if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words) or "openid" not in words:
        raise ImproperlyConfigured(f'{where}: the scope is not understood: write scope = "openid profile email".')
    return tuple(words)
