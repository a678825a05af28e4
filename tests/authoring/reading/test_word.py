"""Word files as people write them, and as programs do."""

from __future__ import annotations

import io
import time

import docx as python_docx
import pytest

from tests.authoring.reading.samples import W, bold, docx, notes, par, short, zipped
from yhdyspinta.authoring.reading import read_document

STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normaali"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Otsikko1"><w:name w:val="heading 1"/><w:basedOn w:val="Normaali"/>'
    '<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Kunnan"><w:name w:val="Kunnan otsikko"/><w:basedOn w:val="Otsikko1"/>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="O2"><w:name w:val="Otsikko 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="R3"><w:name w:val="Rubrik 3"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Nimi"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Rivi"><w:name w:val="Pykälä"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="Sisluet1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Lihava"><w:name w:val="Lihava"/><w:rPr><w:b/></w:rPr></w:style>'
)
TEXT = "Kunta ja hyvinvointialue tekevät yhteistyötä tämän sopimuksen mukaan."


def styled(text, style):
    return par(text, f'<w:pStyle w:val="{style}"/>')


def numbered(text, level=0, list_id=1):
    return par(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def levels(*shapes):
    """Return numbering of one list: form and text of each level."""
    made = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(shapes)
    )
    num = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    return f'<w:abstractNum w:abstractNumId="0">{made}</w:abstractNum>{num}'


# Headings


def test_headings_are_told_by_style_in_any_language_and_by_the_style_below_it():
    body = (
        styled("Puitesopimus", "Nimi")
        + styled("Osapuolet", "Otsikko1")
        + styled("Kunnat", "Kunnan")
        + styled("Tarkoitus", "O2")
        + styled("Syfte", "R3")
        + styled("Neljäs", "Rivi")
        + par("Itse asetettu", '<w:outlineLvl w:val="1"/>')
        + styled(TEXT, "Normaali")
    )
    assert short(docx(body, styles=STYLES)) == [
        "T Puitesopimus",
        "h1 Osapuolet",
        "h1 Kunnat",
        "h2 Tarkoitus",
        "h3 Syfte",
        "h4 Neljäs",
        "h2 Itse asetettu",
        f"t {TEXT}",
    ]


def test_bold_short_paragraphs_are_headings_where_nothing_is_styled():
    body = (
        bold("Puitesopimus", 32)
        + bold("Osapuolet")
        + par(TEXT)
        + bold("Yhteistyörakenteet")
        + bold("Taso 1")
        + par(TEXT)
        + bold("Taso 2, kuntakokous")
        + par(TEXT)
        + bold("Kokoukset ovat julkisia, ellei toisin päätetä.")
        + bold("Viestintä:")
        + par(TEXT)
    )
    assert short(docx(body)) == [
        "T Puitesopimus",
        "h1 Osapuolet",
        f"t {TEXT}",
        "h1 Yhteistyörakenteet",
        "h2 Taso 1",
        f"t {TEXT}",
        "h2 Taso 2, kuntakokous",
        f"t {TEXT}",
        "t Kokoukset ovat julkisia, ellei toisin päätetä.",
        "h1 Viestintä",
        f"t {TEXT}",
    ]


def test_bold_headings_are_found_below_a_single_styled_one():
    body = (
        styled("Sopimus", "Otsikko1") + bold("Rakenteet") + bold("Taso 1") + par(TEXT) + bold("Viestintä") + par(TEXT)
    )
    assert [one for one in short(docx(body, styles=STYLES)) if one[0] != "t"] == [
        "T Sopimus",
        "h1 Rakenteet",
        "h2 Taso 1",
        "h1 Viestintä",
    ]


def test_bold_lines_above_a_text_are_headings_below_the_styled_ones():
    body = "".join(
        styled(text, "Otsikko1") + bold("Jäsenet") + par(TEXT) + bold("Huom!") + par(TEXT)
        for text in ("Yksi", "Kaksi", "Kolme")
    )
    assert [one for one in short(docx(body, styles=STYLES)) if one[0] != "t"] == [
        "h1 Yksi",
        "h2 Jäsenet",
        "h1 Kaksi",
        "h2 Jäsenet",
        "h1 Kolme",
        "h2 Jäsenet",
    ]


def test_larger_letters_and_capitals_make_levels():
    body = (
        bold("Sopimus", 36)
        + bold("Rakenteet", 28)
        + par(TEXT)
        + bold("Foorumi", 24)
        + par(TEXT)
        + bold("VIESTINTÄ", 28)
        + par(TEXT)
        + par(TEXT)
    )
    assert [one[:12] for one in short(docx(body)) if one[0] in "Th"] == [
        "T Sopimus",
        "h2 Rakenteet",
        "h3 Foorumi",
        "h1 VIESTINTÄ",
    ]


def test_bold_names_of_parties_are_no_headings():
    body = (
        bold("Osapuolet")
        + bold("Joutsan kunta")
        + par("Y-tunnus: 0174108-9")
        + par("Länsitie 7, 19650 Joutsa")
        + bold("Luhangan kunta")
        + par("Hakulintie 2, 19950 Luhanka")
        + par(TEXT)
        + bold("Allekirjoitukset")
        + bold("Joutsan kunta")
        + bold("Luhangan kunta")
        + bold("Multian kunta")
    )
    assert [one for one in short(docx(body)) if one[0] in "Th"] == ["h1 Osapuolet", "h1 Allekirjoitukset"]


def test_a_text_whose_lines_have_become_paragraphs_is_made_whole():
    lines = [
        "Osapuolet",
        "",
        "Sopimusosapuolet ovat keskenään tasavertaisia toimijoita ja tällä sopimuksella sovitaan",
        "yhteistyön tekemisen periaatteista. Foorumin kokoonkutsujina toimivat yhdessä Keski-",
        "Suomen liitto ja hyvinvointialue.",
        "",
        "Viestintä",
        "",
        "Viestinnästä vastaavat osapuolet yhdessä siten kuin niiden edustajat vuosittain keskenään",
        "sopivat.",
    ]
    assert short(docx("".join(par(line) for line in lines))) == [
        "h1 Osapuolet",
        f"t {lines[2]} {lines[3]}{lines[4]}",
        "h1 Viestintä",
        f"t {lines[8]} {lines[9]}",
    ]


def test_typed_numbers_are_taken_apart_from_headings():
    body = (
        par("1. Yleistä")
        + par(TEXT)
        + par("2.\tOsapuolet")
        + par(TEXT)
        + par("2.1 Kunnat")
        + par(TEXT)
        + par("2.2 Alue")
        + par("a) ensimmäinen")
        + par("b) toinen")
        + par("3 § Voimassaolo")
        + par("1.1.2026 alkaen sopimus on voimassa.")
    )
    assert short(docx(body)) == [
        "h1 1 Yleistä",
        f"t {TEXT}",
        "h1 2 Osapuolet",
        f"t {TEXT}",
        "h2 2.1 Kunnat",
        f"t {TEXT}",
        "h2 2.2 Alue",
        "i1 a) ensimmäinen",
        "i1 b) toinen",
        "h1 3 § Voimassaolo",
        "t 1.1.2026 alkaen sopimus on voimassa.",
    ]


def test_a_typed_list_of_short_items_is_no_row_of_headings():
    body = (
        bold("1. Jäsenet")
        + par("Jäseniä ovat:")
        + par("1. Kunta")
        + par("2. Liitto")
        + par(TEXT)
        + bold("2. Työ")
        + par(TEXT)
    )
    assert short(docx(body)) == [
        "h1 1 Jäsenet",
        "t Jäseniä ovat:",
        "i1 1 Kunta",
        "i1 2 Liitto",
        f"t {TEXT}",
        "h1 2 Työ",
        f"t {TEXT}",
    ]


def test_a_heading_and_its_text_in_one_paragraph_are_parted():
    text = "<w:r><w:br/></w:r><w:r><w:t>Foorumi kokoontuu.</w:t></w:r>"
    both = f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Taso 1</w:t></w:r>{text}</w:p>"
    assert short(docx(bold("Rakenteet") + par(TEXT) + both + par(TEXT))) == [
        "h1 Rakenteet",
        f"t {TEXT}",
        "h2 Taso 1",
        "t Foorumi kokoontuu.",
        f"t {TEXT}",
    ]


# Numbers and lists


def test_automatic_numbers_are_counted_as_word_counts_them():
    shapes = levels(("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "%3)"), ("upperRoman", "%4."))
    body = "".join(
        [
            numbered("Yksi osapuoli toimii puheenjohtajana.", 0),
            numbered("Toinen osapuoli toimii sihteerinä.", 1),
            numbered("jäsen", 2),
            numbered("varajäsen", 2),
            numbered("Kolmas osapuoli maksaa kulut.", 1),
            numbered("jäsen", 2),
            numbered("syvin", 3),
            numbered("Neljäs osapuoli kutsuu koolle.", 0),
            numbered("Viides osapuoli tiedottaa.", 1),
        ]
    )
    assert short(docx(body, numbering=shapes)) == [
        "i1 1 Yksi osapuoli toimii puheenjohtajana.",
        "i2 1.1 Toinen osapuoli toimii sihteerinä.",
        "i3 a) jäsen",
        "i3 b) varajäsen",
        "i2 1.2 Kolmas osapuoli maksaa kulut.",
        "i3 a) jäsen",
        "i4 I syvin",
        "i1 2 Neljäs osapuoli kutsuu koolle.",
        "i2 2.1 Viides osapuoli tiedottaa.",
    ]


@pytest.mark.parametrize(("text", "numbers"), [("§ %1", ["§ 1", "§ 2"]), ("%1 §", ["1 §", "2 §"])])
def test_sections_that_are_numbered_automatically_are_headings(text, numbers):
    body = numbered("Osapuolet") + par(TEXT) + numbered("Tarkoitus") + par(TEXT)
    assert [one for one in short(docx(body, numbering=levels(("decimal", text)))) if one[0] == "h"] == [
        f"h1 {numbers[0]} Osapuolet",
        f"h1 {numbers[1]} Tarkoitus",
    ]


def test_headings_are_numbered_by_the_list_of_their_style():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr>'
        '<w:numPr><w:numId w:val="1"/></w:numPr>'
        '</w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = "".join(
        styled(text, style) for text, style in [("A", "H1"), ("Aa", "H2"), ("Ab", "H2"), ("B", "H1"), ("Ba", "H2")]
    )
    shapes = levels(("decimal", "%1"), ("decimal", "%1.%2"))
    assert short(docx(body, styles=styles, numbering=shapes)) == [
        "h1 1 A",
        "h2 1.1 Aa",
        "h2 1.2 Ab",
        "h1 2 B",
        "h2 2.1 Ba",
    ]


def test_a_second_list_of_one_shape_begins_anew_where_it_says_so():
    shapes = levels(("decimal", "%1)")) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        '</w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    )
    body = (
        numbered("yksi.")
        + numbered("kaksi.")
        + par(TEXT)
        + numbered("yksi.", 0, 2)
        + par(TEXT)
        + numbered("jatkuu.", 0, 3)
    )
    assert [one for one in short(docx(body, numbering=shapes)) if one[0] == "i"] == [
        "i1 1) yksi.",
        "i1 2) kaksi.",
        "i1 1) yksi.",
        "i1 2) jatkuu.",
    ]


def test_bullets_are_dashes_or_dots_and_keep_their_nesting():
    body = numbered("kunta") + numbered("lautakunta", 1) + numbered("liitto")
    assert short(docx(body, numbering=levels(("bullet", "\uf0b7"), ("bullet", "-")))) == [
        "i1 • kunta",
        "i2 – lautakunta",
        "i1 • liitto",
    ]


def test_typed_bullets_and_letters_are_nested_by_their_sorts():
    body = (
        par("Tehtävät ovat:")
        + par("- kunta")
        + par("• lautakunta")
        + par("– liitto")
        + par("1) yksi")
        + par("a) kaksi")
    )
    assert short(docx(body)) == [
        "t Tehtävät ovat:",
        "i1 – kunta",
        "i2 • lautakunta",
        "i1 – liitto",
        "i2 1) yksi",
        "i3 a) kaksi",
    ]


# Tables


def table(*rows):
    cells = ["".join(f"<w:tc>{cell if cell.startswith('<') else par(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_tables_keep_their_rows_and_merged_cells_are_printed_once():
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    down = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    on = "<w:tcPr><w:vMerge/></w:tcPr>"
    body = table(
        ["Taso", "Elin", "Koolle"], [down + par("1"), "Foorumi", "liitto"], [on + par("ei näy"), wide + par("Ryhmät")]
    )
    assert short(docx(par(TEXT) + body)) == [f"t {TEXT}", "Taso|Elin|Koolle / 1|Foorumi|liitto / |Ryhmät|"]


def test_the_text_of_a_table_in_a_table_is_kept():
    inside = table(["Kunta", "1"], ["Liitto", "2"]) + par("")
    body = table(["Elin", "Jäsenet"], ["Foorumi", inside + par("ja alue")])
    assert short(docx(body)) == ["Elin|Jäsenet / Foorumi|Kunta 1 Liitto 2 ja alue"]


def test_a_table_that_only_sets_text_becomes_paragraphs():
    cells = [par("Joutsan kunta") + par("Y-tunnus: 0174108-9"), par("Multian kunta\nY-tunnus: 0208471-1")]
    parties = table(cells, [par("Luhangan kunta"), par("Toivakan kunta")])
    column = table(["Taso 1"], [TEXT])
    assert short(docx(par(TEXT) + parties + column)) == [
        f"t {TEXT}",
        "t Joutsan kunta",
        "t Y-tunnus: 0174108-9",
        "t Multian kunta",
        "t Y-tunnus: 0208471-1",
        "t Luhangan kunta",
        "t Toivakan kunta",
        "h1 Taso 1",
        f"t {TEXT}",
    ]


# Letters, breaks, and what stands between


def test_soft_hyphens_spaces_and_breaks_are_mended():
    body = (
        par("Yhteis\u00adtyö\u00a0on\tsujuvaa ja\nse jatkuu.")
        + "<w:p><w:r><w:t>Keski</w:t><w:noBreakHyphen/><w:t>Suomi.</w:t></w:r></w:p>"
    )
    assert short(docx(body)) == ["t Yhteistyö on sujuvaa ja se jatkuu.", "t Keski-Suomi."]


def test_lines_of_an_address_become_paragraphs():
    assert short(docx(par(TEXT) + par("Joutsan kunta\ny-tunnus: 0174108-9\nOsoite: Länsitie 7, 19650 Joutsa")))[1:] == [
        "t Joutsan kunta",
        "t y-tunnus: 0174108-9",
        "t Osoite: Länsitie 7, 19650 Joutsa",
    ]


def test_names_set_in_columns_with_tabs_become_paragraphs():
    body = bold("Allekirjoitukset") + par("Joutsan kunta\t\t\tLuhangan kunta") + par("Nimi:\tArvo")
    assert short(docx(body)) == ["h1 Allekirjoitukset", "t Joutsan kunta", "t Luhangan kunta", "t Nimi: Arvo"]


def test_bold_paragraphs_that_are_numbered_automatically_are_headings():
    letters = "<w:b/>"
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    body = (
        par("Osapuolet", number.format(0), letters)
        + par(TEXT)
        + par("Kunnat", number.format(1), letters)
        + numbered("kunta", 2)
        + par("Viestintä", number.format(0), letters)
        + par(TEXT)
    )
    shapes = levels(("decimal", "%1."), ("decimal", "%1.%2."), ("bullet", "-"))
    assert short(docx(body, numbering=shapes)) == [
        "h1 1 Osapuolet",
        f"t {TEXT}",
        "h2 1.1 Kunnat",
        "i3 – kunta",
        "h1 2 Viestintä",
        f"t {TEXT}",
    ]


def test_tracked_changes_are_read_as_accepted():
    body = (
        "<w:p><w:r><w:t>Foorumi </w:t></w:r><w:del><w:r><w:delText>ei </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>aina </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>muualla </w:t></w:r></w:moveFrom>"
        "<w:r><w:t>kokoontuu.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Yksi </w:t></w:r></w:p>"
        "<w:p><w:r><w:t>kappale.</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Loppu.</w:t></w:r></w:p>"
    )
    content = docx(body)
    assert short(content) == ["t Foorumi aina kokoontuu.", "t Yksi kappale.", "t Loppu."]
    assert notes(content) == ("tracked-changes",)


def field(instruction, result):
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{marks[1]}{result}{marks[2]}"


def test_tables_of_contents_page_numbers_and_headers_are_left_out():
    contents = (
        f"<w:p>{field(' TOC ', '<w:r><w:t>Osapuolet 2</w:t></w:r></w:p><w:p><w:r><w:t>Tarkoitus 3</w:t></w:r>')}</w:p>"
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent>"
        f"{par('Sisällys')}</w:sdtContent></w:sdt>"
    )
    seven = field("PAGE", "<w:r><w:t>7</w:t></w:r>")
    page = f"<w:p><w:r><w:t>Sivu </w:t></w:r>{seven}<w:r><w:t>: liite.</w:t></w:r></w:p>"
    typed = par("Sisällysluettelo") + par("Osapuolet\t2") + par("Tarkoitus ........ 3")
    body = control + contents + styled("Osapuolet 2", "Sisluet1") + typed + page + par(TEXT)
    content = docx(body, styles=STYLES, header="<w:p><w:r><w:t>Luonnos</w:t></w:r></w:p>")
    assert short(content) == ["t Sivu : liite.", f"t {TEXT}"]
    assert notes(content) == ("headers", "contents")


def test_a_typed_table_of_contents_is_known_by_its_growing_numbers_and_other_lines_are_kept():
    contents = par("Osapuolet\t2") + par("Tarkoitus\t2") + par("Viestintä ........ 11")
    members = par("Jäseniä\t24") + par("Varajäseniä\t12") + par("Sihteereitä\t2")
    assert short(docx(contents + bold("Jäsenet") + par(TEXT) + members + par(TEXT))) == [
        "h1 Jäsenet",
        f"t {TEXT}",
        "t Jäseniä 24",
        "t Varajäseniä 12",
        "t Sihteereitä 2",
        f"t {TEXT}",
    ]


def test_a_field_that_is_never_closed_hides_nothing():
    broken = (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r></w:p>{par(TEXT)}'
    )
    assert short(docx(broken)) == [f"t {TEXT}"]


def test_links_controls_fields_and_formulas_keep_their_text():
    body = (
        "<w:p><w:hyperlink><w:r><w:t>Linkki </w:t></w:r></w:hyperlink><w:sdt><w:sdtPr/>"
        "<w:sdtContent><w:r><w:t>kenttä </w:t>"
        f"</w:r></w:sdtContent></w:sdt>{field('REF a', '<w:r><w:t>viite</w:t></w:r>')}"
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t> x.</m:t></m:r></m:oMath></w:p>"
        f"<w:sdt><w:sdtContent>{par(TEXT)}</w:sdtContent></w:sdt>"
    )
    assert short(docx(body)) == ["t Linkki kenttä viite x.", f"t {TEXT}"]


def test_footnotes_stand_in_brackets_and_below_a_heading():
    def noted(text, at, properties=""):
        return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t><w:footnoteReference w:id='{at}'/></w:r></w:p>"

    footnotes = (
        f'<w:footnote w:type="separator" w:id="0">{par("viiva")}</w:footnote>'
        f'<w:footnote w:id="2">{par("Laki 612/2021.")}</w:footnote>'
        f'<w:footnote w:id="3">{par("Ks. liite.")}</w:footnote>'
    )
    content = docx(noted("Osapuolet", 3, '<w:outlineLvl w:val="0"/>') + noted("Kunta vastaa.", 2), footnotes=footnotes)
    assert short(content) == ["h1 Osapuolet", "t [Ks. liite.]", "t Kunta vastaa. [Laki 612/2021.]"]
    assert notes(content) == ("footnotes",)


def test_text_boxes_are_read_once_after_their_paragraph():
    box = f"<w:txbxContent>{par('Laatikko kertoo lisää.')}</w:txbxContent>"
    drawn = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    content = docx(f"<w:p><w:r><w:t>{TEXT}</w:t>{drawn}</w:r></w:p>{par('Loppu.')}")
    assert short(content) == [f"t {TEXT}", "t Laatikko kertoo lisää.", "t Loppu."]
    assert notes(content) == ("text-boxes",)


def test_pictures_comments_and_hidden_text_are_left_out_and_noted():
    body = (
        f"<w:p><w:commentRangeStart/><w:r><w:t>{TEXT}</w:t></w:r><w:r><w:drawing/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>piilossa</w:t></w:r></w:p>"
    )
    assert short(docx(body)) == [f"t {TEXT}"]
    assert notes(docx(body)) == ("images", "comments", "hidden")


def test_the_strict_variant_of_the_format_is_read_too():
    usual = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = W.replace(usual, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    types = '<Types><Override ContentType="application/x.wordprocessingml.document.main+xml"/></Types>'
    document = f"<w:document {strict}><w:body>{par(TEXT)}</w:body></w:document>"
    parts = {"[Content_Types].xml": types, "word/document.xml": document}
    assert short(zipped(parts)) == [f"t {TEXT}"]


def test_the_language_is_that_of_the_words_and_not_of_the_names():
    swedish = "Jyväskylän kaupunki, Keski-Suomen hyvinvointialue och Luhangan kunta är parter i avtalet från 2026."
    assert read_document(docx(par(swedish))).language == "sv"
    assert read_document(docx(par(TEXT))).language == "fi"
    assert read_document(docx(par("The parties of the agreement meet yearly."))).language == "en"


def test_thirty_pages_are_read_in_under_a_second():
    file = python_docx.Document()
    for chapter in range(1, 31):
        file.add_heading(f"Luku {chapter}", 1)
        for section in range(1, 4):
            file.add_heading(f"{chapter}.{section} Kohta", 2)
            file.add_paragraph(f"{TEXT} " * 16)
            for _item in range(3):
                file.add_paragraph("hyvinvointialueen nimeämä edustaja", "List Number")
        rows = file.add_table(4, 3)
        for cell in (cell for row in rows.rows for cell in row.cells):
            cell.text = "Foorumi kokoontuu"
    out = io.BytesIO()
    file.save(out)
    begun = time.process_time()
    document = read_document(out.getvalue())
    took = time.process_time() - begun
    words = sum(len(f"{one.text} {one.rows}".split()) for one in document.paragraphs)
    assert words > 12_000
    assert [one.level for one in document.paragraphs if one.kind == "heading"] == [1, 2, 2, 2] * 30
    assert [one.number for one in document.paragraphs if one.kind == "item"] == [str(at) for at in range(1, 271)]
    assert sum(one.kind == "table" for one in document.paragraphs) == 30
    assert took < 1
