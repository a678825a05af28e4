"""Addresses of members, seats and representatives, below an agreement."""

from __future__ import annotations

from django.urls import path

from yhdyspinta.bodies.views import members, representatives, roster
from yhdyspinta.printing import urls as _filekind  # noqa: F401 -- makes <filekind:…> known

_BODY = "<slug:slug>/elimet/<slug:body>/"

urlpatterns = [
    path(f"{_BODY}jasenet/", roster.roster, name="roster"),
    path(f"{_BODY}jasenet.<filekind:kind>", roster.roster_file, name="roster-file"),
    path(f"{_BODY}jasenet.pdf", roster.roster_pdf, name="roster-pdf"),
    path(f"{_BODY}jasenet/uusi/", members.name_member, name="name-member"),
    path(f"{_BODY}jasenet/<int:membership>/paata/", members.end_membership, name="end-membership"),
    path(f"{_BODY}jasenet/<int:membership>/peru/", members.withdraw_membership, name="withdraw-membership"),
    path(f"{_BODY}paikat/", members.seats, name="seats"),
    path(f"{_BODY}paikat/<int:seat>/sulje/", members.close_seat, name="close-seat"),
    path("<slug:slug>/edustajat/", representatives.representatives, name="representatives"),
    path("<slug:slug>/edustajat.<filekind:kind>", representatives.representatives_file, name="representatives-file"),
    path("<slug:slug>/edustajat/<int:person>/", representatives.person, name="person"),
]
