from __future__ import annotations

import pytest

from tools import translations


@pytest.fixture
def house(tmp_path, monkeypatch):
    """A small house with one module and one template."""
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "SOURCES", tmp_path / "src")
    monkeypatch.setattr(translations, "LOCALES", tmp_path / "locale")
    monkeypatch.setattr(translations, "LANGUAGES", ("fi",))
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "words.py").write_text(
        'a = _("Agreement")\nb = ngettext("%(n)s party", "%(n)s parties", n)\nc = pgettext("month", "May")\n'
    )
    (tmp_path / "src" / "page.html").write_text(
        '{% load i18n %}<p class="x">\n  {% translate "Sign in" %}\n'
        "{% blocktranslate trimmed %}\n  Hello\n  {{ name }}!\n"
        '{% endblocktranslate %}</p>\n    it\'s "quoted"'
    )
    return tmp_path


def translate(house, **words):
    """Write translations into the Finnish catalogue, as a translator would."""
    path = translations.catalog_path("fi")
    text = path.read_text()
    for message, word in words.items():
        text = text.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{word}"')
    path.write_text(text)


def test_collect_finds_code_and_templates(house):
    translations.collect()
    messages = {message.id for message in translations.read("fi") if message.id}
    assert messages == {"Agreement", ("%(n)s party", "%(n)s parties"), "May", "Sign in", "Hello %(name)s!"}
    assert {message.context for message in translations.read("fi") if message.id == "May"} == {"month"}


def test_collect_keeps_translations_and_lets_old_ones_go(house):
    translations.collect()
    translate(house, Agreement="Sopimus", **{"Sign in": "Kirjaudu"})
    (house / "src" / "page.html").unlink()
    translations.collect()
    kept = translations.read("fi").get("Agreement")
    assert kept
    assert kept.string == "Sopimus"
    assert translations.read("fi").get("Sign in") is None


def test_check_names_every_gap(house):
    translations.collect()
    translate(house, Agreement="Sopimus")
    assert len(translations.check()) == 4
    assert "fi: not translated: 'Sign in' (src/page.html)" in translations.check()


def test_check_names_lost_placeholders(house):
    translations.collect()
    translate(house, **{"Hello %(name)s!": "Hei %(nimi)s!"})
    assert any("other placeholders" in finding for finding in translations.check())


@pytest.mark.parametrize(
    "code",
    [
        "f\"{_('Hidden')}\"",
        "f\"{_('Hidden').casefold()}-{number}\"",
        "f\"{translation.gettext('Hidden'):>{width}}\"",
        "f\"{ngettext('Hidden', '%(n)s hidden', n)}\"",
        "f\"{gettext_lazy('Hidden')}\"",
    ],
)
def test_check_refuses_a_message_inside_an_f_string(house, code):
    (house / "src" / "hidden.py").write_text(f"name = 1\nshown = {code}\n")
    translations.collect()
    assert "inside an f-string, where it is not collected: 'Hidden' (src/hidden.py:2)" in translations.check()


def test_check_lets_f_strings_hold_what_was_said_before(house):
    (house / "src" / "said.py").write_text("said = _('Said')\nshown = f\"{said} {label(said)}\"\n")
    translations.collect()
    assert not any("f-string" in finding for finding in translations.check())


def test_check_names_what_is_no_longer_used(house):
    translations.collect()
    (house / "src" / "page.html").unlink()
    assert "fi: no longer used: 'Sign in' (make messages)" in translations.check()


def test_collect_writes_the_same_again(house):
    translations.collect()
    first = translations.catalog_path("fi").read_bytes()
    translations.collect()
    assert translations.catalog_path("fi").read_bytes() == first
