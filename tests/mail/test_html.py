from __future__ import annotations

from yhdyspinta.mail.html import as_html


def body(text: str) -> str:
    page = as_html(text, title="T", language="fi")
    return page.partition("<body>\n")[2].partition("\n</body>")[0]


def test_paragraphs_lines_and_lists():
    assert body("Hei\nsinä\n\n- yksi\n- kaksi\n\nLoppu\n") == (
        "<p>Hei<br>\nsinä</p>\n<ul>\n<li>yksi</li>\n<li>kaksi</li>\n</ul>\n<p>Loppu</p>"
    )


def test_link_ends_where_its_sentence_does():
    assert body("(katso https://a.fi/b?c=1&d=2).") == (
        '<p>(katso <a href="https://a.fi/b?c=1&amp;d=2">https://a.fi/b?c=1&amp;d=2</a>).</p>'
    )


def test_signs_of_html_are_escaped():
    evil = '<script>alert("1")</script> javascript:alert(1) https://a.fi/"><img onerror=x>'
    shown = body(evil)
    assert "<script" not in shown
    assert "<img" not in shown
    assert 'href="javascript' not in shown
    assert "<title>&lt;b&gt;</title>" in as_html("", title="<b>", language="sv")
    assert '<html lang="sv">' in as_html("", title="<b>", language="sv")
