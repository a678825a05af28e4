from __future__ import annotations

import pytest

from yhdyspinta.desk.audience import audience_of
from yhdyspinta.desk.marks import HIDDEN


def state_of(scene, duty, bearer=None, period=None):
    found = [
        each
        for each in scene.by_duty[duty]
        if (bearer is None or each.bearer == bearer) and (period is None or each.period == period)
    ]
    return scene.sight.shape(found[0])


def test_public_sees_what_is_done_and_not_who_has_not(scene_on):
    scene = scene_on("2024-06-01")
    assert state_of(scene, "tietopohja", "luhanka", "2023") == "fulfilled"
    assert state_of(scene, "tietopohja", "joutsa", "2023") == HIDDEN
    assert state_of(scene, "koordinaatio", "joutsa") == HIDDEN


def test_public_sees_undone_things_of_bodies_that_are_no_party(scene_on):
    scene = scene_on("2024-06-01")
    assert state_of(scene, "seurantakokous", period="2023") == "overdue"
    assert state_of(scene, "foorumi-tilannekuva", period="2021-2025") == "open"


def test_duty_borne_together_with_a_party_names_the_party(scene_on):
    scene = scene_on("2024-06-01")
    assert state_of(scene, "kuntakokous-asialista") == HIDDEN
    assert state_of(scene, "foorumi-koolle", period="2021-2025") == HIDDEN


def test_calendar_and_text_are_no_secret(scene_on):
    scene = scene_on("2024-06-01")
    assert state_of(scene, "jatkaminen", "luhanka") == "scheduled"
    assert state_of(scene, "strategia", "luhanka") == "unmeasured"


@pytest.mark.parametrize("audience", ["party:luhanka", "all"])
@pytest.mark.parametrize("shown", ["all", "done-and-counts", "none"])
def test_parties_see_everything_of_all_parties(scene_on, audience, shown):
    scene = scene_on("2024-06-01", audience=audience, shown=shown)
    assert state_of(scene, "koordinaatio", "joutsa") == "lacking"
    assert scene.sight.whole


def test_everything_is_shown_when_the_parties_so_decide(scene_on):
    assert state_of(scene_on("2024-06-01", shown="all"), "koordinaatio", "joutsa") == "lacking"


def test_only_what_is_done_is_shown_when_the_parties_so_decide(scene_on):
    scene = scene_on("2024-06-01", shown="none")
    assert state_of(scene, "seurantakokous", period="2023") == HIDDEN
    assert state_of(scene, "tietopohja", "luhanka", "2023") == "fulfilled"
    assert not scene.sight.counts
    assert not scene.sight.marks


def test_who_looks(agreement, administrator, small_municipality_clerk, outsider, anonymous, rf):
    request = rf.get("/")
    for user, audience in (
        (anonymous, "public"),
        (outsider, "public"),
        (small_municipality_clerk, "party:luhanka"),
        (administrator, "all"),
    ):
        request.user = user
        assert audience_of(request, agreement) == audience


def test_clerk_of_one_agreement_is_the_public_of_another(second_agreement, small_municipality_clerk, rf):
    request = rf.get("/")
    request.user = small_municipality_clerk
    assert audience_of(request, second_agreement) == "public"
