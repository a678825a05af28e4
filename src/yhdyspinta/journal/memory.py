"""What a process keeps in memory of what the journal holds: charters, passages, facts, judgements.

Nothing here is ever wrong, only absent: charters and passages are kept under the digest of what they
were read from, judgements under the hash of the last entry, and facts together with the hash of the
entry they reach to. A database that was restored or rolled back therefore never meets old memories.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock, RLock
from typing import Generic, NamedTuple, TypeVar

import msgspec
from django.db.models import CharField, Subquery
from django.db.models.functions import Cast

from yhdyspinta.agreement import Assessment, Charter, Fact, Ledger, assess, official, parse_agreement
from yhdyspinta.agreement.facts import decoder
from yhdyspinta.journal.models import Entry, KeptFact, OfficialText, Text

T = TypeVar("T")


class Standing(NamedTuple):
    """Where an agreement stands now, read from the database in one query."""

    agreement: int
    slug: str
    sequence: int
    head: str
    records_from: date
    text: str
    """The digest of the text in force on the day asked about."""


class _Kept(Generic[T]):
    """The last few results by key; safe to share between threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        self._held: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            held = self._held.setdefault(key, made)
            self._held.move_to_end(key)
            while len(self._held) > self._size:
                self._held.popitem(last=False)
        return held


@dataclass(slots=True)
class _Facts:
    """The facts of one agreement that this process has read, up to an entry."""

    lock: RLock = field(default_factory=RLock)
    ledger: Ledger | None = None
    sequence: int = 0
    hash: str = ""


_charters: _Kept[Charter] = _Kept(64)
_passages: _Kept[Mapping[str, str]] = _Kept(64)
_ledgers: _Kept[_Facts] = _Kept(64)
_assessments: _Kept[Assessment] = _Kept(64)


def charter(digest: str) -> Charter:
    """Return the charter of a loaded text. One query when the process has not met it."""
    return _charters.get(digest, lambda: parse_agreement(_sources(digest)))


def _sources(digest: str) -> dict[str, str]:
    sources: dict[str, str] = Text.objects.filter(digest=digest).values_list("sources", flat=True)[0]
    return sources


def charter_of_sources(digest: str, sources: Mapping[str, str]) -> Charter:
    """Return the charter of a text at hand.

    Raises:
        AgreementErrors: the text is not an agreement.

    """
    return _charters.get(digest, lambda: parse_agreement(dict(sources)))


def passages(charter: Charter, digest: str, annex: str = "") -> dict[str, str]:
    """Return the clauses' passages in an official text, of the agreement itself or of an annex.

    One query when the process has not met it.

    Empty where a newer text of the agreement names passages that this official text does not have.
    """

    def make() -> Mapping[str, str]:
        content = OfficialText.objects.filter(digest=digest).values_list("content", flat=True)[0]
        try:
            return official.passages(charter, content, annex)
        except official.PassageErrors:
            return {}

    return dict(_passages.get((charter.digest, digest, annex), make))


def ledger(standing: Standing) -> Ledger:
    """Return the facts up to where the agreement stands. No query when they are all here."""
    facts = _facts(standing)
    with facts.lock:
        return _brought_up(facts, standing)


def assessment(standing: Standing, as_of: date, known_at: date | None) -> Assessment:
    """Return the judgement of a day. No query when it was judged since the last entry."""

    def make() -> Assessment:
        facts = _facts(standing)
        with facts.lock:  # nobody adds facts while they are judged
            held = _brought_up(facts, standing)
            return assess(charter(standing.text), held, as_of, known_at, records_from=standing.records_from)

    key = (standing.slug, standing.text, standing.head, as_of, known_at)
    return _assessments.get(key, make)


def _facts(standing: Standing) -> _Facts:
    return _ledgers.get((standing.slug, standing.text), _Facts)


def _brought_up(facts: _Facts, standing: Standing) -> Ledger:
    """Read what is newer than what is here; everything, when what is here is not of this chain."""
    if facts.ledger is None or not _reaches(facts, standing):
        facts.ledger, facts.sequence, facts.hash = Ledger(charter(standing.text)), 0, ""
    if facts.hash != standing.head:
        facts.ledger.extend(_read(standing, since=len(facts.ledger)))
        facts.sequence, facts.hash = standing.sequence, standing.head
    return facts.ledger


def _reaches(facts: _Facts, standing: Standing) -> bool:
    """Tell whether the entry that the facts reach to still lies on the agreement's chain."""
    if facts.hash == standing.head:
        return True
    return Entry.objects.filter(
        chain__name=standing.slug,
        sequence=facts.sequence,
        sequence__lte=standing.sequence,
        hash=facts.hash,
    ).exists()


def _read(standing: Standing, since: int) -> list[Fact]:
    """Read the facts that come after the first ``since``, as far as the entry where the agreement stands.

    Facts are numbered without gaps, and the entries of one chain are written one after another; so both bounds are
    numbers in the facts' own rows, and nothing is looked up for each of them.
    """
    last = Entry.objects.filter(chain__name=standing.slug, sequence=standing.sequence).values("pk")
    rows = KeptFact.objects.filter(agreement=standing.agreement, number__gt=since, entry__lte=Subquery(last))
    # As text, not as days: half a million days made and written again would cost more than reading the facts
    values = rows.order_by("number").values_list("fact_id", Cast("recorded", CharField()), "fact")
    encode, decode = msgspec.json.encode, decoder.decode
    return [
        decode(f'{{"id":{encode(fact_id).decode()},"recorded":"{recorded}",{fact[1:]}')
        for fact_id, recorded, fact in values.iterator(chunk_size=5000)
    ]
