"""Addresses of what is held about oneself, and of looking after the installation."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
