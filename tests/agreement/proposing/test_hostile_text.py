"""What nobody writes into an agreement is not read for commitments, so that it costs nothing."""

from __future__ import annotations

import time

import pytest

from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.proposing.drafted import read_proposals

HONEST = "Jokainen osapuoli nimeää vastinparit yhteistyöhön."


def draft(text, *, title="Yhteistyö"):
    return Manuscript.read(
        {"fi": f"---\nid: a\nlanguage: fi\n---\n\n# Osa {{#osa}}\n\n## {title} {{#k}}\n\n{text}\n\n{HONEST}\n"}
    )


@pytest.mark.parametrize(
    "unit", ["A", "a-", "`````` a", "neuvottelukunta kokoontuu ", "ryhmä ja ryhmä, ", "Jyväskylän kaupunki, "]
)
def test_a_word_or_paragraph_without_end_delays_nothing_and_hides_nothing(unit):
    manuscript = draft(unit * (30_000 // len(unit)))
    begun = time.process_time()
    found = read_proposals(manuscript)
    assert time.process_time() - begun < 3
    assert HONEST in {each.sentence for each in found}


def test_a_title_without_end_delays_nothing():
    manuscript = draft("", title="a-" * 10_000)
    begun = time.process_time()
    assert HONEST in {each.sentence for each in read_proposals(manuscript)}
    assert time.process_time() - begun < 3
