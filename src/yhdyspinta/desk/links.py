"""Addresses of an agreement's pages, built by hand: a page has hundreds, and a ``reverse`` costs more than a row."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses under one agreement's own, ``base`` (``/keski-suomi-2023/``), on the day looked at."""

    base: str
    query: str = ""

    def page(self, path: str = "", anchor: str = "") -> str:
        """Return a page's address, on the same day."""
        return f"{self.base}{path}{self.query}{'#' + anchor if anchor else ''}"

    def duty(self, duty: str) -> str:
        """Return a duty's own page."""
        return f"{self.base}sitoumukset/{duty}/{self.query}"

    def duties(self, state: str = "", **filters: str) -> str:
        """Return the list of duties, filtered."""
        given = {"tila": state, **filters}
        chosen = urlencode({key: value for key, value in given.items() if value})
        joint = "&" if self.query else "?"
        return f"{self.base}sitoumukset/{self.query}{joint + chosen if chosen else ''}"

    def party(self, party: str, duty: str = "") -> str:
        """Return a party's page, at one of its duties if one is named."""
        return f"{self.base}osapuolet/{party}/{self.query}{'#duty-' + duty if duty else ''}"

    def body(self, body: str) -> str:
        """Return a body's page."""
        return f"{self.base}elimet/{body}/{self.query}"

    def clause(self, clause: str) -> str:
        """Return a clause's own page."""
        return f"{self.base}kohdat/{clause}/{self.query}"

    def in_text(self, clause: str) -> str:
        """Return a clause's place in the living agreement."""
        return f"{self.base}{self.query}#{clause}"

    def record(self, duty: str, period: str = "", object_: str = "", party: str = "") -> str:
        """Return the form that records that a duty was done."""
        given = {"sitoumus": duty, "jakso": period, "kohde": object_, "osapuoli": party}
        return f"{self.base}kirjaukset/uusi/?{urlencode({key: value for key, value in given.items() if value})}"

    def remark(self, party: str, duty: str, period: str, object_: str = "") -> str:
        """Return the form for a party's own remark beside its mark."""
        given = {"sitoumus": duty, "jakso": period, "kohde": object_}
        chosen = urlencode({key: value for key, value in given.items() if value})
        return f"{self.base}osapuolet/{party}/huomautus/?{chosen}"


def links_of(slug: str, query: dict[str, str]) -> Links:
    """Return the addresses of an agreement in the language of the page; ``query`` keeps the day looked at."""
    return Links(reverse("desk:living", kwargs={"slug": slug}), f"?{urlencode(query)}" if query else "")
