from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from yhdyspinta.web.signin import providers

GOOD = """
[[provider]]
id = "jyvaskyla"
name = {fi = "Jyväskylän kaupunki", sv = "Jyväskylä stad"}
issuer = "https://login.microsoftonline.com/tenant/v2.0"
client_id = "abc"
secret_file = "jyvaskyla.secret"
second_factor = true
"""
OTHER = (
    '[[provider]]\nid = "luhanka"\nname = "Luhanka"\nissuer = "https://sso.example.fi"\nclient_id = "x"\nsecret = "y"\n'
)


@pytest.fixture
def said(monkeypatch, tmp_path):
    (tmp_path / "jyvaskyla.secret").write_text("salaisuus\n", encoding="utf-8")
    (tmp_path / "empty.secret").write_text("\n", encoding="utf-8")

    def write(text):
        file = tmp_path / "oidc.toml"
        file.write_text(text, encoding="utf-8")
        monkeypatch.setenv("YHDYSPINTA_OIDC", str(file))
        return providers.providers()

    return write


def test_no_file_means_no_providers(monkeypatch):
    monkeypatch.delenv("YHDYSPINTA_OIDC", raising=False)
    assert providers.providers() == ()


def test_providers_are_read_in_the_order_of_the_file(said):
    first, second = said(GOOD + OTHER)
    assert (first.id, first.secret, first.second_factor) == ("jyvaskyla", "salaisuus", True)
    assert (second.id, second.secret, second.second_factor, second.scope) == ("luhanka", "y", False, providers.SCOPES)
    with override("sv"):
        assert [first.name, second.name] == ["Jyväskylä stad", "Luhanka"]
    with override("en"):
        assert first.name == "Jyväskylän kaupunki"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("provider", "is no TOML file"),
        ("", r"below a line \[\[provider\]\]"),
        ("provider = 1", r"below a line \[\[provider\]\]"),
        ("provider = [1]", r"write \[\[provider\]\]"),
        (OTHER + "[x]\n", "and nothing else"),
        (OTHER + OTHER, "the id 'luhanka' stands twice"),
        (OTHER + OTHER.replace('"luhanka"', '"toinen"'), "the issuer 'https://sso.example.fi' stands twice"),
        (OTHER.replace("client_id", "client"), "the field 'client' is unknown"),
        (OTHER.replace('client_id = "x"\n', ""), "client_id is missing"),
        (OTHER.replace('"luhanka"', '"Luhanka kunta"'), "small letters a to z"),
        (OTHER.replace('"Luhanka"', '""'), "the name is not understood"),
        (OTHER.replace('"Luhanka"', '{de = "Luhanka"}'), "the name is not understood"),
        (OTHER.replace("https://", "http://"), "the issuer 'http://sso.example.fi' is not understood"),
        (OTHER.replace("example.fi", "example.fi/.well-known/openid-configuration"), "without /.well-known/"),
        (OTHER.replace("example.fi", "example.fi/" + "a" * 200), "longer than 200 characters"),
        (OTHER.replace('secret = "y"\n', ""), "either secret or secret_file"),
        (OTHER + 'secret_file = "jyvaskyla.secret"\n', "either secret or secret_file"),
        (OTHER.replace('secret = "y"', 'secret_file = "none"'), "cannot be read"),
        (OTHER.replace('secret = "y"', 'secret_file = "empty.secret"'), "is empty"),
        (OTHER + 'scope = "profile"\n', 'write scope = "openid profile email"'),
        (OTHER + "scope = 1\n", 'write scope = "openid profile email"'),
        (OTHER + 'second_factor = "yes"\n', "write true or false"),
    ],
)
def test_what_is_not_understood_stops_the_start(said, text, message):
    with pytest.raises(ImproperlyConfigured, match=message):
        said(text)


def test_file_that_cannot_be_read_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("YHDYSPINTA_OIDC", str(tmp_path / "none.toml"))
    with pytest.raises(ImproperlyConfigured, match=r"none\.toml, which cannot be read"):
        providers.providers()


def test_roles_that_need_a_second_factor_are_read(monkeypatch):
    monkeypatch.delenv("YHDYSPINTA_SECOND_FACTOR", raising=False)
    assert providers.second_factor() == frozenset()
    monkeypatch.setenv("YHDYSPINTA_SECOND_FACTOR", "administrator, member")
    assert providers.second_factor() == {"administrator", "member"}
    monkeypatch.setenv("YHDYSPINTA_SECOND_FACTOR", "administrators")
    with pytest.raises(ImproperlyConfigured, match="says 'administrators': write some of administrator, member"):
        providers.second_factor()
