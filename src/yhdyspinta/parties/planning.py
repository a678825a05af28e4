"""What a table of people and posts would change, row by row. Pure: nothing is read and nothing is written here.

A person is known again by e-mail, else by name if only one has it. An empty cell leaves what is known as it is, and
nobody is removed because the table does not name them. The rows are taken one after another: what one would add is
there for the next, and a row that is refused leaves no trace.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from yhdyspinta.agreement import parse_day
from yhdyspinta.journal.canonical import canonical, digest
from yhdyspinta.parties.at_hand import PERSON, HeldPost, Office, Somebody, There, Thing
from yhdyspinta.parties.days import shown_days
from yhdyspinta.parties.forms.inputs import BAD_DAY
from yhdyspinta.parties.holding import overlapping, refuse_holder, refuse_last_day
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Account, Person, Post, Tenure
from yhdyspinta.parties.post_kinds import OTHER, kind_of
from yhdyspinta.parties.table import LOST, TableRow
from yhdyspinta.printing.words import fold, languages

NEW, CHANGED, SAME, REFUSED, EXAMPLE = "new", "changed", "known", "refused", "example"
"""What becomes of a row."""

ADD_PERSON, CHANGE_PERSON = "add-person", "change-person"
ADD_POST, CHANGE_POST = "add-post", "change-post"
BEGIN, CHANGE_TENURE = "begin", "change-tenure"

_POST = ("title", "post_email", "from", "until", "decision")
_NOBODY = {"name": "", "email": "", "phone": "", "language": Account.Language.FI.value}
_COLUMN_OF = {"first_day": "from", "last_day": "until", "person": "name", "basis": "decision"}


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one thing. ``ref`` is its number, or minus the number of the row that adds it.

    ``before`` and ``after`` are what it says by field; those of ``BEGIN`` name the person, and whose tenure ends when.
    """

    verb: str
    ref: int
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    called: str = ""
    """What the person or the post is called, for those who read."""


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes of a row: what it changes, or why it cannot, by column."""

    number: int
    verdict: str
    who: str = ""
    what: str = ""
    """The post that the row speaks of."""
    steps: tuple[Step, ...] = ()
    why: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table would change."""

    lines: tuple[Line, ...]

    @property
    def steps(self) -> list[tuple[int, Step]]:
        """Every change with the number of its row, in the order in which they are made."""
        return [(line.number, step) for line in self.lines for step in line.steps]

    @property
    def posts(self) -> set[int]:
        """The numbers of the posts that there are and that somebody begins or ends in."""
        return {
            step.after["post"]
            for _number, step in self.steps
            if step.verb in (BEGIN, CHANGE_TENURE) and step.after["post"] > 0
        }

    @property
    def counts(self) -> dict[str, int]:
        """How many rows become what."""
        counts = dict.fromkeys((NEW, CHANGED, SAME, REFUSED, EXAMPLE), 0)
        for line in self.lines:
            counts[line.verdict] += 1
        return counts

    @property
    def seal(self) -> str:
        """What tells this plan from any other, in any language of the page."""
        said = [
            [line.number, line.verdict, [[step.verb, step.ref, step.before, step.after] for step in line.steps]]
            for line in self.lines
        ]
        return digest(canonical(said))


def plan(
    rows: Sequence[TableRow],
    people: Iterable[Person],
    posts: Iterable[Post],
    tenures: Iterable[Tenure],
    *,
    today: date,
) -> Plan:
    """Return what rows would change in an organisation, of whose people, posts and tenures all are given."""
    by_email = {as_kept(row.cells["email"]) for row in rows if row.cells.get("email") and not row.example}
    there = There(people, posts, sorted(tenures, key=_first_day), by_email)
    return Plan(tuple(_line(row, there, today) for row in rows))


# A row


class _Row:
    """A row as it is read: what it says, what is wrong with it, and what it changes once nothing is."""

    def __init__(self, row: TableRow) -> None:
        self.number = row.number
        self.cells = {key: " ".join(text.split()) for key, text in row.cells.items()}
        if "email" in self.cells:
            self.cells["email"] = as_kept(self.cells["email"])
        self.why: list[tuple[str, str]] = []
        self.steps: list[Step] = []
        self.then: list[Callable[[], object]] = []
        """What is so for the rows that follow, if this row stands."""

    def refuse(self, column: str, why: str) -> None:
        """Say what is wrong in a column."""
        self.why.append((column, why))

    @contextmanager
    def refusing(self, columns: Mapping[str, str] = _COLUMN_OF) -> Iterator[None]:
        """Put what a rule refuses at the columns that it is about."""
        try:
            yield
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.why.extend((columns.get(name, name), message) for message in messages)

    def day(self, column: str) -> date | None:
        """Return the day that a column says."""
        text = self.cells.get(column, "")
        try:
            return parse_day(text) if text else None
        except ValueError:
            self.refuse(column, str(BAD_DAY) % {"value": text})
            return None

    def changes(self, thing: Thing, said: Mapping[str, str], columns: Mapping[str, str]) -> dict[str, str]:
        """Return what the row says otherwise of a thing than is known; two rows must not contradict each other."""
        for name, value in said.items():
            if name in thing.told and fold(thing.told[name][0]) != fold(value):
                other = {"row": thing.told[name][1], "value": thing.told[name][0]}
                self.refuse(columns.get(name, name), _("Row %(row)s says otherwise: %(value)s.") % other)
        self.then.append(lambda: thing.told.update({name: (value, self.number) for name, value in said.items()}))
        return {name: value for name, value in said.items() if fold(thing.said[name]) != fold(value)}

    def change(self, verb: str, thing: Thing, changes: Mapping[str, str], **known: Any) -> None:
        """Change what is said of a thing."""
        before = {name: thing.said[name] for name in changes}
        self.steps.append(Step(verb, thing.ref, before, {**known, **changes}, str(thing)))


def _line(row: TableRow, there: There, today: date) -> Line:
    if row.example:
        return Line(row.number, EXAMPLE, row.cells.get("name", ""))
    read = _Row(row)
    for column, text in read.cells.items():
        if LOST in text:
            read.refuse(column, _("There are characters here that cannot be kept. Write them anew."))
    person = _person_of(read, there)
    office = _post_of(read, there) if {"kind", *_POST} & set(read.cells) else None
    if office is not None and not read.why:
        _tenure_of(read, office, person, today)
    who = read.cells.get("name") or str(person)
    what = str(office) if office else read.cells.get("title") or read.cells.get("kind", "")
    if read.why:
        return Line(row.number, REFUSED, who, what, why=tuple(dict.fromkeys(read.why)))
    for effect in read.then:
        effect()
    verdict = NEW if any(step.verb == ADD_PERSON for step in read.steps) else CHANGED if read.steps else SAME
    return Line(row.number, verdict, who, what, tuple(read.steps))


def _person_of(read: _Row, there: There) -> Somebody:
    """Return whom a row is about: somebody who is there, or a newcomer."""
    said = {name: read.cells[name] for name in PERSON if name in read.cells}
    if "language" in said:
        said["language"] = language_called(said["language"])
        if not said["language"]:
            read.refuse(
                "language", _("Choose one of these: %(values)s.") % {"values": ", ".join(Account.Language.labels)}
            )
            del said["language"]
    known = _known(read, there)
    whole = {**(known.said if known else _NOBODY), **said}
    if not whole["name"]:
        read.refuse("name", _("Write the name."))
        whole["name"] = "–"  # nothing more to say of it
    with read.refusing():
        Person(**whole).clean_fields(exclude=("organisation", "account", "merged_into"))
    if known is None:
        newcomer = Somebody(-read.number, whole)
        read.changes(newcomer, said, {})
        read.steps.append(Step(ADD_PERSON, newcomer.ref, after=whole, called=whole["name"]))
        read.then.append(lambda: there.know(newcomer))
        return newcomer
    if changes := read.changes(known, said, {}):
        read.change(CHANGE_PERSON, known, changes)
        read.then.append(lambda: there.change(known, changes))
    return known


def _known(read: _Row, there: There) -> Somebody | None:
    """Return who is there already: by address, else by name where only one fits it."""
    email, name = read.cells.get("email", ""), read.cells.get("name", "")
    known = there.by_email.get(email) if email else None
    namesakes = there.namesakes(name, strangers=bool(email)) if name else []
    if known is not None:
        if name and fold(known.said["name"]) != fold(name) and (namesakes or known.is_self_named):
            read.refuse("email", _("This is the address of %(name)s already.") % {"name": known})
        return known
    found = namesakes
    if len(found) > 1 and not email:
        found = [one for one in found if not one.said["email"]] or found
    if len(found) > 1 and read.cells.get("phone"):
        found = [one for one in found if fold(one.said["phone"]) == fold(read.cells["phone"])]
    if len(found) > 1 or (namesakes and not found):
        read.refuse(
            "name",
            _("Several people are called %(name)s. Write the address by which the right one is known here.")
            % {"name": name},
        )
    return found[0] if found else None


def _post_of(read: _Row, there: There) -> Office | None:
    """Return which post a row is about: one that is there, or a new one; None where it cannot be told."""
    kind, title, email = (read.cells.get(name, "") for name in ("kind", "title", "post_email"))
    if not kind and not title:
        read.refuse("kind", _("Write which post this is about."))
        return None
    id_ = there.kinds.get(fold(kind)) if kind else ""
    if id_ is None:
        read.refuse(
            "kind",
            _("There is no such kind of post: “%(value)s”. Choose one from the template's list, or “%(other)s”.")
            % {"value": kind, "other": kind_of(OTHER).name},
        )
        return None
    found = there.offices_called(id_, title)
    if len(found) > 1:
        named = ", ".join(sorted(map(str, found)))
        read.refuse("title", _("There are several such posts: %(posts)s. Write the title of one.") % {"posts": named})
        return None
    return _known_post(read, found[0], email) if found else _new_post(read, there, id_ or OTHER)


def _known_post(read: _Row, office: Office, email: str) -> Office:
    said = {"email": as_kept(email)} if email else {}
    with read.refusing({"email": "post_email"}):
        Post(kind=office.kind, **said).clean_fields(exclude=("organisation", "kind"))
    if changes := read.changes(office, said, {"email": "post_email"}):
        read.change(CHANGE_POST, office, changes)
        read.then.append(lambda: office.said.update(changes))
    return office


def _new_post(read: _Row, there: There, kind: str) -> Office:
    said = {"title": read.cells.get("title", ""), "email": as_kept(read.cells.get("post_email", ""))}
    if kind == OTHER and not said["title"]:
        read.refuse("title", _("Say what the post is called."))
    with read.refusing({"email": "post_email"}):
        Post(kind=kind, **said).clean_fields(exclude=("organisation",))
    office = Office(-read.number, said, kind)
    read.changes(office, {"email": said["email"]} if said["email"] else {}, {})
    read.steps.append(Step(ADD_POST, office.ref, after={"kind": kind, **said}, called=str(office)))
    read.then.append(lambda: there.add_office(office))
    return office


def _tenure_of(read: _Row, office: Office, person: Somebody, today: date) -> None:
    """Let somebody begin in a post, or say more of the time that they hold it."""
    first, last, basis = read.day("from"), read.day("until"), read.cells.get("decision", "")
    with read.refusing():
        Tenure(basis=basis).clean_fields(exclude=("post", "person", "valid_from", "valid_to"))
    own = [held for held in person.held if held.post is office]
    mine = overlapping(own, today, None) if first is None else [held for held in own if held.valid_from == first]
    if read.why:
        return
    if first is None and len(mine) != 1 and (not mine or last or basis):
        read.refuse("from", _("Write the first day in the post."))
    elif mine:
        _say_more(read, mine[0], last, basis)
    elif first is not None:
        _begin(read, office, person, (first, last), basis)


def _say_more(read: _Row, held: HeldPost, last: date | None, basis: str) -> None:
    said = {"valid_to": last.isoformat()} if last else {}
    said |= {"basis": basis} if basis else {}
    changes = read.changes(held, said, {"valid_to": "until", "basis": "decision"})
    if not changes:
        return
    if last is not None and "valid_to" in changes:
        with read.refusing():
            near = _near(held.post, held.valid_from)
            refuse_last_day(held, last, [other for other in near if other is not held])
    read.change(CHANGE_TENURE, held, changes, post=held.post.ref)
    read.then.append(lambda: held.said.update(changes))


def _begin(read: _Row, office: Office, person: Somebody, days: tuple[date, date | None], basis: str) -> None:
    first, last = days
    ends: HeldPost | None = None
    with read.refusing():
        ends = refuse_holder(office, person, days, _near(office, first), person.held)
    if ends is not None and "valid_to" in ends.told:
        days_told = shown_days(ends.valid_from, ends.valid_to)
        other = {"row": ends.told["valid_to"][1], "name": ends.person, "days": days_told}
        read.refuse("from", _("Row %(row)s says that %(name)s holds the post %(days)s.") % other)
    said = {"valid_to": last.isoformat() if last else "", "basis": basis}
    begun = HeldPost(-read.number, said, office, person, first)
    read.changes(begun, {name: value for name, value in begun.said.items() if value}, {})
    after = {"post": office.ref, "person": person.ref, "first": first, "last": last, "basis": basis}
    before: dict[str, Any] = {}
    if ends is not None:
        before = {"tenure": ends.ref, "name": str(ends.person), "last": first - timedelta(days=1)}
        read.then.append(partial(ends.said.update, valid_to=before["last"].isoformat()))
    read.steps.append(Step(BEGIN, begun.ref, before, after, str(office)))
    read.then.append(partial(_put, begun))


def _first_day(held: HeldPost | Tenure) -> date:
    return held.valid_from


def _put(begun: HeldPost) -> None:
    """Let the post and the person know of a tenure; those of a post stay in the order of their first days."""
    insort(begun.post.held, begun, key=_first_day)
    begun.person.held.append(begun)


def _near(office: Office, day: date) -> list[HeldPost]:
    """Return who began last before a day, and the first two who began on it or later.

    Nobody holds a post beside another: whoever would begin on that day, or already does, meets one of these first.
    """
    at = bisect_left(office.held, day, key=_first_day)
    return office.held[max(at - 1, 0) : at + 2]


@cache
def _languages() -> Mapping[str, str]:
    """Return folded name → code of the languages in which people are written to, by all their names."""
    names = {fold(text): code for code, label in Account.Language.choices for text in (code, str(label))}
    for spoken in languages():
        with translation.override(spoken):
            names |= {fold(get_language_info(code)["name_translated"]): code for code in Account.Language.values}
    return names


def language_called(name: str) -> str:
    """Return the code of a language by any of its names, or nothing."""
    return _languages().get(fold(name), "")
