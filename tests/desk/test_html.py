"""The smallest pieces of HTML."""

from __future__ import annotations

import pytest

from yhdyspinta.desk import html


@pytest.mark.parametrize(
    "url", ["https://example.org/1", "HTTP://example.org", "/alue/#kohta", "#kohta", "?tila=avoin"]
)
def test_a_link_leads_to_the_web_or_to_this_site(url):
    assert html.link("a", url).startswith(f'<a href="{url}"')


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//evil.example", "/\\evil"]
)
def test_what_is_no_address_of_the_web_is_no_link(url):
    assert html.link("a & b", url) == "a &amp; b"
