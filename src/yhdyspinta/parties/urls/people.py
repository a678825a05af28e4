"""Addresses of the people, posts and invitations of a party, and of the links that people get by mail."""

from __future__ import annotations

from django.urls import URLPattern, path

from yhdyspinta.parties.views import confirming, invitations

urlpatterns: list[URLPattern] = [
    path("kutsu/<str:token>/", invitations.invitation, name="invitation"),
    path("vahvista/<str:token>/", confirming.confirm, name="confirm"),
]
