"""The few pages that belong to no agreement."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from yhdyspinta.parties.retention import kept_for

_KEPT = {
    "contacts": _("phone number and address, after the last post or theme ended"),
    "looks": _("the log of who was shown contact data"),
    "invitations": _("name and address of an invitation that was never accepted, after it expired"),
    "people-tables": _("a table of people that waits to be brought in"),
    "mail": _("a message, after it was sent or given up"),
    "tasks": _("what you asked to be read or made, such as a document"),
}
"""What is kept for a time, by the kinds of ``parties.retention``."""


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (Act on the Provision of Digital Services 306/2019, 7 §)."""
    return render(request, "web/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """Tell what is held of people, why and for how long in this installation (GDPR art. 13 and 14)."""
    kept = [(label, kept_for(kind).days) for kind, label in _KEPT.items()]
    return render(request, "web/privacy.html", {"kept": kept})


def floor(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Answer a word: what any page at least costs on this server, for measurements (`make bench`)."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- a view takes a request
    """Say whether the database answers: 200, or 503 for whoever balances the load. One query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # noqa: BLE001 -- whatever keeps the database from answering, the answer is the same
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ok"})
