"""The municipalities, counties and regional councils that ship with the product."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from tests.support.beside import SHARED
from yhdyspinta.agreement import Party, read_agreement
from yhdyspinta.agreement import classification as bodies
from yhdyspinta.agreement.classification.naming import alphabetical, swedish_genitive
from yhdyspinta.agreement.words import Id

ROOT = Path(__file__).resolve().parents[3]
LANGUAGES = ("fi", "sv", "en")
BACK, FRONT = set("aou"), set("äöy")
# Municipalities whose own inflection no rule gives: written out once more, so that a slip of the pen in the file shows.
WRITTEN_OUT = {
    "Akaa": ("Akaan", "Akaassa"),
    "Alavus": ("Alavuden", "Alavudella"),
    "Hankasalmi": ("Hankasalmen", "Hankasalmella"),
    "Iisalmi": ("Iisalmen", "Iisalmessa"),
    "Isokyrö": ("Isonkyrön", "Isossakyrössä"),
    "Jokioinen": ("Jokioisten", "Jokioisilla"),
    "Juuka": ("Juuan", "Juuassa"),
    "Kangasala": ("Kangasalan", "Kangasalla"),
    "Kaustinen": ("Kaustisen", "Kaustisella"),
    "Kempele": ("Kempeleen", "Kempeleessä"),
    "Kokemäki": ("Kokemäen", "Kokemäellä"),
    "Koski Tl": ("Kosken Tl", "Koskella Tl"),
    "Lahti": ("Lahden", "Lahdessa"),
    "Loppi": ("Lopen", "Lopella"),
    "Luhanka": ("Luhangan", "Luhangassa"),
    "Muhos": ("Muhoksen", "Muhoksella"),
    "Mynämäki": ("Mynämäen", "Mynämäessä"),
    "Nurmes": ("Nurmeksen", "Nurmeksessa"),
    "Parainen": ("Paraisten", "Paraisilla"),
    "Pihtipudas": ("Pihtiputaan", "Pihtiputaalla"),
    "Punkalaidun": ("Punkalaitumen", "Punkalaitumella"),
    "Puolanka": ("Puolangan", "Puolangalla"),
    "Rautalampi": ("Rautalammin", "Rautalammilla"),
    "Tampere": ("Tampereen", "Tampereella"),
    "Taipalsaari": ("Taipalsaaren", "Taipalsaarella"),
    "Turku": ("Turun", "Turussa"),
    "Uurainen": ("Uuraisten", "Uuraisilla"),
    "Uusikaarlepyy": ("Uudenkaarlepyyn", "Uudessakaarlepyyssä"),
    "Uusikaupunki": ("Uudenkaupungin", "Uudessakaupungissa"),
    "Varkaus": ("Varkauden", "Varkaudessa"),
    "Vihti": ("Vihdin", "Vihdissä"),
    "Viitasaari": ("Viitasaaren", "Viitasaarella"),
    "Virrat": ("Virtain", "Virroilla"),
    "Vöyri": ("Vöyrin", "Vöyrillä"),
    "Äänekoski": ("Äänekosken", "Äänekoskella"),
}
GENITIVE_OF_ENDINGS = {
    "järvi": "järven", "joki": "joen", "koski": "kosken", "niemi": "niemen", "salmi": "salmen", "lahti": "lahden",
    "vesi": "veden", "mäki": "mäen", "saari": "saaren", "ranta": "rannan", "nummi": "nummen", "harju": "harjun",
    "la": "lan", "lä": "län", "maa": "maan", "pää": "pään", "inen": ("isten", "isen"), "kylä": "kylän",
}  # fmt: skip


def test_all_municipalities_of_each_year_are_there() -> None:
    assert len(bodies.municipalities()) == 309
    assert [len(bodies.municipalities(dt.date(year, 6, 1))) for year in (2022, 2023, 2024, 2025, 2026)] == [
        309, 309, 309, 308, 308,
    ]  # fmt: skip
    assert len(bodies.counties()) == 21
    assert len(bodies.regional_councils()) == 18
    assert len(bodies.regions()) == 19
    assert {area.region for area in bodies.subregions()} == {area.code for area in bodies.regions()}


def test_pertunmaa_was_joined_to_mantyharju_at_the_end_of_2024() -> None:
    pertunmaa = bodies.find("Pertunmaan kunta")
    assert pertunmaa is not None
    assert (pertunmaa.to, pertunmaa.into) == (dt.date(2024, 12, 31), "507")
    assert pertunmaa in bodies.municipalities(dt.date(2024, 12, 31))
    assert pertunmaa not in bodies.municipalities(dt.date(2025, 1, 1))
    assert bodies.party_block(pertunmaa, ["fi"])["to"] == dt.date(2024, 12, 31)


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025, 2026])
def test_codes_and_names_are_those_of_statistics_finland(year: int) -> None:
    path = SHARED / "data" / "luokitukset" / f"kunnat_{year}.csv"
    if not path.exists():
        pytest.skip("the classification as published is not here")
    with path.open(encoding="utf-8") as lines:
        published = {row["kunta"]: row for row in csv.DictReader(lines)}
    ours = {entry.code: entry for entry in bodies.municipalities(dt.date(year, 6, 1))}
    assert set(ours) == set(published)
    for code, entry in ours.items():
        row = published[code]
        assert entry.region == row["maakunta_koodi"]
        assert entry.county == row["hyvinvointialue_koodi"].replace("91", "")
        assert (entry.subregion, entry.language) == (row["seutukunta_koodi"], row["kielisuhde_koodi"])
        assert entry.name["sv"] == row["kunta_nimi_sv"]
        assert row["kunta_nimi_fi"] in {entry.name["fi"], entry.official_name["fi"]}


def test_the_parties_of_central_finland_are_those_of_its_agreement() -> None:
    charter = read_agreement(ROOT / "agreements" / "keski-suomi-2023")
    block = bodies.parties_of_region("13", LANGUAGES)
    assert [party["id"] for party in block] == list(charter.parties)
    for party in block:
        written = charter.parties[party["id"]].model_dump(by_alias=True, exclude_none=True)
        assert party == {key: value for key, value in written.items() if key not in {"business-id", "address"}}


def test_every_entry_is_a_party_that_an_agreement_can_have() -> None:
    for entry in bodies.everything():
        party = Party.model_validate(bodies.party_block(entry, LANGUAGES))
        assert party.name.languages() == set(LANGUAGES)
        TypeAdapter(Id).validate_python(entry.id)


def test_ids_and_names_each_name_one_body() -> None:
    counted = Counter(entry.id for entry in bodies.everything())
    assert [id for id, times in counted.items() if times > 1] == []
    named: dict[str, set[str]] = {}
    for entry in bodies.everything():
        for name in bodies.names_of(entry):
            named.setdefault(bodies.folded(name), set()).add(entry.id)
    assert [(name, ids) for name, ids in named.items() if len(ids) > 1] == []


def test_a_body_is_found_by_each_of_its_names_in_each_language() -> None:
    for entry in bodies.everything():
        for name in (*entry.name.values(), *entry.official_name.values()):
            assert bodies.find(name) is entry
            assert bodies.find(f" {name.upper()}, ") is entry


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Luhangan kunta", "luhanka"),
        ("Luhangan  kaupunki", "luhanka"),
        ("Pedersören kunta", "pedersore"),
        ("Pedersöre kommun", "pedersore"),
        ("Staden Jakobstad", "pietarsaari"),
        ("Jakobstads stad", "pietarsaari"),
        ("Esbo stad", "espoo"),
        ("Kyrkslätts kommun", "kirkkonummi"),
        ("Kyrkslätt kommun", "kirkkonummi"),
        ("Koski Tl", "koski-tl"),
        ("Kosken Tl kunta", "koski-tl"),
        ("Kosken kunta", "koski-tl"),
        ("City of Helsinki", "helsinki"),
        ("Mänttä–Vilppula", "mantta-vilppula"),
        ("Österbottens förbund", "pohjanmaan-liitto"),
        ("Satakuntaliitto", "satakuntaliitto"),
        ("Keski-Suomen maakuntaliitto", "keski-suomen-liitto"),
        ("Central Finland wellbeing services county", "keski-suomen-hyvinvointialue"),
        ("Ålands landskapsregering", "ahvenanmaan-maakunnan-hallitus"),
    ],
)
def test_a_name_as_people_write_it_is_found(text: str, id: str) -> None:
    found = bodies.find(text)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize("text", ["", "kunta", "Luhangan", "Luhangan kunnan", "Hylkeennokka", "Suomi"])
def test_what_is_no_name_finds_nothing(text: str) -> None:
    assert bodies.find(text) is None


def test_there_are_107_cities() -> None:
    forms = Counter(entry.form for entry in bodies.municipalities())
    assert forms == {"kaupunki": 107, "kunta": 202}


def test_finnish_names_are_inflected_as_the_places_do_it() -> None:
    by_name = {entry.name["fi"]: (entry.genitive["fi"], entry.local["fi"]) for entry in bodies.municipalities()}
    assert {name: by_name[name] for name in WRITTEN_OUT} == WRITTEN_OUT


def test_every_finnish_genitive_ends_in_n_and_every_local_form_in_a_local_case() -> None:
    for entry in bodies.municipalities():
        assert re.search(r"n( Tl)?$", entry.genitive["fi"]), entry
        assert re.search(r"(ss[aä]|ll[aä])( Tl)?$", entry.local["fi"]), entry
        assert entry.official_name["fi"] == f"{entry.genitive['fi']} {entry.form}"
        assert entry.genitive["fi"][:2] == entry.local["fi"][:2] == entry.name["fi"][:2]


def test_genitive_and_local_form_have_one_stem() -> None:
    """Luhanga-n, Luhanga-ssa; a plural has i before the ending, and two names are contracted."""
    for entry in bodies.municipalities():
        stem = re.sub(r"(ss|ll)[aä]( Tl)?$", "", entry.local["fi"])
        genitive = re.sub(r"n( Tl)?$", "", entry.genitive["fi"])
        plural = genitive.endswith("ste") and stem == genitive.removesuffix("ste") + "si"
        inflected_within = entry.name["fi"].startswith(("Uusi", "Iso")) and stem[-4:] == genitive[-4:]
        contracted = entry.name["fi"] in {"Kangasala", "Virrat"}
        assert stem == genitive or plural or inflected_within or contracted, entry


def test_vowels_are_in_harmony() -> None:
    """The last of a, o, u, ä, ö, y decides; -vesi and -niemi have none, and so take ä."""
    for entry in bodies.municipalities():
        *stem, ending = list(entry.local["fi"].removesuffix(" Tl").lower())
        harmonic = [letter for letter in stem if letter in BACK | FRONT]
        neutral = not harmonic or "".join(stem[:-2]).endswith(("vede", "nieme"))
        assert (ending == "ä") == (neutral or harmonic[-1] in FRONT), entry


@pytest.mark.parametrize("ending", GENITIVE_OF_ENDINGS)
def test_names_with_a_common_ending_are_inflected_alike(ending: str) -> None:
    wanted = GENITIVE_OF_ENDINGS[ending]
    wanted = (wanted,) if isinstance(wanted, str) else tuple(wanted)
    names = [entry for entry in bodies.municipalities() if entry.name["fi"].endswith(ending)]
    assert names
    for entry in names:
        assert entry.genitive["fi"].endswith(wanted), entry


def test_swedish_names_have_their_genitive_and_place() -> None:
    assert [swedish_genitive(name) for name in ("Esbo", "Laukas", "Kontiolax")] == ["Esbos", "Laukas", "Kontiolax"]
    for entry in bodies.municipalities():
        assert entry.local["sv"] in {f"i {entry.name['sv']}", f"på {entry.name['sv']}"}
        assert re.search(rf"\b{'stad' if entry.form == 'kaupunki' else 'kommun'}", entry.official_name["sv"].lower())


def test_the_alphabet_has_a_with_ring_and_dots_last() -> None:
    names = ["Äänekoski", "Ähtäri", "Vårdö", "Vöyri", "Vaasa", "Åbo", "Zeta", "Öja", "Jämsä", "Jyväskylä"]
    assert sorted(names, key=alphabetical) == [
        "Jyväskylä", "Jämsä", "Vaasa", "Vårdö", "Vöyri", "Zeta", "Åbo", "Ähtäri", "Äänekoski", "Öja",
    ]  # fmt: skip


def test_uusimaa_has_four_counties_and_helsinki() -> None:
    ids = [party["id"] for party in bodies.parties_of_region("01", ["fi"])]
    assert ids[:6] == [
        "ita-uudenmaan-hyvinvointialue", "keski-uudenmaan-hyvinvointialue", "lansi-uudenmaan-hyvinvointialue",
        "vantaan-ja-keravan-hyvinvointialue", "uudenmaan-liitto", "askola",
    ]  # fmt: skip
    assert "helsinki" in ids
    assert len(ids) == 5 + 26


def test_one_of_several_counties_can_be_chosen() -> None:
    ids = [party["id"] for party in bodies.parties_of_county("04", ["fi"])]
    assert ids == ["vantaan-ja-keravan-hyvinvointialue", "uudenmaan-liitto", "kerava", "vantaa"]
    assert [party["id"] for party in bodies.parties_of_county(bodies.HELSINKI, ["fi"])] == [
        "uudenmaan-liitto", "helsinki",
    ]  # fmt: skip
    assert bodies.find_county("Helsinki") == bodies.HELSINKI
    assert bodies.find_county("Vanda och Kervo välfärdsområde") == "04"
    assert bodies.find_county("Vantaa") is None


def test_every_municipality_outside_aland_has_one_county_in_its_own_region() -> None:
    counties = {county.code: county for county in bodies.counties()}
    for entry in bodies.municipalities():
        if entry.region == bodies.ALAND:
            assert entry.county == ""
        elif entry.county != bodies.HELSINKI:
            assert counties[entry.county].region == entry.region


def test_aland_has_no_county_and_no_regional_council() -> None:
    block = bodies.parties_of_region(bodies.ALAND, ["sv"])
    assert {party["kind"] for party in block} == {"municipality"}
    assert [party["name"]["sv"] for party in block][-2:] == ["Sund", "Vårdö"]


def test_a_municipality_that_has_ended_is_no_party_of_a_new_agreement() -> None:
    assert "pertunmaa" not in {party["id"] for party in bodies.parties_of_region("10", ["fi"])}
    before = bodies.parties_of_region("10", ["fi"], dt.date(2024, 1, 1))
    assert "pertunmaa" in {party["id"] for party in before}


def test_an_unknown_region_or_county_is_said() -> None:
    with pytest.raises(LookupError, match="no region `99`"):
        bodies.parties_of_region("99", ["fi"])
    with pytest.raises(LookupError, match="no wellbeing services county ``"):
        bodies.parties_of_county("", ["fi"])


def test_a_region_is_found_by_code_and_by_name() -> None:
    assert [area and area.code for area in map(bodies.find_region, ["13", "Mellersta Finland", "uusimaa", "x"])] == [
        "13", "13", "01", None,
    ]  # fmt: skip
