"""The matrix of parties and duties, and a party's own page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from yhdyspinta.desk.matrix import matrix_of
from yhdyspinta.desk.ours import Doers, ours_of
from yhdyspinta.desk.partypage import heading_of, page_of
from yhdyspinta.desk.queries import scene_of
from yhdyspinta.desk.scene import is_each_party, is_statutory
from yhdyspinta.desk.tables import matrix_table
from yhdyspinta.desk.views.shared import context, public_page
from yhdyspinta.journal import wording
from yhdyspinta.parties.overview import overview_of
from yhdyspinta.parties.queries import party_or_404
from yhdyspinta.parties.standing import standing_of
from yhdyspinta.records.queries import remarks
from yhdyspinta.requests.queries import open_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from yhdyspinta.desk.scene import Scene


@public_page
def matrix(request: HttpRequest, slug: str) -> HttpResponse:
    """Show each party by each duty that every party has. Four queries in a warm process."""
    scene, asked = scene_of(request, slug)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    unmeasured = [
        (duty.name.get(scene.language), scene.links.duty(duty.id))
        for duty in scene.duties.values()
        if is_each_party(duty) and not is_statutory(duty) and duty.kind == "unmeasured"
    ]
    shown = context(
        scene,
        asked,
        matrix=matrix_of(scene),
        unmeasured=unmeasured,
        files=[(kind.upper(), f"{scene.links.base}osapuolet.{kind}{query}") for kind in ("csv", "xlsx")],
    )
    return render(request, "desk/matrix.html", shown)


@public_page
def matrix_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Return the matrix as CSV or XLSX, by the same rule of publicity. Four queries in a warm process."""
    scene, _ = scene_of(request, slug)
    return matrix_table(matrix_of(scene)).response(f"{slug}-{scene.day}-osapuolet", kind, gettext("Parties"))


def _page(request: HttpRequest, scene: Scene, party: str) -> dict[str, Any]:
    """Return the page of a party and, for those who are of the parties, what stands above it."""
    standing = standing_of(request.user, scene.agreement)
    said = remarks(scene.agreement, party)
    if standing.public:
        return {"page": page_of(scene, party, said), "ours": None}
    row = party_or_404(scene.agreement, party)
    overview = overview_of(row, scene.day)
    page = page_of(scene, party, said, Doers(scene, overview))
    waiting = list(open_for(row))
    ours = ours_of(scene, party, page, overview, waiting, manages=standing.manages(row))
    return {"page": page, "ours": ours, "manages": standing.manages(row), "belongs": standing.belongs_to(row)}


@public_page
def party(request: HttpRequest, slug: str, party: str) -> HttpResponse:
    """Show what is expected of one party and what it has done. Five queries in a warm process.

    Those who are of the parties also see who of the party does what, and what its desk needs: six more.
    """
    scene, asked = scene_of(request, slug)
    found = scene.charter.parties.get(party)
    if found is None:
        raise Http404
    language = scene.language
    convenes = [
        (wording.capital(body.name.get(language)), scene.links.body(body.id))
        for body in scene.charter.bodies.values()
        if party in body.convened_by or (body.rotation and party in body.rotation.order)
    ]
    shown = context(
        scene,
        asked,
        party=found,
        name=found.name.get(language),
        official_name=found.official_name.get(language),
        kind=wording.party_kind("kaupunki" if found.form == "kaupunki" else found.kind),
        heading=heading_of(scene, found),
        **_page(request, scene, party),
        convenes=convenes,
        membership=scene.membership(party),
        matrix_url=scene.links.page("osapuolet/"),
    )
    return render(request, "desk/party.html", shown)
