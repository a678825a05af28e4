"""The preview of a draft: the living agreement that it would be, and what would be due in a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from yhdyspinta.agreement import today
from yhdyspinta.agreement.manuscript import sound_part
from yhdyspinta.authoring.official import passages_of
from yhdyspinta.authoring.views.access import enter_draft
from yhdyspinta.desk.drafting import scene_of_draft
from yhdyspinta.desk.head import head_of
from yhdyspinta.desk.living import living_of
from yhdyspinta.desk.views.pictures import year_asked
from yhdyspinta.desk.views.shared import words_of_scene
from yhdyspinta.parties.views.access import signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@signed_in
@require_safe
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """Show a draft as it would live. Two queries."""
    study = enter_draft(request, draft)
    charter, left_out = sound_part(study.draft.sources, today=today())
    if charter is None:
        return render(request, "desk/draft.html", study.context(left_out=left_out))
    scene = scene_of_draft(draft, charter)
    document = living_of(scene, passages_of(study.draft, study.manuscript))
    year = year_asked(request, scene)
    shown = words_of_scene(scene) | {
        "head": head_of(scene),
        "living": document,
        "chips": document.chips,
        "year": year,
        "left_out": left_out,
    }
    return render(request, "desk/draft.html", shown | study.context(agreement=None))
