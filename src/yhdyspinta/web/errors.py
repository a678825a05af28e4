"""What a person sees when something cannot be shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template import loader

from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.web.context import languages
from yhdyspinta.web.logs import told_of

logger = logging.getLogger(__name__)
_ADDRESS = re.compile(r"(https?://[^/\s]*)\S*")


class RefusalMiddleware:
    """Turns an action's refusal into the page that says why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 403 with the action's own words, when no view did."""
        return not_allowed(request, exception) if isinstance(exception, NotAllowed) else None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """400: the request itself was not understood. Nothing of it is trusted, so nothing of it is shown."""
    return _bare(request, "400.html", 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the page may be seen, but not changed, by this person; an exception's own words say why."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """404: there is no such page, or this person may not know of it; the two look alike."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of the software."""
    return _bare(request, "500.html", 500)


def form_grown_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form whose token no longer holds, because a session ended or it lay open in another window."""
    host_alone = _ADDRESS.sub(r"\1", reason)  # a reason may name the page before, which may be a mailed link's
    logger.warning("Form refused: %s: %s", told_of(request), host_alone)
    return _bare(request, "403_csrf.html", 403)


def _bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Render without the database and without context processors: they may be what failed."""
    try:
        content = loader.render_to_string(template, {"languages": languages(request.path), "navigation": []})
    except Exception:
        logger.exception("The page %s itself failed", template)
        return HttpResponse(f"{status}\n", content_type="text/plain; charset=utf-8", status=status)
    return HttpResponse(content, status=status)
