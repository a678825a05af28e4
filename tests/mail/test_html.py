from __future__ import annotations

from typing import Any

import pytest

from yhdyspinta.mail.html import as_html


def body(text: str) -> str:
    page = as_html(text, title="T", language="fi")
    return page.partition("<body>\n")[2].partition("\n</body>")[0]


def test_paragraphs_lines_and_lists():
    assert body("Hei\nsinä\n\n- yksi\n- kaksi\n\nLoppu\n") == (
        "<p>Hei<br>\nsinä</p>\n<ul>\n<li>yksi</li>\n<li>kaksi</li>\n</ul>\n<p>Loppu</p>"
    )


@pytest.fixture(autouse=True)
def _address(settings: Any) -> None:
    settings.ADDRESS = "https://a.fi"


def test_link_ends_where_its_sentence_does():
    assert body("(katso https://a.fi/b?c=1&d=2).") == (
        '<p>(katso <a href="https://a.fi/b?c=1&amp;d=2">https://a.fi/b?c=1&amp;d=2</a>).</p>'
    )


@pytest.mark.parametrize("address", ["https://a.fi", "https://a.fi/", "https://a.fi?b=1", "https://a.fi#b"])
def test_address_of_the_installation_is_a_link(address: str):
    assert body(f"Katso {address}") == f'<p>Katso <a href="{address}">{address}</a></p>'


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/vahvista",
        "http://a.fi/b",
        "https://a.fi.evil.example/b",
        "https://a.fi:444/b",
        "https://a.fi@evil.example/b",
        "https://a.fi\\@evil.example/b",
        "https://evil.example/?https://a.fi/b",
    ],
)
def test_address_of_others_in_a_name_is_no_link(address: str):
    assert body(f"Hei {address},\nkatso https://a.fi/b") == (
        f'<p>Hei {address},<br>\nkatso <a href="https://a.fi/b">https://a.fi/b</a></p>'
    )


def test_signs_of_html_are_escaped():
    evil = '<script>alert("1")</script> javascript:alert(1) https://a.fi/"><img onerror=x>'
    shown = body(evil)
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "<title>&lt;b&gt;</title>" in as_html("", title="<b>", language="sv")
    assert '<html lang="sv">' in as_html("", title="<b>", language="sv")
