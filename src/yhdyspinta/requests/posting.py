"""Letters and receipts on their way: the work of tasks. The rows are the work; a worker that dies loses nothing.

Each letter is made, kept and put into the outbox by itself, and then marked. A worker that is killed in between leaves
the rest to the next one; what it had put into the outbox is not put there again, and goes under the same Message-ID.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from yhdyspinta.agreement import today
from yhdyspinta.bodies.queries import World, world_of
from yhdyspinta.journal.change import lock
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.attachment import Attachment
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.papers.actions import keep_file, safe_name
from yhdyspinta.papers.models import File
from yhdyspinta.parties.links import token_of
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.reaching import recipients_of
from yhdyspinta.requests.documents import letter_docx, letter_pdf, receipt_docx, receipt_pdf
from yhdyspinta.requests.letters import deadline_words, letter_of, receipt_of, sender_name
from yhdyspinta.requests.models import Answer, Asked, Request
from yhdyspinta.requests.queries import seats_for, unposted, waiting_letters
from yhdyspinta.tasks.doing import Steps
from yhdyspinta.tasks.models import Task

TRIED_AGAIN_AFTER = timedelta(minutes=15)
"""How long the clock leaves a letter that no task has in hand before it takes it up again."""


def post_letters(progress: Steps, *, request: int) -> dict[str, Any]:
    """Make and post the letters of a request that wait, one after another; the work of a task."""
    row = Request.objects.select_related("agreement", "sender__organisation", "proposal").get(pk=request)
    everyone = [each.party for each in row.asked.select_related("party__organisation").order_by("party__order")]
    waiting = list(unposted(row)) if row.withdrawn_at is None else []
    world, total = world_of(row.agreement), len(everyone)
    progress.step(total - len(waiting), total)
    for number, asked in enumerate(waiting, start=total - len(waiting) + 1):
        asked.request = row
        _post(asked, world, everyone)
        progress.step(number, total)
    return {"posted": len(waiting)}


def _post(asked: Asked, world: World, everyone: Iterable[Party]) -> None:
    """Make one letter, put it into the outbox and mark it, in one transaction: all of it, or nothing."""
    request = asked.request
    seats = list(seats_for(request)) if request.kind == "nomination" else []
    letter = letter_of(request, asked, world=world, recipients=list(everyone), seats=seats, made=today())
    name = f"{letter.heading} {letter.title}"
    files = [
        keep_file(ContentFile(letter_pdf(letter), name=_file_name(name, "pdf"))),
        keep_file(ContentFile(letter_docx(letter), name=_file_name(name, "docx"))),
    ]
    with transaction.atomic():
        lock(request.agreement.slug)
        rows = Asked.objects.filter(pk=asked.pk, posted_at__isnull=True, request__withdrawn_at__isnull=True)
        fresh = rows.select_related("link").first()
        if fresh is None:
            return  # another worker has posted it meanwhile, or the request was taken back
        asked.link = fresh.link  # it may have been renewed since the letters were begun
        posted = [_mail(asked, world, recipient, files) for recipient in recipients_of(asked.party)]
        fresh.letter = files[0]
        fresh.posted_at, fresh.posted_to = timezone.now(), ", ".join(posted)[:1000]
        fresh.save(update_fields=["letter", "posted_at", "posted_to"])


def _mail(asked: Asked, world: World, recipient: Recipient, files: Iterable[File]) -> str:
    request = asked.request
    with translation.override(recipient.language):
        assert asked.link is not None
        address = absolute(reverse("requests:by-link", kwargs={"token": token_of(asked.link)}))
        post_mail(
            to=recipient,
            template="request",
            context={
                "heading": str(request.of_kind.letter),
                "title": request.title,
                "asks": str(request.of_kind.asks),
                "party": asked.party.organisation.called(recipient.language),
                "sender": sender_name(request, world.charter, recipient.language),
                "deadline": deadline_words(request),
                "address": address,
                "register": request.register,
            },
            kind="request",
            about=asked.key,  # what its link is for: a database put back from a copy leaves it open
            key=f"request:{asked.pk}:{asked.link.pk}:{recipient.address}"[:200],
            reply_to=request.contact_email,
            secret=True,  # the link answers for the party
            attachments=[_attachment(file) for file in files],
        )
    return recipient.address


def _attachment(file: File) -> Attachment:
    return Attachment(file.name, file.media_type, file.path)


def _file_name(name: str, ending: str) -> str:
    """Return a name that fits every system: at most 60 signs of the title."""
    return safe_name(f"{' '.join(name.split())[:60].strip()}.{ending}")


def post_receipt(progress: Steps, *, answer: int) -> dict[str, Any]:
    """Make the receipt of an answer and post it to the party's registry for its diary; the work of a task."""
    rows = Answer.objects.select_related(
        "asked__party__organisation", "asked__request__agreement", "asked__request__sender__organisation"
    )
    row = rows.prefetch_related("files__file", "nominations__person").get(pk=answer)
    if row.receipt_posted_at is not None:
        return {}
    request, party = row.asked.request, row.asked.party
    receipt = receipt_of(row, world=world_of(request.agreement), made=today())
    with translation.override(receipt.language):
        name = gettext("Receipt %(number)s") % {"number": receipt.number}
    files = [
        keep_file(ContentFile(receipt_pdf(receipt), name=_file_name(name, "pdf"))),
        keep_file(ContentFile(receipt_docx(receipt), name=_file_name(name, "docx"))),
    ]
    progress.step(1, 2)
    with transaction.atomic():
        fresh = Answer.objects.select_for_update().get(pk=row.pk)
        if fresh.receipt_posted_at is None:
            for recipient in recipients_of(party):
                _mail_receipt(row, recipient, files)
            fresh.receipt, fresh.receipt_posted_at = files[0], timezone.now()
            fresh.save(update_fields=["receipt", "receipt_posted_at"])
    progress.step(2, 2)
    return {"file": files[0].pk}


def _mail_receipt(answer: Answer, recipient: Recipient, files: Iterable[File]) -> None:
    request = answer.asked.request
    with translation.override(recipient.language):
        outcome = request.of_kind.outcome(answer.outcome)
        post_mail(
            to=recipient,
            template="receipt",
            context={
                "title": request.title,
                "party": answer.asked.party.organisation.called(recipient.language),
                "outcome": str(outcome.name) if outcome else answer.outcome,
                "given_by": f"{answer.given_by}, {answer.given_by_title}",
                "late": answer.late,
                "number": answer.number,
            },
            kind="receipt",
            about=answer.key,
            key=f"receipt:{answer.pk}:{recipient.address}"[:200],
            attachments=[_attachment(file) for file in files],
        )


def go_on_posting() -> str:
    """Take up letters and receipts that no task has in hand: those whose task failed, or was lost. For the clock."""
    from yhdyspinta.requests.actions.answering import RECEIPT, receipt_task  # noqa: PLC0415 -- they ask for this work
    from yhdyspinta.requests.actions.sending import POSTING, post_task  # noqa: PLC0415 -- as above

    now = timezone.now()
    before = now - TRIED_AGAIN_AFTER
    recent = Task.objects.filter(work__in=[POSTING, RECEIPT], made_at__gt=before)
    arguments = list(recent.values_list("arguments", flat=True))
    in_hand = list(
        Task.objects.filter(work__in=[POSTING, RECEIPT], ended_at__isnull=True).values_list("arguments", flat=True)
    )
    letters = [row for row in waiting_letters(before) if {"request": row.pk} not in [*arguments, *in_hand]]
    receipts = Answer.objects.filter(receipt_posted_at__isnull=True, given_at__lt=before).order_by("pk")[:50]
    left = [row for row in receipts if {"answer": row.pk} not in [*arguments, *in_hand]]
    for row in letters:
        post_task(row, account=None)
    for answer in left:
        receipt_task(answer)
    return f"{len(letters)} requests and {len(left)} receipts taken up again" if letters or left else ""
