"""Tables for people in the terminal: the same numbers as the JSON, with colours and shapes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from yhdyspinta.agreement import STATES, Assessment, Charter, Duty, Occurrence, Right
from yhdyspinta.agreement.compare import LISTS, Comparison, PartyChanges
from yhdyspinta.agreement.duty import EachOf

# Shape and colour beside the word, never alone; no red (DESIGN §5).
MARKS = {
    "scheduled": ("○", "dim"), "open": ("○", "blue"), "fulfilled": ("●", "green"), "fulfilled-late": ("◕", "green"),
    "overdue": ("◇", "yellow"), "kept": ("●", "green"), "lacking": ("◇", "yellow"), "no-record": ("·", "dim"),
    "unmeasured": ("–", "dim"), "waived": ("◌", "dim"), "ended": ("□", "dim"),
}  # fmt: skip

WIDTH_IN_FILES = 160


def _console() -> Console:
    """Return where tables go: as wide as the terminal, or wide enough for whole ids when written to a file."""
    console = Console()
    return console if console.is_terminal else Console(width=WIDTH_IN_FILES)


def show_status(charter: Charter, assessment: Assessment) -> None:
    """Print the states: a line for each duty, period and state, and the counts below."""
    console, language = _console(), charter.language
    title = f"{charter.short_title.get(language)} · {_day(assessment.as_of)}"
    if assessment.known_at:
        title += f" (known {_day(assessment.known_at)})"
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for heading in ("clause", "duty", "bearer", "period", "state", "due"):
        table.add_column(heading, overflow="fold")
    for row in _rows(charter, assessment):
        table.add_row(*row)
    console.print(table)
    console.print()
    for state in STATES:
        console.print(Text.assemble(_mark(state), f" {assessment.counts[state]}"))


def _rows(charter: Charter, assessment: Assessment) -> list[tuple[str | Text, ...]]:
    """Return one row for each duty, period and state; who bears it, or how many do."""
    order = {clause.id: index for index, clause in enumerate(charter.clauses)}
    grouped: dict[tuple[str, str, str, str], list[Occurrence]] = {}
    for occurrence in assessment.occurrences:
        key = (occurrence.clause, occurrence.duty, occurrence.period, occurrence.state)
        grouped.setdefault(key, []).append(occurrence)
    rows: list[tuple[str | Text, ...]] = []
    for (clause, duty, period, state), held in sorted(grouped.items(), key=lambda item: (order[item[0][0]], item[0])):
        bearers = Counter(occurrence.bearer for occurrence in held)
        who = charter.name_of(held[0].bearer, charter.language) if len(bearers) == 1 else f"{len(bearers)} of them"
        if len(held) > len(bearers):
            who += f", {len(held)} occurrences"
        dues = sorted({_day(occurrence.due) for occurrence in held if occurrence.due})
        rows.append((clause, duty, who, period, _mark(state), ", ".join(dues)))
    return rows


def _mark(state: str) -> Text:
    shape, style = MARKS[state]
    return Text(f"{shape} {state}", style=style)


def _day(day: dt.date) -> str:
    return day.isoformat()


def show_duties(charter: Charter) -> None:
    """Print the duties and rights as the file states them."""
    table = Table(box=None, pad_edge=False)
    for heading in ("id", "clause", "bearer", "object", "kind", "per", "window", "evidence", "basis"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "id")
    for row in duties_as_json(charter):
        evidence = ", ".join(row["evidence"])
        said = (row["clause"], row["bearer"], row["object"] or "", row["kind"], row["per"] or "")
        table.add_row(row["id"], *said, _window_words(row), evidence, row["basis"])
    _console().print(table)


def duties_as_json(charter: Charter) -> list[dict[str, Any]]:
    """Return the duties and rights as the file states them."""
    return [_duty(duty) for duty in charter.duties.values()]


def _duty(duty: Duty | Right) -> dict[str, Any]:
    return {
        "id": duty.id,
        "clause": duty.clause,
        "name": duty.name.root,
        "bearer": bearer_words(duty),
        "object": duty.object,
        "kind": duty.kind,
        "per": duty.per,
        **(_measure(duty) if isinstance(duty, Duty) else {}),
        "count": duty.count,
        "evidence": duty.evidence,
        "basis": duty.basis,
        "readings": duty.readings,
        "laws": duty.laws,
    }


def _measure(duty: Duty) -> dict[str, Any]:
    """Return whose term counts, when it can be done and whether evidence afterwards mends it."""
    return {
        "term": duty.term,
        "window": {"from": _edge(duty.window.from_), "to": _edge(duty.window.to)},
        "deadline": duty.deadline,
        "evidence_in_window": duty.evidence_in_window,
    }


def _edge(edge: dt.date | str | None) -> str | None:
    return edge.isoformat() if isinstance(edge, dt.date) else edge


def _window_words(row: dict[str, Any]) -> str:
    """Return a duty's window as the file writes it."""
    window = row.get("window") or {}
    days = "–".join(window[edge] or "" for edge in ("from", "to")) if any(window.values()) else ""
    return " ".join(filter(None, (row.get("term"), days, "no deadline" if row.get("deadline") else "")))


def bearer_words(duty: Duty | Right) -> str:
    """Return who bears a duty, in the words of the file."""
    match duty.bearer:
        case EachOf(each=kinds):
            return f"each {', '.join(kinds)}"
        case tuple() as ids:
            return " + ".join(sorted(ids))
    return str(duty.bearer)


def show_comparison(found: Comparison) -> None:
    """Print what differs between two agreements."""
    console = _console()
    for name in LISTS:
        heading, differences = name.capitalize(), getattr(found, name)
        table = Table(title=heading, title_justify="left", title_style="bold", box=None, pad_edge=False)
        for column in ("change", "id", "what"):
            table.add_column(column, overflow="fold")
        for difference in differences:
            table.add_row(difference.change, difference.id, "; ".join(difference.words()))
        console.print(table if differences else Text(f"{heading}: no differences", style="dim"))


def show_party_changes(changes: Sequence[PartyChanges]) -> None:
    """Print what changes for each party: its duties and rights, how it bears them, from or until when."""
    table = Table(title="For the parties", title_justify="left", title_style="bold", box=None, pad_edge=False)
    for column in ("party", "change", "duty", "what", "bears it", "day"):
        table.add_column(column, overflow="fold")
    for party in changes:
        id = party.party.one.id
        if not party.concerns:
            table.add_row(id, "nothing changes" if party.nothing else party.party.change)
        for each in party.concerns:
            bears = " → ".join(dict.fromkeys(share or "–" for share in (each.before, each.after)))
            day = _day(each.since) if each.since else ""
            table.add_row(id, each.change, each.duty.one.id, ", ".join(each.duty.aspects), bears, day)
    _console().print(table)
