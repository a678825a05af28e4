"""Addresses of drafts and of the comparison."""

from __future__ import annotations

from django.urls import include, path

from yhdyspinta.authoring.comparing import urls as comparing
from yhdyspinta.authoring.views import beginning, blocks, deciding, ending, text

app_name = "authoring"

_draft = [
    path("", ending.draft, name="draft"),
    path("alkuperainen/", ending.original, name="draft-original"),
    path("teksti/", text.text, name="text"),
    path("teksti/uusi/", text.add_clause, name="add-clause"),
    path("teksti/<slug:clause>/muokkaa/", text.clause, name="clause"),
    path("teksti/<slug:clause>/jaa/", text.split_clause, name="split-clause"),
    path("teksti/<slug:clause>/yhdista/", text.join_clause, name="join-clause"),
    path("teksti/<slug:clause>/siirra/", text.move_clause, name="move-clause"),
    path("teksti/<slug:clause>/poista/", text.remove_clause, name="remove-clause"),
    path("perustiedot/", blocks.front, name="front"),
    path("sisalto/", blocks.things, name="things"),
    path("sisalto/luokituksesta/", blocks.classified, name="classified"),
    path("sisalto/<slug:kind>/uusi/", blocks.add_block, name="add-block"),
    path("sisalto/<slug:kind>/tarkista/", blocks.check_block, name="check-new"),
    path("sisalto/<slug:kind>/<slug:thing>/muokkaa/", blocks.block, name="block"),
    path("sisalto/<slug:kind>/<slug:thing>/tarkista/", blocks.check_block, name="check-block"),
    path("sisalto/<slug:kind>/<slug:thing>/poista/", blocks.remove_block, name="remove-block"),
    path("ehdotukset/", deciding.proposals, name="proposals"),
    path("ehdotukset/ratkaise/", deciding.decide, name="decide"),
    path("ehdotukset/palauta/", deciding.propose_again, name="propose-again"),
    path("ehdotukset/<slug:key>/", deciding.proposal, name="proposal"),
    path("tarkistus/", ending.check, name="check"),
    path("historia/", ending.history, name="history"),
    path("tiedostot/", ending.files, name="files"),
    path("tiedostot/lataa/", ending.download, name="download"),
    path("kirjoittajat/", ending.writers, name="writers"),
    path("voimaan/", ending.load, name="load"),
    path("havita/", ending.discard, name="discard"),
]

urlpatterns = [
    path("luonnokset/", beginning.drafts, name="drafts"),
    path("luonnokset/uusi/", beginning.begin, name="begin"),
    path("luonnokset/uusi/<slug:way>/", beginning.begin_by, name="begin-by"),
    path("luonnokset/<int:draft>/", include(_draft)),
    path("vertailu/", include(comparing)),
    path("<slug:slug>/virallinen-teksti/alkuperainen/", ending.original_of_agreement, name="original"),
]
