"""What an installation says about itself in environment variables, read strictly.

Every name begins with ``YHDYSPINTA_``; docs/hosting.md lists them all. A value that cannot be understood stops the
start with a sentence that says how to mend it, rather than being guessed at.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PREFIX = "YHDYSPINTA_"
_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"", "0", "false", "no", "off"})


def text(name: str, default: str = "") -> str:
    """Return the variable ``YHDYSPINTA_<name>`` without surrounding white space."""
    return os.environ.get(PREFIX + name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes or no; anything else is refused."""
    value = text(name, "yes" if default else "no").lower()
    if value in _YES:
        return True
    if value in _NO:
        return False
    raise ImproperlyConfigured(f"{PREFIX}{name} is '{value}': write 'yes' or 'no'.")


def whole_number(name: str, default: int, *, least: int = 0) -> int:
    """Return a whole number that is at least ``least``."""
    value = text(name) or str(default)
    if not value.isdecimal() or int(value) < least:
        raise ImproperlyConfigured(f"{PREFIX}{name} is '{value}': write a whole number, at least {least}.")
    return int(value)


def choice(name: str, among: tuple[str, ...]) -> str:
    """Return one of a few words; the first is meant when nothing is said."""
    value = text(name) or among[0]
    if value not in among:
        raise ImproperlyConfigured(f"{PREFIX}{name} is '{value}': write one of {', '.join(among)}.")
    return value


def names(name: str, default: str = "") -> list[str]:
    """Return a list written with commas, without its empty places."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def numbers(name: str, among: tuple[str, ...]) -> dict[str, int]:
    """Return whole numbers by word, written ``word=number`` with commas between; each word one of a few."""
    read: dict[str, int] = {}
    for part in names(name):
        word, _equals, value = part.partition("=")
        if word.strip() not in among or not value.strip().isdecimal() or int(value) < 1:
            raise ImproperlyConfigured(
                f"{PREFIX}{name} has '{part}': write word=number, where the word is one of {', '.join(among)}."
            )
        read[word.strip()] = int(value)
    return read


def data_folder() -> Path:
    """Return the folder for database, files and key, made readable by its owner alone when it was missing."""
    folder = Path(text("DATA") or "var").expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be made ({error.strerror}): "
            f"set {PREFIX}DATA to a folder that this user may write to."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be written to: give it to this user, or set {PREFIX}DATA to another one."
        )
    return folder


def secret_key(data: Path) -> str:
    """Return the key that signs sessions and links: from the environment, else kept in the data folder.

    The kept key is made once, with mode 0600. Two processes that start together agree on one: each writes its own file
    and links it to the common name, which only the first can do.
    """
    given = text("SECRET_KEY")
    if given:
        if len(given) < 32:
            raise ImproperlyConfigured(f"{PREFIX}SECRET_KEY is shorter than 32 characters: leave it out to get one.")
        return given
    kept = data / "secret_key"
    if not kept.exists():
        own = data / f".secret_key.{os.getpid()}.{secrets.token_hex(4)}"
        own.touch(mode=0o600, exist_ok=False)
        own.write_text(secrets.token_urlsafe(48), encoding="ascii")
        with suppress(FileExistsError):
            kept.hardlink_to(own)
        own.unlink()
    key = kept.read_text(encoding="ascii").strip()
    if len(key) < 32:
        raise ImproperlyConfigured(f"The key in {kept} is cut short: remove the file to have a new one made.")
    return key


def database(data: Path) -> dict[str, Any]:
    """Return Django's database entry: SQLite in the data folder, or PostgreSQL by ``YHDYSPINTA_DATABASE``.

    SQLite writes ahead (WAL), waits for the disk (FULL: a recorded fact survives a power cut) and takes the write
    lock at the beginning of a transaction, so two changes wait for each other instead of failing in the middle.
    """
    address = text("DATABASE")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(data / "db.sqlite3"),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    # Replacing a row fires the triggers of deleting one, so the journal's guards see it.
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
                ),
            },
        }
    return {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True} | _postgresql(address)


def _postgresql(address: str) -> dict[str, Any]:
    """Take a postgres:// address apart; what stands after ``?`` goes to libpq (``host`` may name a socket folder)."""
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured(
            f"{PREFIX}DATABASE is not understood: write postgres://user:password@host:5432/name, "
            "or leave it out for SQLite."
        )
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(_port(parts, "DATABASE") or options.pop("port", "")),
        "OPTIONS": options,
    }


class Mail(NamedTuple):
    """The mail server that carries what the application sends."""

    host: str
    port: int
    user: str
    password: str
    start_tls: bool
    tls: bool


def mail() -> Mail | None:
    """Return the mail server of ``YHDYSPINTA_MAIL`` (smtp+tls://, smtps:// or smtp://), or None when there is none."""
    address = text("MAIL")
    if not address:
        return None
    parts = urlsplit(address)
    usual = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
    if parts.scheme not in usual or not parts.hostname:
        raise ImproperlyConfigured(
            f"{PREFIX}MAIL is not understood: write smtp+tls://user:password@host:587 (smtps:// for TLS from the first "
            "byte, smtp:// for none)."
        )
    return Mail(
        host=parts.hostname,
        port=_port(parts, "MAIL") or usual[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        start_tls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


def address(*, https: bool, mail: bool) -> str:
    """Return where people find the installation, as the links in its mails say it (``YHDYSPINTA_ADDRESS``).

    Without a slash at the end. An installation that is reached by https and sends mail must say it: a link to this
    machine would be of use to nobody.
    """
    given = text("ADDRESS")
    if not given and https and mail:
        raise ImproperlyConfigured(
            f"{PREFIX}ADDRESS is not set: the links in mails need it. Write https://yhdyspinta.example.fi."
        )
    parts = urlsplit(given or "http://localhost:8000")
    _port(parts, "ADDRESS")
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in {"http", "https"} or not parts.hostname or more:
        raise ImproperlyConfigured(
            f"{PREFIX}ADDRESS is not understood: write https://name or https://name:port, and nothing after it."
        )
    if given and https and parts.scheme != "https":
        raise ImproperlyConfigured(f"{PREFIX}ADDRESS begins with http://, but {PREFIX}HTTPS is 'yes': write https://.")
    return f"{parts.scheme}://{parts.netloc}"


def _port(parts: SplitResult, name: str) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"The port in {PREFIX}{name} is not a number between 0 and 65535.") from error
