"""What the journal can be asked. Each read says how many queries it costs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from yhdyspinta.agreement import Assessment, Charter, Ledger, digest_of
from yhdyspinta.agreement.days import today
from yhdyspinta.journal import memory
from yhdyspinta.journal.models import COMMON, Agreement, Chain, Entry, KeptFact, OfficialText, Text


class Revision(NamedTuple):
    """Where an agreement and what is common to all stand: everything derived of them is good until it changes.

    The heads tell a database put back from a backup from the one that had grown to the same numbers.
    """

    agreement: int
    common: int
    heads: tuple[str, str]


def agreements() -> QuerySet[Agreement]:
    """Return all agreements by slug. One query."""
    return Agreement.objects.select_related("chain").order_by("slug")


def agreement_or_404(slug: str) -> Agreement:
    """Return the agreement of this slug, or answer 404. One query."""
    try:
        return Agreement.objects.select_related("chain").get(slug=slug)
    except Agreement.DoesNotExist:
        raise Http404 from None


def revision(agreement: Agreement) -> Revision:
    """Return where the agreement's chain and the common one stand. One query."""
    found = revision_of_slug(agreement.slug)
    if found is None:
        raise Agreement.DoesNotExist(agreement.slug)
    return found


def revision_of_slug(slug: str) -> Revision | None:
    """Return the revision of the agreement of this slug, ``None`` if there is none. One query."""
    chains = Chain.objects.filter(name__in=[slug, COMMON]).values_list("name", "sequence", "head")
    standing = {name: (sequence, head) for name, sequence, head in chains}
    if slug == COMMON or slug not in standing:
        return None
    (own, own_head), (common, common_head) = standing[slug], standing.get(COMMON, (0, ""))
    return Revision(own, common, (own_head, common_head))


def texts(agreement: Agreement) -> QuerySet[Text]:
    """Return all texts of an agreement, the one in force last first."""
    return Text.objects.filter(agreement=agreement)


def charter_of(agreement: Agreement, on: date | None = None) -> Charter:
    """Return what the text in force on a day (today, unless said) says, as parsed.

    One query; one more the first time that this process meets the text.
    """
    digest = _digest_in_force(OuterRef("pk"), on or today())
    found = Agreement.objects.filter(pk=agreement.pk).annotate(text=digest)
    return memory.charter(found.values_list("text", flat=True).get())


def sources_in_force(agreement: Agreement, on: date | None = None) -> dict[str, str]:
    """Return the files of the text in force on a day (today, unless said), by key. Two queries."""
    digest = Agreement.objects.filter(pk=agreement.pk).annotate(text=_digest_in_force(OuterRef("pk"), on or today()))
    found: dict[str, str] = Text.objects.filter(
        agreement=agreement, digest=digest.values_list("text", flat=True).get()
    ).values_list("sources", flat=True)[0]
    return found


def all_texts() -> QuerySet[Text]:
    """Return every text of every agreement without its sources, by agreement, the newest first. One query."""
    return Text.objects.select_related("agreement").defer("sources").order_by("agreement__slug", "-first_day", "-id")


def charter_of_text(text: Text) -> Charter:
    """Return what a loaded text says. No query; one the first time that this process meets the text."""
    return memory.charter(text.digest)


def charter_in(sources: Mapping[str, str]) -> Charter:
    """Return what a text at hand says, loaded or not. No query; parsed once in a process.

    Raises:
        AgreementErrors: the text is not an agreement.

    """
    return memory.charter_of_sources(digest_of(sources), sources)


def official_passages(agreement: Agreement) -> dict[str, str]:
    """Return each clause's passage in the official text attached last, by clause id.

    Empty when nothing is attached. Two queries, and one for the agreement and each annex that this process has not met.
    """
    charter = charter_of(agreement)
    attached = OfficialText.objects.filter(agreement=agreement).order_by("id").values_list("annex", "digest")
    found: dict[str, str] = {}
    for annex, digest in dict(attached).items():
        found |= memory.passages(charter, digest, annex)
    return found


def official_text(agreement: Agreement, annex: str = "") -> OfficialText | None:
    """Return the official text attached last, of the agreement itself or of an annex. One query."""
    return OfficialText.objects.filter(agreement=agreement, annex=annex).first()


def official_texts(agreement: Agreement) -> dict[str, OfficialText]:
    """Return the official texts attached last, by annex; the agreement itself is ``""`` and stands first. One query."""
    attached = OfficialText.objects.filter(agreement=agreement).order_by("id")
    return dict(sorted({text.annex: text for text in attached}.items()))


def ledger_of(agreement: Agreement) -> Ledger:
    """Return all facts of an agreement. Two queries; a third one only where there are newer facts."""
    return memory.ledger(_standing(agreement, today()))


def read_with_facts(agreement: Agreement, on: date | None = None) -> tuple[Charter, Ledger]:
    """Return what the text in force on a day (today, unless said) says, and all facts. One query in a warm process."""
    standing = _standing(agreement, on or today())
    return memory.charter(standing.text), memory.ledger(standing)


def assess(agreement: Agreement, as_of: date | None = None, known_at: date | None = None) -> Assessment:
    """Judge every duty of an agreement on a day (today, unless said), as known on a day.

    The text in force on ``as_of`` decides what the duties are. One query when this process has judged
    that day since the last change; otherwise up to four more, however many duties and facts there are.
    """
    day = as_of or today()
    return memory.assessment(_standing(agreement, day), day, known_at)


def read_and_judge(agreement: Agreement, as_of: date | None = None) -> tuple[Charter, Assessment]:
    """Return what the text in force on a day (today, unless said) says, and how every duty stood; see ``assess``.

    One query when this process has met the text and judged that day since the last change.
    """
    day = as_of or today()
    standing = _standing(agreement, day)
    return memory.charter(standing.text), memory.assessment(standing, day, None)


def entries(agreement: Agreement | None, since: int = 0) -> QuerySet[Entry]:
    """Return the entries of an agreement, or the common ones (``None``), newest first.

    One query; the details that are still there come with it.
    """
    name = COMMON if agreement is None else agreement.slug
    found = Entry.objects.filter(chain__name=name, sequence__gt=since)
    return found.select_related("detail").order_by("-sequence")


def facts_in_force(agreement: Agreement) -> QuerySet[KeptFact]:
    """Return the kept facts that are neither withdrawals nor withdrawn. One query."""
    gone = KeptFact.objects.filter(agreement=agreement, withdraws__gt="").values("withdraws")
    found = KeptFact.objects.filter(agreement=agreement, withdraws="")
    return found.exclude(fact_id__in=gone).order_by("number")


def _digest_in_force(agreement: OuterRef, day: date) -> Coalesce:
    """Return the digest of the text in force on a day; before the first text's day, the first text."""
    found = Text.objects.filter(agreement=agreement)
    begun = found.filter(first_day__lte=day).order_by("-first_day", "-id")
    to_come = found.order_by("first_day", "-id")
    return Coalesce(Subquery(begun.values("digest")[:1]), Subquery(to_come.values("digest")[:1]))


def _standing(agreement: Agreement, day: date) -> memory.Standing:
    row = (
        Agreement.objects.filter(pk=agreement.pk)
        .annotate(text=_digest_in_force(OuterRef("pk"), day))
        .values_list("pk", "slug", "chain__sequence", "chain__head", "records_from", "text")
        .get()
    )
    return memory.Standing(*row)
