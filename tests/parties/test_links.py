"""A link is for one purpose and one thing, until a moment; it is used once, can be revoked, and cannot be made up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from yhdyspinta.parties.links import (
    LinkRefused,
    link_or_404,
    make_link,
    refuse_closed,
    revoke_all_links,
    revoke_links,
    token_of,
    use_link,
)
from yhdyspinta.parties.models import Link

DAY = timedelta(days=1)


@pytest.fixture
def link(db: None) -> Link:
    return make_link("confirm", "person:1", lasts=DAY)


def test_link_is_found_by_its_token_for_its_purpose(link: Link, django_assert_num_queries: DjangoAssertNumQueries):
    with django_assert_num_queries(1):
        assert link_or_404(token_of(link), "confirm") == link


def test_link_opens_nothing_of_another_purpose(link: Link):
    with pytest.raises(Http404):
        link_or_404(token_of(link), "invitation")
    other = make_link("invitation", "invitation:1", lasts=DAY)
    forged = token_of(link).replace(f"{link.pk}.{link.nonce}", f"{other.pk}.{other.nonce}")
    with pytest.raises(Http404):
        link_or_404(forged, "invitation")


def test_link_cannot_be_made_from_the_database_alone(link: Link, django_assert_num_queries: DjangoAssertNumQueries):
    with django_assert_num_queries(0), pytest.raises(Http404):
        link_or_404(f"{link.pk}.{link.nonce}:{link.nonce}", "confirm")


@given(token=st.text(max_size=60))
def test_link_is_none_for_any_other_word(token: str):
    with pytest.raises(Http404):
        link_or_404(token, "confirm")


def test_link_is_of_a_key_that_the_installation_keeps(link: Link, settings):
    token = token_of(link)
    settings.SECRET_KEY = "x" * 60
    with pytest.raises(Http404):
        link_or_404(token, "confirm")


def test_use_link_is_done_once(link: Link):
    use_link(link)
    with pytest.raises(LinkRefused) as refused:
        use_link(link)
    assert (refused.value.why, str(refused.value)) == ("used", "This link has been used already.")


def test_use_link_asks_the_row_as_it_is_now(link: Link):
    stale = Link.objects.get(pk=link.pk)
    use_link(link)
    with pytest.raises(LinkRefused):
        use_link(stale)


def test_reusable_link_is_used_many_times_until_it_is_revoked(db: None):
    link = make_link("seat", "seat:1", lasts=DAY, reusable=True)
    use_link(link)
    use_link(link)
    assert revoke_links("seat", "seat:1") == 1
    with pytest.raises(LinkRefused) as refused:
        use_link(link)
    assert refused.value.why == "revoked"


def test_link_ends_at_its_moment(link: Link):
    moment = link.expires_at
    refuse_closed(link, moment - timedelta(seconds=1))
    with pytest.raises(LinkRefused) as refused:
        refuse_closed(link, moment)
    assert refused.value.why == "expired"


def test_revoke_links_closes_those_of_one_thing_alone(link: Link):
    other = make_link("confirm", "person:2", lasts=DAY)
    assert revoke_links("confirm", "person:1") == 1
    assert revoke_links("confirm", "person:1") == 0
    assert Link.objects.get(pk=other.pk).is_open()
    assert not Link.objects.get(pk=link.pk).is_open()


def test_link_is_revoked_before_it_has_expired(link: Link):
    Link.objects.filter(pk=link.pk).update(revoked_at=timezone.now(), expires_at=timezone.now() - DAY)
    with pytest.raises(LinkRefused) as refused:
        use_link(link)
    assert refused.value.why == "revoked"


def test_revoke_all_links_closes_those_of_every_purpose_save_some(link: Link):
    used, expired = make_link("confirm", "person:2", lasts=DAY), make_link("confirm", "person:3", lasts=-DAY)
    use_link(used)
    seat, kept = (
        make_link("seat", "seat:1", lasts=DAY, reusable=True),
        make_link("invitation", "invitation:1", lasts=DAY),
    )
    use_link(seat)
    assert revoke_all_links(but={"invitation:1"}) == 2
    assert [each.is_open() for each in Link.objects.order_by("pk")] == [False, False, False, False, True]
    assert not Link.objects.filter(pk__in=[used.pk, expired.pk], revoked_at__isnull=False).exists()
    assert revoke_all_links() == 1
    assert not Link.objects.get(pk=kept.pk).is_open()
