"""What the records can be asked. Each read says how many queries it costs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from yhdyspinta.agreement import Charter
from yhdyspinta.journal.models import Agreement, KeptFact
from yhdyspinta.journal.queries import charter_of
from yhdyspinta.parties.models import Account
from yhdyspinta.parties.standing import standing_of
from yhdyspinta.records.kinds import KINDS, Field, Shape
from yhdyspinta.records.models import BroughtIn, BroughtInLine, Record, RecordedFact, Remark
from yhdyspinta.records.words import Names

EVERYTHING = "all"
PUBLIC = "public"
PARTY = "party"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at an agreement's records: the public, a party's administrator, or the installation's."""

    audience: str
    parties: tuple[str, ...] = ()

    @property
    def public(self) -> bool:
        """Whether it sees only what everybody may see."""
        return self.audience == PUBLIC

    @property
    def may_record(self) -> bool:
        """Whether it may record for some party."""
        return self.everything or bool(self.parties)

    @property
    def everything(self) -> bool:
        """Whether it may do everything."""
        return self.audience == EVERYTHING


def viewer(user: Account | AnonymousUser, agreement: Agreement) -> Viewer:
    """Return who looks. One query for an account, once per request (``standing_of``).

    Who belongs to a party sees what the parties see; who administers one also records for it.
    """
    standing = standing_of(user, agreement)
    if standing.everything:
        return Viewer(EVERYTHING)
    if standing.public:
        return Viewer(PUBLIC)
    return Viewer(PARTY, tuple(party.slug for party in standing.administers))


def names_of(agreement: Agreement) -> Names:
    """Return the names that facts of an agreement may use, groups formed later included. Two queries."""
    return Names(charter_of(agreement), formed_bodies(agreement))


def formed_bodies(agreement: Agreement) -> dict[str, str | dict[str, str]]:
    """Return the groups that facts have formed: id → name as given. One query."""
    kept = KeptFact.objects.filter(agreement=agreement)
    gone = kept.filter(withdraws=OuterRef("fact_id"))
    formed = kept.filter(kind="body-formed").exclude(Exists(gone)).order_by("number")
    return {fact.given["body"]: fact.given["name"] for fact in formed}


class Records(QuerySet[Record]):
    """Records of an agreement, narrowed step by step."""

    def standing(self) -> Records:
        """Keep what holds: neither corrected nor withdrawn."""
        return self.filter(replaced_at__isnull=True, withdrawn_at__isnull=True)

    def withdrawn(self) -> Records:
        """Keep what was withdrawn."""
        return self.filter(withdrawn_at__isnull=False)

    def visible_to(self, viewer: Viewer) -> Records:
        """Keep what someone may see: the public what holds, the parties everything with its history."""
        return self.standing() if viewer.public else self

    def with_fact(self, **wanted: Any) -> Records:
        """Keep records that have a fact with these properties."""
        facts = RecordedFact.objects.filter(record=OuterRef("pk"), **wanted)
        return self.filter(Exists(facts))

    def naming(self, id_: str) -> Records:
        """Keep records that have a fact naming a party, body or theme."""
        return self.with_fact(names__contains=f" {id_} ")

    def proving(self, charter: Charter, duty: str) -> Records:
        """Keep records that have a fact such as a duty's evidence asks for; none for an unknown duty."""
        written = charter.duties.get(duty)
        wanted = Q(pk__in=[])
        for kind, constraints in (written.evidence if written else {}).items():
            facts = RecordedFact.objects.filter(record=OuterRef("pk"), kind=kind)
            for name, value in constraints.items():
                if is_literal(kind, name, value):
                    facts = facts.filter(**{f"given__{name}": value})
            wanted |= Q(Exists(facts))
        return self.filter(wanted)

    def with_requests(self) -> Records:
        """Keep records that a party has asked to be corrected, and that wait for an answer."""
        return self.filter(Exists(Remark.objects.filter(record=OuterRef("pk"), closed_at__isnull=True)))

    def ready(self) -> Records:
        """Bring what a page shows along: two queries more, however many records."""
        facts = Prefetch("facts", RecordedFact.objects.order_by("position"))
        return self.select_related("agreement", "by_person", "withdrawn_by", "file").prefetch_related(facts)


def is_literal(kind: str, name: str, value: object) -> bool:
    """Tell whether a constraint names one word or thing outright, and not something of the occurrence at hand."""
    field = KINDS[kind].field(name) if kind in KINDS else None
    if field is None or not isinstance(value, str) or field.shape in (Shape.MEETING, Shape.RELEASE):
        return False
    return value not in ("bearer", "each bearer", "object", "meeting", "meeting-body", "release")


def records_of(agreement: Agreement) -> Records:
    """Return an agreement's records, newest day first; a history counts once it is applied. One query."""
    applied = Q(batch__isnull=True) | Q(batch__applied_at__isnull=False)
    return Records(Record).filter(applied, agreement=agreement).order_by("-day", "-id")


def record_or_404(agreement: Agreement, number: int, viewer: Viewer) -> Record:
    """Return one record as someone may see it, or answer 404. Two queries."""
    record = records_of(agreement).visible_to(viewer).ready().filter(pk=number).first()
    if record is None:
        raise Http404
    return record


def newest_of(record: Record) -> Record | None:
    """Return the record that holds now where this one was corrected, or None. One query."""
    line = Q(pk=record.line) | Q(first=record.line)
    found: Record | None = Record.objects.filter(line, replaced_at__isnull=True).select_related("agreement").first()
    return found


def versions_of(record: Record) -> Records:
    """Return all records of a line of corrections, newest first. Two queries."""
    line = Q(pk=record.line) | Q(first=record.line)
    return Records(Record).filter(line, agreement=record.agreement_id).order_by("-id").ready()


def requests_on(records: Iterable[Record]) -> dict[int, list[Remark]]:
    """Return what parties have asked to be corrected, by the number of the record. One query."""
    rows = Remark.objects.filter(kind=Remark.Kind.REQUEST, record__in=list(records)).select_related("by_person")
    found: dict[int, list[Remark]] = {}
    for row in rows:
        found.setdefault(row.record_id or 0, []).append(row)
    return found


RemarkKey = tuple[str, str, str, str | None]


def remarks(agreement: Agreement, party: str | None = None) -> dict[RemarkKey, Remark]:
    """Return the remarks that stand, by (party, duty, period, object), as occurrences name them. One query."""
    rows = Remark.objects.filter(agreement=agreement, kind=Remark.Kind.REMARK, closed_at__isnull=True)
    if party is not None:
        rows = rows.filter(party=party)
    return {(row.party, row.duty, row.period, row.object or None): row for row in rows}


def remark_history(agreement: Agreement, party: str, duty: str, period: str, object_: str) -> QuerySet[Remark]:
    """Return all that a party has said at one mark, newest first. One query."""
    rows = Remark.objects.filter(agreement=agreement, kind=Remark.Kind.REMARK)
    return rows.filter(party=party, duty=duty, period=period, object=object_).select_related("by_person")


def earliest_day(agreement: Agreement) -> dt.date | None:
    """Return the earliest day that the records cover, or None. One query."""
    rows = RecordedFact.objects.filter(record__in=records_of(agreement).standing())
    first: dt.date | None = rows.aggregate(first=models.Min("day"))["first"]
    return first


# Histories


def batch_or_404(agreement: Agreement, number: int) -> BroughtIn:
    """Return a history that was brought in, or answer 404. One query."""
    found = BroughtIn.objects.filter(agreement=agreement, pk=number).select_related("agreement", "by_person").first()
    if found is None:
        raise Http404
    return found


def histories_of(agreement: Agreement, viewer: Viewer) -> QuerySet[BroughtIn]:
    """Return the histories brought in, newest first, as someone may see them. One query."""
    rows = BroughtIn.objects.filter(agreement=agreement).select_related("agreement", "by_person")
    if not viewer.everything:
        rows = rows.filter(by_party__in=viewer.parties)
    return rows.annotate(added=models.Count("lines", filter=Q(lines__verdict="new")))


def lines_of(batch: BroughtIn, verdict: str = "") -> QuerySet[BroughtInLine]:
    """Return the lines of a history in the order of the file, those with a verdict if one is named. One query."""
    rows = batch.lines.order_by("number")
    return rows.filter(verdict=verdict) if verdict else rows


def verdicts_of(batch: BroughtIn) -> Mapping[str, int]:
    """Return how many lines have each verdict, zeros too. One query."""
    counted = batch.lines.order_by().values_list("verdict").annotate(number=models.Count("pk"))
    return dict.fromkeys(BroughtInLine.Verdict.values, 0) | dict(counted)


def names_in(given: Mapping[str, Any]) -> str:
    """Return every id that a fact names, each between two spaces: what ``naming`` looks for."""
    kind = KINDS[given["fact"]]
    found: dict[str, None] = {}
    for field in kind.fields:
        for id_ in _named_by(field, given.get(field.name)):
            found[id_] = None
    return f" {' '.join(found)} " if found else ""


_NAMING = (Shape.BODY, Shape.NEW_BODY, Shape.PARTY, Shape.ACTOR, Shape.THEME, Shape.DUTY, Shape.OBJECT, Shape.READING)


def _named_by(field: Field, value: Any) -> Iterable[str]:
    if isinstance(value, str) and field.shape in _NAMING:
        return [value]
    if isinstance(value, str) and field.shape is Shape.RELEASE:
        return [value.partition("@")[0]]
    if isinstance(value, list) and field.shape in (Shape.PARTIES, Shape.ACTORS):
        return value
    return []
