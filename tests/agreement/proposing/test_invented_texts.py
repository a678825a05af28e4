"""What is proposed from agreements of other regions, in other words, in both languages; and what is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.agreement.proposing.texts import (
    MERILAAKSO,
    MERILAAKSO_PARTIES,
    OSTKUSTEN,
    OSTKUSTEN_PARTIES,
    POYTAKIRJA,
    clauses,
)
from yhdyspinta.agreement.proposing import KnownParty, Proposal, propose

COUNTY_AND_MUNICIPALITIES = "merilaakson-hyvinvointialue+lokkiluoto+hylkeennokka+tyrskyla"


def line(proposal: Proposal) -> str:
    """A duty or right as one line: rule, bearer, kind or role, period, window, facts, and what is open."""
    data = proposal.data
    bearer = data.get("bearer", "?")
    bearer = (
        "+".join(bearer)
        if isinstance(bearer, list)
        else "/".join(bearer["each"])
        if isinstance(bearer, dict)
        else bearer
    )
    window = data.get("window", {})
    when = " ".join(filter(None, (str(data.get("per", "")), f"x{data['count']}" if "count" in data else "")))
    days = f"{window.get('from', '')}..{window.get('to', '')}" if window else ""
    facts = "+".join(data.get("evidence", ()))
    return " | ".join(
        (proposal.rule, str(bearer), str(data.get("kind", "right")), when, days, facts, ",".join(proposal.open))
    )


def lines(text: str, language: str, parties: Sequence[KnownParty]) -> list[str]:
    found = propose(clauses(text), language=language, parties=parties)
    return [line(proposal) for proposal in found if proposal.kind in ("duty", "right")]


def names(text: str, language: str, parties: Sequence[KnownParty], kind: str) -> list[str]:
    found = propose(clauses(text), language=language, parties=parties)
    return [proposal.data["name"][language] for proposal in found if proposal.kind == kind]


def test_duties_of_a_text_with_three_levels() -> None:
    assert lines(MERILAAKSO, "fi", MERILAAKSO_PARTIES) == [
        "convenor-named | tyrskyla | achieve | calendar-year x2 |  | meeting-held | ",
        "monitors-goals | johdon-foorumi | achieve | calendar-year | 11-01..11-30 | item-handled | ",
        "agenda | merilaakson-liitto | achieve | meeting of johdon-foorumi | ..day before | agenda-issued | ",
        "invites | merilaakson-hyvinvointialue | achieve | calendar-year x4 |  | meeting-held | ",
        "steers | ohjausryhma | unmeasured |  |  |  | ",
        "reports | ohjausryhma | unmeasured |  |  |  | frequency",
        "names-members | each party | maintain |  |  | member-named | ",
        "appoints | merilaakson-hyvinvointialue | achieve | council-term |  | body-appointed | term",
        "names-members | each municipality | maintain |  |  | member-named | ",
        "adopts-plan | each group | achieve | calendar-year | ..01-31 | plan-adopted | ",
        "contributes | lokkiluoto | achieve | calendar-year | ..03-31 | contribution-delivered | ",
        "contributes | hylkeennokka | achieve | calendar-year | ..03-31 | contribution-delivered | ",
        "informs | each party | unmeasured |  |  |  | ",
        "negotiates | merilaakson-hyvinvointialue+lokkiluoto+hylkeennokka+tyrskyla | unmeasured |  |  |  | frequency",
        "coordinators | each municipality | maintain |  |  | coordinator-named | ",
        "evaluates-agreement | all | achieve |  | ..2027-12-31 | evaluation-made | ",
        "decides-on-renewal | each party | achieve |  |  | decision-made | ",
        "may-be-present | merilaakson-liitto | right |  |  | member-named | ",
        "signatures-heading | each party | achieve |  |  | signed | ",
    ]


def test_duties_of_a_swedish_text_with_finnish_places() -> None:
    assert lines(OSTKUSTEN, "sv", OSTKUSTEN_PARTIES) == [
        "invites | masskar | achieve | calendar-year |  | meeting-held | ",
        "monitors-goals | ledningsforumet | achieve | calendar-year |  | item-handled | ",
        "agenda | ostkustens-forbund | achieve | meeting of ledningsforumet |  | agenda-issued | window",
        "convenor-named | hyljeniemi | achieve | calendar-year x4 |  | meeting-held | ",
        "names-members | each party | maintain |  |  | member-named | ",
        "reports | samordningsgruppen | unmeasured |  |  |  | frequency",
        "appoints | ostkustens-valfardsomrade | achieve | council-term |  | body-appointed | term",
        "officers | each group | achieve |  |  | officers-elected | ",
        "adopts-plan | each group | achieve | calendar-year | ..02-28 | plan-adopted | ",
        "contributes | tyrskyniemi | achieve | calendar-year |  | contribution-delivered | ",
        "contributes | hyljeniemi | achieve | calendar-year |  | contribution-delivered | ",
        "counterparts | each municipality | maintain |  |  | counterpart-named | ",
        "evaluates-agreement | all | achieve |  | ..2027-12-31 | evaluation-made | ",
        "decides-on-renewal | each party | achieve |  |  | decision-made | window,reading",
        "may-be-present | ostkustens-forbund | right |  |  | member-named | ",
        "signatures-heading | each party | achieve |  |  | signed | ",
    ]


def test_duties_of_a_protocol_with_numbered_sections() -> None:
    assert lines(POYTAKIRJA, "fi", MERILAAKSO_PARTIES) == [
        "invites | merilaakson-hyvinvointialue | achieve | calendar-year x3 |  | meeting-held | ",
        "officers | yhteistyoneuvottelukunta | achieve |  |  | officers-elected | ",
        "picture | yhteistyoneuvottelukunta | achieve | calendar-year | 04-01..05-31 | picture-approved | ",
        "minutes | yhteistyoneuvottelukunta | achieve | meeting of yhteistyoneuvottelukunta |  | minutes-approved | ",
        "takes-part | each party | maintain |  |  | member-named | ",
        f"negotiates | {COUNTY_AND_MUNICIPALITIES} | achieve | calendar-year |  | negotiation-held | ",
        "reports | wellbeing-services-county/municipality | achieve | calendar-year |  | report-presented | ",
        "prepares | tyrskyla | unmeasured |  |  |  | ",
        "communicates | convenors | achieve | meeting of yhteistyoneuvottelukunta |  | release-published | ",
        "shares-releases | each party | achieve | release |  | release-shared | ",
        "uses-online-meetings | yhteistyoneuvottelukunta | unmeasured |  |  |  | ",
        "monitors-goals | ? | achieve | calendar-year |  | item-handled | bearer",
    ]


def test_levels_bodies_themes_goals_and_laws_of_a_text_with_three_levels() -> None:
    said = {
        kind: names(MERILAAKSO, "fi", MERILAAKSO_PARTIES, kind) for kind in ("level", "body", "theme", "goal", "law")
    }
    assert said == {
        "level": ["Strateginen taso", "Taktinen taso", "Operatiivinen taso"],
        "body": ["johdon foorumi", "ohjausryhmä"],
        "theme": ["lastensuojelun", "asumispalvelujen", "kotoutumisen"],
        "goal": ["parantaa palvelujen saatavuutta", "vähentää eriarvoisuutta", "tukea lasten ja nuorten hyvinvointia"],
        "law": ["Kuntalaki", "lain sosiaali- ja terveydenhuollon järjestämisestä"],
    }


def test_levels_bodies_themes_and_goals_of_a_swedish_text() -> None:
    said = {kind: names(OSTKUSTEN, "sv", OSTKUSTEN_PARTIES, kind) for kind in ("level", "body", "theme", "goal")}
    assert said == {
        "level": ["Politisk ledning", "Tjänsteinnehavare", "Arbetsgrupper"],
        "body": ["ledningsforumet", "samordningsgruppen"],
        "theme": ["barnskydd", "integration", "boende"],
        "goal": ["förbättra tillgången till service", "minska ojämlikhet", "stärka närservicen på båda språken"],
    }


def test_a_body_says_its_level_and_who_convenes_and_prepares() -> None:
    found = propose(clauses(MERILAAKSO), language="fi", parties=MERILAAKSO_PARTIES)
    forum = next(p.data for p in found if p.kind == "body" and p.data["id"] == "johdon-foorumi")
    assert forum["level"] == 1
    assert forum["convened-by"] == ["tyrskyla"]
    assert forum["agenda-by"] == ["merilaakson-liitto"]
    assert forum["short-name"] == {"fi": "foorumi"}


def test_only_the_level_of_groups_has_groups() -> None:
    found = propose(clauses(MERILAAKSO), language="fi", parties=MERILAAKSO_PARTIES)
    assert [p.data.get("groups", False) for p in found if p.kind == "level"] == [False, False, True]


def test_a_topic_in_the_genitive_leaves_its_name_open() -> None:
    found = propose(clauses(MERILAAKSO), language="fi", parties=MERILAAKSO_PARTIES)
    assert {p.open for p in found if p.kind == "theme"} == {("name",)}


def test_a_law_keeps_what_the_text_writes_of_it() -> None:
    found = propose(clauses(MERILAAKSO), language="fi", parties=MERILAAKSO_PARTIES)
    first, second = [p for p in found if p.kind == "law"]
    assert (first.data["section"], first.data["verbatim"], first.open) == ("15 §", "Kuntalain 15 §", ())
    assert (second.data["number"], second.open) == ("612/2021", ("name",))


NO_DUTIES_FI = (
    "Yhdyspinnalla tarkoitetaan tehtävää, josta vastaa vähintään kaksi osapuolta.",
    "Kunta voi nimetä ohjausryhmään edustajan.",
    "Kunta voisi toimittaa tiedot vuosittain.",
    "Tarvittaessa voidaan perustaa työryhmiä, esimerkiksi hankkeita varten.",
    "Kokouksista ei makseta palkkioita.",
    "Kunnat eivät nimeä varajäseniä ohjausryhmään.",
    "Kunta ei raportoi hyvinvoinnista vuosittain.",
    "Johtoryhmällä tarkoitetaan ryhmää, joka kokoontuu vuosittain.",
    "Kunnat ovat raportoineet hyvinvoinnista vuosittain.",
    "Ohjausryhmä asetettiin vuonna 2020.",
    "Lain mukaan kunta raportoi hyvinvoinnista vuosittain.",
    "Kunnat pyrkivät raportoimaan hyvinvoinnista vuosittain.",
    "Jokainen osapuoli maksaa edustajiensa matkakulut.",
    "Kaikki osapuolet sitoutuvat ihmislähtöisiin palveluihin.",
    "Yhteistyö perustuu luottamukseen.",
    "Ohjausryhmälle vuosittain raportoitava tieto on julkista.",
)
NO_DUTIES_SV = (
    "Med kontaktyta avses en uppgift som minst två parter ansvarar för.",
    "Kommunen kan utse en företrädare i samordningsgruppen.",
    "Vid behov kan arbetsgrupper tillsättas, till exempel för projekt.",
    "För mötena betalas inga arvoden.",
    "Kommunerna utser inte ersättare i samordningsgruppen.",
    "Enligt lagen rapporterar kommunen varje år om välfärden.",
    "Kommunerna borde utse en kontaktperson.",
    "Varje part betalar resekostnaderna för sina företrädare.",
    "Parterna strävar efter att rapportera årligen.",
    "Samarbetet bygger på förtroende.",
)


@pytest.mark.parametrize("sentence", NO_DUTIES_FI)
def test_what_looks_like_a_duty_and_is_none_is_not_proposed(sentence: str) -> None:
    assert lines(f"# Yhteistyö\n## Kohta\n{sentence}", "fi", MERILAAKSO_PARTIES) == []


@pytest.mark.parametrize("sentence", NO_DUTIES_SV)
def test_what_looks_like_a_duty_in_swedish_and_is_none_is_not_proposed(sentence: str) -> None:
    assert lines(f"# Samarbete\n## Punkt\n{sentence}", "sv", OSTKUSTEN_PARTIES) == []


BEARERS_FI = (
    ("Lokkiluodon kunta kutsuu johtoryhmän koolle vuosittain.", "lokkiluoto"),
    ("Johtoryhmän kutsuu koolle Lokkiluoto.", "lokkiluoto"),
    ("Johtoryhmän koollekutsujana toimii Tyrskylän kaupunki.", "tyrskyla"),
    ("Johtoryhmän kokoonkutsujina ovat Lokkiluoto ja Tyrskylä.", "lokkiluoto+tyrskyla"),
    ("Johtoryhmän kutsuu koolle maakuntajohtaja.", "merilaakson-liitto"),
    ("Johtoryhmän kutsuu koolle aluehallitus.", "merilaakson-hyvinvointialue"),
    ("Johtoryhmän kutsuu koolle hyvinvointialueen hallitus.", "merilaakson-hyvinvointialue"),
    ("Kunnat nimeävät johtoryhmään edustajansa.", "each municipality"),
    ("Kukin kunta nimeää johtoryhmään edustajansa.", "each municipality"),
    ("Kunnat ja liitto nimeävät johtoryhmään edustajansa.", "regional-council/municipality"),
    ("Kunnat, liitto ja hyvinvointialue nimeävät johtoryhmään edustajansa.", "each party"),
    ("Osapuolet nimeävät johtoryhmään edustajansa.", "each party"),
    ("Osapuolten tulee nimetä johtoryhmään edustajansa.", "each party"),
    ("Kuntien on nimettävä johtoryhmään edustajansa.", "each municipality"),
    (
        "Hyvinvointialueen ja kuntien on raportoitava hyvinvoinnista vuosittain.",
        "wellbeing-services-county/municipality",
    ),
    ("Kaikki osapuolet arvioivat sopimuksen yhdessä vuosittain.", "all"),
    ("Johtoryhmän tehtävänä on linjata yhteistyötä.", "johtoryhma"),
    ("Johtoryhmä linjaa yhteistyötä.", "johtoryhma"),
)
BEARERS_SV = (
    ("Hyljeniemi kommun sammankallar ledningsgruppen årligen.", "hyljeniemi"),
    ("Ledningsgruppen sammankallas av Hyljeniemi.", "hyljeniemi"),
    ("Sammankallare för ledningsgruppen är staden Måsskär.", "masskar"),
    ("Ledningsgruppen sammankallas av Hyljeniemi och Tyrskyniemi stad.", "hyljeniemi+tyrskyniemi"),
    ("Ledningsgruppen sammankallas av landskapsdirektören.", "ostkustens-forbund"),
    ("Välfärdsområdesstyrelsen sammankallar ledningsgruppen.", "ostkustens-valfardsomrade"),
    ("Kommunerna utser sina företrädare i ledningsgruppen.", "each municipality"),
    ("Kommunerna ska utse sina företrädare i ledningsgruppen.", "each municipality"),
    ("Kommunerna, förbundet och välfärdsområdet utser sina företrädare i ledningsgruppen.", "each party"),
    ("Alla parter utvärderar avtalet tillsammans årligen.", "all"),
    ("Ledningsgruppen samordnar arbetet.", "ledningsgruppen"),
)


@pytest.mark.parametrize(("sentence", "bearer"), BEARERS_FI)
def test_whoever_bears_a_duty_is_found_in_any_form(sentence: str, bearer: str) -> None:
    found = lines(f"# Yhteistyö\n## Kohta\n{sentence}", "fi", MERILAAKSO_PARTIES)
    assert [duty.split(" | ")[1] for duty in found] == [bearer]


@pytest.mark.parametrize(("sentence", "bearer"), BEARERS_SV)
def test_whoever_bears_a_duty_is_found_in_swedish(sentence: str, bearer: str) -> None:
    found = lines(f"# Samarbete\n## Punkt\n{sentence}", "sv", OSTKUSTEN_PARTIES)
    assert [duty.split(" | ")[1] for duty in found] == [bearer]


TIMES_FI = (
    ("vähintään kerran vuodessa", "calendar-year", ""),
    ("kaksi kertaa vuodessa", "calendar-year x2", ""),
    ("kolmesti kalenterivuodessa", "calendar-year x3", ""),
    ("6 kertaa vuodessa", "calendar-year x6", ""),
    ("neljännesvuosittain", "calendar-year x4", ""),
    ("kuukausittain", "calendar-year x12", ""),
    ("joka toinen kuukausi", "calendar-year x6", ""),
    ("vuosittain", "calendar-year", ""),
    ("joka vuosi", "calendar-year", ""),
    ("kerran valtuustokaudessa", "council-term", ""),
    ("kaksi kertaa valtuustokauden aikana", "council-term x2", ""),
    ("valtuustokausittain", "council-term", ""),
    ("toukokuussa", "calendar-year", "05-01..05-31"),
    ("touko-kesäkuussa", "calendar-year", "05-01..06-30"),
    ("helmikuun loppuun mennessä", "calendar-year", "..02-28"),
    ("viimeistään maaliskuussa", "calendar-year", "..03-31"),
    ("maaliskuussa 2027", "", "2027-03-01..2027-03-31"),
    ("maaliskuun 2028 loppuun mennessä", "", "..2028-03-31"),
    ("31.5. mennessä", "calendar-year", "..05-31"),
    ("viimeistään 31.5.2027", "", "..2027-05-31"),
    ("vuoden loppuun mennessä", "calendar-year", "..12-31"),
    ("vuoden 2026 loppuun mennessä", "", "..2026-12-31"),
    ("vuosittain 30.9. mennessä", "calendar-year", "..09-30"),
)
TIMES_SV = (
    ("minst en gång per år", "calendar-year", ""),
    ("två gånger om året", "calendar-year x2", ""),
    ("kvartalsvis", "calendar-year x4", ""),
    ("årligen", "calendar-year", ""),
    ("varje år", "calendar-year", ""),
    ("en gång per fullmäktigeperiod", "council-term", ""),
    ("i maj", "calendar-year", "05-01..05-31"),
    ("i mars–april 2027", "", "2027-03-01..2027-04-30"),
    ("senast i februari", "calendar-year", "..02-28"),
    ("senast den 31.5.2027", "", "..2027-05-31"),
    ("före årets slut", "calendar-year", "..12-31"),
    ("före utgången av 2026", "", "..2026-12-31"),
)


@pytest.mark.parametrize(("words", "per", "days"), TIMES_FI)
def test_how_often_and_when_is_read_from_the_words(words: str, per: str, days: str) -> None:
    [found] = lines(f"# Yhteistyö\n## Kohta\nJohtoryhmä kokoontuu {words}.", "fi", MERILAAKSO_PARTIES)
    assert found.split(" | ")[3:6] == [per, days, "meeting-held"]


@pytest.mark.parametrize(("words", "per", "days"), TIMES_SV)
def test_how_often_and_when_is_read_from_swedish_words(words: str, per: str, days: str) -> None:
    [found] = lines(f"# Samarbete\n## Punkt\nLedningsgruppen sammanträder {words}.", "sv", OSTKUSTEN_PARTIES)
    assert found.split(" | ")[3:6] == [per, days, "meeting-held"]


@pytest.mark.parametrize("day", ["31.2. mennessä", "viimeistään 32.13.2027", "joulu-tammikuussa"])
def test_a_day_that_is_none_is_not_read(day: str) -> None:
    [found] = lines(f"# Yhteistyö\n## Kohta\nJohtoryhmä kokoontuu {day}.", "fi", MERILAAKSO_PARTIES)
    assert found.split(" | ")[2:6] == ["unmeasured", "", "", ""]


@pytest.mark.parametrize("words", ["keväällä 2027", "kevään 2027 aikana", "seuraavan valtuustokauden alussa"])
def test_days_that_are_not_said_stay_open(words: str) -> None:
    [found] = lines(f"# Yhteistyö\n## Kohta\nOsapuolet arvioivat sopimuksen {words}.", "fi", MERILAAKSO_PARTIES)
    assert found.split(" | ")[4:] == ["", "evaluation-made", "window,reading"]


def test_without_a_frequency_there_is_nothing_to_measure_by() -> None:
    [found] = propose(
        clauses("# Yhteistyö\n## Kohta\nLokkiluoto kutsuu johtoryhmän koolle."),
        language="fi",
        parties=MERILAAKSO_PARTIES,
    )[1:]
    assert (found.data["kind"], found.data["basis"], found.open) == ("unmeasured", "unspecified", ("frequency",))


def test_items_of_a_list_are_borne_by_the_line_above() -> None:
    found = lines("# A\n## B\nJohtoryhmän tehtävänä on:\nohjata työtä\nseurata tavoitteita vuosittain\n", "fi", ())
    assert [duty.split(" | ")[:4] for duty in found] == [
        ["steers", "johtoryhma", "unmeasured", ""],
        ["monitors-goals", "johtoryhma", "achieve", "calendar-year"],
    ]


def test_a_language_without_rules_proposes_nothing() -> None:
    assert propose(clauses(MERILAAKSO), language="en", parties=MERILAAKSO_PARTIES) == ()
