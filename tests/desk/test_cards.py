from __future__ import annotations

from yhdyspinta.desk.cards import card_of
from yhdyspinta.desk.marks import HIDDEN


def card(scene, duty):
    return card_of(scene, scene.duties[duty])


def test_card_says_what_on_what_basis_who_and_when(scene_on):
    meets = card(scene_on("2024-06-01"), "kuntakokous-koolle")
    assert meets.name == "Kokoontuu vuosittain"
    assert meets.basis == "Sopimuksen sanamuoto"
    assert (meets.who, meets.when) == ("Jyväskylän kaupunki", "Joka kalenterivuosi")
    assert meets.url == "/keski-suomi-2023/sitoumukset/kuntakokous-koolle/"


def test_one_bearers_periods_are_chips_with_their_proof(scene_on):
    meets = card(scene_on("2024-06-01"), "kuntakokous-koolle")
    assert [(chip.mark.shape, chip.words, chip.heard) for chip in meets.chips] == [
        ("fulfilled", "2023", "toteutunut"),
        ("fulfilled", "2024", "toteutunut"),
        ("scheduled", "2025 tulossa", ""),
    ]
    assert [proof.when for proof in meets.proofs] == ["21.5.2024", "16.5.2023"]
    assert '<a href="https://example.org/muistio"' in meets.proofs[1].html
    assert "kuntakokous § 4" in meets.proofs[1].html


def test_card_keeps_to_the_day_that_is_looked_at(scene_on):
    meets = card(scene_on("2024-05-20", audience="all"), "kuntakokous-koolle")
    assert [chip.words for chip in meets.chips] == ["2023", "2024 avoin (31.12. mennessä)", "2025 tulossa"]


def test_public_is_not_told_what_a_party_alone_has_left_undone(scene_on):
    meets = card(scene_on("2024-05-20"), "kuntakokous-koolle")
    assert [chip.mark.shape for chip in meets.chips] == ["fulfilled", HIDDEN, "scheduled"]
    assert "avoin" not in " ".join(chip.words for chip in meets.chips)


def test_what_many_have_is_counted_never_judged_by_the_worst(scene_on):
    shared = card(scene_on("2024-06-01"), "tietopohja")
    (year_2023, year_2024, year_2025) = shared.rows
    assert (year_2023.label, year_2023.words, year_2023.rest) == (
        "2023",
        "1/24 toimittanut",
        "23 ilman kirjausta ajankohtaan mennessä",
    )
    assert year_2024.words == "0/24 toimittanut"
    assert year_2024.rest == "24 avointa (31.12.2024 mennessä)"
    assert year_2025.words == "Tulossa"
    assert shared.shape == "part"
    assert not shared.proofs


def test_pairs_of_party_and_theme_are_counted_with_whole_parties(scene_on):
    pairs = card(scene_on("2024-06-01"), "vastinparit")
    (row,) = pairs.rows
    assert row.words == "3/240 nimetty"
    assert row.tally.percent == 1
    assert pairs.extra == "0/24 osapuolella kaikki"


def test_groups_have_a_line_each(scene_on):
    accepted = card(scene_on("2024-06-01"), "ryhma-hyvaksynta")
    by_name = {part.name: part.words for part in accepted.parts}
    assert len(by_name) == 10
    assert by_name["Tilahallinnan yhteistyöryhmä"] == "0/24"


def test_groups_shown_are_those_of_the_term_that_goes_on(scene_on):
    accepted = card(scene_on("2024-06-01"), "ryhma-hyvaksynta")
    assert {part.name: part.words for part in accepted.parts}["ICT-yhteistyöryhmä"] == "2/24"


def test_late_is_said_with_its_day(scene_on):
    evaluated = card(scene_on("2025-07-01"), "arviointi")
    (chip,) = evaluated.chips
    assert chip.mark.shape == "fulfilled-late"
    assert chip.words == "Toteutunut myöhemmin (12.6.2025)"


def test_without_a_measure_nothing_is_counted(scene_on):
    lines = card(scene_on("2024-06-01"), "foorumi-linjaukset")
    (chip,) = lines.chips
    assert (chip.mark.shape, chip.words) == ("unmeasured", "Ei mittaria sopimuksessa")
    assert not lines.actions


def test_unused_right_is_available_and_no_breach(scene_on):
    right = card(scene_on("2024-06-01", audience="all"), "johtajan-lasnaolo-kuntajohtajat")
    (chip,) = right.chips
    assert (chip.mark.shape, chip.mark.tone, chip.words) == ("right", "none", "Käytettävissä")


def test_meetings_of_several_bodies_are_told_apart(scene_on):
    facts = [
        {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-21"},
        {"fact": "meeting-held", "body": "foorumi", "on": "2024-04-21"},
        {
            "fact": "release-published",
            "body": "foorumi",
            "meeting": "2024-04-21",
            "on": "2024-04-22",
            "by": "jyvaskyla",
        },
    ]
    told = card(scene_on("2024-06-01", audience="all", facts=facts), "viestinta-kokous")
    assert [chip.words for chip in told.chips] == ["foorumi 21.4.2024", "kuntakokous 21.5.2024 avoin (ei määräaikaa)"]


def test_only_who_may_record_is_offered_to(scene_on):
    def offered(audience):
        return [
            action.words for action in card(scene_on("2024-06-01", audience=audience), "kuntakokous-koolle").actions
        ]

    assert offered("public") == []
    assert offered("party:luhanka") == ["Kirjaa toteutuminen"]


def test_none_of_it_is_counted_when_only_what_is_done_is_shown(scene_on):
    shared = card(scene_on("2024-06-01", shown="none"), "tietopohja")
    assert next(row.words for row in shared.rows) == "1 toimittanut"
    assert not any(row.rest or row.bar for row in shared.rows)
    assert shared.shape == HIDDEN


def test_card_has_room_for_the_latest_periods_and_tells_of_the_others(scene_on):
    facts = [{"fact": "meeting-held", "body": "kuntakokous", "on": f"2024-0{month}-10"} for month in range(1, 8)]
    agenda = card(scene_on("2024-09-01", audience="all", facts=facts), "kuntakokous-asialista")
    assert [chip.words[:9] for chip in agenda.chips] == ["10.4.2024", "10.5.2024", "10.6.2024", "10.7.2024"]
    assert agenda.left_out == 3


def test_words_are_escaped(scene_on):
    facts = [
        {"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-21", "reference": "<script>alert(1)</script>"}
    ]
    (proof,) = card(scene_on("2024-06-01", facts=facts), "kuntakokous-koolle").proofs
    assert "<script>" not in proof.html
    assert "&lt;script&gt;" in proof.html


def test_preparedness_body_is_secret_by_reference(scene_on, charter):
    from yhdyspinta.desk.bodies import body_page_of  # noqa: PLC0415

    secret = charter.bodies["ksturva"].preparedness
    public = body_page_of(scene_on("2024-06-01"), "ksturva")
    party = body_page_of(scene_on("2024-06-01", audience="party:luhanka"), "ksturva")
    assert public is not None
    assert party is not None
    assert secret == public.preparedness
    assert "salainen" in party.meetings[0].proof.reference
    if secret:
        assert public.meetings[0].proof.reference == "1/2024"


def test_rest_of_a_count_tells_nothing_that_is_not_counted(scene_on):
    reports = card(scene_on("2024-06-01"), "hyvinvointikertomus")
    said = {row.label: row.rest for row in reports.rows}
    assert said["2021–2025"] == "22 avointa (31.5.2025 mennessä)"
    assert said["2022–2025"] == ""
