"""Addresses of a group's life, below an agreement: proposed, appointed, constituted, with a plan and rules."""

from __future__ import annotations

from django.urls import path

from yhdyspinta.bodies.views import appointing, groups, plans

_PROPOSALS = "<slug:slug>/ryhmat/"
_BODY = "<slug:slug>/elimet/<slug:body>/"

urlpatterns = [
    path(f"{_PROPOSALS}uusi/", groups.propose, name="propose"),
    path(f"{_PROPOSALS}<int:proposal>/", groups.proposal, name="proposal"),
    path(f"{_PROPOSALS}<int:proposal>/peru/", groups.withdraw_proposal, name="withdraw-proposal"),
    path(f"{_BODY}nimeaminen/", appointing.appoint, name="appoint"),
    path(f"{_BODY}nimeaminen/<int:appointment>/paata/", appointing.end_group, name="end-group"),
    path(f"{_BODY}jarjestaytyminen/", appointing.constitute, name="constitute"),
    path(
        f"{_BODY}jarjestaytyminen/<int:constitution>/peru/",
        appointing.withdraw_constitution,
        name="withdraw-constitution",
    ),
    path(f"{_BODY}asiakirjat/<int:plan>/muokkaa/", plans.edit_plan, name="edit-plan"),
    path(f"{_BODY}asiakirjat/<int:plan>/hyvaksy/", plans.adopt_plan, name="adopt-plan"),
    path(f"{_BODY}asiakirjat/<int:plan>/peru/", plans.withdraw_plan, name="withdraw-plan"),
    path(f"{_BODY}asiakirjat/<int:plan>/tiedosto/", plans.plan_file, name="plan-file"),
    path(f"{_BODY}asiakirjat/<slug:kind>/", plans.plans, name="plans"),
    path(f"{_BODY}asiakirjat/<slug:kind>/uusi/", plans.new_plan, name="new-plan"),
]
