from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import path

from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.web.urls import urlpatterns as real

handler400 = "yhdyspinta.web.errors.bad_request"
handler403 = "yhdyspinta.web.errors.not_allowed"
handler404 = "yhdyspinta.web.errors.not_found"
handler500 = "yhdyspinta.web.errors.server_error"


def refuse(request):
    raise NotAllowed("Et toimi Luhangan puolesta.")


def fail(request, token=""):
    raise RuntimeError("a fault with a secret: 12345")


urlpatterns = [path("-/refuse", refuse), path("-/fail", fail), path("-/fail/<str:token>/", fail, name="fails"), *real]


@pytest.fixture
def visitor(settings):
    """Someone who sees the page of an error rather than the error."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "language"), [("/ei-ole/", "fi"), ("/sv/ei-ole/", "sv"), ("/en/ei-ole/", "en"), ("/a/b/c/d/", "fi")]
)
def test_missing_page_says_so_in_its_language(visitor, address, language):
    answer = visitor.get(address)
    assert answer.status_code == 404
    assert f'<html lang="{language}"' in answer.content.decode()
    assert answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_refusal_of_an_action_is_told_in_its_own_words(visitor):
    answer = visitor.get("/-/refuse")
    assert answer.status_code == 403
    assert "Et toimi Luhangan puolesta." in answer.content.decode()


def test_fault_is_told_without_its_secrets_and_without_the_database(visitor):
    answer = visitor.get("/-/fail")
    assert answer.status_code == 500
    page = answer.content.decode()
    assert '<html lang="fi"' in page
    assert "12345" not in page


def test_fault_in_the_page_of_faults_still_answers(visitor, settings):
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"APP_DIRS": False}]
    answer = visitor.get("/-/fail")
    assert (answer.status_code, answer.content) == (500, b"500\n")


def test_unknown_host_is_refused_with_nothing_of_it_shown(visitor):
    answer = visitor.get("/-/floor", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil.example" not in answer.content


@pytest.mark.django_db
def test_form_that_has_grown_old_is_told_what_to_do(settings):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/kirjaudu/", {"login": "a@example.fi", "password": "x"})
    assert answer.status_code == 403
    assert '<html lang="fi"' in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/kutsu/12.secret:signed/", "parties:invitation"),
        ("/sv/vahvista/12.secret:signed/", "parties:confirm"),
        ("/kirjaudu/unohtunut/uusi/1-secret/", "account_reset_password_from_key"),
        ("/kirjaudu/", "/kirjaudu/"),
    ],
)
def test_refused_form_is_logged_without_the_secret_of_its_address(caplog, path, named):
    assert Client(enforce_csrf_checks=True).post(path).status_code == 403
    assert [record.getMessage() for record in caplog.records] == [f"Form refused: {named}: CSRF cookie not set."]


@pytest.mark.django_db
def test_refused_form_is_logged_without_the_secret_of_the_page_before(caplog):
    strict = Client(enforce_csrf_checks=True)
    strict.post("/kirjaudu/", secure=True, headers={"referer": "https://elsewhere.example/kutsu/12.secret:signed/"})
    told = caplog.records[0].getMessage()
    assert "https://elsewhere.example " in told
    assert "secret" not in told


@pytest.mark.django_db
def test_fault_is_logged_without_the_secret_of_its_address(visitor, caplog):
    visitor.get("/-/fail/12.secret:signed/")
    visitor.get("/-/fail")
    assert [record.getMessage() for record in caplog.records] == [
        "Internal Server Error: fails",
        "Internal Server Error: /-/fail",
    ]


@pytest.mark.django_db
def test_health_is_503_when_the_database_does_not_answer(visitor, monkeypatch):
    def closed():
        raise ConnectionError

    monkeypatch.setattr(connection, "cursor", closed)
    assert visitor.get("/-/health").status_code == 503
