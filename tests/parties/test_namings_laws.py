"""What namings prove, against a model that asks day by day; hypothesis looks for where the two differ."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from yhdyspinta.parties.evidence import facts_of
from yhdyspinta.parties.models import Naming, Party, Tenure

FIRST, DAYS = date(2025, 1, 1), 40
HOURS = st.none() | st.decimals("0.5", "40", places=1)

spans = st.tuples(st.integers(0, DAYS - 1), st.none() | st.integers(0, DAYS)).map(
    lambda span: (FIRST + timedelta(span[0]), None if span[1] is None else FIRST + timedelta(span[0] + span[1]))
)
lengths = st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9)), max_size=6)


def tenures_of(gaps: list[tuple[int, int]], *, open_end: bool = False) -> list[Tenure]:
    """One holder after another: so many days without one, then so many with."""
    made, day = [], FIRST
    for gap, length in gaps:
        first = day + timedelta(gap)
        day = first + timedelta(length)
        made.append(Tenure(valid_from=first, valid_to=day - timedelta(1)))
    if made and open_end:
        made[-1].valid_to = None
    return made


tenures = st.tuples(lengths, st.booleans()).map(lambda drawn: tenures_of(drawn[0], open_end=drawn[1]))


def naming_of(span: tuple[date, date | None], hours: Decimal | None, **holder: int) -> Naming:
    said = {"role": "counterpart", "theme": "ict", "valid_from": span[0], "valid_to": span[1]}
    return Naming(party=Party(slug="luhanka"), hours_per_week=hours, **said, **holder)


def holds(facts: list[dict[str, str]], day: date) -> int:
    """How many facts hold on a day, as the agreement's engine reads them."""
    return sum(
        date.fromisoformat(fact["from"]) <= day and ("to" not in fact or day <= date.fromisoformat(fact["to"]))
        for fact in facts
    )


@settings(deadline=None)
@given(spans, tenures, HOURS)
def test_a_post_proves_its_naming_on_the_days_when_both_hold(
    span: tuple[date, date | None], tenures: list[Tenure], hours: Decimal | None
):
    naming = naming_of(span, hours, post_id=1)
    proved = facts_of(naming, tenures)
    for day in (FIRST + timedelta(number) for number in range(-2, 3 * DAYS)):
        held = any(tenure.holds(day) for tenure in tenures)
        assert holds(proved, day) == (naming.holds(day) and held), day
    assert all(fact.get("hours_per_week") == (None if hours is None else float(hours)) for fact in proved)
    assert proved == facts_of(naming, tenures[::-1])


@settings(deadline=None)
@given(spans, tenures, HOURS)
def test_a_person_proves_their_naming_on_its_days(
    span: tuple[date, date | None], tenures: list[Tenure], hours: Decimal | None
):
    naming = naming_of(span, hours, person_id=1)
    proved = facts_of(naming, tenures)
    for day in (FIRST + timedelta(number) for number in range(-2, 3 * DAYS)):
        assert holds(proved, day) == naming.holds(day), day
