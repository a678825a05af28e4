"""The pages of bodies as the tests ask for them: an address, what a page says, and what a form came back with."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.urls import reverse
from django.utils import translation

SLUG = "keski-suomi-2023"


def url(page: str, **more: Any) -> str:
    """Return the address of a page of the bodies' room, in English."""
    with translation.override("en"):
        return reverse(f"bodies:{page}", kwargs={"slug": SLUG, **more})


def text(response: Any) -> str:
    """Return what a page says, without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def mistakes(response: Any) -> dict[str, list[str]]:
    """Return what a form came back with, by field; the page says that nothing was saved."""
    assert response.status_code == 422
    assert "Nothing has been saved yet" in text(response)
    return {name: [str(each) for each in errors] for name, errors in response.context["form"].errors.items()}
