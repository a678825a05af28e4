"""What the database holds of an agreement, as lines of JSON and as folders of texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from yhdyspinta.agreement import file_name
from yhdyspinta.journal import queries
from yhdyspinta.journal.canonical import moment
from yhdyspinta.journal.models import Agreement, Entry

_CHUNK = 2000


def facts(agreement: Agreement) -> Iterator[str]:
    """Return every kept fact, withdrawals too, as ``import`` and ``status --facts`` read them."""
    for row in agreement.kept_facts.order_by("number").iterator(chunk_size=_CHUNK):
        yield json.dumps(row.whole, ensure_ascii=False)


def entries(agreement: Agreement | None, *, details: bool) -> Iterator[str]:
    """Return every entry of an agreement, or the common ones, from the first on.

    Details are left out unless asked for: they may be personal data.
    """
    for entry in queries.entries(agreement).order_by("sequence").iterator(chunk_size=_CHUNK):
        said = _entry(entry)
        detail = getattr(entry, "detail", None) if details else None
        if detail is not None:
            said |= {"salt": detail.salt, "before": detail.before, "after": detail.after}
        yield json.dumps(said, ensure_ascii=False)


def write_texts(agreement: Agreement, to: Path) -> Iterator[str]:
    """Write each text into a folder of its own, named by first day and digest, and the official text beside them.

    Returns the paths written.
    """
    for text in queries.texts(agreement):
        folder = to / f"{agreement.slug}-{text.first_day}-{text.digest[:8]}"
        folder.mkdir(parents=True, exist_ok=True)
        for key, source in text.sources.items():
            (folder / file_name(key)).write_text(source, encoding="utf-8")
        yield str(folder)
    for annex, official in queries.official_texts(agreement).items():
        path = to / "-".join(filter(None, (agreement.slug, annex, "official.txt")))
        path.write_text(official.content, encoding="utf-8")
        yield str(path)


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "at": moment(entry.at),
        "actor": {
            "kind": entry.actor_kind,
            "person": entry.actor_person,
            "party": entry.actor_party,
            "label": entry.actor_label,
        },
        "verb": entry.verb,
        "object": entry.object_key,
        "digest": entry.digest,
        "facts_digest": entry.facts_digest,
        "previous": entry.previous,
        "hash": entry.hash,
    }
