"""What the desk's views share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yhdyspinta.desk.head import kept_from
from yhdyspinta.desk.marks import symbol
from yhdyspinta.journal import wording

if TYPE_CHECKING:
    from django.http import HttpResponse

    from yhdyspinta.desk.day import Asked
    from yhdyspinta.desk.scene import Scene

View = Callable[..., "HttpResponse"]


def public_page(view: View) -> View:
    """Mark a page that depends on the agreement's revision alone: the first middleware keeps it (web/middleware.py)."""
    return require_safe(cache_control(public=True, no_cache=True)(view))


def context(scene: Scene, asked: Asked, **more: Any) -> dict[str, Any]:
    """Return what every template of the desk may use."""
    return {
        **words_of_scene(scene),
        "agreement": scene.agreement,
        "asked": asked,
        "day_query": "".join(f"&{name}={value}" for name, value in asked.query.items()),
        **more,
    }


def words_of_scene(scene: Scene) -> dict[str, Any]:
    """Return what the templates say of a scene, whichever page it stands on."""
    charter = scene.charter
    return {
        "scene": scene,
        "links": scene.links,
        "short_title": charter.short_title.get(scene.language),
        "instrument": wording.capital(charter.instrument.get(scene.language)),
        "words_language": "" if scene.words_language == scene.language else scene.words_language,
        "official_language": "" if charter.language == scene.language else charter.language,
        "kept_from": kept_from(scene),
        "done_symbol": symbol("fulfilled"),
        "source_word": gettext("source"),
        "states_url": static("web/states.svg"),
        "structure_url": scene.links.page("rakenne/"),
        # A name that a template does not find costs more than a row of it: what most pages leave unsaid is said here.
        "heading": "h4",
        "single": False,
        "plain": False,
        "chips": None,
        "up": "",
    }
