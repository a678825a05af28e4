"""Files of every sort: what is understood, and what is said of those that are not."""

from __future__ import annotations

import io
import json
from datetime import date, datetime

import openpyxl
import pytest
from django.utils import translation

from tests.records.koe import charter
from yhdyspinta.printing.columns import Cells
from yhdyspinta.printing.unreadable import Limits, Unreadable
from yhdyspinta.printing.writing import to_csv
from yhdyspinta.records.spreadsheet import FORMATS, read_lines, template
from yhdyspinta.records.spreadsheet.columns import COLUMNS
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


def test_the_messages_are_those_of_any_table():
    with pytest.raises(Unreadable) as raised:
        read("Kokous;kevät\n")
    assert str(raised.value) == "No heading row was found. Headings that it needs: “Event”, “Date”."
    with pytest.raises(Unreadable, match="“Väri” is not one that is known here"):
        read("Tapahtuma;Päivä;Väri\nx;y;z\n")


def test_too_many_lines():
    for content in (f"{HEAD}\n" + f"{ROW}\n" * 3, "\n".join([json.dumps(HELD)] * 3)):
        with pytest.raises(Unreadable, match="more than 2 rows"):
            read_lines(content.encode(), Names(charter()), Limits(rows=2))
