"""The pages of posts: handing over shows first what follows, and says what to mend."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.parties.people import held_by, person_in, url
from yhdyspinta.parties.models import Party, Person, Post

SUMMER = date(2025, 6, 1)


def test_hand_over_page_shows_what_follows_before_anything_changes(
    luhanka: Party, pirjo: Person, post: Post, luhankas: Client
):
    sirpa = person_in(luhanka, "Sirpa Seuraaja")
    said = {"person": str(sirpa.pk), "first_day": "1.6.2025", "last_day": "", "basis": "kh 12.5.2025"}
    answer = luhankas.post(url("hand-over", post=post.pk), said | {"esikatselu": "1"})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert "Pirjo Peltonen has 31.5.2025 as the last day." in html
    assert "Sirpa Seuraaja holds the post from 1.6.2025." in html
    assert "Counterpart: ICT (Luhanka)" in html
    assert "from 1.6.2025" in html
    assert post.tenures.get().person == pirjo
    assert luhankas.post(url("hand-over", post=post.pk), said | {"luovuta": "1"})["Location"] == url(
        "post", post=post.pk
    )
    assert post.tenures.active_on(SUMMER).get().person == sirpa
    assert post.tenures.get(person=sirpa).basis == "kh 12.5.2025"


def test_hand_over_page_leaves_the_post_open(pirjo: Person, post: Post, luhankas: Client):
    said = {"person": "0", "first_day": "2025-06-01"}
    html = luhankas.post(url("hand-over", post=post.pk), said | {"esikatselu": "1"}).content.decode()
    assert "Nobody holds the post from 1.6.2025." in html
    assert luhankas.post(url("hand-over", post=post.pk), said | {"luovuta": "1"}).status_code == 302
    assert not post.tenures.active_on(SUMMER).exists()


@pytest.mark.parametrize("button", ["esikatselu", "luovuta"])
@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"first_day": ""}, "This must be filled in."),
        ({"first_day": "31.2.2025"}, "“31.2.2025” is not a date. Write the day as 1.6.2024 or 2024-06-01."),
        ({"person": ""}, "This must be filled in."),
        ({"person": "99999"}, "Select a valid choice."),
        ({"last_day": "1.1.2025"}, "The last day is before the first."),
        ({"first_day": "1.1.2024"}, "Pirjo Peltonen holds the post from 1.1.2024."),
    ],
)
def test_hand_over_page_says_what_to_mend(
    luhanka: Party, post: Post, luhankas: Client, button: str, said: dict[str, str], message: str
):
    sirpa = person_in(luhanka, "Sirpa Seuraaja")
    sent = {"person": str(sirpa.pk), "first_day": "1.6.2025", button: "1"} | said
    answer = luhankas.post(url("hand-over", post=post.pk), sent)
    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert post.tenures.get().valid_to is None


def test_add_person_page_goes_on_to_the_post_that_waits(post: Post, luhankas: Client):
    said = {"name": "Uuno Uusi", "language": "fi"}
    answer = luhankas.post(f"{url('add-person')}?tehtava={post.pk}", said)
    uuno = Person.objects.get(name="Uuno Uusi")
    assert answer["Location"] == f"{url('hand-over', post=post.pk)}?henkilo={uuno.pk}"
    assert f'<option value="{uuno.pk}" selected>' in luhankas.get(answer["Location"]).content.decode()


def test_post_is_added_ended_and_discontinued(luhanka: Party, luhankas: Client):
    answer = luhankas.post(url("add-post"), {"kind": "chief-executive", "title": "", "email": ""})
    made = Post.objects.get()
    assert answer["Location"] == url("hand-over", post=made.pk)
    assert luhankas.post(url("add-post"), {"kind": "chief-executive"}).status_code == 422
    assert luhankas.post(url("add-post"), {"kind": "other"}).status_code == 422
    held_by(made, person_in(luhanka))
    tenure = made.tenures.get()
    end = url("end-tenure", post=made.pk, tenure=tenure.pk)
    assert luhankas.post(end, {"last_day": "1.1.2020"}).status_code == 422
    discontinue = url("discontinue-post", post=made.pk)
    assert luhankas.post(discontinue, {"last_day": "31.5.2025"}).status_code == 422
    assert luhankas.post(end, {"last_day": "31.5.2025"}).status_code == 302
    assert luhankas.post(discontinue, {"last_day": "31.5.2025"}).status_code == 302
    made.refresh_from_db()
    assert made.discontinued_on == date(2025, 5, 31)
    assert "ends on 31.5.2025" in luhankas.get(url("post", post=made.pk)).content.decode()


def test_post_page_shows_its_holders_and_what_follows_it(luhanka: Party, post: Post, luhankas: Client):
    held_by(post, person_in(luhanka, "Sirpa Seuraaja"), SUMMER)
    html = luhankas.get(url("post", post=post.pk)).content.decode()
    assert html.index("Sirpa Seuraaja") < html.index("Pirjo Peltonen")
    assert "Counterpart: ICT" in html
