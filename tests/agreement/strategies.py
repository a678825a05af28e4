"""Facts and days of all kinds, so that hypothesis may try to break the laws of DESIGN §3.2."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

# Few of each, so that facts meet one another.
PARTIES = st.sampled_from(["jyvaskyla", "luhanka", "multia", "keski-suomen-hyvinvointialue", "keski-suomen-liitto"])
BODIES = st.sampled_from(["foorumi", "kuntakokous", "ksturva", "ict", "hyte", "kuntajohtajakokous"])
GROUPS = st.sampled_from(["ict", "hyte"])
THEMES = st.sampled_from(["ict", "hyte", "tkki"])
YEARS = st.sampled_from(["2022", "2023", "2024", "2025", "2026"])
MEETINGS = st.sampled_from(["2022-11-02", "2023-05-10", "2024-05-14", "2024-06-04", "2025-09-01", "2026-02-02"])
DAYS = st.one_of(MEETINGS.map(dt.date.fromisoformat), st.dates(dt.date(2022, 1, 1), dt.date(2026, 12, 31)))
ISO = DAYS.map(dt.date.isoformat)


def _fact(kind: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"fact": st.just(kind), **fields})


def _dated(kind: str, **fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    def ends(given: dict[str, Any]) -> dict[str, Any]:
        length = given.pop("days")
        if length is not None:
            given["to"] = (dt.date.fromisoformat(given["from"]) + dt.timedelta(days=length)).isoformat()
        return given

    days = st.one_of(st.none(), st.integers(0, 800))
    return _fact(kind, **{**fields, "from": ISO, "days": days}).map(ends)


_OFFICES = st.lists(st.sampled_from(["chair", "vice-chair", "secretary"]), min_size=1, max_size=3, unique=True)
_PREPARERS = st.lists(st.sampled_from(["kuntajohtajakokous", "keski-suomen-hyvinvointialue"]), min_size=1, unique=True)

LASTING = [
    _fact("meeting-held", body=BODIES, on=MEETINGS),
    _fact("agenda-issued", body=st.just("kuntakokous"), meeting=MEETINGS, on=ISO, prepared_by=_PREPARERS),
    _fact("item-handled", body=st.just("kuntakokous"), meeting=MEETINGS, on=MEETINGS, topic=st.just("goal-review")),
    _fact("picture-approved", body=st.just("foorumi"), on=ISO),
    _fact("acceptance-given", party=PARTIES, subject=GROUPS, on=ISO),
    _fact("body-appointed", body=GROUPS, on=ISO),
    _dated("member-named", party=PARTIES, body=BODIES, role=st.sampled_from(["member", "deputy", "attendee"])),
    _fact("officers-elected", body=GROUPS, meeting=MEETINGS, on=MEETINGS, offices=_OFFICES),
    _fact("plan-adopted", body=GROUPS, plan=st.sampled_from(["action-plan", "rules"]), on=ISO),
    _dated("counterpart-named", party=PARTIES, theme=THEMES, hours_per_week=st.integers(0, 3)),
    _dated("coordinator-named", party=PARTIES, theme=THEMES),
    _fact("contribution-delivered", party=PARTIES, period=YEARS, on=ISO),
    _dated("document-current", party=PARTIES, document=st.just("welfare-report-and-plan")),
    _fact("report-presented", party=PARTIES, report=st.just("welfare"), period=YEARS, on=ISO),
    _fact("negotiation-held", negotiation=st.sampled_from(["term", "welfare"]), on=ISO),
    _fact("release-published", body=BODIES, meeting=MEETINGS, on=ISO),
    _fact("release-shared", party=PARTIES, release=st.just("kuntakokous@2024-05-14"), on=ISO),
    _fact("evaluation-made", on=ISO),
    _fact("decision-made", party=PARTIES, subject=st.just("renewal"), on=ISO),
    _fact("signed", party=PARTIES, on=ISO),
    _fact("body-formed", body=st.just("liikenne"), level=st.just(4), theme=st.just("ict"), name=st.just("x"), on=ISO),
    _fact("party-status", party=PARTIES, status=st.sampled_from(["left", "merged"]), on=ISO),
]
"""What never makes undone what was done."""

ALL = [
    *LASTING,
    _fact("waived", duty=st.sampled_from(["vastinparit", "kuntakokous-koolle", "jatkaminen"]), on=ISO),
    _fact("waived", duty=st.sampled_from(["vastinparit", "tietopohja"]), party=PARTIES, on=ISO),
    _fact("reading-set", reading=st.just("vastinparien-teemat"), choice=st.just("joka-teema"), on=ISO),
    _fact("party-status", party=PARTIES, status=st.just("joined"), on=ISO),
]


def _recorded(given: tuple[dict[str, Any], str | None]) -> dict[str, Any]:
    made, recorded = given
    return made if recorded is None else {**made, "recorded": recorded}


def _numbered(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**one, "id": f"f{number}"} for number, one in enumerate(made)]


def facts(of: list[st.SearchStrategy[dict[str, Any]]]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Lists of facts with ids, some recorded on a day of their own."""
    one = st.tuples(st.one_of(of), st.one_of(st.none(), ISO)).map(_recorded)
    return st.lists(one, max_size=25).map(_numbered)


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Facts of every kind, some of them withdrawn."""
    made = draw(facts(ALL))
    taken_back = draw(st.lists(st.sampled_from(made), unique_by=lambda one: one["id"], max_size=5)) if made else []
    return [*made, *({"fact": "withdrawn", "of": one["id"], "on": draw(ISO)} for one in taken_back)]
