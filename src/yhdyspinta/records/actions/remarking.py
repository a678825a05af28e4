"""A party's own words: beside its mark at a duty, and on a record that it wants corrected."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import NotAllowed
from yhdyspinta.journal.models import Agreement
from yhdyspinta.records import policy, queries
from yhdyspinta.records.models import Record, Remark
from yhdyspinta.records.models.remark import LONGEST
from yhdyspinta.records.queries import RemarkKey


def write_remark(agreement: Agreement, at: RemarkKey, text: str, *, by: Actor) -> Remark:
    """Write what a party says beside its mark at (party, duty, period, object); it takes the place of the last one.

    The same text again changes nothing.

    Raises:
        NotAllowed: the actor does not speak for the party.
        ValidationError: the text is empty or too long, or there is no such party or duty.

    """
    text = _sound(text)
    party, duty, period, object_ = at
    _refuse_unknown(agreement, party, duty, by)
    standing = queries.remarks(agreement, party).get(at)
    if standing is not None and standing.text == text:
        return standing
    with change(agreement, by=by) as c:
        standing = queries.remarks(agreement, party).get(at)
        if standing is not None:
            _close(c, standing, replaced=True)
        remark = Remark(agreement=agreement, kind=Remark.Kind.REMARK, party=party, duty=duty, period=period)
        remark.object, remark.text = object_ or "", text
        _save(c, remark)
        before = None if standing is None else standing.text
        c.enter("write-remark", _key(remark), before=before, after=text)
    return remark


def withdraw_remark(remark: Remark, *, by: Actor) -> Remark:
    """Take a remark back; it stays in the history. Taken back already, it changes nothing.

    Raises:
        NotAllowed: the actor does not speak for the party.

    """
    if not policy.may_remark(by, remark.agreement, remark.party):
        raise NotAllowed(_("Only the party itself takes its words back."))
    fresh = Remark.objects.get(pk=remark.pk)
    if not fresh.open:
        return fresh
    with change(remark.agreement, by=by) as c:
        _close(c, fresh)
        c.enter("withdraw-remark", _key(fresh), before=fresh.text)
    return fresh


def ask_for_correction(record: Record, party: str, text: str, *, by: Actor) -> Remark:
    """Ask, for a party that a record is about, that the record be corrected. The same text again changes nothing.

    Raises:
        NotAllowed: the record is not about the party, or the actor does not speak for it.
        ValidationError: the text is empty or too long, or the record holds no longer.

    """
    text = _sound(text)
    with change(record.agreement, by=by) as c:
        fresh = Record.objects.prefetch_related("facts").get(pk=record.pk)
        if not policy.may_remark(by, record.agreement, party) or not policy.may_ask([party], fresh):
            raise NotAllowed(_("A party asks for the correction of records about itself."))
        if not fresh.standing:
            raise ValidationError({"text": _("The record has been corrected or withdrawn already.")})
        for standing in Remark.objects.filter(record=fresh, party=party, closed_at__isnull=True):
            _close(c, standing, replaced=True)
        request = Remark(agreement=record.agreement, kind=Remark.Kind.REQUEST, party=party, record=fresh, text=text)
        _save(c, request)
        c.enter("ask-for-correction", fresh.thing, after={"party": party, "text": text})
    return request


def answer_request(request: Remark, text: str, *, by: Actor) -> Remark:
    """Answer a request for correction in words, where the record stays as it is.

    Raises:
        NotAllowed: the actor might not have recorded what is asked about.
        ValidationError: the text is empty or too long, or the request is answered already.

    """
    text = _sound(text)
    with change(request.agreement, by=by) as c:
        fresh = Remark.objects.select_related("record").get(pk=request.pk, kind=Remark.Kind.REQUEST)
        if fresh.record is None:
            raise ValidationError({"text": _("This is no request for correction.")})
        charter = queries.names_of(request.agreement).charter
        if not policy.may_change(by, fresh.record, charter):
            raise NotAllowed(_("Whoever may record this answers."))
        if not fresh.open:
            raise ValidationError({"text": _("The request has been answered already.")})
        _close(c, fresh, answer=text)
        c.enter("answer-request", fresh.record.thing, before=fresh.text, after=text)
    return fresh


def _sound(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({"text": _("Write something.")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("The text is too long: at most %(most)s characters.") % {"most": LONGEST}})
    return text


def _refuse_unknown(agreement: Agreement, party: str, duty: str, by: Actor) -> None:
    charter = queries.names_of(agreement).charter
    if party not in charter.parties or duty not in charter.duties:
        raise ValidationError(_("There is no such party or commitment in the agreement."))
    if not policy.may_remark(by, agreement, party):
        raise NotAllowed(_("Only the party itself writes its remark."))


def _save(c: Change, remark: Remark) -> None:
    remark.by_person_id, remark.by_party, remark.written_at = c.by.person, c.by.party or "", c.at
    remark.save(force_insert=True)


def _close(c: Change, remark: Remark, *, answer: str = "", replaced: bool = False) -> None:
    remark.closed_at, remark.answer, remark.replaced = c.at, answer, replaced
    if answer:
        remark.answered_by_id = c.by.person
    remark.save(update_fields=["closed_at", "answer", "replaced", "answered_by"])


def _key(remark: Remark) -> str:
    return f"remark:{remark.pk}"
