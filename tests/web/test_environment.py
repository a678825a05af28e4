from __future__ import annotations

import re
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from yhdyspinta.web import environment

ROOT = Path(__file__).parent.parent.parent
READERS = ("settings.py", "environment.py", "signin/providers.py")
SAYS = {
    "DATABASE": (
        "mysql://a@b/c",
        "postgres://host:5432/",
        "postgres://u:p@host:99999/name",
    ),
    "MAIL": ("http://mail", "smtp://", "mail.example.fi", "smtp://mail:port"),
}


@pytest.mark.parametrize(("said", "meant"), [("yes", True), ("1", True), ("On", True), ("no", False), ("", False)])
def test_flag_understands_yes_and_no(monkeypatch, said, meant):
    monkeypatch.setenv("YHDYSPINTA_HTTPS", said)
    assert environment.flag("HTTPS") is meant


def test_flag_refuses_what_is_neither(monkeypatch):
    monkeypatch.setenv("YHDYSPINTA_HTTPS", "maybe")
    with pytest.raises(ImproperlyConfigured, match="YHDYSPINTA_HTTPS is 'maybe': write 'yes' or 'no'"):
        environment.flag("HTTPS")


@pytest.mark.parametrize("said", ["-1", "two", "1.5", "0"])
def test_whole_number_refuses_what_is_too_small_or_none(monkeypatch, said):
    monkeypatch.setenv("YHDYSPINTA_CACHED_PAGES", said)
    with pytest.raises(ImproperlyConfigured, match="a whole number, at least 1"):
        environment.whole_number("CACHED_PAGES", 500, least=1)


def test_choice_takes_the_first_word_when_nothing_is_said(monkeypatch):
    monkeypatch.delenv("YHDYSPINTA_LOG_LEVEL", raising=False)
    assert environment.choice("LOG_LEVEL", ("WARNING", "INFO")) == "WARNING"
    monkeypatch.setenv("YHDYSPINTA_LOG_LEVEL", "LOUD")
    with pytest.raises(ImproperlyConfigured, match="one of WARNING, INFO"):
        environment.choice("LOG_LEVEL", ("WARNING", "INFO"))


def test_names_leaves_empty_places_out(monkeypatch):
    monkeypatch.setenv("YHDYSPINTA_HOSTS", " a.fi, ,b.fi,")
    assert environment.names("HOSTS") == ["a.fi", "b.fi"]


def test_data_folder_is_made_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.setenv("YHDYSPINTA_DATA", str(tmp_path / "a folder" / "data"))
    folder = environment.data_folder()
    assert folder == tmp_path / "a folder" / "data"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_data_folder_that_is_a_file_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("YHDYSPINTA_DATA", str(tmp_path / "file"))
    with pytest.raises(ImproperlyConfigured, match=r"cannot be made .*set YHDYSPINTA_DATA"):
        environment.data_folder()


def test_secret_key_is_made_once_and_kept_from_others(monkeypatch, tmp_path):
    monkeypatch.delenv("YHDYSPINTA_SECRET_KEY", raising=False)
    key = environment.secret_key(tmp_path)
    assert len(key) >= 50
    assert environment.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_secret_key_is_one_for_all_who_start_together(monkeypatch, tmp_path):
    monkeypatch.delenv("YHDYSPINTA_SECRET_KEY", raising=False)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(environment.secret_key, [tmp_path] * 32))
    assert len(keys) == 1


def test_secret_key_from_the_environment_is_not_written_down(monkeypatch, tmp_path):
    monkeypatch.setenv("YHDYSPINTA_SECRET_KEY", "k" * 32)
    assert environment.secret_key(tmp_path) == "k" * 32
    assert list(tmp_path.iterdir()) == []


def test_secret_key_that_is_short_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("YHDYSPINTA_SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="shorter than 32"):
        environment.secret_key(tmp_path)
    monkeypatch.delenv("YHDYSPINTA_SECRET_KEY")
    (tmp_path / "secret_key").write_text("cut")
    with pytest.raises(ImproperlyConfigured, match="cut short"):
        environment.secret_key(tmp_path)


def test_database_is_sqlite_that_waits_for_the_disk(monkeypatch, tmp_path):
    monkeypatch.delenv("YHDYSPINTA_DATABASE", raising=False)
    entry = environment.database(tmp_path)
    assert entry["NAME"] == str(tmp_path / "db.sqlite3")
    assert entry["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in entry["OPTIONS"]["init_command"]
    assert "journal_mode=WAL" in entry["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgres://mari:p%40ss@db.example.fi:5433/yhdys?sslmode=require",
            ("yhdys", "mari", "p@ss", "db.example.fi", "5433", {"sslmode": "require"}),
        ),
        ("postgresql://postgres:@/postgres?host=/run/x", ("postgres", "postgres", "", "/run/x", "", {})),
    ],
)
def test_database_address_of_postgresql_is_taken_apart(monkeypatch, tmp_path, address, expected):
    monkeypatch.setenv("YHDYSPINTA_DATABASE", address)
    entry = environment.database(tmp_path)
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(entry[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")) == expected


@pytest.mark.parametrize(("name", "said"), [(name, said) for name, values in SAYS.items() for said in values])
def test_address_that_is_not_understood_is_named_with_the_way_to_write_it(monkeypatch, tmp_path, name, said):
    monkeypatch.setenv(f"YHDYSPINTA_{name}", said)
    with pytest.raises(ImproperlyConfigured, match=f"YHDYSPINTA_{name}"):
        environment.database(tmp_path) if name == "DATABASE" else environment.mail()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", "http://localhost:8000"),
        ("https://yhdyspinta.example.fi", "https://yhdyspinta.example.fi"),
        ("https://yhdyspinta.example.fi/", "https://yhdyspinta.example.fi"),
        ("http://10.0.0.1:8080", "http://10.0.0.1:8080"),
    ],
)
def test_address_of_the_installation_has_nothing_after_its_name(monkeypatch, said, meant):
    monkeypatch.setenv("YHDYSPINTA_ADDRESS", said)
    assert environment.address(https=False, mail=True) == meant


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("", "YHDYSPINTA_ADDRESS is not set"),
        ("http://a.fi", "write https://"),
        ("a.fi", "not understood"),
        ("https://", "not understood"),
        ("https://a.fi/polku", "not understood"),
        ("https://a:b@a.fi", "not understood"),
        ("https://a.fi:portti", "port in YHDYSPINTA_ADDRESS"),
    ],
)
def test_address_that_mails_cannot_use_is_refused(monkeypatch, said, message):
    monkeypatch.setenv("YHDYSPINTA_ADDRESS", said)
    with pytest.raises(ImproperlyConfigured, match=message):
        environment.address(https=True, mail=True)


def test_mail_server_is_read_with_its_usual_port(monkeypatch):
    monkeypatch.setenv("YHDYSPINTA_MAIL", "smtp+tls://user:pass%2Fword@mail.example.fi")
    assert environment.mail() == ("mail.example.fi", 587, "user", "pass/word", True, False)
    monkeypatch.setenv("YHDYSPINTA_MAIL", "")
    assert environment.mail() is None


def test_every_variable_is_documented_and_every_documented_one_exists():
    source = "".join((ROOT / "src/yhdyspinta/web" / name).read_text() for name in READERS)
    read = set(re.findall(r"\b(?:text|flag|whole_number|choice|names|numbers)\(\"([A-Z_]+)\"", source))
    table = set(re.findall(r"^\| `YHDYSPINTA_([A-Z_]+)`", (ROOT / "docs/hosting.md").read_text(), re.MULTILINE))
    assert read == table


def test_numbers_are_read_by_word(monkeypatch):
    monkeypatch.setenv("YHDYSPINTA_KEEP", "mail=90, looks=1000")
    assert environment.numbers("KEEP", ("mail", "looks")) == {"mail": 90, "looks": 1000}


@pytest.mark.parametrize("said", ["mail", "mail=0", "mail=-1", "mail=many", "letters=3"])
def test_numbers_refuse_unknown_words_and_what_is_no_number(monkeypatch, said):
    monkeypatch.setenv("YHDYSPINTA_KEEP", said)
    with pytest.raises(ImproperlyConfigured, match="YHDYSPINTA_KEEP has"):
        environment.numbers("KEEP", ("mail", "looks"))
