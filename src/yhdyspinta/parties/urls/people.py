"""Addresses of the people, posts and invitations of a party, and of the links that people get by mail."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
