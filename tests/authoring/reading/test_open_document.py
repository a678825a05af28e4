"""ODT files as LibreOffice writes them."""

from __future__ import annotations

from tests.authoring.reading.samples import notes, odt, short

TEXT = "Kunta ja hyvinvointialue tekevät yhteistyötä tämän sopimuksen mukaan."
P = f"<text:p>{TEXT}</text:p>"
BOLD = (
    '<style:style style:name="P1" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'
)


def number(level, form="1", suffix=".", shown=1):
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" style:num-suffix="{suffix}" '
        f'text:display-levels="{shown}"/>'
    )


def list_style(*levels, name="L1"):
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def items(*texts, more=""):
    made = "".join(
        f"<text:list-item>{text if text[0] == '<' else f'<text:p>{text}</text:p>'}</text:list-item>" for text in texts
    )
    return f'<text:list text:style-name="L1" {more}>{made}</text:list>'


def test_headings_have_their_outline_level_and_number():
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix=" §"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
        '<style:style style:name="Title" style:family="paragraph"/>'
    )
    body = (
        '<text:p text:style-name="Title">Sopimus</text:p><text:h text:outline-level="1">Osapuolet</text:h>'
        f'{P}<text:h text:outline-level="2">Kunnat</text:h>{P}<text:h text:outline-level="1">Tarkoitus</text:h>'
        f'{P}<text:h text:outline-level="2">Alue</text:h>'
    )
    assert [one for one in short(odt(body, styles=outline)) if one[0] != "t"] == [
        "T Sopimus",
        "h1 1 § Osapuolet",
        "h2 1.1 Kunnat",
        "h1 2 § Tarkoitus",
        "h2 2.1 Alue",
    ]


def test_bold_short_paragraphs_are_headings_where_nothing_is_styled():
    letters = '<text:p><text:span text:style-name="T1">Viestintä</text:span></text:p>'
    body = f'<text:p text:style-name="P1">Osapuolet</text:p>{P}{letters}{P}'
    automatic = BOLD + BOLD.replace("P1", "T1").replace("paragraph", "text")
    assert short(odt(body, automatic)) == ["h1 Osapuolet", f"t {TEXT}", "h1 Viestintä", f"t {TEXT}"]


def test_lists_are_numbered_and_nested():
    deep = f"<text:p>yksi.</text:p>{items('syvä.', 'syvempi.')}"
    automatic = list_style(number(1), number(2, "a", ")"))
    goes_on = items("jatkuu.", more='text:continue-numbering="true"')
    assert short(odt(items(deep, "kaksi.") + P + goes_on + P + items("alusta."), automatic)) == [
        "i1 1 yksi.",
        "i2 a) syvä.",
        "i2 b) syvempi.",
        "i1 2 kaksi.",
        f"t {TEXT}",
        "i1 3 jatkuu.",
        f"t {TEXT}",
        "i1 1 alusta.",
    ]


def test_bullets_are_dashes_or_dots():
    bullets = '<text:list-level-style-bullet text:level="1" text:bullet-char="–"/>'
    assert short(odt(items("kunta.", "liitto."), list_style(bullets))) == ["i1 – kunta.", "i1 – liitto."]


def test_tables_keep_their_rows_and_covered_cells_are_empty():
    def row(*cells):
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(text, more=""):
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    head = row(cell("Taso"), cell("Elin"))
    wide = row(cell("Ryhmät", 'table:number-columns-spanned="2"'), "<table:covered-table-cell/>")
    rows = f"<table:table-header-rows>{head}</table:table-header-rows>{row(cell('1'), cell('Foorumi'))}{wide}"
    body = f"<table:table>{rows}</table:table>"
    assert short(odt(P + body)) == [f"t {TEXT}", "Taso|Elin / 1|Foorumi / Ryhmät|"]


def test_spaces_tabs_breaks_and_soft_hyphens_are_mended():
    body = "<text:p>Yhteis\u00adtyö<text:s text:c='3'/>on\n   <text:tab/>sujuvaa ja<text:line-break/>jatkuu.</text:p>"
    assert short(odt(body)) == ["t Yhteistyö on sujuvaa ja jatkuu."]


def test_what_is_deleted_noted_in_the_margin_or_made_by_the_program_is_left_out():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>poistettu</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Osapuolet 2</text:p></text:index-body></text:table-of-content>"
        "<text:p>Kunta<office:annotation><text:p>huomautus</text:p></office:annotation> vastaa"
        "<text:page-number>3</text:page-number>.<draw:frame><draw:image/></draw:frame></text:p>"
    )
    content = odt(body)
    assert short(content) == ["t Kunta vastaa."]
    assert notes(content) == ("headers", "contents", "images", "tracked-changes", "comments")


def test_footnotes_links_and_text_boxes_are_kept():
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Laki 612/2021.</text:p>"
        "</text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box><text:p>Laatikko kertoo lisää.</text:p></draw:text-box></draw:frame>"
    content = odt(f"<text:p>Kunta <text:a>vastaa</text:a>.{note}{box}</text:p>")
    assert short(content) == ["t Kunta vastaa. [Laki 612/2021.]", "t Laatikko kertoo lisää."]
    assert notes(content) == ("footnotes", "text-boxes")
