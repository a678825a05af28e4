"""The form of every duty of a real agreement asks for what its evidence needs: what it records makes the duty done."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from yhdyspinta.agreement import Duty, today
from yhdyspinta.journal.queries import assess, charter_of
from yhdyspinta.parties.actor import actor_for
from yhdyspinta.records import queries
from yhdyspinta.records.actions import Proof, record_done
from yhdyspinta.records.forms import FactForm, sections_at
from yhdyspinta.records.forms.sections import Place
from yhdyspinta.records.kinds import Shape

DONE = {"fulfilled", "kept"}
AS_OF = date(2025, 12, 31)
MEETINGS = {"foorumi": "2024-04-10", "kuntakokous": "2024-05-14", "ksturva": "2024-03-01", "ict": "2024-02-01"}


@pytest.fixture
def recorded(agreement, administrator):
    """The meetings that other duties hang on, and a way to record what a form gives."""
    by = actor_for(administrator)

    def record(*facts: dict[str, Any]) -> None:
        record_done(agreement, list(facts), proof=Proof(), by=by)

    for body, day in MEETINGS.items():
        record({"fact": "meeting-held", "body": body, "on": day})
    record({"fact": "release-published", "body": "kuntakokous", "meeting": "2024-05-14", "on": "2024-05-14"})
    return record


def occurrences_of(agreement, duty):
    """One occurrence of a duty for each of its periods that has begun."""
    found: dict[str, Any] = {}
    for one in assess(agreement, AS_OF).occurrences:
        if one.duty == duty and one.state != "scheduled":
            found.setdefault(one.period, one)
    return list(found.values())


def filled(section, occurrence, names):
    """What a person would fill in: the first thing offered, and a day on which it counts."""
    begun = occurrence.opens or occurrence.due or date(2024, 5, 14)
    day = max(begun, date(2023, 1, 2)) if occurrence.opens else begun
    data = {}
    for asked in section.kind.fields:
        if asked.name in section.fixed or (asked.optional and asked.name not in section.needed):
            continue
        suggested = section.initial.get(asked.name)
        offered = section.offered.get(asked.name) or names.ids(asked)
        match asked.shape:
            case Shape.DAY | Shape.MEETING:
                data[asked.name] = f"{day.day}.{day.month}.{day.year}"
            case Shape.HOURS:
                data[asked.name] = "7,5"
            case Shape.PERIOD:
                data[asked.name] = suggested or "2024"
            case Shape.ACTORS:
                data[asked.name] = suggested
            case Shape.WORDS:
                data[f"{asked.name}_known"] = suggested
            case Shape.WORD if not asked.closed:
                data[f"{asked.name}_known"] = offered[0]
            case _:
                data[asked.name] = offered[0]
    return data


def forms_of(occurrence, names):
    place = Place(occurrence.duty, occurrence.period, occurrence.object or "", occurrence.bearer)
    sections = sections_at(place, names)
    before = None
    for number, section in enumerate(sections):
        data = {f"{number}-{name}": value for name, value in filled(section, occurrence, names).items()}
        if section.same_meeting:
            data = {name: value for name, value in data.items() if not name.endswith(("-on", "-meeting"))}
        several = len(sections) > 1
        data[f"{number}-include"] = "on"
        form = FactForm(section, names, today=today(), data=data, prefix=str(number), several=several, before=before)
        before = before or form
        yield form


def test_what_the_form_of_each_duty_records_makes_it_done(agreement, recorded):
    names = queries.names_of(agreement)
    measured = [duty for duty in charter_of(agreement).duties.values() if duty.evidence]
    assert len(measured) > 20
    # What needs acceptances of all comes once they are there
    measured.sort(key=lambda duty: any("after" in fields for fields in duty.evidence.values()))
    left = []
    for duty in measured:
        for occurrence in occurrences_of(agreement, duty.id)[:2]:
            if any("after" in fields for fields in duty.evidence.values()):
                for party in names.charter.parties:
                    given = {"fact": "acceptance-given", "party": party, "subject": occurrence.object}
                    recorded({**given, "on": (occurrence.opens or date(2024, 1, 1)).isoformat()})
            forms = list(forms_of(occurrence, names))
            assert all(form.is_valid() for form in forms), (duty.id, [form.errors for form in forms])
            recorded(*[form.given for form in forms])
            left += [
                (one.duty, one.period, one.bearer, one.object, one.state)
                for one in assess(agreement, AS_OF).occurrences
                if (one.duty, one.period, one.bearer, one.object)
                == (occurrence.duty, occurrence.period, occurrence.bearer, occurrence.object)
                and one.state not in DONE
            ]
    assert left == []


def test_every_duty_with_evidence_has_a_form_and_no_other_has(agreement):
    names = queries.names_of(agreement)
    for duty in names.charter.duties.values():
        sections = sections_at(Place(duty.id), names)
        assert [section.kind.name for section in sections] == list(duty.evidence)
        assert bool(sections) == (not isinstance(duty, Duty) or duty.kind != "unmeasured")
