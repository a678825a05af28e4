"""A group's life in words: what each step is called, how far it has come, and what may be known of it by whom.

What the public sees of undone things the parties decide (DESIGN §5): everything, what is done and counts, or only what
is done. Parties see everything of all parties.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from yhdyspinta.agreement import Duty
from yhdyspinta.agreement import facts as f
from yhdyspinta.agreement.duty import Right
from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.life import Life, Step
from yhdyspinta.bodies.models import Appointment, Proposal, Seat
from yhdyspinta.bodies.queries import World
from yhdyspinta.journal import wording
from yhdyspinta.journal.reference import reference_text
from yhdyspinta.parties.days import shown_day, shown_days
from yhdyspinta.parties.models import Party

EVERYTHING, NOTHING = "all", "none"
EACH_GROUP = "each group"


@dataclass(frozen=True, slots=True)
class Link:
    """Where somebody can go on from a step."""

    label: str
    href: str
    main: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A step as a page shows it: its name, its sign (``web/states.svg``) with the tone of it, and how far it is."""

    id: str
    name: str
    symbol: str
    tone: str
    words: str
    state: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A party and the day on which it accepted the group; no day: not yet."""

    name: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What the agreement leaves open, how it is read, and the clause in which it stands."""

    question: str
    answer: str
    clause: str


def name_of_step(id_: str) -> str:
    """Return what a step of a group's life is called."""
    return {
        "proposed": _("Proposed"),
        "accepted": _("Accepted by the parties"),
        "appointed": _("Appointed"),
        "constituted": _("First meeting: chairs and secretary"),
        "action-plan": _("Action plan"),
        "rules": _("Rules of procedure"),
        "ended": _("Term"),
    }[id_]


def told(
    life: Life, shown: str, proposal: Proposal | None = None, appointment: Appointment | None = None
) -> list[Line]:
    """Return the steps of a life in words, as far as the audience sees them: ``all``, ``done-and-counts``, ``none``.

    The days of its work are those of the appointment, else of the proposal, else of the council term.
    """
    following = life.next
    lines = [_line(step, life, shown, proposal, is_next=step.id == following) for step in life.steps]
    days = _days(life, appointment or proposal)
    return [replace(line, words=days) if line.id == "ended" else line for line in lines]


def _line(step: Step, life: Life, shown: str, proposal: Proposal | None, *, is_next: bool) -> Line:
    words = _WORDS[step.id](step, life, proposal) if step.id in _WORDS else ""
    if step.id == "appointed" and shown != NOTHING and _was_early(step, life):
        words += ". " + _("It was not accepted by all parties then.")
    if step.id == "accepted" and not step.done and shown == NOTHING:
        words, symbol, tone, state = "", "hidden", "none", ""
    elif step.id == "ended":
        symbol, tone, state = ("ended", "none", _("Ended")) if step.done else ("scheduled", "none", "")
    elif step.done:
        symbol, tone, state = "fulfilled", "done", _("Done")
    elif step.count:
        symbol, tone, state = "part", "open", _("Under way")
    elif is_next:
        symbol, tone, state = "open", "open", _("Open")
    else:
        symbol, tone, state = "scheduled", "none", _("Not yet")
    return Line(step.id, name_of_step(step.id), symbol, tone, words, state)


def _days(life: Life, said: Appointment | Proposal | None) -> str:
    """Return from when to when a group works, as far as that is known."""
    if said is not None:
        return shown_days(said.first_day, said.last_day)
    return shown_days(life.term.first, life.term.last) if life.term else ""


def _proposed(step: Step, _life: Life, proposal: Proposal | None) -> str:
    if proposal is not None:
        said = {"day": shown_day(proposal.proposed_on), "party": proposal.proposed_by.organisation}
        return _("%(day)s, by %(party)s") % said
    return shown_day(step.done_on) if step.done_on else ""


def _accepted(step: Step, _life: Life, _proposal: Proposal | None) -> str:
    if step.done_on:
        return _("All %(count)s parties, the last one on %(day)s") % {
            "count": step.total, "day": shown_day(step.done_on)
        }  # fmt: skip
    return counted(step)


def counted(step: Step) -> str:
    """Return how many parties have accepted a group: ``23 of 24 parties``."""
    words = ngettext("%(done)s of %(count)s party", "%(done)s of %(count)s parties", step.total)
    return words % {"done": step.count, "count": step.total}


def _by_fact(step: Step, _life: Life, _proposal: Proposal | None) -> str:
    if step.done_on is None:
        return ""
    first = min(step.facts, key=lambda fact: fact.on)
    rests = reference_text(first.reference) if first.reference else ""
    day = shown_day(step.done_on)
    return rests if day in rests else ": ".join(filter(None, (day, rests)))


def _was_early(step: Step, life: Life) -> bool:
    """Tell whether a group was appointed before all had accepted it."""
    if step.done_on is None:
        return False
    return bool(life.missing) or step.done_on < max(life.accepted.values(), default=step.done_on)


def _constituted(step: Step, _life: Life, _proposal: Proposal | None) -> str:
    if step.done_on is None:
        return ""
    elected = {office for fact in step.facts if isinstance(fact, f.OfficersElected) for office in fact.offices}
    offices = wording.listed(name for office, name in names_of_offices().items() if office in elected)
    return _("%(day)s: %(offices)s elected") % {"day": shown_day(step.done_on), "offices": offices}


_WORDS = {
    "proposed": _proposed,
    "accepted": _accepted,
    "appointed": _by_fact,
    "constituted": _constituted,
    "action-plan": _by_fact,
    "rules": _by_fact,
}


def names_of_offices() -> dict[str, str]:
    """Return what the offices of a group are called (C27)."""
    return {"chair": _("chair"), "vice-chair": _("vice chair"), "secretary": _("secretary")}


def acceptances(world: World, life: Life, shown: str, language: str) -> list[Acceptance]:
    """Return who has accepted a group, in the agreement's order; who has not, only for whom that is shown."""
    parties = world.parties if shown == EVERYTHING else [party for party in world.parties if party in life.accepted]
    done = shown != NOTHING or not life.missing
    return [Acceptance(world.charter.name_of(id_, language), life.accepted.get(id_)) for id_ in parties if done]


def seats_in_words(seats: Iterable[Seat], parties: Sequence[str]) -> list[str]:
    """Return the seats that a proposal asks for, in lines; ``parties`` are those of the day, by id.

    The same number for each of them is one line.
    """
    of_parties: Counter[Party] = Counter()
    outside: Counter[str] = Counter()
    together = 0
    for seat in seats:
        if seat.party is not None:
            of_parties[seat.party] += 1
        elif seat.outsider:
            outside[seat.outsider] += 1
        else:
            together += 1
    lines = _of_parties(of_parties, parties)
    if together:
        words = ngettext(
            "%(count)s seat that the parties fill together", "%(count)s seats that the parties fill together", together
        )
        lines.append(words % {"count": together})
    return [*lines, *(f"{name}: {count}" for name, count in outside.items())]


def _of_parties(of_parties: Mapping[Party, int], parties: Sequence[str]) -> list[str]:
    counts = set(of_parties.values())
    if len(counts) == 1 and {party.slug for party in of_parties} >= set(parties):
        count = counts.pop()
        return [ngettext("%(count)s seat for each party", "%(count)s seats for each party", count) % {"count": count}]
    return [f"{party.organisation}: {count}" for party, count in of_parties.items()]


def left_open(world: World, ids: Sequence[str], language: str) -> list[Reading]:
    """Return what the agreement leaves open of these questions, each as the parties read it on the day. No queries."""
    chosen = world.view.choices(world.day)
    found = []
    for reading in (world.charter.readings[id_] for id_ in ids if id_ in world.charter.readings):
        choice = chosen.get(reading.id, reading.assumed)
        answers = {each.id: each.text.get(language) for each in reading.choices}
        found.append(Reading(reading.question.get(language), answers.get(choice, ""), reading.clause))
    return found


def adoptions(world: World, body: str, kind: str) -> list[tuple[date, str]]:
    """Return when a plan or rules were adopted by the records, with where that rests, the newest first. No queries."""
    facts = world.view.find(f.PlanAdopted, ("body", "plan"), (body, kind)).until(world.day)
    rests = [(fact.on, reference_text(fact.reference) if fact.reference else "") for fact in facts]
    return sorted(rests, reverse=True)


def clauses_of(world: World, kinds: Sequence[str], language: str, body: str = EACH_GROUP) -> list[tuple[str, str]]:
    """Return the clauses whose commitments facts of these kinds keep, of groups or of a body: id and heading.

    No queries.
    """
    duties = {
        id_
        for id_, duty in world.charter.duties.items()
        if not duty.evidence.keys().isdisjoint(kinds) and {body, EACH_GROUP} & _about(duty)
    }
    return [
        (clause.id, clause.title.get(language))
        for clause in world.charter.clauses
        if not duties.isdisjoint(clause.duties)
    ]


def _about(duty: Duty | Right) -> set[str]:
    """Return whom a commitment is of or about, by id."""
    bearers = {duty.bearer} if isinstance(duty.bearer, str) else set(duty.bearer or ())
    about = {duty.object} if isinstance(duty, Duty) and duty.object else set()
    return {str(each) for each in bearers | about}


def is_group(known: Known) -> bool:
    """Tell whether a body is one that is proposed and appointed: a group of the text, or one that was formed later."""
    return known.group or known.formed_on is not None
