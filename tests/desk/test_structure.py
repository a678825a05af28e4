from __future__ import annotations

from itertools import combinations, pairwise

from yhdyspinta.desk.structure import WIDTH, Band, Node, diagram_of


def node(id_: str, name: str = "", state: str = "2/3 toteutunut") -> Node:
    return Node(id_, name or id_, "Koollekutsuja: Jyväskylän kaupunki", state, "open", "part", f"/{id_}/")


def bands(groups: int = 10) -> list[Band]:
    return [
        Band(1, "Strateginen foorumi", (node("foorumi"),)),
        Band(2, "Kuntakokous", (node("kuntakokous"),)),
        Band(3, "Viranhaltijoiden yhteistyö", tuple(node(f"elin-{number}") for number in range(5))),
        Band(4, "Operatiivinen verkostoyhteistyö", (), tuple(node(f"ryhma-{number}") for number in range(groups))),
    ]


def test_bands_stand_below_one_another_in_the_order_of_levels():
    levels = diagram_of(bands(), {}).levels
    assert [level.number for level in levels] == [1, 2, 3, 4]
    for upper, lower in pairwise(levels):
        assert upper.y + upper.height < lower.y


def test_boxes_stay_inside_their_band_and_apart_from_one_another():
    for level in diagram_of(bands(), {}).levels:
        for box in level.boxes:
            assert level.y < box.y
            assert box.y + box.height < level.y + level.height
            assert box.x + box.width < WIDTH
        for one, other in combinations(level.boxes, 2):
            apart_in_x = one.x + one.width <= other.x or other.x + other.width <= one.x
            apart_in_y = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert apart_in_x or apart_in_y


def test_words_stay_inside_their_box():
    long = node("pitka", "Keski-Suomen turvallisuus- ja valmiustoimikunta varautumisen yhteistyöfoorumina")
    (level,) = diagram_of([Band(1, "Taso", tuple([long] * 4))], {}).levels
    for box in level.boxes:
        written = [*box.name, *box.convened]
        assert all(box.y < line.y < box.y + box.height for line in written)
        assert box.state is not None
        assert written[-1].y < box.state.y < box.y + box.height


def test_line_leads_from_those_who_prepare_the_agenda():
    (line,) = diagram_of(bands(), {"kuntakokous": ("elin-0", "tuntematon")}).lines
    assert line.startswith("M")
    assert diagram_of(bands(), {"elin-0": ("kuntakokous",)}).lines == ()


def test_level_without_bodies_is_still_a_band():
    (level,) = diagram_of([Band(1, "Tyhjä taso", ())], {}).levels
    assert level.boxes == ()
    assert level.height > 0
