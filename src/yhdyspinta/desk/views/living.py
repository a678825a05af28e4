"""The living agreement, one clause of it, the official text, and the list of agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from yhdyspinta.authoring.queries import originals_of
from yhdyspinta.desk.audience import PUBLIC
from yhdyspinta.desk.head import head_of, notices_of, strip_of_scene
from yhdyspinta.desk.living import annexes_of, clause_of, living_of
from yhdyspinta.desk.official import paragraphs_of
from yhdyspinta.desk.queries import scene_of
from yhdyspinta.desk.views.shared import context, public_page
from yhdyspinta.journal import queries as journal
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show the agreements of the installation, or go to the only one. One query; one more for each agreement."""
    agreements = list(journal.agreements())
    if len(agreements) == 1:
        return redirect("desk:living", slug=agreements[0].slug)
    language = get_language() or "fi"
    entries = []
    for agreement in agreements:
        charter = journal.charter_of(agreement)
        days = wording.days(charter.first_day, charter.last_day)
        title = charter.title.get(language)
        instrument = wording.capital(charter.instrument.get(language))
        levels = [level.name.get(language) for level in charter.levels]
        entries.append(
            {
                "agreement": agreement,
                "title": title,
                "days": days,
                "parties": len(charter.parties),
                "instrument": instrument,
                "levels": levels,
            }
        )
    return render(request, "desk/index.html", {"entries": entries})


@public_page
def living(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the agreement as a document, each clause with its states and proof. Six queries in a warm process."""
    scene, asked = scene_of(request, slug)
    document = living_of(scene, journal.official_passages(scene.agreement))
    shown = context(
        scene,
        asked,
        head=head_of(scene),
        notices=list(notices_of(scene, asked)),
        living=document,
        chips=document.chips,
        strip=strip_of_scene(scene),
        strip_url=scene.links.page("aikajana/"),
    )
    return render(request, "desk/living.html", shown)


@public_page
def clause(request: HttpRequest, slug: str, clause: str) -> HttpResponse:
    """Show one clause on a page of its own. Six queries in a warm process."""
    scene, asked = scene_of(request, slug)
    found = scene.charter.clause_by_id.get(clause)
    if found is None:
        raise Http404
    block = clause_of(scene, found, journal.official_passages(scene.agreement).get(clause, ""))
    ids = [each.id for each in scene.charter.clauses]
    place = ids.index(clause)
    near = {"before": ids[place - 1] if place else None, "after": ids[place + 1] if place + 1 < len(ids) else None}
    neighbours = {
        name: (scene.links.clause(id_), scene.charter.clause_by_id[id_].title.get(scene.language)) if id_ else None
        for name, id_ in near.items()
    }
    part = next(each for each in scene.charter.parts if each.id == found.part)
    shown = context(
        scene,
        asked,
        item=block,
        neighbours=neighbours,
        part=part.title.get(scene.language),
        in_text=scene.links.in_text(clause),
    )
    return render(request, "desk/clause.html", shown)


@public_page
def official(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the official texts as they were attached. Seven queries in a warm process."""
    scene, asked = scene_of(request, slug)
    texts = journal.official_texts(scene.agreement)
    originals = originals_of(scene.agreement)

    def attached(annex: str) -> dict[str, Any]:
        text = texts.get(annex)
        paragraphs = paragraphs_of(text.content) if text else []
        return {"text": text, "paragraphs": paragraphs, "original": originals.get(text.digest) if text else None}

    shown = context(
        scene,
        asked,
        public=scene.sight.audience == PUBLIC,
        attached=attached(""),
        annexes=[(annex, attached(id_)) for id_, annex in annexes_of(scene)],
    )
    return render(request, "desk/official.html", shown)
