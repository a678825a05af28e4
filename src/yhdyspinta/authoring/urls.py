"""Addresses of drafts and of the comparison."""

from __future__ import annotations

import re

from django.urls import include, path, register_converter

from yhdyspinta.authoring.comparing import urls as comparing
from yhdyspinta.authoring.views import beginning, blocks, deciding, ending, text


class Piece:
    """The id of a clause or thing in an address. In a draft it may be anything, also what the check refuses."""

    regex = "[-a-zA-Z0-9_]+|~(?:[0-9a-f]{2})*"

    def to_python(self, value: str) -> str:
        """Return the id.

        Raises:
            ValueError: it is none.

        """
        return bytes.fromhex(value[1:]).decode() if value.startswith("~") else value

    def to_url(self, value: str) -> str:
        """Return an id that needs no mending as it is, and the bytes of any other."""
        return value if re.fullmatch(r"[-a-zA-Z0-9_]+", value) else f"~{value.encode().hex()}"


register_converter(Piece, "piece")
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
    path(f"{_DRAFT}teksti/<piece:clause>/muokkaa/", text.clause, name="clause"),
    path(f"{_DRAFT}teksti/<piece:clause>/jaa/", text.split_clause, name="split-clause"),
    path(f"{_DRAFT}teksti/<piece:clause>/yhdista/", text.join_clause, name="join-clause"),
    path(f"{_DRAFT}teksti/<piece:clause>/siirra/", text.move_clause, name="move-clause"),
    path(f"{_DRAFT}teksti/<piece:clause>/poista/", text.remove_clause, name="remove-clause"),
    path(f"{_DRAFT}perustiedot/", blocks.front, name="front"),
    path(f"{_DRAFT}sisalto/", blocks.things, name="things"),
    path(f"{_DRAFT}sisalto/luokituksesta/", blocks.classified, name="classified"),
    path(f"{_DRAFT}sisalto/<slug:kind>/uusi/", blocks.add_block, name="add-block"),
    path(f"{_DRAFT}sisalto/<slug:kind>/tarkista/", blocks.check_block, name="check-new"),
    path(f"{_DRAFT}sisalto/<slug:kind>/<piece:thing>/muokkaa/", blocks.block, name="block"),
    path(f"{_DRAFT}sisalto/<slug:kind>/<piece:thing>/tarkista/", blocks.check_block, name="check-block"),
    path(f"{_DRAFT}sisalto/<slug:kind>/<piece:thing>/poista/", blocks.remove_block, name="remove-block"),
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
