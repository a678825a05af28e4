"""Addresses of bringing in a table of people and posts."""

from __future__ import annotations

from django.urls import URLPattern, path

from yhdyspinta.parties.views import bringing
from yhdyspinta.printing import urls  # noqa: F401 -- makes `filekind` known

BRING = "<slug:slug>/osapuolet/<slug:party>/henkilot/tuo/"

urlpatterns: list[URLPattern] = [
    path(BRING, bringing.bring_people, name="bring-people"),
    path(f"{BRING}pohja.<filekind:kind>", bringing.people_template, name="people-template"),
    path(f"{BRING}<int:table>/", bringing.people_table, name="people-table"),
    path(f"{BRING}<int:table>/hylkaa/", bringing.discard_people, name="discard-people"),
]
