from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from django.conf import settings as django_settings
from django.db.models import F
from django.utils import timezone

from yhdyspinta.journal.models import COMMON, Chain
from yhdyspinta.web import middleware

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pages(settings):
    settings.ROOT_URLCONF = "tests.web.pages"
    Chain.objects.bulk_create([Chain(name="alue", sequence=3), Chain(name="toinen"), Chain(name=COMMON, sequence=7)])


def test_unchanged_page_is_confirmed_with_one_query(client, django_assert_num_queries):
    first = client.get("/alue/")
    assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")
    with django_assert_num_queries(1):
        second = client.get("/alue/", headers={"if-none-match": first["ETag"]})
    assert (second.status_code, second.content) == (304, b"")
    assert second["ETag"] == first["ETag"]
    assert second["Cache-Control"] == "no-cache"
    assert second["Vary"] == "Cookie, Accept-Encoding"


def test_unchanged_page_is_served_from_the_cache_with_one_query(client, django_assert_num_queries):
    first = client.get("/alue/")
    with django_assert_num_queries(1):
        second = client.get("/alue/")
    assert second.content == first.content
    assert second["ETag"] == first["ETag"]


def test_kept_page_keeps_its_security_headers(client):
    first, second = client.get("/alue/"), client.get("/alue/")
    for header in ("Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options", "Referrer-Policy"):
        assert second[header] == first[header]
    assert int(second["Content-Length"]) == len(second.content)


@pytest.mark.parametrize("chain", ["alue", COMMON])
def test_change_of_either_chain_makes_the_page_anew(client, chain):
    first = client.get("/alue/")
    Chain.objects.filter(name=chain).update(sequence=F("sequence") + 1)
    second = client.get("/alue/", headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second.content != first.content


def test_change_of_another_agreement_changes_nothing(client):
    first = client.get("/alue/")
    Chain.objects.filter(name="toinen").update(sequence=1)
    assert client.get("/alue/", headers={"if-none-match": first["ETag"]}).status_code == 304


def test_midnight_in_helsinki_makes_the_page_anew(client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2024, 6, 1, 20, 59, tzinfo=UTC))
    first = client.get("/alue/")
    monkeypatch.setattr(timezone, "now", lambda: datetime(2024, 6, 1, 21, 1, tzinfo=UTC))
    assert client.get("/alue/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_other_software_makes_the_page_anew(client, monkeypatch):
    first = client.get("/alue/")
    monkeypatch.setattr(middleware, "fingerprint", lambda: "another")
    assert client.get("/alue/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_language_host_and_query_have_pages_of_their_own(client, settings):
    settings.ALLOWED_HOSTS = ["testserver", "other.fi"]
    answers = [
        client.get("/alue/"),
        client.get("/sv/alue/"),
        client.get("/alue/?tila=open"),
        client.get("/alue/", headers={"host": "other.fi"}),
        client.get("/toinen/"),
    ]
    assert len({answer["ETag"] for answer in answers}) == len(answers)
    assert len({answer.content for answer in answers}) == len(answers)


def test_host_that_is_not_ours_is_refused(client):
    client.get("/alue/")
    assert client.get("/alue/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("cookie", [django_settings.SESSION_COOKIE_NAME, "messages"])
def test_request_of_a_person_is_never_answered_from_the_cache(client, cookie):
    public = client.get("/alue/")
    client.cookies[cookie] = "something"
    personal = client.get("/alue/", headers={"if-none-match": public["ETag"]})
    assert personal.status_code == 200
    assert personal.content != public.content
    assert personal["Cache-Control"] == "private, no-store"
    assert "ETag" not in personal
    del client.cookies[cookie]
    assert client.get("/alue/").content == public.content


def test_other_cookies_make_nobody_a_person(client):
    first = client.get("/alue/")
    client.cookies["csrf"] = "x" * 32
    assert client.get("/alue/", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("clock", ["as-of=2024-06-01", "known-at=2024-06-01"])
def test_day_of_the_past_is_confirmed_but_not_kept(client, clock):
    first, second = client.get(f"/alue/?{clock}"), client.get(f"/alue/?{clock}")
    assert first.content != second.content
    assert client.get(f"/alue/?{clock}", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("page", ["form", "cookie", "unmarked", "missing", "stream"])
def test_page_that_depends_on_more_is_neither_confirmed_nor_kept(client, page):
    client.cookies["csrf"] = "x" * 32
    first = client.get(f"/alue/{page}/")
    assert "ETag" not in first
    second = client.get(f"/alue/{page}/")
    if not first.streaming and page not in {"form", "missing"}:
        assert first.content != second.content


def test_unknown_agreement_costs_one_query_and_is_the_views_to_answer(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/tuntematon/")
    assert answer.status_code == 200
    assert "ETag" not in answer


def test_common_chain_is_no_agreement(client):
    assert "ETag" not in client.get(f"/{COMMON}/")


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [("gzip, br", "gzip"), ("br", ""), ("", ""), ("gzip;q=0", ""), ("gzip;q=0, br", ""), ("gzip;q=0.5", "gzip")],
)
def test_page_comes_compressed_to_who_can_read_it(client, accepts, coding):
    plain = client.get("/alue/").content
    answer = client.get("/alue/", headers={"accept-encoding": accepts})
    assert answer.headers.get("Content-Encoding", "") == coding
    assert (gzip.decompress(answer.content) if coding else answer.content) == plain


def test_head_is_answered_and_post_is_let_through(client):
    first = client.get("/alue/")
    assert client.head("/alue/")["ETag"] == first["ETag"]
    assert "ETag" not in client.post("/alue/")


def test_http_is_never_answered_from_the_cache_where_https_is_spoken(client, settings):
    settings.HTTPS = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert "ETag" not in client.get("/alue/")
    assert "ETag" in client.get("/alue/", headers={"x-forwarded-proto": "https"})


def test_developer_sees_every_page_anew(client, settings):
    settings.DEBUG = True
    assert "ETag" not in client.get("/alue/")


def test_floor_and_health_answer(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/-/floor").content == b"ok"
    with django_assert_num_queries(1):
        assert client.get("/-/health").json() == {"status": "ok"}
