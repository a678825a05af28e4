"""Addresses of the requests' room."""

from __future__ import annotations

from django.urls import URLPattern, path

from yhdyspinta.printing import urls as _filekind  # noqa: F401 -- makes <filekind:…> known
from yhdyspinta.requests.views import answering, coordinating, drafting, keeping, linking, listing, papers, showing

app_name = "requests"

_ONE = "<slug:slug>/pyynnot/<int:request_id>/"
_PARTY = f"{_ONE}osapuolet/<slug:party>/"

urlpatterns: list[URLPattern] = [
    # By link, without an account
    path("vastaus/<str:token>/", linking.answer_by_link, name="by-link"),
    path("vastaus/<str:token>/<str:what>", linking.papers_by_link, name="paper-by-link"),
    path("vastattavat/<str:token>/", linking.inbox, name="inbox"),
    path("vastattavat/<str:token>/<int:number>/", linking.answer_in_inbox, name="in-inbox"),
    path("vastattavat/<str:token>/<int:number>/<str:what>", linking.papers_in_inbox, name="paper-in-inbox"),
    # The requests of an agreement
    path("<slug:slug>/pyynnot/", listing.listing, name="list"),
    path("<slug:slug>/pyynnot.<filekind:kind>", listing.listing_file, name="list-file"),
    path("<slug:slug>/pyynnot/uusi/", drafting.new, name="new"),
    path(_ONE, showing.show, name="show"),
    path(f"{_ONE}vastaukset.<filekind:kind>", showing.show_file, name="show-file"),
    path(f"{_ONE}muokkaa/", drafting.edit, name="edit"),
    path(f"{_ONE}poista/", drafting.discard, name="discard"),
    path(f"{_ONE}laheta/", drafting.send, name="send"),
    path(f"{_ONE}jatka/", keeping.extend, name="extend"),
    path(f"{_ONE}peru/", keeping.withdraw, name="withdraw"),
    path(f"{_ONE}sulje/", keeping.close, name="close"),
    path(f"{_ONE}yhteensovitus/", coordinating.coordinate, name="coordinate"),
    path(f"{_ONE}yhteensovitus/nimea/", coordinating.appoint, name="appoint"),
    # One party's answer
    path(_PARTY, showing.party_answer, name="party-answer"),
    path(f"{_PARTY}vastaa/", answering.answer, name="answer"),
    path(f"{_PARTY}kirjaa/", answering.record, name="record"),
    path(f"{_PARTY}linkki/", keeping.renew, name="renew-link"),
    path(f"{_PARTY}linkki/sulje/", keeping.revoke, name="revoke-link"),
    path(f"{_PARTY}tiedostot/<int:file>/", papers.answer_file, name="answer-file"),
    path(f"{_PARTY}kuitit/<int:answer>/", papers.receipt, name="receipt"),
    path(f"{_PARTY}<str:what>", papers.papers, name="paper"),
]
