"""What a preview can show of a draft in which something is left to mend."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from yhdyspinta.agreement.manuscript.sound import sound_part

TODAY = dt.date(2026, 11, 24)
EXAMPLE = Path(__file__).parents[2] / "agreements/esimerkki-jarvimaa/agreement.fi.md"


@pytest.fixture(scope="module")
def text() -> str:
    """Return the example's text, in one language."""
    return EXAMPLE.read_text(encoding="utf-8")


def test_a_whole_draft_is_shown_whole(text: str) -> None:
    charter, left_out = sound_part({"fi": text}, today=TODAY)
    assert charter is not None
    assert left_out == []


def test_a_link_that_leads_nowhere_takes_only_itself_away(text: str) -> None:
    whole, _ = sound_part({"fi": text}, today=TODAY)
    assert whole is not None
    broken = re.sub(r"(\n## [^\n]*\n\n)", r"\1Katso [lisää](#olematon).\n\n", text, count=1)
    assert broken != text
    charter, left_out = sound_part({"fi": broken}, today=TODAY)
    assert charter is not None
    assert left_out == [("link", "olematon")]
    assert len(charter.duties) == len(whole.duties)


def test_a_block_that_cannot_be_read_is_left_out_and_the_rest_shown(text: str) -> None:
    whole, _ = sound_part({"fi": text}, today=TODAY)
    assert whole is not None
    broken = re.sub(r"(\n## [^\n]*\n\n)", r"\1```yaml duty\nid: [\n```\n\n", text, count=1)
    charter, left_out = sound_part({"fi": broken}, today=TODAY)
    assert charter is not None
    assert [kind for kind, _where in left_out] == ["duty"]
    assert charter.duties.keys() == whole.duties.keys()


def test_a_first_day_that_is_not_said_yet_is_today(text: str) -> None:
    charter, left_out = sound_part({"fi": re.sub(r"\nfrom: .*", "", text, count=1)}, today=TODAY)
    assert charter is not None
    assert charter.first_day == TODAY
    assert ("front", "from") in left_out


def test_a_text_that_cannot_be_read_shows_nothing() -> None:
    assert sound_part({"fi": "---\nid: [\n---\n"}, today=TODAY)[0] is None
