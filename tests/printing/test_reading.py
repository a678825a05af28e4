"""Files of every sort, read as a table of anything: what is understood, and what is said of those that are not."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from hypothesis import given, settings
from hypothesis import strategies as st

from yhdyspinta.printing.columns import Cell, Column, text_of
from yhdyspinta.printing.reading import Row, read_table, read_text
from yhdyspinta.printing.unreadable import LIMITS, MESSAGES, Limits, Unreadable

COLUMNS = (Column("what", _("Event")), Column("day", _("Date")), Column("where", _("Body or group")))
HEAD = "Tapahtuma;Päivä;Elin tai ryhmä"
ROW = "Kokous;20.5.2024;foorumi"
CELLS: dict[str, Cell] = {"what": "Kokous", "day": "20.5.2024", "where": "foorumi"}


def read(content, limits=LIMITS):
    content = content if isinstance(content, bytes) else content.encode()
    return read_table(content, COLUMNS, required=("what", "day"), sheet_names=("tapahtumat",), limits=limits)


def cells(content):
    return [row.cells for row in read(content)[1]]


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


def refused(content, limits=LIMITS):
    with pytest.raises(Unreadable) as raised:
        read(content, limits)
    return raised.value


# What is understood


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_csv_is_read_in_any_of_its_ways(delimiter, encoding):
    content = f"{HEAD}\n{ROW}\n".replace(";", delimiter).encode(encoding)
    assert read(content) == ("csv", [Row(2, CELLS)])


@pytest.mark.parametrize(
    "head",
    [HEAD, "Händelse;Datum;Organ eller grupp", "Event;Date;Body or group", "what;day;where", "EVENT; date ;where"],
)
def test_headings_are_understood_in_every_language(head):
    for language in ("fi", "sv", "en"):
        with translation.override(language):
            assert cells(f"{head}\n{ROW}\n") == [CELLS]


def test_rows_are_numbered_as_in_the_file_and_empty_ones_skipped():
    _form, rows = read(f"Historia 2024;;\n\n{HEAD}\n\n{ROW}\n;;\n{ROW}\n")
    assert [row.number for row in rows] == [5, 7]


def test_a_column_that_is_not_required_may_be_missing():
    assert cells("Event;Date\nKokous;20.5.2024\n") == [{"what": "Kokous", "day": "20.5.2024"}]


def test_a_spreadsheet_is_read_with_days_as_days_and_numbers_as_numbers():
    made = book(HEAD.split(";"), ["Kokous", datetime(2024, 5, 20), 7.5])  # noqa: DTZ001
    assert read(saved(made)) == ("xlsx", [Row(2, {"what": "Kokous", "day": date(2024, 5, 20), "where": 7.5})])


def test_the_sheet_of_the_right_name_is_read_else_the_first():
    made = book(["Jotain muuta"], title="Muistiinpanot")
    sheet = made.create_sheet("TAPAHTUMAT")
    for row in (HEAD.split(";"), ROW.split(";")):
        sheet.append(row)
    assert cells(saved(made)) == [CELLS]
    assert cells(saved(book(HEAD.split(";"), ROW.split(";"), title="Taul1"))) == [CELLS]


def test_text_is_given_as_it_is_and_a_packed_file_is_none():
    assert read_text("BEGIN:VCARD\r\nFN:Åke".encode("windows-1252")) == "BEGIN:VCARD\r\nFN:Åke"
    assert read_text(saved(book(["a"]))) is None


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (2024.0, "2024"), (7.5, "7.5"), (date(2024, 5, 20), "2024-05-20"), (" a ", "a"), (True, "True")],
)
def test_a_cell_as_text(cell, text):
    assert text_of(cell) == text


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(content):
    with suppress(Unreadable):
        read(content)


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


def test_rows_that_a_file_leaves_out_do_not_count_up_for_ever():
    """The library makes up each row that is left out: one number in a small file could keep a process for hours."""
    content = saved(book(HEAD.split(";"), ["Kokous", "1.6.2024"]))

    def with_a_far_row(data):
        return re.sub(rb"<dimension[^>]*>", b"", data).replace(b'r="2"', b'r="1000000000"')

    far = rewritten(content, "xl/worksheets/sheet1.xml", with_a_far_row)
    assert refused(far).code == "too-many-rows"


def with_row(number, content):
    """Return a spreadsheet of headings and a row, whose second row is said to be another, with no size given."""

    def numbered(data):
        return re.sub(rb"<dimension[^>]*>", b"", data).replace(b'r="2"', b'r="%d"' % number)

    return rewritten(content, "xl/worksheets/sheet1.xml", numbered)


def test_rows_far_below_are_read_and_blank_ones_there_refuse_no_file():
    far = with_row(1_048_576, saved(book(HEAD.split(";"), ROW.split(";"))))
    assert read(far, Limits(rows=1)) == ("xlsx", [Row(1_048_576, CELLS)])
    blank = saved(book(HEAD.split(";"), ROW.split(";"), [""]))
    below = rewritten(
        blank, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</sheetData>", b'<row r="1048576"/></sheetData>')
    )
    assert read(below, Limits(rows=1)) == ("xlsx", [Row(2, CELLS)])


def test_two_rows_of_one_number():
    assert refused(with_row(1, saved(book(HEAD.split(";"), ROW.split(";"))))).code == "broken"


def test_blank_rows_without_end_in_a_spreadsheet():
    content = saved(book(HEAD.split(";"), ROW.split(";")))
    many = rewritten(
        content,
        "xl/worksheets/sheet1.xml",
        lambda data: data.replace(b"</sheetData>", b"<row/>" * 30_000 + b"</sheetData>"),
    )
    assert refused(many, Limits(rows=5)).code == "too-many-rows"


def test_blank_rows_without_end_in_csv():
    assert refused(f"{HEAD}\n{ROW}\n" + "\n" * 30_000, Limits(rows=5)).code == "too-many-rows"
    assert len(read(f"{HEAD}\n{ROW}\n" + "\n" * 15_000, Limits(rows=5))[1]) == 1


def test_columns_that_no_table_has_are_not_read():
    wide = ";" * 200 + "far away"
    assert cells(f"{HEAD}{wide}\n{ROW}{wide}\n") == [CELLS]
    assert read(saved(book([*HEAD.split(";"), *[None] * 200, "far away"], ROW.split(";")))) == (
        "xlsx",
        [Row(2, CELLS)],
    )


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


def test_a_bomb_of_parts():
    assert refused(saved(book(HEAD.split(";"))), Limits(members=3)).code == "bomb"


def test_merged_cells():
    made = book(HEAD.split(";"), ROW.split(";"))
    made.active.merge_cells("A2:A3")
    assert refused(saved(made)).code == "merged"


def test_merged_cells_on_another_sheet_do_not_matter():
    made = book(HEAD.split(";"), ROW.split(";"))
    made.create_sheet("Muuta").merge_cells("A1:B2")
    assert cells(saved(made)) == [CELLS]


def test_formulas():
    made = book(HEAD.split(";"), ["Kokous pidetty", "=TODAY()", "foorumi"])
    assert str(refused(saved(made))) == "The sheet has formulas (cells B2). Copy the cells and paste them as values."


def test_too_many_rows():
    content = f"{HEAD}\n" + f"{ROW}\n" * 3
    assert str(refused(content, Limits(rows=2))) == "The file has more than 2 rows. Divide it into several files."
    assert len(read(content, Limits(rows=3))[1]) == 3


def test_an_encoding_that_is_neither():
    assert refused("Päivä".encode() + b"\xff\x81").code == "bad-encoding"


def test_no_headings():
    said = "No heading row was found. Headings that it needs: “Event”, “Date”."
    assert str(refused("Kokous;kevät\n")) == said


def test_headings_that_are_missing_stand_in_the_quotation_marks_of_the_language():
    with translation.override("fi"):
        assert str(refused("Kokous;kevät\n")).endswith("Tarvittavat otsikot: ”Tapahtuma”, ”Päivä”.")


def test_no_rows():
    assert refused(f"{HEAD}\n").code == "no-rows"


def test_a_heading_that_stands_twice():
    message = "The heading “Päivä” stands in two columns. Keep one of them."
    assert str(refused("Tapahtuma;Päivä;Date\nx;y;z\n")) == message


def test_a_heading_that_is_none_of_ours():
    assert "“Väri” is not one that is known here" in str(refused("Tapahtuma;Päivä;Väri\nx;y;z\n"))


def test_every_message_of_a_file_is_met_by_a_test():
    told = Path(__file__).read_text()
    said = {code for code in MESSAGES if f'"{code}"' in told}
    by_words = {"empty", "too-big", "formulas", "too-many-rows", "heading-twice", "unknown-heading", "no-headings"}
    assert said | by_words == set(MESSAGES)
