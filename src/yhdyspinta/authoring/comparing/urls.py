"""Addresses of the comparison, below the place where the room's own addresses mount them."""

from __future__ import annotations

from django.urls import path

from yhdyspinta.authoring.comparing import views

urlpatterns = [
    path("", views.comparison, name="compare"),
    path("muutokset.docx", views.comparison_docx, name="compare-docx"),
    path("pdf/", views.comparison_pdf, name="compare-pdf"),
]
