"""From an agreement's files to its charter, or to everything that must be mended first (DESIGN §2, §3.5).

An agreement's texts go by key: a language (``fi``) for the agreement itself, ``plan.fi`` for an annex.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yhdyspinta.agreement import crosscheck
from yhdyspinta.agreement.blocks import AnnexFrontMatter, Block, FrontMatter
from yhdyspinta.agreement.charter import Charter
from yhdyspinta.agreement.charting import charter_of
from yhdyspinta.agreement.draft import BLOCKS, CLAUSE_KINDS, ITSELF, LISTS, Draft, Placed, file_name, read_draft
from yhdyspinta.agreement.reader import Finding, decode, read_file
from yhdyspinta.agreement.saying import Said

__all__ = [
    "BLOCKS",
    "CLAUSE_KINDS",
    "LISTS",
    "AgreementErrors",
    "Draft",
    "Placed",
    "check",
    "check_sources",
    "digest_of",
    "draft_of",
    "file_name",
    "json_schema",
    "key_of_file",
    "parse_agreement",
    "read_agreement",
    "sources_of",
]
_FILE = re.compile(r"^([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z]{2})\.md$")
_AUTHORITY = re.compile(r"---\n(?:.*\n)*?id:")


class AgreementErrors(Exception):
    """An agreement's files cannot be read as one; carries everything that must be mended."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep the findings in the order of files and lines."""
        self.findings = sorted(findings)
        super().__init__("\n".join(map(str, self.findings)))


def read_agreement(folder: Path) -> Charter:
    """Read an agreement's folder.

    Raises:
        AgreementErrors: something must be mended first.

    """
    sources, findings = sources_of(folder)
    if findings:
        raise AgreementErrors(findings)
    return parse_agreement(sources)


def sources_of(folder: Path) -> tuple[dict[str, str], list[Finding]]:
    """Return the texts of a folder by key, and what keeps files from being texts."""
    sources: dict[str, str] = {}
    findings: list[Finding] = []
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    files = {key: path for path in inside if (key := key_of_file(path.name))}
    if all("." in key for key in files):
        mend = Said("the folder holds agreement.fi.md or its like")
        findings.append(Finding(str(folder), 1, Said("no agreement here"), mend))
    for key, path in files.items():
        try:
            text, unread = decode(path.name, path.read_bytes())
        except OSError as error:
            message = Said("the file cannot be read: %(why)s", why=error.strerror)
            unread = [Finding(path.name, 1, message, Said("check its permissions"))]
        if unread:
            findings += unread
        else:
            sources[key] = text
    return sources, findings


def key_of_file(name: str) -> str | None:
    """Return the key of a text by its file's name; None where the name is none of an agreement's texts."""
    match = _FILE.match(name)
    if match is None:
        return None
    return match[2] if match[1] == ITSELF else f"{match[1]}.{match[2]}"


def check(folder: Path) -> list[Finding]:
    """Return everything that must be mended in an agreement's folder, in the order of files and lines."""
    sources, findings = sources_of(folder)
    # Without its authority an agreement's other files say nothing more than that it is missing.
    if not findings or any(_AUTHORITY.match(text) for text in sources.values()):
        findings += check_sources(sources)
    return sorted(set(findings))


def check_sources(sources: Mapping[str, str]) -> list[Finding]:
    """Return everything that must be mended in an agreement's texts by key, in the order of files and lines."""
    return draft_of(sources)[1]


def draft_of(sources: Mapping[str, str]) -> tuple[Draft | None, list[Finding]]:
    """Return what could be read of an agreement's texts by key, and everything that must be mended in them.

    There is no draft where no single text is the authority, or its front matter cannot be read. Whatever the texts
    are, nothing is raised: they may be half written.
    """
    files = {key: read_file(file_name(key), text) for key, text in sources.items()}
    draft = read_draft(files)
    if draft is not None:
        crosscheck.crosscheck(draft)
    findings = [finding for raw in files.values() for finding in raw.findings]
    if draft is None and not findings:
        findings = [Finding("agreement", 1, Said("nothing to read"), Said("give at least one text"))]
    told = {(finding, finding.block, finding.where): finding for finding in findings}
    return draft, sorted(told.values())


def parse_agreement(sources: Mapping[str, str]) -> Charter:
    """Read an agreement from its texts by key.

    Raises:
        AgreementErrors: something must be mended first.

    """
    draft, findings = draft_of(sources)
    if draft is None or findings:
        raise AgreementErrors(findings)
    return charter_of(draft, digest_of(sources))


def digest_of(sources: Mapping[str, str]) -> str:
    """Return the digest that names a text whole, in all its languages, with its annexes."""
    return hashlib.sha256(json.dumps(dict(sources), sort_keys=True).encode()).hexdigest()


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of the front matter and of every kind of block, for editors."""
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    models: dict[str, type[Block]] = {"front-matter": FrontMatter, "annex-front-matter": AnnexFrontMatter, **BLOCKS}
    for kind, model in models.items():
        schema = model.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
        definitions |= schema.pop("$defs", {})
        properties[kind] = {"type": "array", "items": schema} if kind in LISTS else schema
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Yhdyspinta: the blocks of an agreement file",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }
