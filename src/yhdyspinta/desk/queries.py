"""What the desk's pages read. Each read says how many queries it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

from yhdyspinta.desk.audience import PUBLIC, audience_of, sight_of
from yhdyspinta.desk.day import Asked, asked_of
from yhdyspinta.desk.links import links_of
from yhdyspinta.desk.scene import Scene
from yhdyspinta.journal import queries as journal
from yhdyspinta.parties.standing import standing_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def scene_of(request: HttpRequest, slug: str) -> tuple[Scene, Asked]:
    """Return an agreement on the day asked for, as the one who asks may see it, or answer 404.

    Four queries in a warm process, however many duties, parties and facts there are; one more for someone signed in.
    """
    agreement = journal.agreement_or_404(slug)
    audience = audience_of(request, agreement)
    asked = asked_of(request, may_look_back=audience != PUBLIC)
    charter = journal.charter_of(agreement, asked.day)
    assessment = journal.assess(agreement, asked.day, asked.known_at)
    ledger = journal.ledger_of(agreement)
    sight = sight_of(audience, charter, agreement.states_shown_to_public)
    scene = Scene(
        agreement=agreement,
        charter=charter,
        assessment=assessment,
        sight=sight,
        language=get_language() or charter.language,
        today=asked.today,
        links=links_of(slug, asked.query),
        view=ledger.view(asked.known_at),
        ledger=ledger,
        may_record=standing_of(request.user, agreement).records,
    )
    return scene, asked
