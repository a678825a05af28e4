"""Addresses of the bodies' room, below an agreement."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
