"""Addresses of the counterparts and coordination staff, below an agreement."""

from __future__ import annotations

from django.urls import URLPattern, path

from yhdyspinta.parties.views import counterparts, namings
from yhdyspinta.printing import urls as _filekind  # noqa: F401 -- makes <filekind:…> known

urlpatterns: list[URLPattern] = [
    path("<slug:slug>/vastinparit/", counterparts.counterparts, name="counterparts"),
    path("<slug:slug>/vastinparit.<filekind:kind>", counterparts.counterparts_file, name="counterparts-file"),
    path("<slug:slug>/vastinparit.vcf", counterparts.counterparts_cards, name="counterparts-cards"),
    path("<slug:slug>/vastinparit/<slug:theme>/", counterparts.theme, name="theme"),
    path("<slug:slug>/vastinparit/<slug:theme>.<filekind:kind>", counterparts.theme_file, name="theme-file"),
    path("<slug:slug>/vastinparit/<slug:theme>.vcf", counterparts.theme_cards, name="theme-cards"),
    path("<slug:slug>/osapuolet/<slug:party>/vastinparit/", namings.namings, name="namings"),
    path("<slug:slug>/osapuolet/<slug:party>/vastinparit/nimea/", namings.name, name="name"),
    path("<slug:slug>/osapuolet/<slug:party>/vastinparit/<int:naming>/paata/", namings.end, name="end-naming"),
    path("<slug:slug>/osapuolet/<slug:party>/vastinparit/<int:naming>/peru/", namings.withdraw, name="withdraw-naming"),
]
