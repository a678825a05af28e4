"""An agreement that follows another: its files with other days, and everything else as it was written."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from yhdyspinta.agreement.charter import patched
from yhdyspinta.agreement.classification import municipalities
from yhdyspinta.agreement.duty import COUNCIL_TERM, FIRST_MEETING
from yhdyspinta.agreement.manuscript import (
    Manuscript,
    edit_block,
    edit_items,
    remove_block,
    remove_section,
    rewrite_section,
    set_front,
)
from yhdyspinta.agreement.succession.days import TERMS, written, years
from yhdyspinta.agreement.succession.front import Front
from yhdyspinta.agreement.succession.notes import Note

CARRIED: Final = frozenset(
    {"clauses", "parties", "bodies", "themes", "terms", "duties", "rights", "rules", "goals", "laws", "readings"}
)
"""What can be carried over; ``passages`` of the official text only when asked for, since it will be another text."""
_KIND_OF: Final[Mapping[str, str]] = {
    "parties": "parties", "bodies": "body", "themes": "theme", "terms": "terms", "duties": "duty", "rights": "right",
    "rules": "rule", "goals": "goal", "laws": "law", "readings": "reading",
}  # fmt: skip


def successor_of(
    sources: Mapping[str, str],
    front: Front,
    *,
    left: Collection[str] = (),
    choices: Mapping[str, str] | None = None,
    keep: Collection[str] = CARRIED,
) -> tuple[dict[str, str], list[Note]]:
    """Return the files of an agreement that follows another, and what a person has to look at in them.

    ``left`` are parties that have left by a recorded fact, ``choices`` the readings that the parties have decided, as
    choice by reading; a decided reading is what the new text assumes, and its changes are written into the duties.
    Days that lie outside the new ones are taken out. ``keep`` says what is carried over.
    """
    work = _Following(Manuscript.read(sources), front.first_day, front.last_day)
    work.say(front)
    work.decide_readings(choices or {})
    work.part_from(left)
    work.set_days()
    work.leave_out(keep)
    work.notes += work.days_in_text()
    return work.manuscript.sources, work.notes


@dataclass(slots=True)
class _Following:
    """The manuscript on its way to its successor, and what was noted on the way."""

    manuscript: Manuscript
    first_day: dt.date
    last_day: dt.date | None
    notes: list[Note] = field(default_factory=list)

    def note(self, code: str, about: str, words: str) -> None:
        """Note something to look at."""
        self.notes.append(Note(code, about, words))

    def say(self, front: Front) -> None:
        """Say id, titles and days; a title that is not given is the one foretold, or the old one with other years."""
        old = self.manuscript.front
        title = front.title
        if title is None:
            title = self._foretold() or self._with_new_years(old.get("title"))
            self.note("title", front.id, "the title is taken from the agreement before: look whether it is right")
        changes = {
            "id": front.id,
            "title": dict(title) if title else None,
            "short-title": dict(front.short_title or self._with_new_years(old.get("short-title")) or {}),
            "instrument": dict(front.instrument or old.get("instrument") or {}),
            "levels": [dict(level) for level in front.levels] or old.get("levels"),
            "from": front.first_day,
            "to": front.last_day,
            "successor": None,
        }
        self.manuscript = set_front(self.manuscript, changes)

    def _foretold(self) -> dict[str, str] | None:
        """Return the title that the old agreement gives the one that follows it on this day."""
        successor = self.manuscript.front.get("successor")
        if not isinstance(successor, dict) or successor.get("from") != self.first_day:
            return None
        name = successor.get("name")
        return name if isinstance(name, dict) else None

    def _with_new_years(self, words: Any) -> dict[str, str] | None:
        """Put the new years into a title in place of the old ones."""
        if not isinstance(words, dict):
            return None
        first, last = self.manuscript.front.get("from"), self.manuscript.front.get("to")
        if not isinstance(first, dt.date):
            return dict(words)
        until = rf"\s?{last.year}" if isinstance(last, dt.date) else ""
        old = re.compile(rf"\b{first.year}\s?[–-]{until}(?!\d)")
        return {language: old.sub(years(self.first_day, self.last_day), str(said)) for language, said in words.items()}

    def decide_readings(self, choices: Mapping[str, str]) -> None:
        """Write decided readings into the text: what is assumed, and the duties as they read then."""
        for reading_id, choice_id in choices.items():
            reading = self.manuscript.things("reading").get(reading_id)
            if reading is None or choice_id == reading.get("assumed"):
                continue
            offered = {str(choice.get("id")): choice for choice in reading.get("choices", ())}
            if choice_id not in offered:
                words = (
                    f"the parties have decided `{reading_id}` as `{choice_id}`, which the text does not offer: write it"
                )
                self.note("reading-unwritten", reading_id, words)
                continue
            self._decide(reading, choice_id, offered)

    def _decide(self, reading: Mapping[str, Any], choice_id: str, offered: Mapping[str, Mapping[str, Any]]) -> None:
        duties = self.manuscript.things("duty")
        touched = {duty for choice in offered.values() for duty in choice.get("changes", {}) if duty in duties}
        under = {
            id: {duty: patched(dict(duties[duty]), choice.get("changes", {}).get(duty, {})) for duty in touched}
            for id, choice in offered.items()
        }
        decided = under[choice_id]
        new_choices = []
        for id, choice in offered.items():
            changes = {duty: diff for duty in sorted(touched) if (diff := _difference(decided[duty], under[id][duty]))}
            rest = {key: value for key, value in choice.items() if key != "changes"}
            new_choices.append({**rest, "changes": changes} if changes else rest)
        for duty in sorted(touched):
            if changes := _difference(dict(duties[duty]), decided[duty]):
                self.manuscript = edit_block(self.manuscript, "duty", duty, changes)
        changes_of_reading: dict[str, Any] = {"assumed": choice_id}
        if touched:
            changes_of_reading["choices"] = new_choices
        self.manuscript = edit_block(self.manuscript, "reading", str(reading["id"]), changes_of_reading)
        for duty in sorted(touched):
            self._settle(duty, str(reading["id"]))
        words = f"`{reading['id']}` is read as `{choice_id}`, as the parties have decided: see that the text says so"
        self.note("reading-decided", str(reading["id"]), words)

    def _settle(self, duty: str, decided: str) -> None:
        """Let other readings put no council term to a duty that has none any more."""
        now = dict(self.manuscript.things("duty")[duty])
        for id, reading in self.manuscript.things("reading").items():
            choices = [dict(choice) for choice in reading.get("choices", ())]
            for choice in choices:
                keys = choice.get("changes", {}).get(duty, {})
                said = patched(now, keys)
                if id != decided and keys.get("term") and said.get("per") not in (COUNCIL_TERM, FIRST_MEETING):
                    rest = {key: value for key, value in keys.items() if key != "term"}
                    others = {other: kept for other, kept in choice["changes"].items() if other != duty}
                    choice["changes"] = {**others, duty: rest} if rest else others
                    if not choice["changes"]:
                        del choice["changes"]
            if choices != reading.get("choices"):
                self.manuscript = edit_block(self.manuscript, "reading", id, {"choices": choices})
                self.note(
                    "reading-decided", id, f"look at the choices of `{id}`: `{duty}` has no council term any more"
                )

    def part_from(self, left: Collection[str]) -> None:
        """Take away parties that are none on the last day of the old agreement, and note what names them."""
        old_last = self.manuscript.front.get("to")
        on = min(old_last, self.first_day) if isinstance(old_last, dt.date) else self.first_day
        ended = {entry.code: entry for entry in municipalities() if not entry.exists(self.first_day)}
        gone: set[str] = set()

        def change(party: Mapping[str, Any]) -> Mapping[str, Any] | None:
            id, last = str(party.get("id")), party.get("to")
            municipality = ended.get(str(party.get("municipality-code")))
            if id in left or (isinstance(last, dt.date) and last < on) or municipality:
                gone.add(id)
                into = next(
                    (e.name["fi"] for e in municipalities() if municipality and e.code == municipality.into), ""
                )
                joined = f": it was joined to {into}" if into else ""
                self.note("party-left", id, f"`{id}` is no party any more and is left out{joined}")
                return None
            days = [key for key in ("from", "to") if isinstance(party.get(key), dt.date)]
            return {key: None for key in days if not self._within(party[key])}

        self.manuscript = edit_items(self.manuscript, "parties", change)
        for kind, id in self._naming(gone):
            self.note("left-party-named", id, f"the {kind} `{id}` names a party that has left: say who takes its place")

    def _naming(self, gone: set[str]) -> Iterator[tuple[str, str]]:
        """Find the blocks that name a party that is gone."""
        for _section, block in self.manuscript.blocks():
            for thing in block.items() if block.kind != "parties" else ():
                rest = {key: value for key, value in thing.items() if key != "id"}
                if gone & set(_texts(rest)):
                    yield block.kind, str(thing.get("id", ""))

    def set_days(self) -> None:
        """Take fixed days out of windows where they lie outside the new ones, and carry council terms on."""
        for id, duty in self.manuscript.things("duty").items():
            if changes := self._window_changes(duty):
                self.manuscript = edit_block(self.manuscript, "duty", id, changes)
                self.note("window", id, f"set the days of `{id}`: those of the agreement before are taken out")
        for id, reading in self.manuscript.things("reading").items():
            choices, changed = self._choices_within(reading)
            if changed:
                self.manuscript = edit_block(self.manuscript, "reading", id, {"choices": choices})
                self.note("window", id, f"look at the choices of `{id}`: days of the agreement before are taken out")
        self.manuscript = edit_items(self.manuscript, "terms", self._extended)

    def _choices_within(self, reading: Mapping[str, Any]) -> tuple[list[Any], bool]:
        changed = False
        choices = []
        for choice in reading.get("choices", ()):
            changes = {}
            for duty, keys in choice.get("changes", {}).items():
                without = self._window_changes(keys)
                changed = changed or bool(without)
                kept = {key: said for key, said in keys.items() if key not in without}
                kept |= {key: said for key, said in without.items() if said}
                if kept:
                    changes[duty] = kept
            rest = {key: value for key, value in choice.items() if key != "changes"}
            choices.append({**rest, "changes": changes} if changes else rest)
        return choices, changed

    def _window_changes(self, duty: Mapping[str, Any]) -> dict[str, Any]:
        window = duty.get("window")
        if not isinstance(window, dict):
            return {}
        kept = {key: day for key, day in window.items() if not isinstance(day, dt.date) or self._within(day)}
        return {} if kept == window else {"window": kept or None}

    def _within(self, day: dt.date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)

    def _extended(self, term: Mapping[str, Any]) -> Mapping[str, Any]:
        """Add the council terms that follow by law up to the new last day; where they are not known, note it."""
        periods = [dict(period) for period in term.get("periods", ())]
        until = self.last_day or self.first_day
        before = len(periods)
        known = {first: last for kind in term.get("of", ()) for first, last in TERMS.get(kind, ())}
        while periods and isinstance(last := periods[-1].get("to"), dt.date) and last < until:
            following = last + dt.timedelta(days=1)
            if following not in known:
                id = term.get("id")
                self.note("terms", str(id), f"add the periods of `{id}` after {written(last)}")
                break
            periods.append({"from": following, "to": known[following]})
        return {"periods": periods} if len(periods) > before else {}

    def leave_out(self, keep: Collection[str]) -> None:
        """Take away what is not to be carried over."""
        for name, kind in _KIND_OF.items():
            if name not in keep:
                for id in list(self.manuscript.things(kind)):
                    self.manuscript = remove_block(self.manuscript, kind, id)
        if "duties" not in keep:
            for id, reading in self.manuscript.things("reading").items():
                choices = [
                    {key: said for key, said in choice.items() if key != "changes"} for choice in reading["choices"]
                ]
                if choices != reading["choices"]:
                    self.manuscript = edit_block(self.manuscript, "reading", id, {"choices": choices})
        if "clauses" not in keep:
            self._leave_out_clauses()
        if "passages" not in keep:
            self._leave_out_passages()

    def _leave_out_clauses(self) -> None:
        """Empty clauses of their text; those without blocks, and parts without clauses, go."""
        for section in self.manuscript.sections:
            self.manuscript = rewrite_section(
                self.manuscript, section.id, prose=dict.fromkeys(self.manuscript.prose_of(section.id), "")
            )
        sections = self.manuscript.sections
        for place, section in enumerate(sections):
            below = sections[place + 1 :]
            ends = next((n for n, other in enumerate(below) if other.depth <= section.depth), len(below))
            if not any(each.blocks for each in (section, *below[:ends])):
                self.manuscript = remove_section(self.manuscript, section.id)

    def _leave_out_passages(self) -> None:
        """Take away where clauses stand in the official text: the new agreement has another."""
        named = [section for section in self.manuscript.sections if "official" in section.attributes]
        for section in named:
            rest = {key: said for key, said in section.attributes.items() if key not in {"official", "sentences"}}
            self.manuscript = rewrite_section(self.manuscript, section.id, attributes=rest)
        if named:
            words = f"{len(named)} clauses named a passage of the official text before: name those of the new one"
            self.note("passages", str(self.manuscript.front.get("id")), words)

    def days_in_text(self) -> list[Note]:
        """Note the clauses whose text names a year of the agreement before."""
        found = []
        for section in self.manuscript.sections:
            said = {int(year) for year in re.findall(r"\b(20\d\d)\b(?!/)", section.text)}
            past = sorted(year for year in said if year < self.first_day.year)
            if past:
                words = f"the clause `{section.id}` speaks of {', '.join(map(str, past))}"
                found.append(Note("days-in-text", section.id, words))
        return found


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what has to be put otherwise in a block to make it another; None takes a key away."""
    changed = {key: value for key, value in after.items() if before.get(key) != value}
    return {**changed, **{key: None for key in before if key not in after}}


def _texts(value: Any) -> Iterator[str]:
    """Return every text in plain data, keys of mappings left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
