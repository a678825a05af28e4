"""A history of years in one go: read and judged line by line, then switched on in one action."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.agreement import today
from yhdyspinta.journal.actions import Imported
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement, KeptFact
from yhdyspinta.journal.queries import revision
from yhdyspinta.journal.reference import link_of, reference_text
from yhdyspinta.papers.actions import safe_name
from yhdyspinta.parties.policy import manages_installation
from yhdyspinta.records import policy, queries, showing
from yhdyspinta.records.actions.recording import new_facts
from yhdyspinta.records.evidence import NAME, facts_of
from yhdyspinta.records.judging import EXAMPLE, NEW, REFUSED, Judged, beside, compare, judge
from yhdyspinta.records.models import BroughtIn, BroughtInLine, Record, RecordedFact
from yhdyspinta.records.rules import Problem
from yhdyspinta.records.spreadsheet import Line, read_lines
from yhdyspinta.records.words import Names

CHUNK = 1000
"""How many rows are written at once, so that nobody waits long behind them."""

FORGOTTEN_AFTER = dt.timedelta(days=30)
"""A preview that nobody has applied by then is discarded at the next one."""


def preview_history(agreement: Agreement, content: bytes, *, filename: str, by: Actor) -> BroughtIn:
    """Read a file and judge its lines. Nothing that anybody else sees changes.

    Raises:
        NotAllowed: the actor may bring in nothing here.
        Unreadable: the file as a whole cannot be read.

    """
    if not policy.may_bring_in(by, agreement):
        raise NotAllowed(_("Only parties of the agreement bring in its history."))
    sequence = revision(agreement)[0]
    names = queries.names_of(agreement)
    form, lines = read_lines(content, Names(names.charter, names.formed))
    judged = judge(agreement, lines, names, by=by, today=today())
    _forget_old(agreement)
    return _kept_batch(agreement, content, judged, filename=filename, form=form, sequence=sequence, by=by)


def _kept_batch(
    agreement: Agreement,
    content: bytes,
    judged: list[Judged],
    *,
    filename: str,
    form: str,
    sequence: int,
    by: Actor,
) -> BroughtIn:
    """Keep a file's lines with their verdicts."""
    with transaction.atomic():
        batch = BroughtIn.objects.create(
            agreement=agreement,
            filename=safe_name(filename),
            sha256=hashlib.sha256(content).hexdigest(),
            form=form,
            by_person_id=by.person,
            by_party=by.party or "",
            checked_at_sequence=sequence,
        )
        BroughtInLine.objects.bulk_create(map(_row, [batch] * len(judged), judged), batch_size=CHUNK)
    return batch


def bring_in_history(batch: BroughtIn, *, by: Actor) -> BroughtIn:
    """Add every line that will be added, all of them or none. Applied already, it changes nothing.

    The records are written in chunks, invisible, and then switched on in one short action.

    Raises:
        NotAllowed: the history is another party's.
        ValidationError: there is nothing to add, it was discarded, or the agreement has changed since the preview in a
            way that changes what becomes of some line; the preview is then renewed, and nothing is added.

    """
    if not policy.may_apply(by, batch):
        raise NotAllowed(_("This history was brought in by another party."))
    batch.refresh_from_db()
    with suppress(_AppliedMeanwhile):
        _refuse_finished(batch)
        _check_again(batch, by)
        _apply(batch, by)
    batch.refresh_from_db()
    return batch


def _apply(batch: BroughtIn, by: Actor) -> None:
    """Write the records, invisible, and switch them on."""
    records = _write_invisible(batch, by)
    if not records and not _withdrawals(batch):
        raise ValidationError(_("There is nothing to add."))
    with change(batch.agreement, by=by) as c:
        fresh = _locked(batch)
        if revision(batch.agreement)[0] != fresh.checked_at_sequence or not _all_there(batch, records):
            raise ValidationError(_("Something was recorded at the same moment. Look at the preview and try again."))
        counts = dict(queries.verdicts_of(batch))
        told = {"file": batch.filename, "sha256": batch.sha256, "lines": counts}
        c.enter("bring-in-history", f"brought-in:{batch.pk}", after=told)
        BroughtIn.objects.filter(pk=batch.pk).update(applied_at=c.at)
        Record.objects.filter(batch=batch).update(recorded_at=c.at)
        kept = c.keep_all({record.thing: facts_of(record, facts) for record, facts in records})
        _withdraw(c, batch, kept)


def bring_in_facts(agreement: Agreement, facts: Sequence[Mapping[str, Any]], *, name: str, by: Actor) -> Imported:
    """Bring in facts that are sound already, as ``journal.actions.import_facts`` does, with a record for each.

    So what a command brought in can be seen, corrected and withdrawn on the pages. ``name`` says where they come from.

    Raises:
        NotAllowed: the actor may bring in nothing here.
        ValidationError: an ``id`` belongs to a fact that says something else, or stands twice, or a reference is too
            long or has a link that is none of the web; each error has the parameter ``position``, from 1.

    """
    if not manages_installation(by):
        raise NotAllowed(_("Only parties of the agreement bring in its history."))
    lines = [Line(number, dict(given)) for number, given in enumerate(facts, start=1)]
    sequence = revision(agreement)[0]
    judged = compare(agreement, lines)
    wrong = [(one.line.number, why) for one in judged for why in _wrong(one)]
    if wrong:
        raise ValidationError([ValidationError(str(why), params={"position": number}) for number, why in wrong])
    new = [one for one in judged if one.verdict == NEW]
    if new:
        content = "\n".join(json.dumps(line.given, sort_keys=True, default=str) for line in lines).encode()
        batch = _kept_batch(agreement, content, judged, filename=name, form="jsonl", sequence=sequence, by=by)
        bring_in_history(batch, by=by)
    return Imported(len(new), len(judged) - len(new))


def _wrong(one: Judged) -> list[Problem]:
    """Return what keeps a fact, sound as the engine reads it, from being recorded: its id, or where it rests."""
    return [*(one.why if one.verdict == REFUSED else ()), *(beside(one.line) if one.verdict == NEW else ())]


def discard_history(batch: BroughtIn, *, by: Actor) -> BroughtIn:
    """Discard a history that is not applied: its lines are deleted, that it was brought stays.

    Raises:
        NotAllowed: the history is another party's.
        ValidationError: it has been applied; its records are withdrawn one by one.

    """
    if not policy.may_apply(by, batch):
        raise NotAllowed(_("This history was brought in by another party."))
    with transaction.atomic():
        fresh = BroughtIn.objects.select_for_update().get(pk=batch.pk)
        if fresh.applied_at is not None:
            raise ValidationError(_("This history has been added already. Withdraw its records one by one."))
        if fresh.discarded_at is None:
            _delete_rows(fresh)
            fresh.discarded_at = timezone.now()
            fresh.save(update_fields=["discarded_at"])
    batch.refresh_from_db()
    return batch


class _AppliedMeanwhile(Exception):
    """The button was pressed twice, and the other press came first: there is nothing left to do."""


def _all_there(batch: BroughtIn, records: list[tuple[Record, list[RecordedFact]]]) -> bool:
    """Tell whether what was written is what lies there: another attempt may have written it anew."""
    numbers = [record.pk for record, _facts in records]
    there = Record.objects.filter(batch=batch).aggregate(Count("pk"), Min("pk"), Max("pk"))
    return list(there.values()) == [len(numbers), min(numbers, default=None), max(numbers, default=None)]


def _refuse_finished(batch: BroughtIn) -> None:
    if batch.discarded_at is not None:
        raise ValidationError(_("This history was discarded. Bring the file in again."))
    if batch.applied_at is not None:
        raise _AppliedMeanwhile


def _row(batch: BroughtIn, judged: Judged) -> BroughtInLine:
    line = judged.line
    why = [[problem.field, problem.code, dict(problem.params)] for problem in judged.why]
    return BroughtInLine(
        batch=batch,
        number=line.number,
        verdict=judged.verdict,
        given=line.given,
        link=line.link,
        note=line.note,
        problems=why,
    )


def _line(row: BroughtInLine) -> Line:
    """Return a kept line as it was read: what was wrong with the reading itself is still wrong."""
    own = [Problem(name, code, params) for name, code, params in row.problems if code in _OF_THE_READING]
    return Line(row.number, row.given, row.link, row.note, own, example=row.verdict == EXAMPLE)


_OF_THE_READING = frozenset({"unclear", "extra-column", "bad-json"})


def _check_again(batch: BroughtIn, by: Actor) -> None:
    """Judge the lines again when the agreement has changed since; refuse when any fares otherwise than was shown."""
    sequence = revision(batch.agreement)[0]
    if sequence == batch.checked_at_sequence:
        return
    rows = list(queries.lines_of(batch))
    names = queries.names_of(batch.agreement)
    judged = judge(batch.agreement, [_line(row) for row in rows], names, by=by, today=today())
    renewed = [_row(batch, one) for one in judged]
    changed = []
    for row, new in zip(rows, renewed, strict=True):
        if (row.verdict, row.problems) != (new.verdict, new.problems):
            row.verdict, row.problems = new.verdict, new.problems
            changed.append(row)
    with transaction.atomic():
        BroughtInLine.objects.bulk_update(changed, ["verdict", "problems"], batch_size=CHUNK)
        BroughtIn.objects.filter(pk=batch.pk).update(checked_at_sequence=sequence)
    if changed:
        message = _("The agreement has changed since the preview, and so has what becomes of some lines. Look again.")
        raise ValidationError(message)


def _write_invisible(batch: BroughtIn, by: Actor) -> list[tuple[Record, list[RecordedFact]]]:
    """Write a record for every line that will be added; what an interrupted attempt left is written anew."""
    with transaction.atomic():
        _locked(batch)
        _delete_records(batch)
    written: list[tuple[Record, list[RecordedFact]]] = []
    for rows in _chunks(list(queries.lines_of(batch, NEW).exclude(given__fact="withdrawn"))):
        with transaction.atomic():
            _locked(batch)
            records = Record.objects.bulk_create([_record(batch, row, by) for row in rows])
            facts = [new_facts(record, [_fact(row)]) for record, row in zip(records, rows, strict=True)]
            RecordedFact.objects.bulk_create([fact for some in facts for fact in some])
        written += zip(records, facts, strict=True)
    return written


def _record(batch: BroughtIn, row: BroughtInLine, by: Actor) -> Record:
    reference = row.given.get("reference")
    return Record(
        agreement=batch.agreement,
        batch=batch,
        day=showing.days_of([row.given])[0],
        text=reference_text(reference),
        link=row.link or link_of(reference),
        note=row.note,
        by_person_id=by.person,
        by_party=by.party or "",
        recorded_at=timezone.now(),
    )


def _fact(row: BroughtInLine) -> dict[str, Any]:
    return {name: value for name, value in row.given.items() if name != "reference" and value is not None}


def _withdrawals(batch: BroughtIn) -> list[BroughtInLine]:
    return list(queries.lines_of(batch, NEW).filter(given__fact="withdrawn"))


def _withdraw(c: Change, batch: BroughtIn, kept_now: Sequence[KeptFact]) -> None:
    """Withdraw what the file withdraws, whether it brought it in itself or not."""
    withdrawals = {row.given["of"]: row for row in _withdrawals(batch)}
    if not withdrawals:
        return
    things = {fact.fact_id: fact.thing for fact in kept_now if fact.fact_id in withdrawals}
    for ids in _chunks(sorted(set(withdrawals) - set(things)), 500):
        rows = KeptFact.objects.filter(agreement=batch.agreement, fact_id__in=ids)
        things |= dict(rows.values_list("fact_id", "thing"))
    for fact_id, thing in sorted(things.items()):
        row = withdrawals[fact_id]
        if thing.startswith(f"{NAME}:"):
            _mark_withdrawn(c, int(thing.removeprefix(f"{NAME}:")), row)
        c.add(thing, [_fact(row)])


def _mark_withdrawn(c: Change, line: int, row: BroughtInLine) -> None:
    reason = reference_text(row.given.get("reference")) or row.note or _("Brought in as withdrawn.")
    Record.objects.filter(Q(pk=line) | Q(first=line), replaced_at__isnull=True).update(
        withdrawn_at=c.at,
        withdrawn_reason=reason[:500],
        withdrawn_by=c.by.person,
        withdrawn_by_party=c.by.party or "",
    )


def _chunks(rows: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def _locked(batch: BroughtIn) -> BroughtIn:
    """Return a history that is still open, locked until the transaction ends: two who apply it at once take turns."""
    fresh = BroughtIn.objects.select_for_update().get(pk=batch.pk)
    _refuse_finished(fresh)
    return fresh


def _delete_rows(batch: BroughtIn) -> None:
    _delete_records(batch)
    batch.lines.all().delete()


def _delete_records(batch: BroughtIn) -> None:
    """Delete the records of a history that was never switched on: nobody has ever seen them."""
    RecordedFact.objects.filter(record__batch=batch, record__batch__applied_at__isnull=True).delete()
    Record.objects.filter(batch=batch, batch__applied_at__isnull=True).delete()


def _forget_old(agreement: Agreement) -> None:
    old = BroughtIn.objects.filter(agreement=agreement, applied_at__isnull=True, discarded_at__isnull=True)
    for batch in old.filter(uploaded_at__lt=timezone.now() - FORGOTTEN_AFTER):
        with transaction.atomic():
            _delete_rows(batch)
            BroughtIn.objects.filter(pk=batch.pk).update(discarded_at=timezone.now())
