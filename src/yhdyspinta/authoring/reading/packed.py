"""The XML files inside a DOCX or ODT, read so that a hostile file costs no more than an honest one.

Of a container only the few parts that hold text are unpacked, each up to a limit, whatever the container says of its
size. XML may declare nothing, so nothing in it can expand, and no address in it is followed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from yhdyspinta.authoring.reading.refusing import CannotRead, Limits
from yhdyspinta.papers.programs import carries_program

_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError, ValueError, LookupError
)  # fmt: skip
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""The names of the strict variant of the format, and those that every other file uses."""


class Packed:
    """A container whose parts are read by name."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        """Look at a container before anything of it is unpacked.

        Raises:
            CannotRead: it is damaged, protected, unpacks to too much, or carries macros.

        """
        self._limits = limits
        try:
            self._file = zipfile.ZipFile(io.BytesIO(content))
            members = self._file.infolist()
        except _BROKEN as error:
            raise CannotRead("broken") from error
        self.names = {member.filename for member in members}
        if len(members) > limits.members or sum(member.file_size for member in members) > limits.unpacked:
            raise CannotRead("bomb")
        if any(member.flag_bits & 1 for member in members):
            raise CannotRead("protected")
        if carries_program(self.names):
            raise CannotRead("macros")

    def part(self, name: str) -> bytes | None:
        """Return the content of a part, or None where there is no such part.

        Raises:
            CannotRead: it is larger than a text would be, or damaged.

        """
        if name not in self.names:
            return None
        try:
            with self._file.open(name) as part:
                content = part.read(self._limits.part + 1)
        except _BROKEN as error:
            raise CannotRead("broken") from error
        if len(content) > self._limits.part:
            raise CannotRead("bomb")
        return content

    def tree(self, name: str) -> etree._Element | None:
        """Return the root element of a part, or None where there is no such part.

        Raises:
            CannotRead: it declares something, has more tags than a text would, or is no XML.

        """
        content = self.part(name)
        if content is None:
            return None
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise CannotRead("declarations")
        if b"\0" in content:  # UTF-16 would hide a declaration from the look above; no word processor writes it
            raise CannotRead("broken")
        if content.count(b"<") > self._limits.tags:
            raise CannotRead("bomb")
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise CannotRead("broken") from error
        if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that the look above cannot read
            raise CannotRead("declarations")
        return root

    def related(self, name: str) -> list[tuple[str, str]]:
        """Return the parts that a part of a DOCX names: the last word of the kind, such as “styles”, and the path."""
        folder, file = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", f"{file}.rels"))
        found = []
        for relation in root.iter(_RELATION) if root is not None else ():
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", "")))
                found.append((posixpath.basename(relation.get("Type", "")), target.lstrip("/")))
        return found
