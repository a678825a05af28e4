"""The page that compares two texts, and the same as a file to take along."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from yhdyspinta.agreement.days import today
from yhdyspinta.authoring.comparing.forms import ComparisonForm
from yhdyspinta.authoring.comparing.printing import file_name, title_of, to_docx
from yhdyspinta.authoring.comparing.words import Told, stretches, tell
from yhdyspinta.printing.docx import MEDIA_TYPE
from yhdyspinta.tasks.actions import enqueue
from yhdyspinta.tasks.models import Task


@require_GET
def comparison(request: HttpRequest) -> HttpResponse:
    """Show what differs between two texts.

    Three queries in a warm process, one while none is chosen; one more for an account.
    """
    form = ComparisonForm(request.GET, request.user)
    told = _told(form)
    shown: dict[str, Any] = {"form": form, "told": told, "nothing_to_compare": len(form.choices) < 2}
    shown["noindex"] = form.is_bound  # there are as many of these pages as pairs of texts
    if told:
        only_changes = form.cleaned_data["vain"]
        shown |= {
            "stretches": [each for each in stretches(told.clauses) if not (only_changes and each.same)],
            "query": _query(form),
            "agreement": {"example": told.example},
        }
    return render(request, "authoring/comparing/comparison.html", shown, status=422 if form.errors else 200)


@require_GET
def comparison_docx(request: HttpRequest) -> HttpResponse:
    """Return the comparison as DOCX. Three queries in a warm process."""
    told = _told(ComparisonForm(request.GET, request.user))
    if told is None:
        raise Http404
    name = file_name(today(), "docx")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    language = get_language() or "fi"
    return HttpResponse(to_docx(told, language=language, made=today()), content_type=MEDIA_TYPE, headers=headers)


@login_required
@require_POST
def comparison_pdf(request: HttpRequest) -> HttpResponse:
    """Ask for the comparison as PDF: a task makes it, and its page says when it is ready."""
    form = ComparisonForm(request.POST, request.user)
    told = _told(form)
    if told is None:
        raise Http404
    try:
        task = _asked(request, told, form)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(f"{reverse('authoring:compare')}?{_query(form)}")
    return redirect("tasks:show", task.pk)


def _asked(request: HttpRequest, told: Told, form: ComparisonForm) -> Task:
    """Ask for the PDF of a comparison."""
    said = form.cleaned_data
    return enqueue(
        work="yhdyspinta.authoring.comparing.printing:print_comparison",
        arguments={
            "before": said["ennen"],
            "after": said["jalkeen"],
            "party": said["osapuoli"],
            "account": request.user.pk,
        },
        title=gettext("%(title)s as PDF") % {"title": title_of(told)},
        account=request.user.pk,
        back=f"{reverse('authoring:compare')}?{_query(form)}"[:500],
    )


def _told(form: ComparisonForm) -> Told | None:
    """Return the comparison that was asked for in words; None when none was, or not rightly."""
    if not form.is_bound or not form.is_valid() or form.comparison is None:
        return None
    return tell(
        form.comparison,
        get_language() or "fi",
        before=form.label_of("ennen"),
        after=form.label_of("jalkeen"),
        party=form.cleaned_data["osapuoli"],
    )


def _query(form: ComparisonForm) -> str:
    query = QueryDict(mutable=True)
    query.update({name: form.cleaned_data[name] for name in ("ennen", "jalkeen", "osapuoli")})
    return query.urlencode()
