"""Examples from the framework agreement of Central Finland, clause by clause: each reads as the agreement does."""

from __future__ import annotations

from collections.abc import Callable

from tests.agreement.cases import Case, d, fact
from yhdyspinta.agreement import Charter, as_given

Given = Callable[..., Case]
JKL = "jyvaskyla"
HVA = "keski-suomen-hyvinvointialue"
LIITTO = "keski-suomen-liitto"


# --- C19: Jyväskylä convenes the Municipalities' Meeting at least once a year ---


def test_meeting_held_in_the_year_fulfils_that_year_only(given: Given) -> None:
    case = given(fact("meeting-held", body="kuntakokous", on="2024-05-14"))
    assert case.state("kuntakokous-koolle", "2024-05-13", period="2024") == "open"
    held = case.one("kuntakokous-koolle", "2024-05-14", period="2024")
    assert (held.state, held.bearer, held.since) == ("fulfilled", JKL, d("2024-05-14"))
    assert (held.opens, held.due, held.clause) == (d("2024-01-01"), d("2024-12-31"), "kuntakokous")
    assert [as_given(f) for f in held.evidence] == [{"fact": "meeting-held", "body": "kuntakokous", "on": "2024-05-14"}]
    assert case.state("kuntakokous-koolle", "2024-05-14", period="2023") == "overdue"
    assert case.state("kuntakokous-koolle", "2024-05-14", period="2025") == "scheduled"


def test_missed_year_stays_missed_after_the_end(given: Given) -> None:
    missed = given().one("kuntakokous-koolle", "2026-11-24", period="2025")
    assert (missed.state, missed.since) == ("overdue", d("2026-01-01"))


def test_two_recordings_of_one_meeting_are_one_meeting(given: Given) -> None:
    case = given(
        fact("meeting-held", body="kuntakokous", on="2024-05-14", online=True, recorded="2024-06-01"),
        fact("meeting-held", body="kuntakokous", on="2024-05-14", host=JKL, recorded="2024-05-20"),
    )
    evidence = case.one("kuntakokous-koolle", "2024-12-31", period="2024").evidence
    assert [as_given(f).get("host") for f in evidence] == [JKL]  # the one recorded first
    assert len([o for o in case.on("2024-12-31").occurrences if o.duty == "kuntakokous-asialista"]) == 1


# --- C19: the agenda is prepared by the managers' meeting and the county together ---


def test_agenda_needs_both_preparers_by_the_day_before(given: Given) -> None:
    meeting = fact("meeting-held", body="kuntakokous", on="2024-05-14")
    half = fact(
        "agenda-issued", body="kuntakokous", meeting="2024-05-14", on="2024-05-06", prepared_by=["kuntajohtajakokous"]
    )
    other_half = fact("agenda-issued", body="kuntakokous", meeting="2024-05-14", on="2024-05-13", prepared_by=[HVA])
    both = f"{HVA}+kuntajohtajakokous"
    assert given(meeting, half).state("kuntakokous-asialista", "2024-05-14") == "overdue"
    whole = given(meeting, half, other_half).one("kuntakokous-asialista", "2024-05-14")
    assert (whole.state, whole.since, whole.bearer) == ("fulfilled", d("2024-05-13"), both)
    assert (whole.period, whole.opens, whole.due) == ("kuntakokous@2024-05-14", None, d("2024-05-13"))
    assert len(whole.evidence) == 2
    late = fact(
        "agenda-issued",
        body="kuntakokous",
        meeting="2024-05-14",
        on="2024-05-14",
        prepared_by=[HVA, "kuntajohtajakokous"],
    )
    assert given(meeting, late).state("kuntakokous-asialista", "2024-05-14") == "fulfilled-late"
    assert given(half).on("2024-05-14").counts["overdue"] == given().on("2024-05-14").counts["overdue"]


def test_agenda_of_another_meeting_does_not_count(given: Given) -> None:
    case = given(
        fact("meeting-held", body="kuntakokous", on="2024-05-14"),
        fact(
            "agenda-issued",
            body="kuntakokous",
            meeting="2025-05-14",
            on="2024-05-01",
            prepared_by=[HVA, "kuntajohtajakokous"],
        ),
    )
    assert case.state("kuntakokous-asialista", "2024-05-20") == "overdue"


# --- C34: the monitoring meeting is held in May ---


def test_monitoring_meeting_needs_the_review_in_a_meeting_in_may(given: Given) -> None:
    meeting = fact("meeting-held", body="kuntakokous", on="2024-05-14")
    review = fact("item-handled", body="kuntakokous", meeting="2024-05-14", on="2024-05-14", topic="goal-review")
    assert given(meeting).state("seurantakokous", "2024-06-01", period="2024") == "overdue"
    done = given(meeting, review).one("seurantakokous", "2024-06-01", period="2024")
    assert (done.state, done.opens, done.due, len(done.evidence)) == (
        "fulfilled",
        d("2024-05-01"),
        d("2024-05-31"),
        2,
    )


def test_meeting_in_june_never_cures_the_monitoring_meeting(given: Given) -> None:
    case = given(
        fact("meeting-held", body="kuntakokous", on="2024-06-04"),
        fact("item-handled", body="kuntakokous", meeting="2024-06-04", on="2024-06-04", topic="goal-review"),
    )
    assert case.state("seurantakokous", "2026-01-01", period="2024") == "overdue"
    assert case.state("kuntakokous-seuranta", "2024-06-04", period="2024") == "fulfilled"


def test_review_of_another_meeting_does_not_make_a_monitoring_meeting(given: Given) -> None:
    case = given(
        fact("meeting-held", body="kuntakokous", on="2024-05-14"),
        fact("item-handled", body="kuntakokous", meeting="2024-05-21", on="2024-05-21", topic="goal-review"),
    )
    assert case.state("seurantakokous", "2024-06-01", period="2024") == "overdue"


# --- C11: counterparts with sufficient time ---


def test_counterpart_is_in_place_while_named_with_hours(given: Given) -> None:
    case = given(
        fact("counterpart-named", party="luhanka", theme="ict", from_="2023-03-01", to="2023-06-30", hours_per_week=2),
        fact("counterpart-named", party="luhanka", theme="ict", from_="2023-07-01", to="2023-12-31", hours_per_week=1),
        fact("counterpart-named", party="luhanka", theme="hyte", from_="2023-03-01", hours_per_week=0),
        fact("counterpart-named", party="luhanka", theme="tkki", from_="2023-03-01"),
    )
    which = {"bearer": "luhanka", "object": "ict"}
    kept = case.one("vastinparit", "2023-08-01", **which)
    assert (kept.state, kept.since, kept.due, kept.opens) == ("kept", d("2023-03-01"), None, d("2023-01-01"))
    assert len(kept.evidence) == 1
    assert kept.lacks == [(d("2023-01-01"), d("2023-02-28"))]
    after = case.one("vastinparit", "2024-02-01", **which)
    assert (after.state, after.since) == ("lacking", d("2024-01-01"))
    assert after.lacks == [(d("2023-01-01"), d("2023-02-28")), (d("2024-01-01"), d("2024-02-01"))]
    assert case.state("vastinparit", "2023-08-01", bearer="luhanka", object="hyte") == "lacking"
    assert case.state("vastinparit", "2023-08-01", bearer="luhanka", object="tkki") == "lacking"
    ended = case.one("vastinparit", "2026-02-01", **which)
    assert (ended.state, ended.since) == ("ended", d("2026-01-01"))
    assert ended.lacks[-1] == (d("2024-01-01"), d("2025-12-31"))
    assert case.state("vastinparit", "2022-12-31", **which) == "scheduled"


# --- C24: the county appoints the groups that all parties have accepted ---


def accepted(charter: Charter, day: str, *, but: str = "") -> list[dict[str, object]]:
    return [fact("acceptance-given", party=party, subject="ict", on=day) for party in charter.parties if party != but]


def test_group_is_appointed_only_after_the_last_acceptance(given: Given, keski_suomi: Charter) -> None:
    early = fact("body-appointed", body="ict", on="2023-02-01", by="aluehallitus")
    late = fact("body-appointed", body="ict", on="2023-03-20")
    acceptances = [
        *accepted(keski_suomi, "2023-01-20", but="luhanka"),
        fact("acceptance-given", party="luhanka", subject="ict", on="2023-03-01"),
    ]
    which = {"period": "2021-2025", "object": "ict", "bearer": HVA}
    assert given(early, *acceptances).state("ryhma-nimeaminen", "2024-01-01", **which) == "open"
    done = given(early, late, *acceptances).one("ryhma-nimeaminen", "2024-01-01", **which)
    assert (done.state, done.since, done.due) == ("fulfilled", d("2023-03-20"), None)
    assert [as_given(f)["on"] for f in done.evidence] == ["2023-03-20"]


def test_party_that_left_need_not_accept(given: Given, keski_suomi: Charter) -> None:
    case = given(
        *accepted(keski_suomi, "2023-01-20", but="luhanka"),
        fact("party-status", party="luhanka", status="left", on="2023-02-28"),
        fact("body-appointed", body="ict", on="2023-03-01"),
    )
    which = {"period": "2021-2025", "object": "ict"}
    assert case.state("ryhma-nimeaminen", "2023-03-01", **which) == "fulfilled"
    assert case.state("ryhma-hyvaksynta", "2023-03-01", bearer="luhanka", **which) == "ended"
    on_the_last_day = given(
        *accepted(keski_suomi, "2023-01-20", but="luhanka"),
        fact("party-status", party="luhanka", status="left", on="2023-02-28"),
        fact("body-appointed", body="ict", on="2023-02-28"),
    )
    assert on_the_last_day.state("ryhma-nimeaminen", "2023-03-01", **which) == "open"


def test_acceptance_counts_for_the_council_term_of_its_day(given: Given) -> None:
    case = given(fact("acceptance-given", party="luhanka", subject="ict", on="2022-11-14"))
    which = {"bearer": "luhanka", "object": "ict"}
    assert case.state("ryhma-hyvaksynta", "2023-01-01", period="2021-2025", **which) == "fulfilled"
    later = case.one("ryhma-hyvaksynta", "2025-06-01", period="2025-2029", **which)
    assert (later.state, later.opens, later.due, later.since) == ("open", d("2025-06-01"), None, d("2025-06-01"))
    over = given().one("ryhma-hyvaksynta", "2025-06-01", period="2021-2025", **which)
    assert (over.state, over.since) == ("ended", d("2025-06-01"))
    at_the_end = given().one("ryhma-hyvaksynta", "2026-06-01", period="2025-2029", **which)
    assert (at_the_end.state, at_the_end.since) == ("ended", d("2026-01-01"))


# --- C25–C27: groups ---


def test_only_a_municipality_or_the_council_is_a_representative(given: Given) -> None:
    def member(party: str) -> dict[str, object]:
        return fact("member-named", party=party, body="ict", role="member", from_="2023-02-01")

    which = {"period": "2021-2025", "object": "ict"}
    assert given(member(HVA)).state("ryhma-edustajat", "2023-03-01", **which) == "open"
    assert given(member(LIITTO)).state("ryhma-edustajat", "2023-03-01", **which) == "fulfilled"
    assert given(member("multia")).state("ryhma-edustajat", "2023-03-01", **which) == "fulfilled"


def test_officers_are_elected_in_the_first_meeting_or_never(given: Given) -> None:
    first = fact("meeting-held", body="ict", on="2023-03-01")
    second = fact("meeting-held", body="ict", on="2023-05-01")
    new_term = fact("meeting-held", body="ict", on="2025-09-01")

    def elected(meeting: str, *offices: str) -> dict[str, object]:
        return fact("officers-elected", body="ict", meeting=meeting, on=meeting, offices=list(offices))

    all_three = ("chair", "vice-chair", "secretary")
    case = given(first, second, elected("2023-05-01", *all_three))
    missed = case.one("ryhma-puheenjohtajisto", "2023-06-01", bearer="ict")
    assert (missed.state, missed.period, missed.opens, missed.due) == (
        "overdue",
        "ict@2023-03-01",
        d("2023-03-01"),
        d("2023-03-01"),
    )
    assert given(first, elected("2023-03-01", "chair", "secretary")).state("ryhma-puheenjohtajisto", "2023-03-02") == (
        "overdue"
    )
    assert given(first, elected("2023-03-01", *all_three)).state("ryhma-puheenjohtajisto", "2023-03-02") == "fulfilled"
    both_terms = given(first, second, new_term, elected("2025-09-01", *all_three))
    assert both_terms.state("ryhma-puheenjohtajisto", "2025-09-01", period="ict@2025-09-01") == "fulfilled"
    assert both_terms.state("ryhma-puheenjohtajisto", "2025-09-01", period="ict@2023-03-01") == "overdue"


def test_group_formed_later_is_a_group_from_that_day(given: Given) -> None:
    formed = fact("body-formed", body="liikenne", level=4, theme="maankaytto", name="liikenneryhmä", on="2024-03-01")
    plan = fact("plan-adopted", body="liikenne", plan="rules", on="2024-04-01")
    case = given(plan, formed)
    assert case.state("ryhma-saannot", "2024-04-01", bearer="liikenne", period="2021-2025") == "fulfilled"
    assert not [o for o in case.on("2024-02-29").occurrences if "liikenne" in (o.bearer, o.object)]
    assert case.state("ryhma-hyvaksynta", "2024-04-01", bearer="multia", object="liikenne", period="2021-2025") == (
        "open"
    )


# --- C10, C13, C6: what each party owes each year or term ---


def test_contribution_for_a_period_counts_whatever_its_day(given: Given) -> None:
    late = fact("contribution-delivered", party="multia", period="2023", on="2024-02-01")
    case = given(late)
    assert case.state("tietopohja", "2024-01-15", bearer="multia", period="2023") == "overdue"
    done = case.one("tietopohja", "2024-02-01", bearer="multia", period="2023")
    assert (done.state, done.since) == ("fulfilled-late", d("2024-02-01"))
    assert case.state("tietopohja", "2024-02-01", bearer="multia", period="2024") == "open"


def test_contribution_before_its_year_does_not_count(given: Given) -> None:
    case = given(fact("contribution-delivered", party="multia", period="2024", on="2023-12-20"))
    assert case.state("tietopohja", "2024-02-01", bearer="multia", period="2024") == "open"


def test_late_mending_after_the_end_counts_where_the_deadline_was_within(given: Given) -> None:
    case = given(fact("contribution-delivered", party="multia", period="2025", on="2026-02-01"))
    assert case.state("tietopohja", "2026-02-01", bearer="multia", period="2025") == "fulfilled-late"


def test_welfare_report_follows_each_ones_own_term(given: Given) -> None:
    case = given(
        fact("document-current", party="multia", document="welfare-report-and-plan", from_="2022-02-01"),
        fact("document-current", party=HVA, document="welfare-report-and-plan", from_="2024-05-14"),
    )
    assert case.state("hyvinvointikertomus", "2024-06-01", bearer="multia", period="2021-2025") == "fulfilled"
    assert case.state("hyvinvointikertomus", "2024-06-01", bearer=HVA, period="2022-2025") == "fulfilled"
    assert not [o for o in case.on("2024-06-01").occurrences if (o.duty, o.bearer) == ("hyvinvointikertomus", LIITTO)]


def test_each_statutory_negotiation_has_its_own_evidence(given: Given) -> None:
    case = given(fact("negotiation-held", negotiation="welfare", on="2024-10-01", parties=["multia"]))
    assert case.state("neuvottelu-hyte", "2024-12-31", period="2024") == "fulfilled"
    assert case.state("neuvottelu-kausi", "2024-12-31", period="2022-2025") == "open"


# --- C32, C33: communications ---


def test_meeting_asks_for_a_release_from_its_convenors(given: Given) -> None:
    case = given(
        fact("meeting-held", body="foorumi", on="2023-10-10"),
        fact("meeting-held", body="ksturva", on="2023-11-10"),
        fact("release-published", body="foorumi", meeting="2023-10-10", on="2023-10-11", by="multia"),
    )
    done = case.one("viestinta-kokous", "2023-12-01", period="foorumi@2023-10-10")
    assert (done.state, done.bearer, done.opens, done.due) == (
        "fulfilled",
        f"{HVA}+{LIITTO}",
        d("2023-10-10"),
        None,
    )
    assert case.one("viestinta-kokous", "2023-12-01", period="ksturva@2023-11-10").bearer == LIITTO
    ended = case.one("viestinta-kokous", "2026-01-15", period="ksturva@2023-11-10")
    assert (ended.state, ended.since) == ("ended", d("2026-01-01"))


def test_release_is_to_be_shared_by_each_party_from_its_first_day(given: Given) -> None:
    case = given(
        fact("release-published", body="kuntakokous", meeting="2024-05-14", on="2024-05-20"),
        fact("release-published", body="kuntakokous", meeting="2024-05-14", on="2024-05-15"),
        fact("release-shared", party="multia", release="kuntakokous@2024-05-14", on="2024-05-16"),
    )
    shared = case.one("viestinta-jako", "2024-06-01", bearer="multia")
    assert (shared.state, shared.period, shared.opens) == ("fulfilled", "kuntakokous@2024-05-14", d("2024-05-15"))
    assert case.state("viestinta-jako", "2024-06-01", bearer="luhanka") == "open"
    assert not [o for o in case.on("2024-05-14").occurrences if o.duty == "viestinta-jako"]


# --- C35–C38: the agreement's own life ---


def test_evaluation_is_everyones_by_the_end_of_may(given: Given) -> None:
    assert given().one("arviointi", "2024-12-31").state == "scheduled"
    assert given().state("arviointi", "2025-03-01") == "open"
    late = given(fact("evaluation-made", on="2025-06-10")).one("arviointi", "2025-06-10")
    assert (late.state, late.bearer, late.period, late.due) == ("fulfilled-late", "all", "agreement", d("2025-05-31"))
    assert given(fact("evaluation-made", on="2024-12-31")).state("arviointi", "2025-06-10") == "overdue"


def test_renewal_is_decided_by_each_party_whatever_it_decides(given: Given) -> None:
    case = given(fact("decision-made", party="multia", subject="renewal", on="2025-11-10", outcome="rejected"))
    assert case.state("jatkaminen", "2025-12-01", bearer="multia") == "fulfilled"
    assert case.state("jatkaminen", "2026-01-01", bearer="luhanka") == "overdue"
    late = given(fact("decision-made", party="luhanka", subject="renewal", on="2026-03-16"))
    assert late.state("jatkaminen", "2026-03-16", bearer="luhanka") == "fulfilled-late"


def test_signing_has_no_window_and_may_come_before_the_first_day(given: Given) -> None:
    case = given(fact("signed", party="multia", on="2022-12-01"))
    signed = case.one("allekirjoitus", "2022-12-15", bearer="multia")
    assert (signed.state, signed.opens, signed.due, signed.since) == ("fulfilled", None, None, d("2022-12-01"))
    unsigned = case.one("allekirjoitus", "2022-12-15", bearer="luhanka")
    assert (unsigned.state, unsigned.since) == ("open", None)
    assert case.state("allekirjoitus", "2026-01-01", bearer="luhanka") == "ended"


def test_forum_meets_once_in_each_municipal_term(given: Given) -> None:
    case = given(fact("meeting-held", body="foorumi", on="2024-09-12"))
    held = case.one("foorumi-koolle", "2024-09-12", period="2021-2025")
    assert (held.state, held.bearer, held.opens, held.due) == (
        "fulfilled",
        f"{HVA}+{LIITTO}",
        d("2021-08-01"),
        d("2025-05-31"),
    )
    assert case.state("foorumi-koolle", "2025-05-31", period="2025-2029") == "scheduled"
    assert case.state("foorumi-koolle", "2026-01-01", period="2025-2029") == "ended"
    assert given().state("foorumi-koolle", "2025-06-01", period="2021-2025") == "overdue"


# --- Rights and what cannot be measured ---


def test_right_to_attend_is_judged_like_something_that_holds(given: Given) -> None:
    case = given(
        fact("member-named", party=HVA, body="kuntajohtajakokous", role="attendee", from_="2023-02-01"),
        fact("member-named", party=HVA, body="kansanedustajakokous", role="member", from_="2023-02-01"),
    )
    right = case.one("johtajan-lasnaolo-kuntajohtajat", "2023-03-01")
    assert (right.kind, right.state, right.bearer, right.period) == ("right", "kept", HVA, "agreement")
    assert case.state("johtajan-lasnaolo-kansanedustajat", "2023-03-01") == "lacking"


def test_what_the_text_gives_no_measure_for_is_unmeasured(given: Given) -> None:
    case = given()
    assert case.state("ksturva-koolle", "2022-12-31") == "scheduled"
    assert case.one("ksturva-koolle", "2023-01-01").basis == "unspecified"
    assert case.state("ksturva-koolle", "2025-12-31") == "unmeasured"
    ended = case.one("ksturva-koolle", "2026-01-01")
    assert (ended.state, ended.since, ended.kind) == ("ended", d("2026-01-01"), "unmeasured")
    assert case.state("verkkokokoukset", "2024-01-01", bearer="ict") == "unmeasured"


# --- Records, waivers, withdrawals, the two clocks ---


def test_what_began_before_the_records_is_not_known_to_be_undone(given: Given) -> None:
    case = given(fact("meeting-held", body="kuntakokous", on="2023-05-10"))
    clocks = {"records_from": "2024-06-01"}
    assert case.one("kuntakokous-koolle", "2025-01-01", period="2024", **clocks).state == "no-record"
    assert case.one("kuntakokous-koolle", "2024-07-01", period="2024", **clocks).state == "open"
    assert case.one("kuntakokous-koolle", "2024-05-01", period="2024", **clocks).state == "no-record"
    # Evidence from before the records counts all the same.
    assert case.one("kuntakokous-koolle", "2025-01-01", period="2023", **clocks).state == "fulfilled"
    assert case.one("kuntakokous-koolle", "2026-01-01", period="2025", **clocks).state == "overdue"
    which = {"bearer": "luhanka", "object": "ict"}
    assert case.one("vastinparit", "2024-05-31", **which, **clocks).state == "no-record"
    lacking = case.one("vastinparit", "2024-06-02", **which, **clocks)
    assert (lacking.state, lacking.since) == ("lacking", d("2024-06-01"))
    assert lacking.lacks == [(d("2024-06-01"), d("2024-06-02"))]


def test_waiver_releases_exactly_what_it_names(given: Given) -> None:
    case = given(fact("waived", duty="vastinparit", party="luhanka", object="ict", on="2023-03-01"))
    waived = case.one("vastinparit", "2023-04-01", bearer="luhanka", object="ict")
    assert (waived.state, waived.since) == ("waived", d("2023-03-01"))
    assert waived.lacks == [(d("2023-01-01"), d("2023-02-28"))]
    assert [as_given(f)["fact"] for f in waived.evidence] == ["waived"]
    assert case.state("vastinparit", "2023-02-28", bearer="luhanka", object="ict") == "lacking"
    assert case.state("vastinparit", "2023-04-01", bearer="luhanka", object="hyte") == "lacking"
    assert case.state("vastinparit", "2023-04-01", bearer="multia", object="ict") == "lacking"
    one_year = given(fact("waived", duty="kuntakokous-koolle", period="2023", on="2024-01-10"))
    assert one_year.state("kuntakokous-koolle", "2024-02-01", period="2023") == "waived"
    assert one_year.state("kuntakokous-koolle", "2024-01-09", period="2023") == "overdue"
    assert one_year.state("kuntakokous-koolle", "2024-02-01", period="2024") == "open"


def test_withdrawn_fact_counts_on_no_day_once_that_is_known(given: Given) -> None:
    case = given(
        fact("meeting-held", id="m1", body="kuntakokous", on="2024-05-14"),
        fact("withdrawn", of="m1", on="2024-08-01"),
    )
    assert case.one("kuntakokous-koolle", "2024-06-01", period="2024").state == "open"
    known = case.one("kuntakokous-koolle", "2024-09-01", period="2024", known_at="2024-07-31")
    assert known.state == "fulfilled"
    twin = given(
        fact("meeting-held", id="m1", body="kuntakokous", on="2024-05-14"),
        fact("meeting-held", id="m2", body="kuntakokous", on="2024-05-14", recorded="2024-06-01"),
        fact("withdrawn", of="m1", on="2024-08-01"),
    )
    assert [as_given(f)["id"] for f in twin.one("kuntakokous-koolle", "2024-09-01", period="2024").evidence] == ["m2"]


def test_two_clocks_what_was_true_and_what_was_known(given: Given) -> None:
    case = given(fact("meeting-held", body="kuntakokous", on="2024-05-14", recorded="2025-01-20"))
    assert case.one("kuntakokous-koolle", "2025-01-01", period="2024").state == "fulfilled"
    assert case.one("kuntakokous-koolle", "2025-01-01", period="2024", known_at="2025-01-19").state == "overdue"
    assert case.one("kuntakokous-koolle", "2025-01-01", period="2024", known_at="2025-01-20").state == "fulfilled"


def test_party_that_leaves_is_bound_until_its_last_day(given: Given) -> None:
    case = given(fact("party-status", party="luhanka", status="merged", into="joutsa", on="2024-12-31"))
    assert case.state("vastinparit", "2024-12-31", bearer="luhanka", object="ict") == "lacking"
    ended = case.one("vastinparit", "2025-01-01", bearer="luhanka", object="ict")
    assert (ended.state, ended.since) == ("ended", d("2025-01-01"))
    assert {o.period for o in case.on("2025-06-01").occurrences if (o.duty, o.bearer) == ("tietopohja", "luhanka")} == {
        "2023",
        "2024",
    }
    assert case.state("jatkaminen", "2025-07-01", bearer="luhanka") == "ended"
    # On the day before, nobody knew.
    assert len([o for o in case.on("2024-12-30").occurrences if (o.duty, o.bearer) == ("tietopohja", "luhanka")]) == 3


def test_party_that_joins_is_bound_from_that_day(given: Given) -> None:
    case = given(fact("party-status", party="luhanka", status="joined", on="2024-07-01"))
    lacking = case.one("vastinparit", "2024-08-01", bearer="luhanka", object="ict")
    assert (lacking.opens, lacking.since) == (d("2024-07-01"), d("2024-07-01"))
    assert {o.period for o in case.on("2024-08-01").occurrences if (o.duty, o.bearer) == ("tietopohja", "luhanka")} == {
        "2024",
        "2025",
    }


def test_parties_may_choose_another_reading(given: Given, keski_suomi: Charter) -> None:
    changing = [
        (reading.id, choice)
        for reading in keski_suomi.readings.values()
        for choice in reading.choices
        if "koordinaatio" in choice.changes
    ]
    assert changing, "the need of coordination staff is open in the text, so a choice changes the duty"
    reading, choice = changing[0]
    case = given(fact("reading-set", reading=reading, choice=choice.id, on="2023-06-01"))
    before = [o for o in case.on("2023-05-31").occurrences if o.duty == "koordinaatio"]
    after = [o for o in case.on("2023-06-01").occurrences if o.duty == "koordinaatio"]
    assert (len(before), len(after)) == (24, 240)


def test_party_sees_what_it_bears_alone_jointly_and_with_all(given: Given) -> None:
    mine = given().on("2024-06-01").of_party(HVA)
    bearers = {o.bearer for o in mine.occurrences}
    assert bearers == {HVA, f"{HVA}+{LIITTO}", "all"}
    assert sum(mine.counts.values()) == len(mine.occurrences)


def test_two_readings_of_one_duty_both_change_it(given: Given) -> None:
    case = given(
        fact("reading-set", reading="arvioinnin-tekija", choice="kuntakokous", on="2024-06-01"),
        fact("reading-set", reading="arvioinnin-aika", choice="maalis-toukokuu", on="2024-06-01"),
    )
    evaluation = case.one("arviointi", "2024-06-01")
    assert (evaluation.bearer, evaluation.opens) == ("kuntakokous", d("2025-03-01"))


def test_equal_facts_count_once_however_they_are_written(given: Given) -> None:
    named = {"party": "luhanka", "theme": "ict", "from_": "2023-03-01"}
    case = given(
        fact("counterpart-named", **named, hours_per_week=2, recorded="2023-05-01", reference="toinen"),
        fact("counterpart-named", **named, hours_per_week=2.0, to=None, recorded="2023-04-01", reference="ensin"),
        fact("counterpart-named", **named, hours_per_week=3),
    )
    evidence = case.one("vastinparit", "2023-06-01", bearer="luhanka", object="ict").evidence
    assert [as_given(f).get("reference") for f in evidence] == ["ensin", None]


# --- Edges: first and last days, and what lies outside the agreement ---


def test_naming_holds_on_its_last_day_and_not_after(given: Given) -> None:
    case = given(
        fact("counterpart-named", party="luhanka", theme="ict", from_="2023-03-01", to="2023-06-30", hours_per_week=2)
    )
    which = {"bearer": "luhanka", "object": "ict"}
    assert case.state("vastinparit", "2023-03-01", **which) == "kept"
    assert case.state("vastinparit", "2023-06-30", **which) == "kept"
    lacking = case.one("vastinparit", "2023-07-01", **which)
    assert (lacking.state, lacking.since) == ("lacking", d("2023-07-01"))


def test_release_after_the_end_mends_no_meeting_and_asks_nothing_of_the_parties(given: Given) -> None:
    case = given(
        fact("meeting-held", body="kuntakokous", on="2025-12-10"),
        fact("release-published", body="kuntakokous", meeting="2025-12-10", on="2026-01-05"),
    )
    assert case.state("viestinta-kokous", "2026-01-10", period="kuntakokous@2025-12-10") == "ended"
    assert not [o for o in case.on("2026-01-10").occurrences if o.duty == "viestinta-jako"]


def test_meeting_outside_the_agreement_or_yet_to_come_asks_for_nothing(given: Given) -> None:
    case = given(
        fact("meeting-held", body="kuntakokous", on="2022-12-31"),
        fact("meeting-held", body="kuntakokous", on="2024-05-14"),
        fact("meeting-held", body="kuntakokous", on="2026-01-01"),
    )
    periods = {day: {o.period for o in case.on(day).occurrences if o.duty == "kuntakokous-asialista"}
               for day in ("2024-05-13", "2024-05-14", "2026-02-01")}  # fmt: skip
    assert periods == {
        "2024-05-13": set(),
        "2024-05-14": {"kuntakokous@2024-05-14"},
        "2026-02-01": {"kuntakokous@2024-05-14"},
    }


def test_group_formed_twice_is_a_group_from_the_first_day(given: Given) -> None:
    def formed(day: str) -> dict[str, object]:
        return fact("body-formed", body="liikenne", level=4, theme="maankaytto", name="liikenneryhmä", on=day)

    case = given(formed("2024-06-01"), formed("2024-03-01"))
    assert case.one("verkkokokoukset", "2024-07-01", bearer="liikenne").opens == d("2024-03-01")
