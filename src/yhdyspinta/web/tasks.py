"""The page of a task: how far it has come, and what came of it. A task is only its owner's to see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from yhdyspinta.papers.download import download
from yhdyspinta.papers.models import File
from yhdyspinta.tasks.models import Task
from yhdyspinta.tasks.queries import task_or_404

_PATIENCE = 20
"""Seconds after which a task that nobody takes up is said to wait for the worker."""


@login_required
@require_safe
def show(request: HttpRequest, task: int) -> HttpResponse:
    """Show a task until it has ended, then go where its result is or offer its file. One query."""
    found = task_or_404(task, request.user.pk)
    result = found.result if isinstance(found.result, dict) else {}
    if found.state == Task.State.DONE and result.get("next"):
        return redirect(str(result["next"]))
    late = found.state == Task.State.WAITING and (timezone.now() - found.made_at).total_seconds() > _PATIENCE
    context = {"task": found, "has_file": "file" in result, "late": late, "noindex": True}
    response = render(request, "web/task.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def file(request: HttpRequest, task: int) -> HttpResponseBase:
    """Hand out the file that a task has made. Two queries."""
    found = task_or_404(task, request.user.pk)
    result = found.result if isinstance(found.result, dict) else {}
    number = result.get("file")
    kept = File.objects.filter(pk=number).first() if isinstance(number, int) else None
    if kept is None:
        raise Http404
    return download(kept)


app_name = "tasks"
urlpatterns = [
    path("<int:task>/", show, name="show"),
    path("<int:task>/tiedosto/", file, name="file"),
]
