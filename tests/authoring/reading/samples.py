"""Files of each kind, made on the spot."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import typst

from yhdyspinta.authoring.reading import CannotRead, read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "fo": "xsl-fo-compatible",
    }.items()
)


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def docx(body: str, *, kind: str = f"{WORD}.main+xml", **parts: str) -> bytes:
    """Return a Word file with a body and parts as they stand in it: styles, numbering, footnotes."""
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE_RELATION}/{name}" Target="{name}.xml"/>'
        for at, name in enumerate(parts)
    )
    package = 'xmlns="http://schemas.openxmlformats.org/package/2006/'
    return zipped(
        {
            "[Content_Types].xml": f'<Types {package}content-types"><Override PartName="/word/document.xml" '
            f'ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships {package}relationships"><Relationship Id="r" '
            f'Type="{OFFICE_RELATION}/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships {package}relationships">{relations}</Relationships>',
            "word/document.xml": f"<w:document {W} {_DRAWING}><w:body>{body}</w:body></w:document>",
        }
        | {f"word/{name}.xml": f"<w:{name} {W}>{text}</w:{name}>" for name, text in parts.items()}
    )


def par(text: str, properties: str = "", letters: str = "") -> str:
    """Return a paragraph; in the text, \\n is a line break and \\t a tab."""
    runs = []
    for piece in re.split(r"([\n\t])", text):
        said = {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(piece, f'<w:t xml:space="preserve">{piece}</w:t>')
        runs.append(f"<w:r><w:rPr>{letters}</w:rPr>{said}</w:r>")
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def bold(text: str, size: int = 24) -> str:
    return par(text, letters=f'<w:b/><w:sz w:val="{size}"/>')


def odt(body: str, automatic: str = "", styles: str = "", **parts: str) -> bytes:
    """Return an ODT file with a body, its automatic styles, and its named styles."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}>"
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {ODF}><office:styles>{styles}</office:styles>"
            "</office:document-styles>",
        }
        | parts
    )


def pdf(source: str) -> bytes:
    """Return the PDF that typst makes of its source."""
    return typst.compile(source.encode())


def read(content: bytes) -> list[tuple[str, int, str, str]]:
    """Return kind, level, number and text of each paragraph."""
    document = read_document(content)
    return [(one.kind, one.level, one.number, one.text) for one in document.paragraphs]


def short(content: bytes) -> list[str]:
    """Return each paragraph in short: “h1 2.1 Yleistä”, “i2 – kunta”, “t Teksti.”; a table is its rows."""
    document = read_document(content)
    said = []
    for one in document.paragraphs:
        if one.kind == "table":
            said.append(" / ".join("|".join(row) for row in one.rows))
        else:
            mark = {"title": "T", "heading": f"h{one.level}", "item": f"i{one.level}", "text": "t"}[one.kind]
            said.append(" ".join(part for part in (mark, one.number, one.text) if part))
    return said


def notes(content: bytes) -> tuple[str, ...]:
    return read_document(content).notes


def outcome(read, content):
    """Return the code of a refusal, or “read” for a document that is as documents are."""
    try:
        document = read(content)
    except CannotRead as error:
        return error.code if str(error) else ""
    assert document.paragraphs
    assert document.language in {"fi", "sv", "en"}
    assert all(one.text == " ".join(one.text.split()) for one in document.paragraphs)
    return "read"
