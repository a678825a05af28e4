"""Addresses of the desk: the living agreement and what stands beside it."""

from __future__ import annotations

from django.urls import path

from yhdyspinta.desk import views
from yhdyspinta.printing import urls as _filekind  # noqa: F401 -- makes <filekind:…> known

app_name = "desk"

urlpatterns = [
    path("", views.index, name="index"),
    path("luonnokset/<int:draft>/esikatselu/", views.draft, name="draft"),
    # /<slug>/
    path("<slug:slug>/", views.living, name="living"),
    path("<slug:slug>/kohdat/<slug:clause>/", views.clause, name="clause"),
    path("<slug:slug>/virallinen-teksti/", views.official, name="official"),
    path("<slug:slug>/sitoumukset/", views.duties, name="duties"),
    path("<slug:slug>/sitoumukset.<filekind:kind>", views.duties_file, name="duties-file"),
    path("<slug:slug>/sitoumukset/<slug:duty>/", views.duty, name="duty"),
    path("<slug:slug>/sitoumukset/<slug:duty>.<filekind:kind>", views.duty_file, name="duty-file"),
    path("<slug:slug>/osapuolet/", views.matrix, name="matrix"),
    path("<slug:slug>/osapuolet.<filekind:kind>", views.matrix_file, name="matrix-file"),
    path("<slug:slug>/osapuolet/<slug:party>/", views.party, name="party"),
    path("<slug:slug>/rakenne/", views.structure, name="structure"),
    path("<slug:slug>/elimet/<slug:body>/", views.body, name="body"),
    path("<slug:slug>/vuosikello/", views.wheel, name="wheel"),
    path("<slug:slug>/vuosikello.csv", views.wheel_file, name="wheel-file"),
    path("<slug:slug>/aikajana/", views.timeline, name="timeline"),
]
