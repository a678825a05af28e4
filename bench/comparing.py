"""Two agreements of 200 clauses compared: clauses word by word, duties, and what changes for each party."""

from __future__ import annotations

import datetime as dt
import json
import random
from dataclasses import replace

from bench.report import Report, median_cpu
from yhdyspinta.agreement import Charter
from yhdyspinta.agreement.charter import Clause, Part
from yhdyspinta.agreement.compare import compare
from yhdyspinta.cli.simulate import model

CLAUSES = 200
SEED = 1
MILLISECONDS = 300


def measure(report: Report) -> None:
    """Measure a comparison as its page asks for it; both agreements are parsed beforehand."""
    before = large(model())
    cases = {
        "a version in which every tenth word is another": reworded(before, 0.1),
        "the agreement of another region, whose ids are all others": renamed(reworded(before, 0.2)),
    }
    for what, after in cases.items():
        spent = 1000 * median_cpu(lambda after=after: _compare(before, after), 5)  # type: ignore[misc]
        detail = f"{spent:.0f} ms, {len(before.clauses)} clauses and {len(before.duties)} duties"
        report.ratio(f"comparison with {what}", spent / MILLISECONDS, 1, detail)


def _compare(before: Charter, after: Charter) -> None:
    found = compare(before, after)
    assert len(found.side_by_side("fi")) >= CLAUSES
    assert found.for_parties
    assert json.dumps(found.as_json())


def large(charter: Charter) -> Charter:
    """Return an agreement of so many clauses and as many times the duties: the given one's, again and again."""
    parts, duties = [], {}
    copies = -(-CLAUSES // len(charter.clauses))
    for copy in range(copies):
        for part in charter.parts:
            clauses = tuple(_again(clause, copy) for clause in part.clauses)
            parts.append(Part(f"{part.id}-{copy}", part.title, part.prose, clauses))
        for duty in charter.duties.values():
            id = f"{duty.id}-{copy}"
            duties[id] = duty.model_copy(update={"id": id}).placed(f"{duty.clause}-{copy}")
    return replace(charter, parts=tuple(parts), duties=duties)


def _again(clause: Clause, copy: int) -> Clause:
    chance = random.Random(f"{SEED} {clause.id} {copy}")  # noqa: S311 -- made-up words
    prose = {language: _other_words(text, chance, 0.3) for language, text in clause.prose.items()}
    return replace(clause, id=f"{clause.id}-{copy}", part=f"{clause.part}-{copy}", prose=prose)


def reworded(charter: Charter, share: float) -> Charter:
    """Return the agreement from the next year on, with a share of its words put otherwise."""
    chance = random.Random(SEED)  # noqa: S311 -- made-up words
    parts = tuple(
        replace(part, clauses=tuple(_reworded(clause, chance, share) for clause in part.clauses))
        for part in charter.parts
    )
    return replace(charter.lasting(first_day=dt.date(2026, 1, 1), last_day=None, id="next"), parts=parts)


def _reworded(clause: Clause, chance: random.Random, share: float) -> Clause:
    prose = {language: _other_words(text, chance, share) for language, text in clause.prose.items()}
    return replace(clause, prose=prose)


def _other_words(html: str, chance: random.Random, share: float) -> str:
    words = html.split(" ")
    return " ".join(f"sana{chance.randrange(500)}" if chance.random() < share and "<" not in w else w for w in words)


def renamed(charter: Charter) -> Charter:
    """Return the agreement with other ids for its clauses and duties."""
    parts = tuple(
        replace(part, clauses=tuple(replace(clause, id=f"toinen-{clause.id}") for clause in part.clauses))
        for part in charter.parts
    )
    duties = {
        f"toinen-{id}": duty.model_copy(update={"id": f"toinen-{id}"}).placed(f"toinen-{duty.clause}")
        for id, duty in charter.duties.items()
    }
    return replace(charter, parts=parts, duties=duties)
