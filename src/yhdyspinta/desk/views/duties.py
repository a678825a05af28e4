"""The list of duties and one duty, as pages and as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from yhdyspinta.agreement import Right
from yhdyspinta.desk import vocabulary
from yhdyspinta.desk.cards import card_of
from yhdyspinta.desk.listing import Filters, columns_of, occurrences_of, rows_of
from yhdyspinta.desk.living import note_of
from yhdyspinta.desk.queries import scene_of
from yhdyspinta.desk.scene import Scene, is_statutory
from yhdyspinta.desk.tables import duties_table, occurrences_table
from yhdyspinta.desk.views.shared import context, public_page
from yhdyspinta.journal import wording
from yhdyspinta.records.queries import remarks

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

BASES = ("explicit", "interpreted", "statutory", "unspecified")
STATES = (
    "fulfilled",
    "open",
    "lacking",
    "overdue",
    "scheduled",
    "no-record",
    "unmeasured",
    "waived",
    "ended",
)


def filters_of(request: HttpRequest, scene: Scene) -> Filters:
    """Read the filters from the address; what names nothing filters nothing."""
    asked = request.GET
    state, party = asked.get("tila", ""), asked.get("osapuoli", "")
    clause, basis = asked.get("kohta", ""), asked.get("peruste", "")
    return Filters(
        state=state if state in STATES else "",
        party=party if party in scene.charter.parties else "",
        clause=clause if clause in scene.charter.clause_by_id else "",
        basis=basis if basis in BASES else "",
    )


@public_page
def duties(request: HttpRequest, slug: str) -> HttpResponse:
    """Show all duties, filtered by what the address asks for. Four queries in a warm process."""
    scene, asked = scene_of(request, slug)
    filters = filters_of(request, scene)
    rows = rows_of(scene, filters)
    language = scene.language
    choices = {
        "state": [(each, vocabulary.state(each)) for each in STATES],
        "party": [(each.id, each.name.get(language)) for each in scene.charter.parties.values()],
        "clause": [
            (each.id, f"{each.ref} {each.title.get(language)}".strip()) for each in scene.charter.clauses if each.duties
        ],
        "basis": [(each, wording.basis(each)) for each in BASES],
    }
    shown = context(
        scene,
        asked,
        filters=filters,
        choices=choices,
        tables=[
            (gettext("Commitments of the agreement"), [row for row in rows if not row.statutory]),
            (gettext("Statutory tasks that the agreement refers to"), [row for row in rows if row.statutory]),
        ],
        number=len(rows),
        files=_files(request, "sitoumukset", scene),
    )
    return render(request, "desk/duties.html", shown)


@public_page
def duties_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Return the same list as CSV or XLSX. Four queries in a warm process."""
    scene, _ = scene_of(request, slug)
    table = duties_table(scene, rows_of(scene, filters_of(request, scene)))
    return table.response(f"{slug}-{scene.day}-sitoumukset", kind, gettext("Commitments"))


@public_page
def duty(request: HttpRequest, slug: str, duty: str) -> HttpResponse:
    """Show one duty with every occurrence and its proof. Five queries in a warm process."""
    scene, asked = scene_of(request, slug)
    found = scene.duties.get(duty)
    if found is None:
        raise Http404
    party = request.GET.get("osapuoli", "")
    party = party if party in scene.charter.parties else ""
    clause = scene.charter.clause_by_id[found.clause]
    rows = occurrences_of(scene, found, remarks(scene.agreement), party)
    laws = [scene.charter.laws[id_] for id_ in found.laws]
    shown = context(
        scene,
        asked,
        duty=found,
        card=card_of(scene, found),
        name=found.name.get(scene.language),
        rows=rows,
        columns=columns_of(rows),
        left_open=wording.listed(wording.left_open(item) for item in found.unspecified),
        clause=f"{clause.ref} {clause.title.get(scene.language)}".strip(),
        clause_url=scene.links.in_text(clause.id),
        evidence=wording.evidence(found),
        notes=[note_of(scene, scene.charter.readings[id_]) for id_ in found.readings],
        laws=[(law.name.get(scene.language), law.number, law.section) for law in laws],
        statutory=is_statutory(found),
        right=isinstance(found, Right),
        party=scene.name(party) if party else "",
        files=_files(request, f"sitoumukset/{duty}", scene),
    )
    return render(request, "desk/duty.html", shown)


@public_page
def duty_file(request: HttpRequest, slug: str, duty: str, kind: str) -> HttpResponse:
    """Return one duty's occurrences as CSV or XLSX. Five queries in a warm process."""
    scene, _ = scene_of(request, slug)
    found = scene.duties.get(duty)
    if found is None:
        raise Http404
    party = request.GET.get("osapuoli", "")
    rows = occurrences_of(scene, found, remarks(scene.agreement), party if party in scene.charter.parties else "")
    name = found.name.get(scene.language)
    return occurrences_table(rows).response(f"{slug}-{scene.day}-{duty}", kind, name)


def _files(request: HttpRequest, path: str, scene: Scene) -> list[tuple[str, str]]:
    """Return the addresses of the same list as files."""
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return [(kind.upper(), f"{scene.links.base}{path}.{kind}{query}") for kind in ("csv", "xlsx")]
