"""Addresses of what is held about oneself, and of looking after the installation."""

from __future__ import annotations

from django.urls import path

from yhdyspinta.parties.views import administration, own
from yhdyspinta.printing import urls  # noqa: F401 -- makes `filekind` known

urlpatterns = [
    path("oma/", own.own, name="own"),
    path("oma/tiedot.json", own.own_file, name="own-file"),
    path("oma/tili/", own.own_account, name="own-account"),
    path("oma/henkilot/<int:person>/", own.own_person, name="own-person"),
    path("oma/henkilot/<int:person>/vahvista/", own.confirm_own, name="confirm-own"),
    # /yllapito/  for the installation's administrators
    path("yllapito/", administration.administration, name="administration"),
    path("yllapito/tilit/", administration.accounts, name="accounts"),
    path("yllapito/tilit.<filekind:kind>", administration.accounts_file, name="accounts-file"),
    path("yllapito/tilit/<int:account>/sulje/", administration.close, name="close-account"),
    path("yllapito/paakayttajat/", administration.administrators, name="administrators"),
    path("yllapito/paakayttajat.<filekind:kind>", administration.administrators_file, name="administrators-file"),
    path("yllapito/paakayttajat/<int:party>/nimea/", administration.appoint, name="appoint"),
    path("yllapito/paakayttajat/<int:row>/paata/", administration.end, name="end-appointment"),
    path("yllapito/postit/", administration.outbox, name="outbox"),
    path("yllapito/postit.<filekind:kind>", administration.outbox_file, name="outbox-file"),
    path("yllapito/katselut/", administration.looks, name="looks"),
    path("yllapito/katselut.<filekind:kind>", administration.looks_file, name="looks-file"),
]
