"""Who may record what (DESIGN §5): the installation everything, a party what concerns it or what it bears.

A party's administrator records facts of its own party, meetings and papers of bodies that it convenes, and evidence of
duties that it bears alone, jointly or with all. To be named as the host of a meeting, or as who prepared or published
something, gives no right: anybody could name itself, and so prove what another is to do. What only the parties together
can decide (that a commitment is set aside, how a question is read, who is a party, that a group is formed) is recorded
by the installation's administrator. A record is corrected and withdrawn by the party that it was made for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from yhdyspinta.agreement import Charter, Duty, Right, today
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.policy import administers, manages_installation
from yhdyspinta.records.models import BroughtIn, Record
from yhdyspinta.records.queries import is_literal
from yhdyspinta.records.rules import day_of

DECIDED_TOGETHER = frozenset({"waived", "reading-set", "party-status", "body-formed"})
"""Kinds that bind all the parties: recorded by the installation's administrator alone."""


def may_record(actor: Actor, agreement: Agreement, charter: Charter, facts: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether the actor may record these facts. At most three queries."""
    if manages_installation(actor):
        return True
    return acts_for_its_party(actor, agreement) and all(concerns(actor.party or "", given, charter) for given in facts)


def may_change(actor: Actor, record: Record, charter: Charter) -> bool:
    """Tell whether the actor may correct or withdraw a record: made for its own party, or the installation any.

    Others ask for its correction. Reads the record's facts, and three queries.
    """
    if manages_installation(actor):
        return True
    givens = [fact.given for fact in record.facts.all()]
    return made_for(actor.party or "", record) and may_record(actor, record.agreement, charter, givens)


def made_for(party: str, record: Record) -> bool:
    """Tell whether a record was made for a party, and so is that party's to correct or withdraw."""
    return bool(party) and record.by_party == party


def may_bring_in(actor: Actor, agreement: Agreement) -> bool:
    """Tell whether the actor may bring in a history; which of its lines, ``may_record`` decides. Three queries."""
    return manages_installation(actor) or acts_for_its_party(actor, agreement)


def may_apply(actor: Actor, batch: BroughtIn) -> bool:
    """Tell whether the actor may apply or discard a history: its own party's, or the installation any."""
    own = acts_for_its_party(actor, batch.agreement) and batch.by_party == actor.party
    return manages_installation(actor) or own


def may_remark(actor: Actor, agreement: Agreement, party: str) -> bool:
    """Tell whether the actor may write a party's remark: its administrator, or the installation on its behalf."""
    return manages_installation(actor) or (actor.party == party and acts_for_its_party(actor, agreement))


def may_ask(parties: Iterable[str], record: Record) -> list[str]:
    """Return those of the parties that a record is about, and that may ask for its correction. Reads its facts."""
    named = {id_ for fact in record.facts.all() for id_ in fact.names.split()}
    return [party for party in parties if party in named or party == record.by_party]


def acts_for_its_party(actor: Actor, agreement: Agreement) -> bool:
    """Tell whether the actor administers the party it acts for, in this agreement. Two queries."""
    if actor.party is None:
        return False
    party = Party.objects.filter(agreement=agreement, slug=actor.party).first()
    return party is not None and administers(actor, party)


def concerns(party: str, given: Mapping[str, Any], charter: Charter) -> bool:
    """Tell whether a party may say that this fact is true: it is its own, or it convenes or bears what it proves."""
    if not party or given.get("fact") in DECIDED_TOGETHER:
        return False
    if isinstance(given.get("party"), str):  # of one party, so that no other may say it
        return bool(given["party"] == party)
    if convenes(party, given, charter):
        return True
    return any(bears(party, duty, given, charter) for duty in charter.duties.values())


def convenes(party: str, given: Mapping[str, Any], charter: Charter) -> bool:
    """Tell whether the party convenes the body that a fact is about, on the day of its meeting."""
    body, day = given.get("body"), day_of(given.get("meeting")) or day_of(given.get("on"))
    return isinstance(body, str) and party in charter.convenors(body, day or today())


def bears(party: str, duty: Duty | Right, given: Mapping[str, Any], charter: Charter) -> bool:
    """Tell whether a party bears a duty, alone, jointly or with all, that a fact is evidence of."""
    constraints = duty.evidence.get(str(given.get("fact")))
    if constraints is None or party not in bearers(duty, given, charter):
        return False
    named = {name: value for name, value in constraints.items() if is_literal(str(given["fact"]), name, value)}
    return all(given.get(name) == value for name, value in named.items())


def bearers(duty: Duty | Right, given: Mapping[str, Any], charter: Charter) -> tuple[str, ...]:
    """Return the parties that bear a duty without being named by its evidence: alone, jointly, all, or as convenors.

    Where each party bears a duty on its own, the fact names the party, and nobody else speaks for it.
    """
    if not isinstance(duty.bearer, str):
        return duty.bearer if isinstance(duty.bearer, tuple) else ()
    if duty.bearer == "all":
        return tuple(charter.parties)
    if duty.bearer.startswith("convenors of "):
        day = day_of(given.get("on")) or today()
        return charter.convenors(duty.bearer.removeprefix("convenors of "), day)
    return (duty.bearer,)
