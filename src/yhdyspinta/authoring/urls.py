"""Addresses of drafts and of the comparison."""

from __future__ import annotations

from django.urls import include, path

from yhdyspinta.authoring.comparing import urls as comparing
from yhdyspinta.authoring.views import beginning, blocks, deciding, ending, text

app_name = "authoring"

_DRAFT = "luonnokset/<int:draft>/"

urlpatterns = [
    path("luonnokset/", beginning.drafts, name="drafts"),
    path("luonnokset/uusi/", beginning.begin, name="begin"),
    path("luonnokset/uusi/<slug:way>/", beginning.begin_by, name="begin-by"),
    path(_DRAFT, ending.draft, name="draft"),
    path(f"{_DRAFT}alkuperainen/", ending.original, name="draft-original"),
    path(f"{_DRAFT}teksti/", text.text, name="text"),
    path(f"{_DRAFT}teksti/uusi/", text.add_clause, name="add-clause"),
    path(f"{_DRAFT}teksti/<slug:clause>/muokkaa/", text.clause, name="clause"),
    path(f"{_DRAFT}teksti/<slug:clause>/jaa/", text.split_clause, name="split-clause"),
    path(f"{_DRAFT}teksti/<slug:clause>/yhdista/", text.join_clause, name="join-clause"),
    path(f"{_DRAFT}teksti/<slug:clause>/siirra/", text.move_clause, name="move-clause"),
    path(f"{_DRAFT}teksti/<slug:clause>/poista/", text.remove_clause, name="remove-clause"),
    path(f"{_DRAFT}perustiedot/", blocks.front, name="front"),
    path(f"{_DRAFT}sisalto/", blocks.things, name="things"),
    path(f"{_DRAFT}sisalto/luokituksesta/", blocks.classified, name="classified"),
    path(f"{_DRAFT}sisalto/<slug:kind>/uusi/", blocks.add_block, name="add-block"),
    path(f"{_DRAFT}sisalto/<slug:kind>/tarkista/", blocks.check_block, name="check-new"),
    path(f"{_DRAFT}sisalto/<slug:kind>/<slug:thing>/muokkaa/", blocks.block, name="block"),
    path(f"{_DRAFT}sisalto/<slug:kind>/<slug:thing>/tarkista/", blocks.check_block, name="check-block"),
    path(f"{_DRAFT}sisalto/<slug:kind>/<slug:thing>/poista/", blocks.remove_block, name="remove-block"),
    path(f"{_DRAFT}ehdotukset/", deciding.proposals, name="proposals"),
    path(f"{_DRAFT}ehdotukset/ratkaise/", deciding.decide, name="decide"),
    path(f"{_DRAFT}ehdotukset/palauta/", deciding.propose_again, name="propose-again"),
    path(f"{_DRAFT}ehdotukset/<slug:key>/", deciding.proposal, name="proposal"),
    path(f"{_DRAFT}tarkistus/", ending.check, name="check"),
    path(f"{_DRAFT}historia/", ending.history, name="history"),
    path(f"{_DRAFT}tiedostot/", ending.files, name="files"),
    path(f"{_DRAFT}tiedostot/lataa/", ending.download, name="download"),
    path(f"{_DRAFT}kirjoittajat/", ending.writers, name="writers"),
    path(f"{_DRAFT}voimaan/", ending.load, name="load"),
    path(f"{_DRAFT}havita/", ending.discard, name="discard"),
    path("vertailu/", include(comparing)),
    path("<slug:slug>/virallinen-teksti/alkuperainen/", ending.original_of_agreement, name="original"),
]
