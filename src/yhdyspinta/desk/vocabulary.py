"""The words for what the agreement's data names by ids: states, bases, kinds, posts (DESIGN §7, DOMAIN §5.9)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, pgettext

from yhdyspinta.journal.wording import by_language


def state(name_: str, *, right: bool = False) -> str:
    """Return a state's word as DESIGN §7 has it. An unused right is available, and no breach."""
    if right:
        return _right_states().get(name_) or _states()[name_]
    return _states()[name_]


@by_language
def _states() -> Mapping[str, str]:
    return {
        "scheduled": gettext("Upcoming"),
        "open": gettext("Open"),
        "fulfilled": gettext("Done"),
        "fulfilled-late": gettext("Done later"),
        "overdue": gettext("Date passed, nothing recorded"),
        "kept": gettext("In place"),
        "lacking": gettext("To be completed"),
        "no-record": gettext("No records from this time"),
        "unmeasured": gettext("No measure in the agreement"),
        "waived": gettext("Set aside by agreement"),
        "ended": gettext("Ended"),
    }


@by_language
def _right_states() -> Mapping[str, str]:
    return {"kept": pgettext("right", "In use"), "lacking": pgettext("right", "Available")}


@by_language
def _done_words() -> Mapping[str, str]:
    return {
        "member-named": pgettext("count", "named"),
        "counterpart-named": pgettext("count", "named"),
        "coordinator-named": pgettext("count", "named"),
        "body-appointed": pgettext("count", "appointed"),
        "acceptance-given": pgettext("count", "accepted"),
        "signed": pgettext("count", "signed"),
        "decision-made": pgettext("count", "decided"),
        "contribution-delivered": pgettext("count", "delivered"),
        "release-published": pgettext("count", "published"),
        "release-shared": pgettext("count", "shared"),
        "report-presented": pgettext("count", "presented"),
        "document-current": pgettext("count", "in force"),
        "plan-adopted": pgettext("count", "adopted"),
        "officers-elected": pgettext("count", "elected"),
        "meeting-held": pgettext("count", "met"),
    }


@by_language
def _doers_words() -> Mapping[str, str]:
    return {
        "member-named": pgettext("count of those who", "have named"),
        "counterpart-named": pgettext("count of those who", "have named"),
        "coordinator-named": pgettext("count of those who", "have named"),
        "acceptance-given": pgettext("count of those who", "have accepted"),
        "signed": pgettext("count of those who", "have signed"),
        "decision-made": pgettext("count of those who", "have decided"),
        "contribution-delivered": pgettext("count of those who", "have delivered"),
        "release-shared": pgettext("count of those who", "have shared"),
        "report-presented": pgettext("count of those who", "have presented"),
        "plan-adopted": pgettext("count of those who", "have adopted"),
        "officers-elected": pgettext("count of those who", "have elected"),
        "meeting-held": pgettext("count of those who", "have met"),
    }


def done_word(kind: str, *, doers: bool) -> str:
    """Return what was done, as it reads after a count: of doers ``22/24 nimennyt``, of things ``7/10 nimetty``."""
    if doers and kind in _doers_words():
        return _doers_words()[kind]
    return _done_words().get(kind, pgettext("count", "done"))


@by_language
def _payers() -> Mapping[str, str]:
    return {"each party": gettext("each party for its own representatives"), "organiser": gettext("the organiser")}


def payer(who: str) -> str | None:
    """Return who bears a cost, in words; None for a party or body, which has a name of its own."""
    return _payers().get(who)


@by_language
def _costs() -> Mapping[str, str]:
    return {
        "salary": gettext("salary"),
        "fees": gettext("fees"),
        "travel": gettext("travel"),
        "room": gettext("rent of the room"),
        "catering": gettext("catering"),
        "other": gettext("other costs"),
    }


def cost(what: str) -> str:
    """Return a kind of cost."""
    return _costs().get(what, what)


def not_shown() -> str:
    """Return what stands for a state that is not shown beside a party's name."""
    return gettext("not shown to the public by name")


def nothing_due() -> str:
    """Return what stands where nothing has come due yet."""
    return gettext("nothing has come due yet")


def not_concerned() -> str:
    """Return what stands where a duty is not a party's."""
    return gettext("does not concern this party")


def shape(name_: str) -> str:
    """Return the word of a shape: a state's, or that something is partly done."""
    return gettext("partly done") if name_ == "part" else state(name_)


@by_language
def _short_states() -> Mapping[str, str]:
    return {
        "scheduled": pgettext("short state", "upcoming"),
        "open": pgettext("short state", "open"),
        "fulfilled": pgettext("short state", "done"),
        "fulfilled-late": pgettext("short state", "done later"),
        "overdue": pgettext("short state", "date passed"),
        "kept": pgettext("short state", "in place"),
        "lacking": pgettext("short state", "to complete"),
        "no-record": pgettext("short state", "no records"),
        "unmeasured": pgettext("short state", "no measure"),
        "waived": pgettext("short state", "set aside"),
        "ended": pgettext("short state", "ended"),
        "part": pgettext("short state", "partly"),
    }


def short_state(name_: str) -> str:
    """Return a state in one or two words, lower case, for a narrow cell."""
    return _short_states()[name_]
