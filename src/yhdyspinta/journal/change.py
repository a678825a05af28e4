"""The one way to change anything: lock the chain, do it, enter it, keep the facts it proves.

    with change(agreement, by=actor) as c:
        ...                                       # policy on fresh rows, models
        c.enter("record", f"record:{record.pk}", after=...)
        c.keep(f"record:{record.pk}", facts_of(record))

The changes of one chain run one after another. Whatever goes wrong inside, nothing of it stays.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.journal import keeping
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.canonical import canonical, digest
from yhdyspinta.journal.models import COMMON, Agreement, Chain, Detail, Entry, KeptFact


@dataclass(slots=True)
class _Pending:
    """An entry that is not written yet, because facts may still be handed over with it."""

    entry: Entry
    body: str | None
    facts: list[KeptFact] = field(default_factory=list)


class Change:
    """A change under way on one chain. Made by ``change`` only."""

    def __init__(self, chain: Chain, agreement: Agreement | None, by: Actor) -> None:
        self.agreement = agreement
        self.by = by
        self.at = timezone.now()
        self.common: Change | None = None
        self._chain = chain
        self._pending: _Pending | None = None
        self._written_early: list[Entry] = []
        self.entered = 0

    @property
    def chain_name(self) -> str:
        """The name of the chain that this change has locked."""
        return self._chain.name

    @property
    def today(self) -> date:
        """The day in Finland on which the change is made."""
        return self.at.astimezone(HELSINKI).date()

    def enter(self, verb: str, object_key: str, before: object = None, after: object = None) -> Entry:
        """Enter what was done to which object, and what the object was before and after.

        Personal data belongs into ``before`` and ``after`` alone: they can be erased, the rest cannot.
        Returns the entry, which is written when the change ends or enters again.
        """
        for other in _under_way.get():
            if other is not self:
                other.make_way(self.chain_name)
        self.settle()
        chain = Chain.objects.get(pk=self._chain.pk)
        body = None if before is None and after is None else {"before": before, "after": after}
        entry = Entry(
            chain=chain,
            sequence=chain.sequence + 1,
            at=self.at,
            actor_kind=self.by.kind,
            actor_person=self.by.person,
            actor_party=self.by.party or "",
            actor_label=self.by.label,
            verb=verb,
            object_key=object_key,
            previous=chain.head,
        )
        self._pending = _Pending(entry, None if body is None else canonical(body))
        self.entered += 1
        return entry

    def keep(self, thing_key: str, facts: Sequence[Mapping[str, Any]]) -> list[KeptFact]:
        """Say all that a thing proves now. New facts are added, vanished ones get a withdrawal.

        Facts are compared by all they say but ``id`` and ``recorded``. Returns the rows added.

        Raises:
            ValidationError: a fact is not well formed or names something the agreement does not know.

        """
        return self.keep_all({thing_key: facts})

    def keep_all(self, facts: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[KeptFact]:
        """Say what many things prove now, in as few queries as one; see ``keep``."""
        agreement, pending = self._keeper()
        added = keeping.kept_now(agreement, facts, pending.facts, self.today)
        return self._hand_over(pending, added)

    def add(self, thing_key: str, facts: Sequence[Mapping[str, Any]]) -> list[KeptFact]:
        """Add facts to what a thing proves, withdrawing nothing; ids that the facts carry are kept."""
        agreement, pending = self._keeper()
        added = keeping.added(agreement, {thing_key: facts}, pending.facts, self.today)
        return self._hand_over(pending, added)

    def withdraw(self, *fact_ids: str) -> list[KeptFact]:
        """Withdraw kept facts by their ids, whichever thing they belong to.

        Raises:
            ValidationError: an id is unknown, is a withdrawal, or is withdrawn already.

        """
        agreement, pending = self._keeper()
        added = keeping.withdrawn(agreement, fact_ids, pending.facts, self.today)
        return self._hand_over(pending, added)

    def settle(self) -> None:
        """Write the entry that waits, with its detail and facts, and move the chain's head.

        Done by itself when the change ends, enters again or holds another change; call it where what
        was handed over must be readable before that.
        """
        pending, self._pending = self._pending, None
        if pending is None:
            return
        entry = pending.entry
        salt = secrets.token_hex(32)
        if pending.body is not None:
            entry.digest = digest(salt, pending.body)
        if pending.facts:
            entry.facts_digest = digest(canonical([fact.hashed() for fact in pending.facts]))
        entry.hash = entry.computed_hash(self._chain.name)
        entry.save(force_insert=True)
        if pending.body is not None:
            Detail.objects.create(entry=entry, salt=salt, body=pending.body)
        for fact in pending.facts:
            fact.entry = entry
        KeptFact.objects.bulk_create(pending.facts, batch_size=2000)
        Chain.objects.filter(pk=entry.chain_id).update(sequence=entry.sequence, head=entry.hash)

    def make_way(self, name: str) -> None:
        """Write what waits before another change of the same chain enters something."""
        if self._pending is not None and self.chain_name == name:
            self._written_early.append(self._pending.entry)
            self.settle()

    def close(self) -> None:
        """Write what waits and make sure that nothing written before was undone meanwhile."""
        self.settle()
        early = {entry.pk: entry.hash for entry in self._written_early}
        if early != dict(Entry.objects.filter(pk__in=early).values_list("pk", "hash")):
            raise RuntimeError("a rollback inside the change undid what it had entered")

    def _keeper(self) -> tuple[Agreement, _Pending]:
        if self.agreement is None:
            raise RuntimeError("the common chain keeps no facts")
        if self._pending is None:
            raise RuntimeError("enter what was done before handing over its facts")
        return self.agreement, self._pending

    @staticmethod
    def _hand_over(pending: _Pending, added: list[KeptFact]) -> list[KeptFact]:
        pending.facts.extend(added)
        return added


_under_way: ContextVar[tuple[Change, ...]] = ContextVar("changes_under_way", default=())


@contextmanager
def change(agreement: Agreement | None, *, by: Actor, common: bool = False) -> Iterator[Change]:
    """Change something of an agreement, or of what is common to all (``None``).

    Locks the chain until the outermost transaction ends. With ``common`` the common chain is locked too, and is
    entered through ``c.common``. Changes may be nested: chains are locked in the order of their names with the common
    one last, so that two changes never wait for each other. A change inside another of the same chain comes before
    it: what waits in the outer one is written first.

    Raises:
        RuntimeError: nothing was entered, or chains are locked in the wrong order.

    """
    name = COMMON if agreement is None else agreement.slug
    _check_order(name)
    for outer in _under_way.get():
        outer.make_way(name)  # before the savepoint, lest undoing the inner change undo it too
    with transaction.atomic():
        c = Change(lock(name, make=agreement is None), agreement, by)
        if common and agreement is not None:
            c.common = Change(lock(COMMON, make=True), None, by)
            c.common.at = c.at  # one change, one moment
        parts = (c,) if c.common is None else (c, c.common)
        token = _under_way.set((*_under_way.get(), *parts))
        try:
            yield c
        finally:
            _under_way.reset(token)
        if not any(part.entered for part in parts):
            raise RuntimeError(f"a change of {name} must enter what was done")
        for part in parts:
            part.close()


def lock(name: str, *, make: bool = False) -> Chain:
    """Lock a chain until the transaction ends, and return it as it stands; ``make`` it where there is none."""
    if make:
        Chain.objects.get_or_create(name=name)
    return Chain.objects.select_for_update().get(name=name)


def _check_order(name: str) -> None:
    held = {outer.chain_name for outer in _under_way.get()}
    late = [other for other in held if _rank(other) > _rank(name)]
    if late and name not in held:
        raise RuntimeError(f"lock {name} before {', '.join(sorted(late))}")


def _rank(name: str) -> tuple[bool, str]:
    return name == COMMON, name
