"""The levels, one body, the year wheel and the time line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext

from yhdyspinta.desk.bodies import body_page_of, levels_of
from yhdyspinta.desk.lifeline import life_of
from yhdyspinta.desk.queries import scene_of
from yhdyspinta.desk.seated import seated_of
from yhdyspinta.desk.tables import year_table
from yhdyspinta.desk.views.shared import context, public_page
from yhdyspinta.desk.year import Year, year_of, years_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from yhdyspinta.desk.scene import Scene


@public_page
def structure(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the levels and their bodies. Four queries in a warm process."""
    scene, asked = scene_of(request, slug)
    shown = context(scene, asked, levels=levels_of(scene), may_propose=scene.may_record)
    return render(request, "desk/structure.html", shown)


@public_page
def body(request: HttpRequest, slug: str, body: str) -> HttpResponse:
    """Show one body: who convenes it, who sits in it, a group's life, what is expected of it, its meetings.

    Eight queries for the public in a warm process, ten for a group.
    """
    scene, asked = scene_of(request, slug)
    page = body_page_of(scene, body)
    if page is None:
        raise Http404
    seated = seated_of(request, scene, body, past=asked.past)
    return render(request, "desk/body.html", context(scene, asked, body=page, seated=seated))


@public_page
def wheel(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a year of the agreement as a wheel and as lists. Four queries in a warm process."""
    scene, asked = scene_of(request, slug)
    year = year_asked(request, scene)
    joint = "&" if scene.links.query else "?"
    base = scene.links.page("vuosikello/")
    shown = context(
        scene,
        asked,
        year=year,
        years=[(each, f"{base}{joint}vuosi={each}", each == year.year) for each in year.years],
        file=f"{scene.links.base}vuosikello.csv{scene.links.query}{joint}vuosi={year.year}",
        day_in_year=scene.day.year == year.year,
    )
    return render(request, "desk/wheel.html", shown)


@public_page
def wheel_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a year of the agreement as CSV. Four queries in a warm process."""
    scene, _ = scene_of(request, slug)
    year = year_asked(request, scene)
    name = f"{slug}-{scene.day}-vuosikello-{year.year}"
    return year_table(year.happenings).response(name, "csv", gettext("Year wheel"))


@public_page
def timeline(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the life of the agreement on a line and as a table. Four queries in a warm process."""
    scene, asked = scene_of(request, slug)
    return render(request, "desk/timeline.html", context(scene, asked, life=life_of(scene)))


def year_asked(request: HttpRequest, scene: Scene) -> Year:
    """Return the year asked for, or that of the day looked at, or the nearest year of the agreement."""
    years = years_of(scene)
    asked = request.GET.get("vuosi", "")
    # Python refuses to read thousands of digits as a number; a year has four at most.
    wanted = int(asked) if len(asked) <= 4 and asked.isdecimal() and int(asked) in years else scene.day.year
    return year_of(scene, min(max(wanted, years[0]), years[-1]))
