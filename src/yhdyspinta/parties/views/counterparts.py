"""Who is whose counterpart: the matrix of parties and themes, one theme in one look, and both as files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yhdyspinta.agreement import today
from yhdyspinta.parties.actions.looks import note_look
from yhdyspinta.parties.counterparts import COORDINATOR, COUNTERPART, NAMED, Cell, Holder, Picture, Row, picture_of
from yhdyspinta.parties.forms.counterparts import ROLES, FilterForm
from yhdyspinta.parties.models import Naming
from yhdyspinta.parties.vcards import Card, vcards_response
from yhdyspinta.parties.views.access import Room, View, enter, enter_as_party, signed_in
from yhdyspinta.printing.columns import Cell as TableCell
from yhdyspinta.printing.writing import Table


def _by_revision(view: View) -> View:
    """Mark a page whose public face depends on the agreement's revision alone (web/middleware.py)."""
    return require_safe(cache_control(public=True, no_cache=True)(view))


@dataclass(frozen=True, slots=True)
class _Found:
    """What was asked for, and what there is of it."""

    room: Room
    form: FilterForm
    picture: Picture
    rows: list[Row]
    themes: dict[str, str]

    @property
    def day(self) -> date:
        return self.picture.day

    @property
    def filtered(self) -> bool:
        return any(self.form.said(name) for name in ("osapuoli", "teema", "haku"))


def _found(room: Room) -> _Found:
    """Read the filters and find what fits them. Two queries in a warm process."""
    typed = room.request.GET
    role = ROLES.get(typed.get("rooli", ""), COUNTERPART)
    # The day and the search decide what is read; the choices of the form are known only then.
    asked = FilterForm((), (), {"pvm": typed.get("pvm", ""), "haku": typed.get("haku", "")})
    day = asked.said("pvm") or today()
    picture = picture_of(
        room.agreement,
        role,
        day,
        language=room.language,
        whole=not room.standing.public,
        sought=asked.said("haku") or "",
    )
    room.charter = picture.charter
    parties = [(slug, picture.name_of(slug)) for slug in picture.charter.parties]
    themes = picture.themes
    form = FilterForm(parties, themes.items(), typed)
    theme = form.said("teema") or None
    rows = picture.rows(party=form.said("osapuoli") or "", theme=theme)
    return _Found(room, form, picture, rows, {theme: themes[theme]} if theme else themes)


@_by_revision
def counterparts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show each party by each theme. Three queries for the public, six for somebody of the parties, warm."""
    room = enter(request, slug)
    found = _found(room)
    picture = found.picture
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    columns = [(theme, name, *picture.count(theme)) for theme, name in found.themes.items()]
    shown = room.context(
        found=found,
        picture=picture,
        columns=columns,
        coordination=picture.role == COORDINATOR,
        query=query,
        last_day=picture.charter.last_day,
        over=picture.charter.last_day is not None and found.day > picture.charter.last_day,
        before=found.day < picture.charter.first_day,
        nobody=not picture.namings and not any(done for _theme, _name, done, _all in columns),
        own=[party.slug for party in room.standing.administers],
    )
    return render(request, "parties/counterparts.html", shown)


@_by_revision
def counterparts_file(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Hand out what the page shows as a table: with contact data for the parties, without names for others."""
    room = enter(request, slug)
    found = _found(room)
    called = _("coordination") if found.picture.role == COORDINATOR else _("counterparts")
    _note(room, f"counterparts.{kind}", found.picture, found.rows)
    table = _table(found.picture, found.rows, found.themes)
    return table.response(f"{slug}-{called}-{found.day}", kind, called.capitalize())


@signed_in
@require_safe
def counterparts_cards(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the people whom the page shows as vCards, to the parties alone."""
    room = enter_as_party(request, slug)
    found = _found(room)
    called = _("coordination") if found.picture.role == COORDINATOR else _("counterparts")
    _note(room, "counterparts.vcf", found.picture, found.rows)
    return vcards_response(_cards([(found.picture, found.rows)]), name=f"{slug}-{called}-{found.day}")


# One theme


def _theme(room: Room, theme: str) -> tuple[Picture, Picture]:
    """Return who is named for a theme today, as counterpart and as coordinator. Four queries in a warm process."""
    whole = not room.standing.public
    pictures = [
        picture_of(room.agreement, role, today(), language=room.language, whole=whole, theme=theme)
        for role in (COUNTERPART, COORDINATOR)
    ]
    room.charter = pictures[0].charter
    if theme not in room.charter.themes:
        raise Http404
    return pictures[0], pictures[1]


@_by_revision
def theme(request: HttpRequest, slug: str, theme: str) -> HttpResponse:
    """Show every party's counterpart for a theme, with phone and mail for the parties, and who coordinates it."""
    room = enter(request, slug)
    named, coordinating = _theme(room, theme)
    rows, coordinators = named.rows(theme=theme), _coordinators(coordinating, theme)
    _note(room, f"theme:{theme}", named, [*rows, *coordinators])
    themes = named.themes
    shown = room.context(
        theme=theme,
        name=themes[theme],
        themes=themes.items(),
        picture=named,
        rows=[(row, row.cells[0]) for row in rows],
        coordinators=[(row, row.cells[0]) for row in coordinators],
        count=named.count(theme),
        own=[party.slug for party in room.standing.parties],
    )
    return render(request, "parties/theme.html", shown)


@_by_revision
def theme_file(request: HttpRequest, slug: str, theme: str, kind: str) -> HttpResponse:
    """Hand out the counterparts of one theme as a table."""
    room = enter(request, slug)
    named, _coordinating = _theme(room, theme)
    rows = named.rows(theme=theme)
    _note(room, f"theme:{theme}.{kind}", named, rows)
    table = _table(named, rows, {theme: named.themes[theme]})
    return table.response(f"{slug}-{theme}-{named.day}", kind, named.themes[theme])


@signed_in
@require_safe
def theme_cards(request: HttpRequest, slug: str, theme: str) -> HttpResponse:
    """Hand out the counterparts and coordinators of one theme as vCards, to the parties alone."""
    room = enter_as_party(request, slug)
    named, coordinating = _theme(room, theme)
    rows, coordinators = named.rows(theme=theme), _coordinators(coordinating, theme)
    _note(room, f"theme:{theme}.vcf", named, [*rows, *coordinators])
    cards = _cards([(named, rows), (coordinating, coordinators)])
    return vcards_response(cards, name=f"{slug}-{theme}-{named.day}")


def _coordinators(picture: Picture, theme: str) -> list[Row]:
    """Return the parties that have somebody who coordinates a theme."""
    rows = picture.rows(theme=theme)
    return [row for row in rows if row.cells[0].state == NAMED or row.cells[0].holders]


# What is shown, and to whom


def _shown(rows: Iterable[Row], *, sought: bool = False) -> Iterator[tuple[Row, Cell, Holder | None]]:
    """Yield what a table tells line by line: each holder, or that there is none."""
    for row in rows:
        narrowed = sought and any(holder.found for cell in row.cells for holder in cell.holders)
        for cell in row.cells:
            holders = [each for each in cell.holders if each.found or not narrowed]
            if not narrowed and not holders:
                yield row, cell, None
            for holder in holders:
                yield row, cell, holder


def _note(room: Room, what: str, picture: Picture, rows: Sequence[Row]) -> None:
    """Note whose contact data is handed out."""
    if not picture.whole:
        return
    people = [held.person.pk for _row, _cell, held in _shown(rows, sought=bool(picture.sought)) if held and held.person]
    note_look(room.standing, what=what, people=people)


def _table(picture: Picture, rows: Sequence[Row], themes: dict[str, str]) -> Table:
    headings = [(_("Party"), 30), (_("Theme"), 30), (_("State"), 20), (_("Post"), 28)]
    if not picture.whole:
        public: list[list[TableCell]] = [
            [row.name, themes[cell.theme], cell.words, ", ".join(cell.posts)] for row, cell, _held in _shown(rows)
        ]
        return Table(headings, public)
    headings += [
        (_("Name"), 28), (_("Organisation"), 28), (_("Hours per week"), 10), (_("From"), 12), (_("To"), 12),
        (_("E-mail"), 34), (_("Phone"), 18), (_("Confirmed"), 12), (_("Agreed with the other party"), 34),
    ]  # fmt: skip
    shown = _shown(rows, sought=bool(picture.sought))
    return Table(headings, [[row.name, themes[cell.theme], cell.words, *_told(held)] for row, cell, held in shown])


def _told(held: Holder | None) -> list[TableCell]:
    if held is None:
        return [""] * 10
    naming, person = held.naming, held.person
    hours = naming.hours_per_week
    return [
        str(held.post or ""),
        person.name if person else "",
        held.organisation.called() if held.organisation else "",
        None if hours is None else int(hours) if hours == int(hours) else float(hours),
        naming.valid_from,
        naming.valid_to,
        person.email if person else "",
        person.phone if person else "",
        person.confirmed_on if person else None,
        naming.agreed,
    ]


def _cards(shown: Iterable[tuple[Picture, Iterable[Row]]]) -> list[Card]:
    """Return a card for each person, in the agreement's order, with all that they are named for here."""
    found: dict[int, list[tuple[Picture, Row, Holder]]] = {}
    for picture, rows in shown:
        for row, _cell, held in _shown(rows, sought=bool(picture.sought)):
            if held is not None and held.person is not None:
                found.setdefault(held.person.pk, []).append((picture, row, held))
    return [_card(named) for named in found.values()]


def _card(named: Sequence[tuple[Picture, Row, Holder]]) -> Card:
    _picture, _row, held = named[0]
    assert held.person is not None
    roles, themes = [], []
    for picture, row, each in named:
        theme = picture.themes.get(each.naming.theme) or _("All themes together")
        about = theme if each.organisation is None else f"{theme} ({row.name})"
        roles.append(f"{Naming.Role(picture.role).label}: {about}")
        themes.append(theme)
    titles = dict.fromkeys(str(each.post) for _picture, _row, each in named if each.post)
    works_at = held.person if held.post is None else held.post
    return Card(
        held.person,
        works_at.organisation.called(),
        list(titles),
        list(dict.fromkeys(roles)),
        list(dict.fromkeys(themes)),
    )
