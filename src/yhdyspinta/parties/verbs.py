"""What the verbs of the journal are called in words, for those who look at what was done in their name."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: Mapping[str, str | Promise] = {
    "accept-invitation": _("accepted an invitation"),
    "add-person": _("added a person"),
    "add-post": _("added a post"),
    "answer-request": _("answered a request for correction"),
    "appoint-party-administrator": _("appointed an administrator of a party"),
    "ask-for-correction": _("asked for a correction"),
    "ask-to-confirm": _("asked whether details are right"),
    "attach-official-text": _("attached the official text"),
    "begin-draft": _("began a draft"),
    "begin-tenure": _("began in a post"),
    "bring-in-history": _("brought in a history"),
    "bring-in-people": _("brought in people and posts"),
    "cancel-invitation": _("cancelled an invitation"),
    "close-account": _("closed an account"),
    "confirm-person": _("confirmed that details are right"),
    "correct-record": _("corrected a record"),
    "create-account": _("made an account"),
    "discard-draft": _("threw a draft away"),
    "discontinue-post": _("discontinued a post"),
    "end-coordinator": _("ended a coordinator's task"),
    "end-counterpart": _("ended a counterpart's task"),
    "end-party-administrator": _("ended an administrator's task"),
    "end-tenure": _("ended a time in a post"),
    "erase-details": _("erased personal data from the journal"),
    "erase-person": _("erased a person"),
    "follow-posts": _("let what follows a post follow it"),
    "forget-contacts": _("forgot old contact data"),
    "import-facts": _("brought in facts"),
    "invite": _("invited somebody"),
    "let-into-draft": _("let somebody write on a draft"),
    "let-out-of-draft": _("let somebody write on a draft no longer"),
    "link-account": _("joined an account to a person"),
    "load-draft": _("loaded a draft"),
    "load-text": _("loaded a text of the agreement"),
    "merge-people": _("merged two records of one person"),
    "name-coordinator": _("named a coordinator"),
    "name-counterpart": _("named a counterpart"),
    "record": _("recorded something done"),
    "record-done": _("recorded something done"),
    "report-mistake": _("told of a mistake in details"),
    "set-publicity": _("set what the public sees"),
    "set-records-from": _("set from when there are records"),
    "settle-organisations": _("brought organisations into line with the text"),
    "settle-parties": _("brought parties into line with the text"),
    "update-account": _("changed an account's details"),
    "update-organisation": _("changed an organisation's details"),
    "update-person": _("changed a person's details"),
    "update-post": _("changed a post's details"),
    "update-tenure": _("changed the decision behind a time in a post"),
    "withdraw-coordinator": _("withdrew a coordinator's naming"),
    "withdraw-counterpart": _("withdrew a counterpart's naming"),
    "withdraw-record": _("withdrew a record"),
    "withdraw-remark": _("withdrew a remark"),
    "write-remark": _("wrote a remark"),
}
"""Every verb that a room enters; a test looks for them in the rooms' code."""


def verb_in_words(verb: str) -> str:
    """Return a verb in words of the page's language; one of an older release as the journal has it."""
    return str(VERBS.get(verb, verb))
