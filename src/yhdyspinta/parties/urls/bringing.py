"""Addresses of bringing in a table of people and posts."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
