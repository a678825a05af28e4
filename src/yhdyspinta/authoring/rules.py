"""Why something was proposed, by the code of the rule that found it: shown beside each proposal."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULES: Mapping[str, str | Promise] = {
    # Parties, days, title
    "party-list": _("The name stands in the list of the parties."),
    "signature": _("The name stands among the signatures."),
    "named-in-text": _("The sentence names it among those who agree."),
    "business-id-beside-name": _("It is in no classification, but a business id stands beside its name."),
    "bad-check-digit": _("The check digit of the business id does not match: compare it with the original."),
    "same-business-id": _("The same business id stands beside another party too: one of them is wrong."),
    "in-force": _("The sentence says from when to when the agreement is in force."),
    "until-further-notice": _("The sentence says that the agreement is in force until further notice."),
    "title": _("It is the title of the text."),
    # Levels, bodies, themes, laws, goals, terms
    "level-heading": _("A heading names the level."),
    "named-body": _("The word names a body, and the sentences speak of it as one."),
    "theme-list": _("The sentence lists what groups or networks work on."),
    "theme-item": _("It stands in a list of what groups or networks work on."),
    "law-cited": _("The text cites the statute."),
    "goal-sentence": _("The sentence says what the cooperation is for."),
    "goal-item": _("It stands in a list of goals."),
    "council-term": _("Something is said of each council term."),
    # Meetings
    "meets": _("The sentence says how often the body meets."),
    "invites": _("The sentence says who calls the body together."),
    "convenor-named": _("The sentence names the convenor of the body."),
    "holds-meetings": _("The sentence says that meetings are held."),
    "monitoring-meeting": _("The sentence says when the monitoring meeting is held."),
    "agenda": _("The sentence says who prepares the agenda."),
    "minutes": _("The sentence says who approves or keeps the minutes."),
    "officers": _("The sentence says that the body elects its officers."),
    "uses-online-meetings": _("The sentence speaks of online meetings."),
    # Groups and representatives
    "accepted-groups": _("Groups that are appointed have been accepted by the parties first."),
    "accepts-groups": _("The sentence says who accepts the groups."),
    "appoints": _("The sentence says who appoints."),
    "names-members": _("The sentence says who names representatives."),
    "is-represented": _("The sentence says that the parties are represented."),
    "takes-part": _("The sentence says who takes part."),
    "may-be-present": _("The sentence gives a right to be present or to speak."),
    "adopts-plan": _("The sentence says that a plan or rules are drawn up."),
    # What parties do
    "commits": _("Somebody commits to something in the sentence."),
    "contributes": _("The sentence says that the parties deliver their part."),
    "counterparts": _("The sentence says that the parties have counterparts."),
    "coordinators": _("The sentence says that there is coordinating staff."),
    "picture": _("The sentence says that a shared situational picture is formed."),
    "negotiates": _("The sentence says who negotiates."),
    "reports": _("The sentence says who reports."),
    "welfare-report": _("The sentence speaks of the welfare report and plan."),
    "prepares": _("The sentence says who prepares."),
    "sees-to": _("The sentence says who sees to something."),
    "steers": _("The sentence says who leads or steers."),
    "reviews": _("The sentence says who reviews something."),
    # Communications
    "releases": _("The sentence says who publishes a release."),
    "communicates": _("The sentence says who is responsible for communications."),
    "tells-of-meetings": _("The sentence says who tells of the meetings."),
    "tells-residents": _("The sentence says who tells the residents."),
    "shares-releases": _("The sentence says that releases are shared."),
    "informs": _("The sentence says who informs whom."),
    # The agreement's own life
    "monitors-goals": _("The sentence says who follows how the goals are reached."),
    "monitors-cooperation": _("The sentence says that the cooperation is followed."),
    "goes-through": _("The sentence says that something is gone through."),
    "goes-through-goals": _("The sentence says that the goals are gone through."),
    "evaluates-agreement": _("The sentence says when the agreement is evaluated."),
    "decides-on-renewal": _("The sentence says when continuing is decided on."),
    "signs": _("The sentence says who signs."),
    "signatures-heading": _("A heading of the text is for the signatures."),
}
