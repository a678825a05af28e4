"""Who gets which answer: every route for each of the cast."""

from __future__ import annotations

import pytest

from tests.records.pages import AT

ROUTES = [  # route, anonymous, outsider, another party, the party, the installation
    ("", 200, 200, 200, 200, 200),
    ("../kirjaukset.csv", 200, 200, 200, 200, 200),
    ("../kirjaukset.xlsx", 200, 200, 200, 200, 200),
    ("{record}/", 200, 200, 200, 200, 200),
    ("tuo/pohja.xlsx", 200, 200, 200, 200, 200),
    ("tuo/pohja.csv", 200, 200, 200, 200, 200),
    ("tuo/pohja.jsonl", 200, 200, 200, 200, 200),
    ("tuo/pohja.exe", 404, 404, 404, 404, 404),
    ("uusi/", 302, 403, 200, 200, 200),
    ("uusi/?laji=meeting-held", 302, 403, 200, 200, 200),
    ("uusi/?sitoumus=foorumi-koolle", 302, 403, 200, 200, 200),
    ("uusi/?sitoumus=ei-ole", 302, 403, 404, 404, 404),
    ("{record}/korjaa/", 302, 403, 200, 200, 200),
    ("{record}/peru/", 302, 403, 200, 200, 200),
    ("{record}/pyynto/", 302, 403, 403, 200, 403),
    ("{record}/pyynto/{remark}/", 302, 403, 200, 200, 200),
    ("tuo/", 302, 403, 200, 200, 200),
    ("tuo/{batch}/", 302, 403, 404, 404, 200),
    ("99999/", 404, 404, 404, 404, 404),
    ("99999/korjaa/", 302, 403, 404, 404, 404),
    ("99999/tiedosto/", 404, 404, 404, 404, 404),
    ("tuo/99999/", 302, 403, 404, 404, 404),
    ("../osapuolet/kyla/huomautus/?sitoumus=hyvaksynta", 302, 403, 403, 200, 200),
    ("../osapuolet/kyla/huomautus/?sitoumus=ei-ole", 302, 403, 404, 404, 404),
    ("../osapuolet/helsinki/huomautus/?sitoumus=hyvaksynta", 302, 403, 404, 404, 404),
]
POSTS = [
    ("uusi/?laji=signed", 302, 403, 422, 422, 422),
    ("{record}/korjaa/", 302, 403, 422, 422, 422),
    ("{record}/peru/", 302, 403, 422, 422, 422),
    ("{record}/pyynto/", 302, 403, 403, 422, 403),
    ("{record}/pyynto/{remark}/", 302, 403, 422, 422, 422),
    ("tuo/", 302, 403, 422, 422, 422),
    ("tuo/{batch}/lisaa/", 302, 403, 404, 404, 302),
    ("tuo/{batch}/hylkaa/", 302, 403, 404, 404, 302),
    ("tuo/kirjauksia-alkaen/", 302, 403, 403, 403, 302),
    ("../osapuolet/kyla/huomautus/?sitoumus=hyvaksynta", 302, 403, 403, 422, 422),
]


@pytest.fixture
def cast(outsider, lahti, kyla, keeper):
    return None, outsider, lahti, kyla, keeper


@pytest.mark.parametrize(("method", "row"), [("get", r) for r in ROUTES] + [("post", r) for r in POSTS], ids=str)
def test_each_route_answers_each_of_the_cast(things, cast, browse, method, row):
    route, *expected = row
    address = AT.replace("kirjaukset/", "") + route[3:] if route.startswith("../") else AT + route
    found = [getattr(browse(one), method)(address.format(**things)).status_code for one in cast]
    assert found == expected


@pytest.mark.parametrize("row", [row for row in ROUTES if "{" in row[0]], ids=str)
def test_nothing_of_one_agreement_is_found_under_another(koe, things, koe_beside, keeper, browse, row):
    address = f"/en/{koe_beside.slug}/kirjaukset/{row[0]}".format(**things)
    assert browse(keeper).get(address).status_code == 404


@pytest.mark.parametrize("route", ["uusi/", "tuo/", "1/korjaa/"])
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(koe, browse, route):
    response = browse().get(AT + route)
    assert response["Location"] == f"/en/kirjaudu/?next=/en/koe/kirjaukset/{route}"


@pytest.mark.parametrize("route", ["tuo/1/lisaa/", "tuo/1/hylkaa/", "tuo/kirjauksia-alkaen/"])
def test_reading_changes_nothing(koe, keeper, browse, route):
    assert browse(keeper).get(AT + route).status_code == 405
