"""How much of the official text of Central Finland the rules find, against the reading made of it by hand."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from tests.agreement.cases import AGREEMENTS
from tests.support.beside import OFFICIAL
from yhdyspinta.agreement import Charter, read_agreement
from yhdyspinta.agreement.official import passages
from yhdyspinta.agreement.proposing import ClauseText, KnownBody, KnownParty, Proposal, propose

pytestmark = pytest.mark.skipif(not OFFICIAL.is_file(), reason="the official text is not beside the project")
# These come from statutes, not from the text (DESIGN §3.4).
STATUTORY = {"neuvottelu-kausi", "neuvottelu-hyte", "hyte-raportti", "hyvinvointikertomus"}
KINDS = frozenset({"duty", "right"})


def folded(text: str) -> str:
    """A page break after a hyphen leaves a space: "Keski- Suomen"."""
    return re.sub(r"(?<=\w)- (?=[A-ZÅÄÖ])", "-", " ".join(text.split()))


@pytest.fixture(scope="module")
def charter() -> Charter:
    return read_agreement(AGREEMENTS / "keski-suomi-2023")


@pytest.fixture(scope="module")
def official(charter: Charter) -> dict[str, str]:
    return {clause: folded(text) for clause, text in passages(charter, OFFICIAL.read_text(encoding="utf-8")).items()}


def parties_of(charter: Charter) -> list[KnownParty]:
    return [KnownParty(p.id, p.kind, p.form, p.name.fi, p.official_name.fi) for p in charter.parties.values()]


def along_headings(charter: Charter) -> list[ClauseText]:
    """The text split at the headings that the agreement names, a paragraph a line, torn paragraphs joined."""
    wanted = {clause.official.heading for clause in charter.clauses if clause.official} | {"Allekirjoitukset"}
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in OFFICIAL.read_text(encoding="utf-8").splitlines():
        heading = " ".join(line.split())
        if heading in wanted and heading not in sections:
            lines = sections[heading] = []
        else:
            lines.append(line)
    return [
        ClauseText(f"kohta-{number}", heading, "", "\n".join(_paragraphs("\n".join(body))))
        for number, (heading, body) in enumerate(sections.items())
    ]


def _paragraphs(text: str) -> list[str]:
    joined: list[str] = []
    for paragraph in filter(None, map(folded, re.split(r"\n\s*\n", text))):
        if joined and joined[-1][-1] not in ".:;)" and len(joined[-1].split()) > 4:
            joined[-1] = folded(f"{joined[-1]} {paragraph}")
        else:
            joined.append(paragraph)
    return joined


def along_passages(charter: Charter, official: dict[str, str]) -> list[ClauseText]:
    """The text split as the hand-made agreement splits it, each passage one line below its official heading."""
    return [
        ClauseText(clause.id, clause.official.heading, "", official[clause.id])
        for clause in charter.clauses
        if clause.official
    ]


def proposed(clauses: Sequence[ClauseText], charter: Charter) -> tuple[Proposal, ...]:
    """What is proposed once the bodies that were proposed are known."""
    parties = parties_of(charter)
    bodies = [
        KnownBody(p.data["id"], tuple(p.data[key]["fi"] for key in ("name", "short-name") if key in p.data))
        for p in propose(clauses, language="fi", parties=parties)
        if p.kind == "body"
    ]
    return propose(clauses, language="fi", parties=parties, bodies=bodies)


@dataclass(frozen=True)
class Essence:
    """What must be equal for a proposal to be a duty's: bearer, kind, period, kinds of facts (which plan and body)."""

    bearer: str
    kind: str
    per: str
    evidence: str


def essence(data: dict[str, Any], names: dict[str, str]) -> Essence:
    """Bodies are named by the name they go by, since a proposal makes its own ids."""

    def named(value: Any) -> Any:
        match value:
            case str():
                return re.sub(r"[a-z0-9-]+", lambda word: names.get(word[0], word[0]), value)
            case dict():
                return {key: named(part) for key, part in value.items()}
            case list() | tuple():
                return [named(part) for part in value]
        return value

    bearer = named(data.get("bearer"))
    bearer = "+".join(sorted(bearer)) if isinstance(bearer, list) else json.dumps(bearer, sort_keys=True)
    told_apart = {
        kind: [named(fields.get(field)) for field in ("plan", "body")]
        for kind, fields in data.get("evidence", {}).items()
    }
    per = named(data.get("per") or "")
    return Essence(bearer, data.get("kind", "right"), per, json.dumps(told_apart, sort_keys=True, ensure_ascii=False))


def wanted_duties(charter: Charter, official: dict[str, str]) -> dict[str, tuple[Essence, str]]:
    names = {body.id: (body.short_name or body.name).fi.lower() for body in charter.bodies.values()}
    found: dict[str, tuple[Essence, str]] = {}
    for id_, block in charter.duties.items():
        clause = block.clause
        if id_ in STATUTORY or clause not in official:
            continue
        bearer: Any = block.bearer
        if hasattr(bearer, "each"):
            bearer = {"each": list(bearer.each)}
        data = {
            "bearer": list(bearer) if isinstance(bearer, tuple) else bearer,
            "kind": block.kind,
            "per": block.per,
            "evidence": block.evidence,
        }
        found[id_] = essence(data, names), official[clause]
    return found


def measure(
    proposals: Sequence[Proposal], clauses: Sequence[ClauseText], wanted: dict[str, tuple[Essence, str]]
) -> tuple[dict[str, Proposal], list[Proposal]]:
    """Return the duties found, and the proposals that are none of them; a proposal counts for one duty at most."""
    titles = {clause.id: clause.title for clause in clauses}
    names = {
        p.data["id"]: p.data.get("short-name", p.data["name"])["fi"].lower() for p in proposals if p.kind == "body"
    }
    left = [p for p in proposals if p.kind in KINDS]
    matched: dict[str, Proposal] = {}
    for id_, (what, passage) in wanted.items():
        for proposal in left:
            rests_on = proposal.sentence or titles[proposal.clause]
            if folded(rests_on) in passage and essence(dict(proposal.data), names) == what:
                matched[id_] = proposal
                left.remove(proposal)
                break
    return matched, left


def report(how: str, wanted: dict[str, Any], matched: dict[str, Proposal], false: Sequence[Proposal]) -> Iterator[str]:
    yield f"{how}: {len(matched)} of {len(wanted)} duties and rights found, {len(false)} false"
    yield f"  missed: {', '.join(sorted(set(wanted) - set(matched)))}"
    for proposal in false:
        yield f"  false: {proposal.rule} {dict(proposal.data)} — {proposal.sentence[:80]}"


@pytest.mark.parametrize("how", ["headings", "passages"])
def test_at_least_twenty_duties_are_found_with_at_most_ten_false_ones(
    how: str, charter: Charter, official: dict[str, str]
) -> None:
    clauses = along_headings(charter) if how == "headings" else along_passages(charter, official)
    wanted = wanted_duties(charter, official)
    proposals = proposed(clauses, charter)
    matched, false = measure(proposals, clauses, wanted)
    sys.stdout.write("\n".join(report(how, wanted, matched, false)) + "\n")
    assert len(matched) >= 20
    assert len(false) <= 10
