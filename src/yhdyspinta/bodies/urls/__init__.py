"""Addresses of the bodies' room."""

from __future__ import annotations

from yhdyspinta.bodies.urls import groups, members

app_name = "bodies"

urlpatterns = [*groups.urlpatterns, *members.urlpatterns]
