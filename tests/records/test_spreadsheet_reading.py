"""Files of every sort: what is understood, and what is said of those that are not."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from tests.records.koe import charter
from yhdyspinta.records.spreadsheet import FORMATS, LIMITS, Unreadable, read_lines, reading, template, to_csv
from yhdyspinta.records.spreadsheet.columns import COLUMNS
from yhdyspinta.records.spreadsheet.writing import Cells
from yhdyspinta.records.words import Names

HEAD = "Tapahtuma;Päivä;Elin tai ryhmä"
ROW = "Kokous pidetty;20.5.2024;foorumi"
HELD = {"fact": "meeting-held", "body": "foorumi", "on": "2024-05-20"}


def read(content):
    return read_lines(content if isinstance(content, bytes) else content.encode(), Names(charter()))


def givens(content):
    return [line.given for line in read(content)[1]]


def book(*rows, title="Tapahtumat"):
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return made


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def refused(content):
    with pytest.raises(Unreadable) as raised:
        read(content)
    return raised.value


# What is understood


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_csv_is_read_in_any_of_its_ways(delimiter, encoding):
    content = f"{HEAD}\n{ROW}\n".replace(";", delimiter).encode(encoding)
    assert givens(content) == [HELD]


@pytest.mark.parametrize(
    ("head", "row"),
    [
        (HEAD, ROW),
        ("Händelse;Datum;Organ eller grupp", "Möte hållet;20.5.2024;forumet"),
        ("Event;Date;Body or group", "Meeting held;2024-05-20;forum"),
        ("kind;day;body", "meeting-held;20.5.2024;foorumi"),
    ],
)
def test_headings_and_names_are_understood_in_every_language(head, row):
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            assert givens(f"{head}\n{row}\n") == [HELD]


def test_rows_are_numbered_as_in_the_file_and_empty_ones_skipped():
    _form, lines = read(f"Historia 2024;;\n\n{HEAD}\n\n{ROW}\n;;\n{ROW}\n")
    assert [line.number for line in lines] == [5, 7]


def test_a_spreadsheet_is_read_with_days_as_days():
    made = book(["Tapahtuma", "Päivä", "Elin tai ryhmä"], ["Kokous pidetty", datetime(2024, 5, 20), "foorumi"])  # noqa: DTZ001
    assert read(saved(made)) == ("xlsx", read(f"{HEAD}\n\n{ROW}".replace("\n\n", "\n"))[1])


def test_a_spreadsheet_with_other_sheets_is_read_at_the_sheet_of_events():
    made = book(["Jotain muuta"], title="Muistiinpanot")
    sheet = made.create_sheet("Tapahtumat")
    for row in (HEAD.split(";"), ROW.split(";")):
        sheet.append(row)
    assert givens(saved(made)) == [HELD]


def test_a_spreadsheet_of_any_name_is_read_at_its_first_sheet():
    assert givens(saved(book(HEAD.split(";"), ROW.split(";"), title="Taul1"))) == [HELD]


def test_years_hours_and_flags_may_be_numbers_and_words():
    made = book(
        ["Event", "Date", "Party", "Theme", "Hours per week", "Period", "Held online", "Body or group"],
        ["contribution-delivered", date(2024, 5, 20), "kyla", None, None, 2024, None, None],
        ["counterpart-named", date(2024, 5, 20), "kyla", "ict", 7.5, None, None, None],
        ["meeting-held", date(2024, 5, 20), None, None, None, None, "kyllä", "foorumi"],
    )
    delivered, named, held = givens(saved(made))
    assert (delivered["period"], named["hours_per_week"], held["online"]) == ("2024", 7.5, True)


def test_names_with_commas_and_lists_with_commas_are_told_apart():
    head = "Event;Date;Body or group;Meeting day;Who did it;Party;Theme"
    [agenda, named] = givens(
        f"{head}\nagenda-issued;1.5.2024;foorumi;20.5.2024;Alue, Kylä;;\n"
        'counterpart-named;1.5.2024;;;;Kylä;"tieto, ict ja data"\n'
    )
    assert agenda["prepared_by"] == ["alue", "kyla"]
    assert named["theme"] == "ict"


def test_a_name_that_means_two_things_is_said_to():
    head = "Event;Date;Body or group;Meeting day;Who did it"
    _form, [line] = read(f"{head}\nagenda-issued;1.5.2024;foorumi;2.5.2024;Foorumi\n")
    assert [str(problem) for problem in line.problems] == [
        "“Foorumi” can mean several things. Write the identifier instead: foorumi, lahti."
    ]


def test_a_cell_that_the_event_does_not_use_is_said_to():
    _form, [line] = read("Event;Date;Body or group;Theme\nmeeting-held;1.5.2024;foorumi;ict\n")
    [problem] = line.problems
    assert str(problem) == "“Theme” is not used for this kind of event. Empty the cell."


def test_what_is_no_event_is_said_to():
    _form, lines = read("Event;Date\nKokouskutsu;1.5.2024\n;1.5.2024\n")
    assert [str(line.problems[0]) for line in lines] == [
        "“Kokouskutsu” is not a kind of event that can be recorded.",
        "This must be filled in.",
    ]


def test_json_lines_are_the_vocabulary_itself():
    form, lines = read("\n" + json.dumps(HELD) + "\n\n{broken\n[1]\n")
    assert (form, lines[0].given, [line.number for line in lines]) == ("jsonl", HELD, [2, 4, 5])
    assert [str(line.problems[0]) for line in lines[1:]] == ["The line is not a JSON object."] * 2


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_template_reads_as_examples_alone(form, language):
    with translation.override(language):
        content = template(form, Names(charter()))
    found, lines = read(content)
    assert found == form
    assert lines
    assert all(line.example for line in lines)


def test_the_template_explains_itself_and_offers_names():
    with translation.override("fi"):
        made = openpyxl.load_workbook(io.BytesIO(template("xlsx", Names(charter()))))
        events, guide, lists = made.worksheets
        headings = [str(column.label) for column in COLUMNS]
    assert [cell.value for cell in events[1]] == headings
    assert events.freeze_panes == "B2"
    assert any("Kokous" in str(cell.value) for row in guide.iter_rows() for cell in row)
    assert {"Alue", "Kylä"} <= {cell.value for row in lists.iter_rows() for cell in row}
    offered = [rule for rule in events.data_validations.dataValidation if rule.type == "list"]
    assert len(offered) == 6


def test_formulas_are_disarmed_in_csv_and_read_back_as_they_were():
    row: Cells = {"kind": "Agreement evaluated", "day": date(2024, 5, 20), "note": "=HYPERLINK(1)", "reference": "-5"}
    content = to_csv(COLUMNS, [row])
    assert b";'=HYPERLINK(1)" in content
    _form, [line] = read(content)
    assert (line.note, line.given["reference"]) == ("=HYPERLINK(1)", "-5")


# What is not


@pytest.mark.parametrize("content", [b"", b"   \n\t\n"])
def test_an_empty_file(content):
    assert str(refused(content)) == "The file is empty."


def test_a_file_that_is_too_large():
    assert "at most 5 MB" in str(refused(b"a" * (LIMITS.bytes + 1)))


def test_a_program_in_disguise():
    assert refused(b"MZ\x90\x00\x03" + bytes(200)).code == "not-a-table"


def test_text_with_control_characters():
    assert refused(b"Tapahtuma;P\x01\n").code == "not-a-table"


def test_a_file_with_a_password():
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100) + "EncryptedPackage".encode("utf-16-le")
    assert refused(content).code == "protected"


def test_an_old_spreadsheet():
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)).code == "old-format"


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def test_a_spreadsheet_of_another_program():
    assert refused(zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet")).code == "other-format"


def test_any_other_packed_file():
    assert refused(zipped(kuva_dot_png=b"x")).code == "not-a-table"


def test_a_damaged_spreadsheet():
    content = saved(book(HEAD.split(";"), ROW.split(";")))
    assert refused(content[: len(content) // 2]).code == "broken"


def test_a_spreadsheet_with_a_damaged_sheet():
    content = bytearray(saved(book(HEAD.split(";"), *[ROW.split(";")] * 50)))
    at = content.find(b"xl/worksheets/sheet1.xml") + 60
    content[at : at + 40] = bytes(40)
    assert refused(bytes(content)).code == "broken"


def rewritten(content, name, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for member in before.infolist():
            data = before.read(member)
            after.writestr(member.filename, change(data) if member.filename == name else data)
    return out.getvalue()


def test_a_bomb_of_zeros():
    content = saved(book(HEAD.split(";")))
    large = b" " * (LIMITS.unpacked + 1)
    assert refused(rewritten(content, "xl/worksheets/sheet1.xml", lambda _data: large)).code == "bomb"


@pytest.mark.parametrize(
    ("part", "held"),
    [
        ("xl/styles.xml", b"<xf/>" * 220_000),
        ("xl/sharedStrings.xml", b"<si></si>" * 1_200_000),
        ("xl/sharedStrings.xml", b"<si/>" * 201_000),
        ("xl/worksheets/sheet1.xml", b"<x:si/>" * 201_000),
    ],
)
def test_a_bomb_of_elements_that_are_read_whole(part, held):
    content = saved(book(HEAD.split(";"), ROW.split(";")))
    bomb = rewritten(content, part, lambda _data: held)
    if part.endswith("Strings.xml"):
        out = io.BytesIO(content)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(part, held)
        bomb = out.getvalue()
    assert len(bomb) < 100_000
    assert refused(bomb).code == "bomb"


def test_a_bomb_of_entities():
    content = saved(book(HEAD.split(";")))
    declared = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    assert refused(rewritten(content, "xl/worksheets/sheet1.xml", lambda data: declared + data)).code == "bomb"


def test_a_declaration_hidden_in_another_encoding():
    content = saved(book(HEAD.split(";")))
    hide = "<!DOCTYPE x>".encode("utf-16")
    assert refused(rewritten(content, "xl/worksheets/sheet1.xml", lambda _data: hide)).code == "broken"


def test_a_bomb_of_parts(monkeypatch):
    monkeypatch.setattr(reading, "LIMITS", reading.Limits(members=3))
    assert refused(saved(book(HEAD.split(";")))).code == "bomb"


def test_merged_cells():
    made = book(HEAD.split(";"), ROW.split(";"))
    made.active.merge_cells("A2:A3")
    assert refused(saved(made)).code == "merged"


def test_merged_cells_on_another_sheet_do_not_matter():
    made = book(HEAD.split(";"), ROW.split(";"))
    made.create_sheet("Muuta").merge_cells("A1:B2")
    assert givens(saved(made)) == [HELD]


def test_formulas():
    made = book(HEAD.split(";"), ["Kokous pidetty", "=TODAY()", "foorumi"])
    assert str(refused(saved(made))) == "The sheet has formulas (cells B2). Copy the cells and paste them as values."


def test_too_many_rows(monkeypatch):
    monkeypatch.setattr(reading, "LIMITS", reading.Limits(rows=2))
    for content in (f"{HEAD}\n" + f"{ROW}\n" * 3, "\n".join([json.dumps(HELD)] * 3)):
        assert str(refused(content)) == "The file has more than 2 rows. Divide the history into several files."


def test_an_encoding_that_is_neither():
    assert refused("Päivä".encode() + b"\xff\x81").code == "bad-encoding"


def test_no_headings():
    error = refused("Kokous;kevät\n")
    assert error.code == "no-headings"
    assert "such as “Event”" in str(error)


def test_no_rows():
    assert refused(f"{HEAD}\n").code == "no-rows"


def test_a_heading_that_stands_twice():
    message = "The heading “Päivä” stands in two columns. Keep one of them."
    assert str(refused("Tapahtuma;Päivä;Date\nx;y;z\n")) == message


def test_a_heading_that_is_none_of_ours():
    assert "“Väri” is not one of the template" in str(refused("Tapahtuma;Päivä;Väri\nx;y;z\n"))


def test_every_message_of_a_file_is_met_by_a_test():
    told = Path(__file__).read_text()
    said = {code for code in reading.MESSAGES if f'"{code}"' in told}
    by_words = {"empty", "too-big", "formulas", "too-many-rows", "heading-twice", "unknown-heading"}
    assert said | by_words == set(reading.MESSAGES)
