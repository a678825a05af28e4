"""The first middleware: a page that depends on the revision alone is answered from it.

Views say so with ``@cache_control(public=True, no_cache=True)``. For a request without a session such a page gets an
ETag made of all it depends on, so an unchanged page costs one query: the browser's copy is confirmed (304), or the
page is served from the page cache. Nothing has to be cleared: another revision, day or software is another ETag.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from typing import NamedTuple

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from yhdyspinta.journal.actions import RESERVED
from yhdyspinta.journal.queries import revision_of_slug
from yhdyspinta.web.release import fingerprint

PUBLIC = "no-cache"
PERSONAL = "private, no-store"
_AGREEMENT_PAGE = re.compile(r"/(?:(?P<language>sv|en)/)?(?P<slug>[a-z0-9][a-z0-9_-]*)/")
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")  # RFC 9110, 12.5.3: q=0 refuses
_ELSEWHERE = RESERVED
_CLOCKS = frozenset({"as-of", "known-at", "pvm"})
_LARGEST = 1024 * 1024


class KeptPage(NamedTuple):
    """A page as it lies in the page cache, plain and compressed: neither is made again for each visitor."""

    headers: dict[str, str]
    plain: bytes
    zipped: bytes


class RevisionMiddleware:
    """Answers unchanged agreement pages by their revision, and keeps personal ones out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; one query when the page is unchanged (``revision_of_slug``)."""
        if _is_personal(request):
            return _kept_private(self.get_response(request))
        etag = _etag(request)
        if etag is None:
            return self.get_response(request)
        unchanged = get_conditional_response(request, etag=etag)
        if unchanged is not None:
            return _validated(unchanged, etag)
        kept = caches["pages"].get(etag)
        if kept is None:
            response = self.get_response(request)
            if not _depends_on_revision_alone(response):
                return response
            assert isinstance(response, HttpResponse)
            if not _may_be_kept(request, response):
                return _validated(response, etag)
            kept = _keep(response, etag)
        return _validated(_served(kept, request), etag)


def _is_personal(request: HttpRequest) -> bool:
    """Return whether the request may belong to a signed-in person, or carries a message for one."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _kept_private(response: HttpResponseBase) -> HttpResponseBase:
    """Tell caches to leave a person's page alone; what already says how long it lives stays (static files)."""
    said = response.get("Cache-Control", "")
    if not said or ("public" in said and "no-cache" in said):
        response["Cache-Control"] = PERSONAL
    return response


def _etag(request: HttpRequest) -> str | None:
    """Return the ETag of an agreement page for the public, or None when this is no such page. Costs one query.

    It is weak, for the same page compressed and not; the audience is the public, since there is no session.
    """
    page = _AGREEMENT_PAGE.match(request.path_info)
    if settings.DEBUG or request.method not in {"GET", "HEAD"} or not page or page["slug"] in _ELSEWHERE:
        return None
    if settings.HTTPS and not request.is_secure():
        return None
    revision = revision_of_slug(page["slug"])
    if revision is None:
        return None
    depends_on = (
        fingerprint(),
        revision,
        "public",
        page["language"] or settings.LANGUAGE_CODE,
        timezone.localdate().isoformat(),
        request.scheme,
        request.get_host(),
        request.get_full_path(),
    )
    return f'W/"{hashlib.sha256(repr(depends_on).encode()).hexdigest()[:32]}"'


def _depends_on_revision_alone(response: HttpResponseBase) -> bool:
    """Return whether the view said so, and nothing in the answer contradicts it: a cookie, or a form's token."""
    said = response.get("Cache-Control", "")
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and "public" in said
        and "no-cache" in said
        and not response.cookies
        and b"csrfmiddlewaretoken" not in response.content
    )


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the page goes into the cache: days of the past are asked for too variously, and rarely twice."""
    return request.method == "GET" and _CLOCKS.isdisjoint(request.GET) and len(response.content) <= _LARGEST


def _keep(response: HttpResponse, etag: str) -> KeptPage:
    headers = {name: value for name, value in response.items() if name not in {"Content-Length", "Vary"}}
    kept = KeptPage(headers, response.content, gzip.compress(response.content, compresslevel=6, mtime=0))
    caches["pages"].set(etag, kept)
    return kept


def _served(kept: KeptPage, request: HttpRequest) -> HttpResponse:
    """Make an answer of a kept page. It holds nothing secret, so compressing it gives nothing away (BREACH)."""
    if _GZIP.search(request.headers.get("Accept-Encoding", "")):
        response = HttpResponse(kept.zipped, headers=kept.headers | {"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(kept.plain, headers=kept.headers)
    response["Content-Length"] = str(len(response.content))
    return response


def _validated(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Say what the answer depends on, so that browsers ask before they show it again and no cache mixes people."""
    response["ETag"] = etag
    response["Cache-Control"] = PUBLIC
    response["Vary"] = "Cookie, Accept-Encoding"
    return response
