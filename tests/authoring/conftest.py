"""Drafts to write on: one of the framework agreement as it stands, and one read from an invented text."""

from __future__ import annotations

import pytest

from yhdyspinta.authoring.actions import begin_draft, begin_from_document
from yhdyspinta.authoring.reading import read_pasted

TEXT = """Yhteistyösopimus

Osapuolet

Luhangan kunta
y-tunnus: 0176592-9
Osoite: Hakulintie 2, 19950 Luhanka

Jyväskylän kaupunki
y-tunnus: 0174666-4
Osoite: PL 193, 40101 Jyväskylä

Keski-Suomen hyvinvointialue
y-tunnus: 3221318-2
Osoite: Hoitajantie 1, 40620 Jyväskylä

Yhteistyökokous

Yhteistyökokous kokoontuu vähintään kerran vuodessa. Yhteistyökokouksen kutsuu koolle Jyväskylän kaupunki.

Jokainen osapuoli nimeää vastinparit yhteistyöhön.

Voimassaolo

Sopimus on voimassa 1.1.2026–31.12.2029.
"""
"""An agreement of three, invented."""


@pytest.fixture
def draft(administrator, keski_suomi_text):
    """A draft of the framework agreement as it stands, which nothing is left to mend in."""
    return begin_draft(keski_suomi_text, name="Luonnos", by=administrator)


@pytest.fixture
def read_draft(administrator):
    """A draft of a text that was brought in."""
    return begin_from_document(read_pasted(TEXT), name="Kolmen sopimus", by=administrator)
