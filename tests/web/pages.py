"""A few pages of every kind for the tests of the first middleware."""

from __future__ import annotations

from itertools import count

from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.cache import cache_control

from yhdyspinta.web import views

made = count(1)
by_revision = cache_control(public=True, no_cache=True)


@by_revision
def page(request, slug):
    return HttpResponse(f"page {next(made)} of {slug}")


@by_revision
def form(request, slug):
    return HttpResponse(f'<input name="csrfmiddlewaretoken" value="{get_token(request)}">')


@by_revision
def cookie(request, slug):
    response = HttpResponse(f"page {next(made)}")
    response.set_cookie("seen", "yes")
    return response


@by_revision
def missing(request, slug):
    raise Http404


@by_revision
def stream(request, slug):
    return StreamingHttpResponse([b"a", b"b"])


def unmarked(request, slug):
    return HttpResponse(f"page {next(made)}")


def plainly(request, exception):
    return HttpResponse(type(exception).__name__, status=404 if isinstance(exception, Http404) else 400)


handler404 = handler400 = "tests.web.pages.plainly"

urlpatterns = [
    path("-/floor", views.floor),
    path("-/health", views.health),
    *i18n_patterns(
        path("<slug:slug>/", page),
        path("<slug:slug>/form/", form),
        path("<slug:slug>/cookie/", cookie),
        path("<slug:slug>/missing/", missing),
        path("<slug:slug>/stream/", stream),
        path("<slug:slug>/unmarked/", unmarked),
        prefix_default_language=False,
    ),
]
