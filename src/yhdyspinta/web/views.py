"""The few pages that belong to no agreement."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement (Act on the Provision of Digital Services 306/2019, 7 §)."""
    return render(request, "web/accessibility.html")


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
