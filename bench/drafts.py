"""A draft of 200 clauses and 150 duties that is checked again after every change of one of them."""

from __future__ import annotations

import time
from itertools import count

from bench.report import median_cpu
from yhdyspinta.agreement import check_sources, sources_of
from yhdyspinta.cli.shared import folder_of

CLAUSES, BLOCKS = 200, 150
EXAMPLE = "esimerkki-jarvimaa"
WORDS = "Osapuolet tapaavat vuosittain ja sopivat yhdessä siitä, miten asia hoidetaan ja kuka siitä vastaa. "
DUTY = """
```yaml duty
id: lisa-{number}
name: {{fi: "Sitoumus {number}, {change}", sv: "Åtagande {number}", en: "Commitment {number}"}}
bearer: each party
kind: achieve
per: calendar-year
window: {{from: 01-01, to: 12-31}}
evidence: {{contribution-delivered: {{party: bearer}}}}
basis: explicit
```
"""


def draft(change: int = 0) -> dict[str, str]:
    """Return the texts of a whole draft in three languages; ``change`` stands in one of its blocks."""
    folder = folder_of(EXAMPLE)
    assert folder is not None, f"the shipped agreement `{EXAMPLE}` is missing"
    sources, _ = sources_of(folder)
    clauses = range(CLAUSES - sources["sv"].count("\n#"))
    blocks = BLOCKS - sources["fi"].count("```yaml")
    for number in clauses:
        for language in sources:
            link = f"[{WORDS.strip()}](#lisa-{number})" if number < blocks else WORDS
            sources[language] += f"\n\n## Lisäkohta {number} {{#lisakohta-{number}}}\n\n{WORDS * 3}\n\n{link}\n"
        if number < blocks:
            changed = change if number == blocks // 2 else 0
            sources["fi"] += DUTY.format(number=number, change=changed)
    return sources


def first_and_again() -> tuple[float, float]:
    """Return the CPU seconds of checking the draft: first, and again when one block was changed."""
    texts = draft()
    begin = time.process_time()
    assert check_sources(texts) == []
    first = time.process_time() - begin
    changes = count(1)
    changed = [draft(next(changes)) for _ in range(11)]
    again = median_cpu(lambda: check_sources(changed.pop()), 11)
    return first, again
