"""An annex is loaded with its agreement, and has an official text of its own."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests.support.annexes import OFFICIAL, PLAN
from yhdyspinta.journal import queries
from yhdyspinta.journal.actions import attach_official_text, load_text
from yhdyspinta.journal.actor import SYSTEM
from yhdyspinta.journal.models import Agreement, Entry, OfficialText
from yhdyspinta.journal.verify import verify


@pytest.fixture
def planned(agreement: Agreement, keski_suomi_text: dict[str, str]) -> Agreement:
    """The framework agreement with a plan in Finnish as its annex."""
    return load_text(keski_suomi_text | {"suunnitelma.fi": PLAN}, slug=agreement.slug, by=SYSTEM)


def attach(agreement: Agreement, content: str = OFFICIAL, annex: str = "suunnitelma") -> OfficialText:
    return attach_official_text(agreement, content, filename="suunnitelma.txt", annex=annex, by=SYSTEM)


def test_load_text_keeps_the_annex_with_the_agreement(planned: Agreement):
    charter = queries.charter_of(planned)
    assert list(charter.annexes) == ["suunnitelma"]
    assert "lapset-katsaus-toimitus" in charter.duties
    assert not list(verify())


def test_official_text_of_an_annex_stands_beside_the_agreements_own(planned: Agreement, official_wording: str):
    own = attach(planned, official_wording, annex="")
    plan = attach(planned)
    assert queries.official_text(planned) == own
    assert queries.official_texts(planned) == {"": own, "suunnitelma": plan}
    passages = queries.official_passages(planned)
    assert passages["lapset"] == "Lasten asioista sovitaan."
    assert "kuntakokous" in passages
    assert Entry.objects.filter(verb="attach-official-text").order_by("-id")[0].detail.after["annex"] == "suunnitelma"
    assert not list(verify())


def test_official_text_attached_last_counts_for_each(planned: Agreement):
    attach(planned)
    newer = attach(planned, "Painopiste 1\nToisin sanottu. Muu.")
    assert queries.official_texts(planned) == {"suunnitelma": newer}
    assert queries.official_passages(planned) == {"lapset": "Toisin sanottu."}


def test_official_text_of_an_annex_again_changes_nothing(planned: Agreement):
    assert attach(planned) == attach(planned)
    assert OfficialText.objects.count() == 1


def test_official_text_of_an_annex_must_have_its_passages_alone(planned: Agreement):
    with pytest.raises(ValidationError) as refused:
        attach(planned, "Muuta.")
    assert refused.value.messages == ["Clause “lapset”: the text has no heading “Painopiste 1”"]
    assert not OfficialText.objects.exists()


def test_official_text_of_no_annex_is_refused(planned: Agreement):
    with pytest.raises(ValidationError) as refused:
        attach(planned, annex="ohjelma")
    assert refused.value.messages == ["The agreement has no annex “ohjelma”. It has: suunnitelma"]


def test_annex_that_a_newer_text_leaves_out_has_no_passages(planned: Agreement, keski_suomi_text: dict[str, str]):
    attach(planned)
    load_text(keski_suomi_text, slug=planned.slug, by=SYSTEM)
    assert queries.official_passages(planned) == {}


def test_official_passages_cost_two_queries(planned: Agreement, official_wording: str, django_assert_num_queries: Any):
    attach(planned, official_wording, annex="")
    attach(planned)
    queries.official_passages(planned)
    with django_assert_num_queries(2):
        queries.official_passages(planned)
