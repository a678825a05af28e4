"""All addresses: Finnish without prefix, /sv/… and /en/… for the others."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from yhdyspinta.web import views
from yhdyspinta.web.signin.urls import redirect_urlpatterns

handler400 = "yhdyspinta.web.errors.bad_request"
handler403 = "yhdyspinta.web.errors.not_allowed"
handler404 = "yhdyspinta.web.errors.not_found"
handler500 = "yhdyspinta.web.errors.server_error"

# /-/  for machines that look after the server
keeper_urls = [
    path("floor", views.floor, name="floor"),
    path("health", views.health, name="health"),
]

urlpatterns = [
    path("-/", include(keeper_urls)),
    *redirect_urlpatterns,
    *i18n_patterns(
        path("kirjaudu/", include("yhdyspinta.web.signin.urls")),
        path("saavutettavuus/", views.accessibility, name="accessibility"),
        path("tietosuoja/", views.privacy, name="privacy"),
        path("tehtavat/", include("yhdyspinta.web.tasks")),
        path("", include("yhdyspinta.authoring.urls")),
        path("", include("yhdyspinta.requests.urls")),
        path("", include("yhdyspinta.bodies.urls")),
        path("", include("yhdyspinta.parties.urls")),
        path("", include("yhdyspinta.records.urls")),
        path("", include("yhdyspinta.desk.urls")),  # last: /<slug>/ takes every word that is left
        prefix_default_language=False,
    ),
]
