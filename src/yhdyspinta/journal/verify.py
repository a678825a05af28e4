"""Is everything as it was written? Every chain walked, every digest computed, every fact derived again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.db.models import F

from yhdyspinta.agreement import digest_of
from yhdyspinta.journal import evidence, triggers
from yhdyspinta.journal.canonical import canonical, digest
from yhdyspinta.journal.keeping import content, plain
from yhdyspinta.journal.models import Agreement, Chain, Entry, KeptFact, OfficialText, Text
from yhdyspinta.journal.queries import facts_in_force

_CHUNK = 2000


class Finding(NamedTuple):
    """Something that is not as it was written, and where."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def verify() -> Iterator[Finding]:
    """Yield everything that is not sound. Changes may go on meanwhile: what they add is left out."""
    yield from _guards()
    for chain in Chain.objects.order_by("name"):
        yield from _chain(chain)
    for agreement in Agreement.objects.select_related("chain").order_by("slug"):
        yield from _agreement(agreement)
    yield from _evidence()


def _guards() -> Iterator[Finding]:
    for name in triggers.missing(connection):
        yield Finding("database", f"the trigger {name} is missing; a migrate makes it again")
    for name in triggers.altered(connection):
        yield Finding("database", f"the trigger {name} is not as the program makes it; a migrate makes it again")
    for name in triggers.unknown(connection):
        yield Finding("database", f"the trigger {name} is not of the program")


def _chain(chain: Chain) -> Iterator[Finding]:
    """Walk a chain up to the head read before: the entries until there never change."""
    previous, expected = "", 1
    entries = Entry.objects.filter(chain=chain, sequence__lte=chain.sequence)
    entries = entries.select_related("detail").order_by("sequence")
    for entry in entries.iterator(chunk_size=_CHUNK):
        where = f"{chain.name} {entry.sequence}"
        if entry.sequence != expected:
            yield Finding(where, f"the entry before it is missing (expected {expected})")
        if entry.previous != previous:
            yield Finding(where, "it does not follow on the entry before it")
        if entry.hash != entry.computed_hash(chain.name):
            yield Finding(where, "its hash is not that of what it says")
        yield from _detail(entry, where)
        previous, expected = entry.hash, entry.sequence + 1
    if (chain.sequence, chain.head) != (expected - 1, previous):
        yield Finding(chain.name, f"the head is not the last entry ({expected - 1})")
    # Asked in one statement: a change adds an entry and moves the head at once, so none is ever seen beyond it
    beyond = Entry.objects.filter(chain=chain, sequence__gt=F("chain__sequence")).count()
    if beyond:
        yield Finding(chain.name, f"entries stand beyond the head: {beyond}; it was set back")


def _detail(entry: Entry, where: str) -> Iterator[Finding]:
    try:
        detail = entry.detail
    except ObjectDoesNotExist:  # there was none, or it was erased
        return
    if entry.digest != digest(detail.salt, detail.body):
        yield Finding(where, "its detail was changed")


def _agreement(agreement: Agreement) -> Iterator[Finding]:
    if agreement.chain.name != agreement.slug:
        yield Finding(agreement.slug, f"it stands on the chain of {agreement.chain.name}")
    yield from _texts(agreement)
    yield from _facts(agreement)


def _texts(agreement: Agreement) -> Iterator[Finding]:
    entered = set(
        Entry.objects.filter(chain=agreement.chain, verb__in=["load-text", "attach-official-text"]).values_list(
            "object_key", flat=True
        )
    )
    texts = Text.objects.filter(agreement=agreement)
    officials = OfficialText.objects.filter(agreement=agreement)
    found = [(f"text:{text.digest}", text.digest == digest_of(text.sources)) for text in texts]
    found += [(f"official-text:{text.digest}", text.digest == digest(text.content)) for text in officials]
    for key, sound in found:
        if not sound:
            yield Finding(agreement.slug, f"{key} was changed")
        if key not in entered:
            yield Finding(agreement.slug, f"{key} was never entered")
    yield from (
        Finding(agreement.slug, f"{key} was entered and is missing")
        for key in sorted(entered - {key for key, _sound in found})
    )


def _facts(agreement: Agreement) -> Iterator[Finding]:
    """Compare the facts of each entry with the digest in it, and look for gaps in their numbers."""
    until = agreement.chain.sequence
    rows = KeptFact.objects.filter(agreement=agreement, entry__sequence__lte=until)
    found: dict[int, str] = {}
    expected = 1
    ordered = rows.order_by("number").iterator(chunk_size=_CHUNK)
    for entry, group in groupby(ordered, attrgetter("entry_id")):
        hashed = []
        for row in group:
            if row.number != expected:
                yield Finding(row.fact_id, f"the fact before it is missing (expected number {expected})")
            if not _agrees(row):
                yield Finding(row.fact_id, "its columns do not say what the fact says")
            expected = row.number + 1
            hashed.append(row.hashed())
        found[entry] = digest(canonical(hashed))
    claims = Entry.objects.filter(chain=agreement.chain, sequence__lte=until, facts_digest__gt="")
    for entry, sequence, claimed in claims.values_list("pk", "sequence", "facts_digest"):
        if found.pop(entry, "") != claimed:
            yield Finding(f"{agreement.slug} {sequence}", "its facts are not those it was entered with")
    if found:
        yield Finding(agreement.slug, f"{len(found)} entries carry facts that they were not entered with")


def _agrees(row: KeptFact) -> bool:
    """Tell whether a row's columns repeat what its fact says."""
    given = row.given
    return (
        row.kind == given.get("fact")
        and row.day.isoformat() == given.get("on", given.get("from"))
        and row.withdraws == (given.get("of", "") if row.kind == "withdrawn" else "")
    )


def _evidence() -> Iterator[Finding]:
    """Derive the facts of every thing again, and compare them with those kept and not withdrawn."""
    with snapshot():
        for name, derive in evidence.derivers().items():
            derived = {thing: {canonical(content(plain(fact))) for fact in facts} for thing, facts in derive()}
            kept: defaultdict[str, set[str]] = defaultdict(set)
            for agreement in Agreement.objects.all():
                rows = facts_in_force(agreement).filter(thing__startswith=f"{name}:")
                for thing, fact in rows.values_list("thing", "fact"):
                    kept[thing].add(fact)
            for thing in sorted(derived.keys() | kept.keys()):
                yield from _compared(thing, derived.get(thing, set()), kept[thing])


def _compared(thing: str, derived: set[str], kept: set[str]) -> Iterator[Finding]:
    for fact in sorted(derived - kept):
        yield Finding(thing, f"it proves what is not kept: {fact}")
    for fact in sorted(kept - derived):
        yield Finding(thing, f"what is kept it does not prove: {fact}")


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as it stood at one moment, whatever is written meanwhile."""
    with transaction.atomic():
        if connection.vendor == "postgresql" and not connection.savepoint_ids:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
