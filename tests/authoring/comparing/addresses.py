"""The application's addresses with the comparison's among them."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path

from yhdyspinta.authoring.comparing.urls import urlpatterns as comparing
from yhdyspinta.web import urls

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
tasks = [path("<int:task>/", lambda request, task: HttpResponse(str(task)), name="show")]
urlpatterns = [
    *i18n_patterns(
        path("vertailu/", include((comparing, "authoring"))),
        path("tehtavat/", include((tasks, "tasks"))),
        prefix_default_language=False,
    ),
    *urls.urlpatterns,
]
