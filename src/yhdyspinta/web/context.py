"""What every template may use. Nothing here asks the database."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from yhdyspinta.web import navigation

OWN_NAMES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}


class Language(NamedTuple):
    """A language of the user interface, and this same page in it."""

    code: str
    name: str
    href: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation of the page's agreement, its languages, and what this installation is."""
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    return {
        "navigation": navigation.entries(slug, match.view_name) if match and slug else [],
        "languages": languages(request.get_full_path()),
        "release": settings.RELEASE,
        "mail_works": settings.MAIL_WORKS,
    }


def languages(path: str) -> list[Language]:
    """Return each language with the address of this page in it; Finnish stands without prefix."""
    first, _, rest = path.removeprefix("/").partition("/")
    here = first if first in OWN_NAMES and first != settings.LANGUAGE_CODE else settings.LANGUAGE_CODE
    bare = path if here == settings.LANGUAGE_CODE else f"/{rest}"
    return [
        Language(code, name, bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}", code == here)
        for code, name in OWN_NAMES.items()
    ]
