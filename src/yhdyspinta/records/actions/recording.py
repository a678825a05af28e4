"""Recording that something was done, correcting it and withdrawing it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.models import File
from yhdyspinta.records import policy, queries, showing
from yhdyspinta.records.evidence import facts_of
from yhdyspinta.records.kinds import KINDS, Shape
from yhdyspinta.records.models import Record, RecordedFact, Remark
from yhdyspinta.records.rules import problems_of
from yhdyspinta.records.words import Names

Given = Mapping[str, Any]
TOKEN_TAKEN = "token-taken"  # noqa: S105 -- a code of an error, and no secret


@dataclass(frozen=True, slots=True)
class Proof:
    """Where a record rests, and what goes with it."""

    organ: str = ""
    decided: dt.date | None = None
    section: str = ""
    register: str = ""
    text: str = ""
    link: str = ""
    note: str = ""
    file: File | None = None
    file_public: bool = False

    def fields(self) -> dict[str, Any]:
        """Return what a record keeps of it, by the names of its columns."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class At:
    """The duty and period at which something is recorded, where it is recorded at one."""

    duty: str = ""
    period: str = ""


def record_done(
    agreement: Agreement,
    facts: Sequence[Given],
    *,
    proof: Proof,
    at: At | None = None,
    token: uuid.UUID | None = None,
    by: Actor,
) -> Record:
    """Record one event: a fact, or the several that it proves. The same ``token`` again returns the same record.

    Raises:
        NotAllowed: the actor may not say this.
        ValidationError: a fact, the link or the file cannot be recorded as it is; keys are ``fact-field``. Where
            somebody else's form had this token, the code is ``TOKEN_TAKEN``: another token will do.

    """
    if made := made_before(agreement, token, by):
        return made
    at = at or At()
    try:
        with change(agreement, by=by) as c:
            _refuse_second(agreement, token, by)
            names = _checked(c, agreement, facts, proof)
            record = Record(agreement=agreement, duty=at.duty, period=at.period, token=token, **proof.fields())
            _save(c, record, facts)
            c.enter("record-done", record.thing, after=_told(record, facts, names))
            c.keep(record.thing, facts_of(record))
    except _SentTwice as twice:
        return twice.made
    return record


def correct_record(
    record: Record, facts: Sequence[Given], *, proof: Proof, token: uuid.UUID | None = None, by: Actor
) -> Record:
    """Put a new record in the place of one that was wrong. The same ``token`` again returns the same record.

    Raises:
        NotAllowed: the actor may not say this, or might not have said what it corrects.
        Conflict: somebody has corrected or withdrawn it meanwhile.
        ValidationError: a fact, the link or the file cannot be recorded as it is; keys are ``fact-field``.

    """
    agreement = record.agreement
    if made := made_before(agreement, token, by):
        return made
    try:
        with change(agreement, by=by) as c:
            _refuse_second(agreement, token, by)
            names = _checked(c, agreement, facts, proof)
            old = _still_standing(record, names, yours=_typed(facts, proof, names))
            _may_change(c, old, names)
            made = Record(agreement=agreement, first_id=old.line, corrects=old, token=token, **proof.fields())
            made.duty, made.period = old.duty, old.period
            before = _told(old, [fact.given for fact in old.facts.all()], names)
            Record.objects.filter(pk=old.pk).update(replaced_at=c.at)
            _save(c, made, facts)
            _close_requests(c, old, _("The record was corrected."))
            c.enter("correct-record", made.thing, before=before, after=_told(made, facts, names))
            c.keep(made.thing, facts_of(made))
    except _SentTwice as twice:
        return twice.made
    return made


def withdraw_record(record: Record, *, reason: str, by: Actor) -> Record:
    """Withdraw a record: what it proved counts no longer, on no day. The reason stays beside it.

    Raises:
        NotAllowed: the actor might not have said what it withdraws.
        Conflict: somebody has corrected or withdrawn it meanwhile.
        ValidationError: no reason is given.

    """
    reason = reason.strip()
    if not reason:
        raise ValidationError({"reason": _("Say why the record is withdrawn.")})
    with change(record.agreement, by=by) as c:
        names = queries.names_of(record.agreement)
        old = _still_standing(record, names, yours=reason)
        _may_change(c, old, names)
        before = _told(old, [fact.given for fact in old.facts.all()], names)
        old.withdrawn_at, old.withdrawn_reason = c.at, reason
        old.withdrawn_by_id, old.withdrawn_by_party = c.by.person, c.by.party or ""
        old.save(update_fields=["withdrawn_at", "withdrawn_reason", "withdrawn_by", "withdrawn_by_party"])
        _close_requests(c, old, _("The record was withdrawn."))
        c.enter("withdraw-record", old.thing, before=before, after={"reason": reason})
        c.keep(old.thing, facts_of(old))
    return old


class _SentTwice(Exception):
    """The form came a second time while the first was being recorded; undoes the change and carries what was made."""

    def __init__(self, made: Record) -> None:
        self.made = made
        super().__init__()


def _refuse_second(agreement: Agreement, token: uuid.UUID | None, by: Actor) -> None:
    if made := made_before(agreement, token, by):
        raise _SentTwice(made)


def made_before(agreement: Agreement, token: uuid.UUID | None, by: Actor) -> Record | None:
    """Return the record that this form has made already, by the same person. One query.

    Raises:
        ValidationError: somebody else's form had this token; the code is ``TOKEN_TAKEN``.

    """
    if token is None:
        return None
    made = Record.objects.filter(agreement=agreement, token=token).first()
    if made is not None and made.by_person_id != by.person:
        raise ValidationError(_("Somebody else has sent this form already. Check it and send it again."), TOKEN_TAKEN)
    return made


def new_facts(record: Record, givens: Sequence[Given]) -> list[RecordedFact]:
    """Return the unsaved rows of a record's facts."""
    days = showing.days_of(givens)
    return [
        RecordedFact(
            record=record,
            position=position,
            kind=given["fact"],
            day=day,
            given=dict(given),
            names=queries.names_in(given),
        )
        for position, (given, day) in enumerate(zip(givens, days, strict=True))
    ]


def _checked(c: Change, agreement: Agreement, facts: Sequence[Given], proof: Proof) -> Names:
    """Check facts and proof against the rules as things are behind the lock, and who says them."""
    names = queries.names_of(agreement)
    wrong: dict[str, list[str]] = {}
    for number, given in enumerate(facts):
        for problem in problems_of(given, names, today=c.today):
            wrong.setdefault(f"{number}-{problem.field}", []).append(str(problem))
    wrong |= _wrong_with(proof, facts, names)
    if wrong:
        raise ValidationError(wrong)
    if not policy.may_record(c.by, agreement, names.charter, facts):
        raise NotAllowed(_("You may not record this. It can be recorded by the party that it concerns."))
    return names


def _wrong_with(proof: Proof, facts: Sequence[Given], names: Names) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    if proof.link:
        try:
            URLValidator(["http", "https"])(proof.link)
        except ValidationError:
            wrong["link"] = [_("Write the whole address, beginning with https:// or http://.")]
    wrong |= _too_long(proof)
    if proof.file is not None and any(showing.is_preparedness(given, names) for given in facts):
        wrong["file"] = [_("Papers of preparedness bodies stay in the authority's own system: give their number.")]
    return wrong


def _too_long(proof: Proof) -> dict[str, list[str]]:
    """Return what is wrong with the words of a proof by the columns that keep them."""
    words = {"organ", "section", "register", "text", "note"}
    others = {field.name for field in Record._meta.get_fields()} - words  # noqa: SLF001 -- Django's own name for it
    try:
        Record(**proof.fields()).clean_fields(exclude=others)
    except ValidationError as error:
        return error.message_dict
    return {}


def _save(c: Change, record: Record, givens: Sequence[Given]) -> None:
    record.recorded_at = c.at
    record.by_person_id, record.by_party = c.by.person, c.by.party or ""
    record.day = max(showing.days_of(givens))
    record.save(force_insert=True)
    RecordedFact.objects.bulk_create(new_facts(record, givens))


def _still_standing(record: Record, names: Names, *, yours: str) -> Record:
    """Return the record as it is behind the lock; two editors learn of each other here."""
    fresh = Record.objects.select_related("agreement").prefetch_related("facts").get(pk=record.pk)
    if fresh.replaced_at is not None:
        newest = queries.versions_of(fresh).filter(replaced_at__isnull=True).get()
        theirs = showing.in_one_text(newest, [fact.given for fact in newest.facts.all()], names)
        raise Conflict(theirs=theirs, yours=yours)
    if fresh.withdrawn_at is not None:
        withdrawn = _("The record was withdrawn: %(reason)s") % {"reason": fresh.withdrawn_reason}
        raise Conflict(theirs=withdrawn, yours=yours)
    return fresh


def _may_change(c: Change, old: Record, names: Names) -> None:
    if not policy.may_change(c.by, old, names.charter):
        raise NotAllowed(_("You may not change this record. You may ask for its correction."))


def _close_requests(c: Change, record: Record, answer: str) -> None:
    """Answer what the parties asked about a record that has now been seen to."""
    waiting = Remark.objects.filter(record__in=queries.versions_of(record), closed_at__isnull=True)
    waiting.update(closed_at=c.at, answer=answer, answered_by=c.by.person)


def _told(record: Record, givens: Sequence[Given], names: Names) -> dict[str, Any]:
    """Return what the journal's detail tells of a record: all it says, and for which parties it was said."""
    return {
        "facts": [dict(given) for given in givens],
        "for": parties_of(givens, names),
        "reference": record.reference,
        "note": record.note,
        "file": record.file.sha256 if record.file else None,
    }


def parties_of(givens: Sequence[Given], names: Names) -> list[str]:
    """Return the parties of which facts speak, in the agreement's order: for whom something is recorded."""
    said = {
        given[field.name]
        for given in givens
        for field in KINDS[given["fact"]].fields
        if field.shape in (Shape.PARTY, Shape.ACTOR) and given.get(field.name)
    }
    return [party for party in names.charter.parties if party in said]


def _typed(givens: Sequence[Given], proof: Proof, names: Names) -> str:
    """Return what somebody typed as the same plain lines in which the other's record is shown."""
    return showing.in_one_text(Record(**proof.fields()), givens, names)
