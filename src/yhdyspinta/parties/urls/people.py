"""Addresses of the people, posts and invitations of a party, and of the links that people get by mail."""

from __future__ import annotations

from django.urls import URLPattern, path

from yhdyspinta.parties.views import confirming, invitations, inviting, organisations, people, posts
from yhdyspinta.printing import urls as _filekind  # noqa: F401 -- makes <filekind:…> known

PARTY = "<slug:slug>/osapuolet/<slug:party>/"
PERSON = f"{PARTY}henkilot/<int:person>/"
POST = f"{PARTY}tehtavat/<int:post>/"

urlpatterns: list[URLPattern] = [
    path("kutsu/<str:token>/", invitations.invitation, name="invitation"),
    path("vahvista/<str:token>/", confirming.confirm, name="confirm"),
    path(f"{PARTY}henkilot/", people.people, name="people"),
    path(f"{PARTY}henkilot.<filekind:kind>", people.people_file, name="people-file"),
    path(f"{PARTY}henkilot.vcf", people.people_cards, name="people-cards"),
    path(f"{PARTY}henkilot/uusi/", people.add_person, name="add-person"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}muokkaa/", people.edit_person, name="edit-person"),
    path(f"{PERSON}vahvista/", people.confirm_person, name="confirm-person"),
    path(f"{PERSON}yhdista/", people.merge_person, name="merge-person"),
    path(f"{PERSON}poista/", people.erase_person, name="erase-person"),
    path(f"{PARTY}tehtavat/uusi/", posts.add_post, name="add-post"),
    path(POST, posts.post, name="post"),
    path(f"{POST}luovuta/", posts.hand_over, name="hand-over"),
    path(f"{POST}pitajat/<int:tenure>/paata/", posts.end_tenure, name="end-tenure"),
    path(f"{POST}lakkauta/", posts.discontinue_post, name="discontinue-post"),
    path(f"{PARTY}kutsut/uusi/", inviting.invite, name="invite"),
    path(f"{PARTY}kutsut/<int:invitation>/uudelleen/", inviting.resend_invitation, name="resend-invitation"),
    path(f"{PARTY}kutsut/<int:invitation>/peru/", inviting.cancel_invitation, name="cancel-invitation"),
    path(f"{PARTY}paakayttajat/<int:row>/paata/", inviting.end_administrator, name="end-administrator"),
    path(f"{PARTY}tiedot/", organisations.organisation, name="organisation"),
]
