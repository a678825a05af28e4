"""Every change of the journal's own rows. Who may do it, the room above asks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Charter, FactErrors, Known, official, read_facts, today
from yhdyspinta.journal import queries
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.canonical import canonical, digest
from yhdyspinta.journal.change import change, lock
from yhdyspinta.journal.keeping import plain
from yhdyspinta.journal.models import COMMON, Agreement, Detail, KeptFact, OfficialText, Text
from yhdyspinta.journal.saying import in_words

RESERVED = frozenset(
    {COMMON, "fi", "sv", "en", "static", "media", "api"}
    | {"kirjaudu", "kutsu", "luonnokset", "oma", "saavutettavuus", "tehtavat", "tietosuoja", "vahvista", "vertailu"}
    | {"yllapito"}
)
"""What no agreement may be called: the common chain, and what stands first in other addresses."""


class Imported(NamedTuple):
    """What an import did."""

    added: int
    skipped: int
    """How many facts were kept already."""


def load_text(
    source: Mapping[str, str],
    *,
    slug: str,
    first_day: date | None = None,
    records_from: date | None = None,
    by: Actor,
) -> Agreement:
    """Load an agreement's text, whole, in force from ``first_day``.

    The first text makes the agreement, in force from the agreement's own first day. A later, different
    text takes the place of the newest one, or succeeds it from the day said. The same text again
    changes nothing. ``records_from`` is the day of the first load, unless said.

    Raises:
        AgreementErrors: the text is not an agreement.
        ValidationError: the text is of another agreement, or loses what facts speak of, or an
            invented example would stand beside a real agreement.

    """
    _refuse_name(slug)
    charter = queries.charter_in(source)
    if charter.id != slug:
        raise ValidationError(
            _("The text is of the agreement “%(found)s”, not of “%(expected)s”.")
            % {"found": charter.id, "expected": slug}
        )
    with transaction.atomic():
        chain = lock(slug, make=True)
        agreement = Agreement.objects.select_related("chain").filter(slug=slug).first()
        if agreement is None:
            _refuse_mixture(charter)
            agreement = Agreement.objects.create(
                slug=slug,
                chain=chain,
                records_from=records_from or today(),
                example=charter.example,
                loaded=today(),
            )
        elif records_from is not None:
            set_records_from(agreement, records_from, by=by)
        _succeed(agreement, charter, source, first_day, by)
        agreement.chain.refresh_from_db()
    return agreement


def attach_official_text(
    agreement: Agreement, content: str, *, filename: str, annex: str = "", by: Actor
) -> OfficialText:
    """Attach the official wording, to be shown beside the restatement. The same content changes nothing.

    It is that of the agreement itself, or of one of its annexes.

    Raises:
        ValidationError: clauses whose passage is not found in it, or no such annex; nothing is stored then.

    """
    named = digest(content)
    attached = queries.official_text(agreement, annex)
    if attached is not None and attached.digest == named:
        return attached
    charter = queries.charter_of(agreement)
    if annex and annex not in charter.annexes:
        known = ", ".join(charter.annexes) or "–"
        raise ValidationError(
            _("The agreement has no annex “%(annex)s”. It has: %(known)s") % {"annex": annex, "known": known}
        )
    _refuse_unfound(charter, content, annex)
    with change(agreement, by=by) as c:
        official = OfficialText.objects.create(
            agreement=agreement,
            annex=annex,
            filename=filename,
            content=content,
            digest=named,
            attached_at=c.at,
        )
        said = {"filename": filename, "annex": annex} if annex else {"filename": filename}
        c.enter("attach-official-text", f"official-text:{named}", after=said)
    return official


def import_facts(agreement: Agreement, facts: Iterable[Mapping[str, Any]], *, by: Actor) -> Imported:
    """Bring in a history: all of it or nothing. What is kept already is skipped.

    A fact with an ``id`` is known by it; one without is known by what it says, whatever its reference
    and recording day. ``recorded`` is kept as given; without it a fact is recorded today.

    Raises:
        ValidationError: facts that are not well formed or name something unknown, or an ``id`` that
            belongs to a fact that says something else.

    """
    given = [plain(fact) for fact in facts]
    with transaction.atomic():
        lock(agreement.slug)
        new = _not_kept(agreement, given)
        if new:
            with change(agreement, by=by) as c:
                entry = c.enter("import-facts", agreement.slug, after={"facts": len(new)})
                c.add(f"import:{entry.sequence}", new)
    return Imported(len(new), len(given) - len(new))


def set_records_from(agreement: Agreement, day: date, *, by: Actor) -> None:
    """Set the first day from which there are records. The same day again changes nothing."""
    if agreement.records_from == day:
        return
    with change(agreement, by=by) as c:
        c.enter("set-records-from", agreement.slug, before=agreement.records_from, after=day)
        agreement.records_from = day
        agreement.save(update_fields=["records_from"])


def set_publicity(agreement: Agreement, shown: str, *, by: Actor) -> None:
    """Set how much of what is not done the public sees; the parties have decided it.

    Raises:
        ValidationError: not one of ``all``, ``done-and-counts``, ``none``.

    """
    if shown not in Agreement.Shown.values:
        raise ValidationError(
            _("“%(value)s” is none of: %(choices)s.") % {"value": shown, "choices": ", ".join(Agreement.Shown.values)}
        )
    before = agreement.states_shown_to_public
    if before == shown:
        return
    with change(agreement, by=by) as c:
        c.enter("set-publicity", agreement.slug, before=before, after=shown)
        agreement.states_shown_to_public = shown
        agreement.save(update_fields=["states_shown_to_public"])


def erase_details(agreement: Agreement | None, sequences: Sequence[int], *, reason: str, by: Actor) -> int:
    """Erase what entries say of before and after; the entries stay and the chain still verifies.

    Returns how many details there were.
    """
    name = COMMON if agreement is None else agreement.slug
    with change(agreement, by=by) as c:
        c.enter("erase-details", name, after={"entries": sorted(sequences), "reason": reason})
        details = Detail.objects.filter(entry__chain__name=name, entry__sequence__in=sequences)
        return details.delete()[0]


def _refuse_name(slug: str) -> None:
    if slug in RESERVED:
        raise ValidationError(_("No agreement can be called “%(slug)s”.") % {"slug": slug})


def _refuse_mixture(charter: Charter) -> None:
    """Keep invented examples and real agreements in databases of their own (DESIGN §5)."""
    other = Agreement.objects.exclude(example=charter.example).values_list("slug", flat=True).first()
    if other is None:
        return
    if charter.example:
        raise ValidationError(
            _("This database holds the real agreement “%(slug)s”; an invented example needs its own.") % {"slug": other}
        )
    raise ValidationError(
        _("This database holds the invented example “%(slug)s”; a real agreement needs its own.") % {"slug": other}
    )


def _refuse_unfound(charter: Charter, content: str, annex: str) -> None:
    """Refuse an official text in which a clause's passage is not found."""
    try:
        official.passages(charter, content, annex)
    except official.PassageErrors as errors:
        raise ValidationError(
            [
                _("Clause “%(clause)s”: %(message)s") % {"clause": clause, "message": in_words(message)}
                for clause, message in errors.missing
            ]
        ) from errors


def _succeed(
    agreement: Agreement,
    charter: Charter,
    source: Mapping[str, str],
    first_day: date | None,
    by: Actor,
) -> None:
    """Add a text, unless it is the newest one already."""
    newest = queries.texts(agreement).first()
    day = first_day or (charter.first_day if newest is None else newest.first_day)
    if newest is not None and (newest.digest, newest.first_day) == (charter.digest, day):
        return
    if agreement.example != charter.example:
        raise ValidationError(_("An agreement does not turn from an example into a real one, or back."))
    _refuse_loss(agreement, charter, day)
    with change(agreement, by=by) as c:
        Text.objects.create(
            agreement=agreement,
            sources=dict(source),
            digest=charter.digest,
            first_day=day,
            loaded_at=timezone.now(),
        )
        c.enter(
            "load-text",
            f"text:{charter.digest}",
            before=None if newest is None else newest.digest,
            after={"first_day": day},
        )


def _refuse_loss(agreement: Agreement, charter: Charter, day: date) -> None:
    """Refuse a text that does not know what facts of its own time speak of."""
    kept = list(queries.facts_in_force(agreement))
    known = Known.of(charter)
    known.bodies |= {row.given["body"] for row in kept if row.kind == "body-formed"}
    lines = [canonical(row.whole) for row in kept if row.day >= day]
    try:
        read_facts((line.encode() for line in lines), charter, known)
    except FactErrors as errors:
        raise ValidationError(
            [
                _("The text does not know what a fact speaks of: %(message)s (%(fact)s)")
                % {"message": message, "fact": lines[line - 1]}
                for line, message in errors.problems
            ]
        ) from errors


def _not_kept(agreement: Agreement, given: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those of the given facts that are not kept already, each once."""
    by_id: dict[str, str] = {}
    contents: set[str] = set()
    rows = KeptFact.objects.filter(agreement=agreement).values_list("fact_id", "fact")
    for fact_id, text in rows.iterator(chunk_size=5000):
        by_id[fact_id] = _said(json.loads(text))
        contents.add(by_id[fact_id])
    new: list[dict[str, Any]] = []
    other: list[ValidationError] = []
    for position, fact in enumerate(given, start=1):
        said = _said(fact)
        if "id" not in fact:
            if said not in contents:
                contents.add(said)
                new.append(fact)
        elif fact["id"] not in by_id:
            new.append(fact)
        elif by_id[fact["id"]] != said:
            params = {"id": fact["id"], "position": position}
            other.append(ValidationError(_("The id “%(id)s” belongs to another fact already."), params=params))
    if other:
        raise ValidationError(other)
    return new


def _said(fact: Mapping[str, Any]) -> str:
    """Return what makes two facts equal: all but id, recording day and reference (DESIGN §3.2)."""
    beside = {"id", "recorded", "reference"}
    return canonical(
        {name: value for name, value in fact.items() if name not in beside and (name, value) != ("to", None)}
    )
