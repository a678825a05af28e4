"""Addresses of the parties' room."""

from __future__ import annotations

from yhdyspinta.parties.urls import bringing, counterparts, own, people

app_name = "parties"

urlpatterns = [*own.urlpatterns, *bringing.urlpatterns, *people.urlpatterns, *counterparts.urlpatterns]
