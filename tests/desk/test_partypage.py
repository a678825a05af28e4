from __future__ import annotations

from yhdyspinta.desk.partypage import heading_of, page_of
from yhdyspinta.records.models import Remark


def sections(page):
    return {section.id: [line.duty for line in section.lines] for section in page.sections}


def test_heading_has_the_partys_genitive(scene_on, charter):
    scene = scene_on("2024-06-01")
    assert heading_of(scene, charter.parties["luhanka"]) == "Luhangan asiat"
    assert heading_of(scene, charter.parties["keski-suomen-hyvinvointialue"]).startswith("Keski-Suomen hyvinv")


def test_page_begins_with_what_waits_and_ends_with_what_is_done(scene_on):
    found = sections(page_of(scene_on("2024-06-01", audience="party:luhanka"), "luhanka", {}))
    assert list(found) == ["waiting", "open", "coming", "holding", "done", "other"]
    assert "koordinaatio" in found["waiting"]
    assert "tietopohja" in found["open"]
    assert "jatkaminen" in found["coming"]
    assert found["holding"] == ["vastinparit"]
    assert "allekirjoitus" in found["done"]


def test_themes_of_one_duty_are_one_line(scene_on):
    page = page_of(scene_on("2024-06-01", audience="all"), "luhanka", {})
    lines = [line for section in page.sections for line in section.lines if line.duty == "vastinparit"]
    assert [line.about.split(":")[0] for line in lines] == ["8 teemaa", "2 teemaa"]
    assert lines[1].about == "2 teemaa: ICT, TKKI-toiminta"


def test_public_sees_no_undone_thing_of_a_party(scene_on):
    page = page_of(scene_on("2024-06-01"), "luhanka", {})
    assert list(sections(page)) == ["coming", "holding", "done", "other"]
    assert all(line.mark.tone != "todo" for section in page.sections for line in section.lines)
    assert page.hidden > 0


def test_statutory_tasks_stand_apart(scene_on, charter):
    page = page_of(scene_on("2024-06-01", audience="all"), "luhanka", {})
    assert {line.duty for line in page.statutory} == {"hyte-raportti", "hyvinvointikertomus"}
    shown = {line.duty for section in page.sections for line in section.lines}
    assert not any(charter.duties[duty].basis == "statutory" for duty in shown)


def test_what_is_borne_together_says_with_whom(scene_on):
    page = page_of(scene_on("2024-06-01", audience="all"), "keski-suomen-liitto", {})
    lines = {line.duty: line for section in page.sections for line in section.lines}
    assert lines["foorumi-koolle"].with_others == "yhdessä: Keski-Suomen hyvinvointialue"
    assert lines["arviointi"].with_others == "kaikki osapuolet yhdessä"


def test_each_duty_has_one_anchor_for_the_matrix_to_lead_to(scene_on):
    page = page_of(scene_on("2024-06-01", audience="all"), "luhanka", {})
    anchors = [line.anchor for section in page.sections for line in section.lines if line.anchor]
    assert len(anchors) == len(set(anchors))
    assert "duty-vastinparit" in anchors


def test_remark_stands_beside_its_mark(scene_on):
    remark = Remark(party="luhanka", duty="tietopohja", period="2023", text="Toimitimme sen jo keväällä.")
    page = page_of(scene_on("2024-06-01"), "luhanka", {("luhanka", "tietopohja", "2023", None): remark})
    said = [line.remarks for section in page.sections for line in section.lines if line.remarks]
    assert said == [("Toimitimme sen jo keväällä.",)]


def test_who_may_record_is_led_to_the_form(scene_on):
    page = page_of(scene_on("2024-06-01", audience="party:luhanka"), "luhanka", {})
    lines = {line.duty: line for section in page.sections for line in section.lines}
    assert lines["koordinaatio"].record_url == (
        "/keski-suomi-2023/kirjaukset/uusi/?sitoumus=koordinaatio&jakso=agreement&osapuoli=luhanka"
    )
    assert lines["allekirjoitus"].record_url == ""
    assert lines["allekirjoitus"].remark_url.startswith("/keski-suomi-2023/osapuolet/luhanka/huomautus/?")
    public = page_of(scene_on("2024-06-01"), "luhanka", {})
    assert not any(line.record_url or line.remark_url for section in public.sections for line in section.lines)
