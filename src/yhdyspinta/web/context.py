"""What every template may use. It asks the database nothing for the public, and once for someone signed in."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest

from yhdyspinta.parties.standing import standing_in
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
    return {
        "navigation": _navigation(request),
        "languages": languages(request.get_full_path()),
        "release": settings.RELEASE,
        "mail_works": settings.MAIL_WORKS,
        "oidc_providers": settings.OIDC_PROVIDERS,
    }


def _navigation(request: HttpRequest) -> list[navigation.Entry]:
    """Return the entries for the agreement of the page; none elsewhere."""
    match = request.resolver_match
    slug = match.kwargs.get("slug") if match else None
    if match is None or slug is None:
        return []
    found = navigation.entries(slug, match.view_name)
    if request.user.is_authenticated:
        found += navigation.own_pages(standing_in(request.user, slug).parties, request.path)
    return found


def languages(path: str) -> list[Language]:
    """Return each language with the address of this page in it; Finnish stands without prefix.

    An address of two slashes would lead to another host (RFC 3986, 4.2): what stands after the prefix begins with one.
    """
    first, _, rest = path.removeprefix("/").partition("/")
    here = first if first in OWN_NAMES and first != settings.LANGUAGE_CODE else settings.LANGUAGE_CODE
    bare = "/" + (path if here == settings.LANGUAGE_CODE else rest).lstrip("/")
    return [
        Language(code, name, bare if code == settings.LANGUAGE_CODE else f"/{code}{bare}", code == here)
        for code, name in OWN_NAMES.items()
    ]
