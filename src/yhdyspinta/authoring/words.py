"""What proposals, deeds and notes are called in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.proposing import Proposal
from yhdyspinta.agreement.reader import Finding
from yhdyspinta.agreement.validation import LACKS
from yhdyspinta.agreement.words import LANGUAGES
from yhdyspinta.authoring.forms import choices as c
from yhdyspinta.authoring.forms.choices import Writing, name_of
from yhdyspinta.authoring.forms.fields import EdgeField
from yhdyspinta.authoring.forms.kinds import KINDS
from yhdyspinta.authoring.reading import NOTES
from yhdyspinta.authoring.rules import RULES
from yhdyspinta.journal import wording
from yhdyspinta.journal.saying import in_words

PROPOSAL_KINDS: Mapping[str, str | Promise] = {
    "title": gettext_lazy("Title and name"),
    "days": gettext_lazy("Validity"),
    "parties": gettext_lazy("Parties"),
    "level": gettext_lazy("Levels"),
    "terms": gettext_lazy("Council terms"),
    "body": gettext_lazy("Bodies"),
    "theme": gettext_lazy("Themes"),
    "duty": gettext_lazy("Commitments"),
    "right": gettext_lazy("Rights"),
    "rule": gettext_lazy("Rules"),
    "goal": gettext_lazy("Goals"),
    "law": gettext_lazy("Statutes"),
}
"""Kinds of proposals, in the order in which they are best decided: what others name comes first."""

DEEDS: Mapping[str, str | Promise] = {
    "begin": gettext_lazy("began the draft"),
    "bring-text": gettext_lazy("brought the text in"),
    "edit-clause": gettext_lazy("changed a clause"),
    "add-clause": gettext_lazy("added a clause"),
    "split-clause": gettext_lazy("split a clause"),
    "join-clause": gettext_lazy("joined a clause to the one before"),
    "move-clause": gettext_lazy("moved a clause"),
    "remove-clause": gettext_lazy("took a clause away"),
    "edit-block": gettext_lazy("changed"),
    "add-block": gettext_lazy("added"),
    "remove-block": gettext_lazy("took away"),
    "edit-front": gettext_lazy("changed the basic information"),
    "add-parties": gettext_lazy("added parties from the classification"),
    "confirm": gettext_lazy("confirmed a proposal"),
    "bring-back": gettext_lazy("brought edited files back"),
    "add-language": gettext_lazy("added a language"),
    "add-annex": gettext_lazy("added an annexed plan"),
    "take-back": gettext_lazy("took back the change"),
}

ROLES: Mapping[str, str | Promise] = {
    "bearer": pgettext_lazy("role of words", "who"),
    "verb": pgettext_lazy("role of words", "binds"),
    "cadence": pgettext_lazy("role of words", "how often"),
    "day": pgettext_lazy("role of words", "when"),
    "body": pgettext_lazy("role of words", "body"),
    "object": pgettext_lazy("role of words", "what"),
    "theme": pgettext_lazy("role of words", "theme"),
    "level": pgettext_lazy("role of words", "level"),
    "name": pgettext_lazy("role of words", "name"),
    "code": pgettext_lazy("role of words", "business id"),
    "address": pgettext_lazy("role of words", "address"),
}

FIELDS: Mapping[str, str | Promise] = {
    "name": gettext_lazy("name"),
    "official-name": gettext_lazy("official name"),
    "genitive": gettext_lazy("genitive"),
    "local": gettext_lazy("local case"),
    "business-id": gettext_lazy("business id"),
    "address": gettext_lazy("postal address"),
    "kind": gettext_lazy("kind"),
    "form": gettext_lazy("kunta or kaupunki"),
    "bearer": gettext_lazy("who"),
    "object": gettext_lazy("for"),
    "per": gettext_lazy("how often"),
    "count": gettext_lazy("how many times"),
    "term": gettext_lazy("council term"),
    "window": gettext_lazy("when"),
    "deadline": gettext_lazy("deadline"),
    "frequency": gettext_lazy("how often"),
    "evidence": gettext_lazy("what shows it"),
    "basis": gettext_lazy("rests on"),
    "level": gettext_lazy("level"),
    "levels": gettext_lazy("levels"),
    "number": gettext_lazy("number"),
    "section": gettext_lazy("section"),
    "convened-by": gettext_lazy("convened by"),
    "agenda-by": gettext_lazy("agenda prepared by"),
    "from": gettext_lazy("from"),
    "to": gettext_lazy("until"),
    "title": gettext_lazy("title"),
    "instrument": gettext_lazy("what it is called"),
    "pays": gettext_lazy("who pays"),
    "parts": gettext_lazy("parts"),
    "municipality-code": gettext_lazy("municipality code"),
    "county-code": gettext_lazy("code of the wellbeing services county"),
    "region-code": gettext_lazy("code of the region"),
    "unspecified": gettext_lazy("not specified"),
    "verbatim": gettext_lazy("as cited"),
    "periods": gettext_lazy("periods"),
    "of": gettext_lazy("whose council terms"),
    "reading": gettext_lazy("how it is read"),
    "short-name": gettext_lazy("short name"),
    "short-title": gettext_lazy("short title"),
    "choices": gettext_lazy("ways to read it"),
    "question": gettext_lazy("the open question"),
    "assumed": gettext_lazy("what is assumed"),
    "seats": gettext_lazy("seats"),
    "group": gettext_lazy("its group"),
    "law": gettext_lazy("statutes"),
    "part-of": gettext_lazy("part of"),
    "rotation": gettext_lazy("convenors in turn"),
    "convenor-office": gettext_lazy("office that convenes"),
    "summary": gettext_lazy("what it is about"),
    "id": gettext_lazy("id"),
}
_UNSAID = frozenset({"id", "name", "genitive", "local", "basis"})


def proposal_kind(kind: str) -> str:
    """Return what a kind of proposal is called."""
    return str(PROPOSAL_KINDS.get(kind, kind))


def proposal_name(proposal: Proposal) -> str:
    """Return what a proposal is about."""
    if proposal.kind == "days":
        return _("In force")
    if proposal.kind == "title":
        return _("Title and name")
    return name_of(proposal.data) or str(proposal.data.get("id") or proposal_kind(proposal.kind))


def rule(code: str) -> str:
    """Return why something is proposed, in words."""
    return str(RULES.get(code, ""))


def field(key: str) -> str:
    """Return what a key of a block is called."""
    return str(FIELDS.get(key, key))


def role(code: str) -> str:
    """Return what some words were read as."""
    return str(ROLES.get(code, code))


def deed(code: str) -> str:
    """Return what was done to a draft."""
    return str(DEEDS.get(code, code))


def note(code: str) -> str:
    """Return what was left out when a text was read."""
    return str(NOTES.get(code, code))


def finding(found: Finding) -> str:
    """Return a finding in the language of the page: what is wrong, and the mend where it says more."""
    if found.where and getattr(found.message, "template", "") == LACKS:
        return _("This is still missing.")
    message, mend = in_words(found.message), found.mend
    if str(mend).startswith("mend it"):
        return message
    return _("%(message)s: %(mend)s") % {"message": message, "mend": in_words(mend)}


TO_LOOK_AT: Mapping[str, str | Promise] = {
    "title": gettext_lazy("The title is made of what was there: say it as it is to be."),
    "instrument": gettext_lazy("Say what the agreement is called."),
    "levels": gettext_lazy("Say the levels of cooperation."),
    "parties": gettext_lazy("Say who the parties are."),
    "business-ids": gettext_lazy("The classification has no business ids: write them in where you want them shown."),
    "terms": gettext_lazy("Look at the council terms: %(about)s."),
    "window": gettext_lazy("The days lie in the old agreement’s time and were left out. Set the days of: %(about)s."),
    "party-left": gettext_lazy("No longer a party, and left out: %(about)s."),
    "left-party-named": gettext_lazy("It names a party that has left: %(about)s."),
    "reading-decided": gettext_lazy("The parties have decided how it is read, and so it is read here: %(about)s."),
    "reading-unwritten": gettext_lazy("The parties decided otherwise than any of its choices: %(about)s."),
    "passages": gettext_lazy("The official passages were those of the old text, and were left out."),
    "days-in-text": gettext_lazy("The text speaks of days of the old agreement: %(about)s."),
}


def to_look_at(code: str, about: str, manuscript: Manuscript) -> str:
    """Return what a person has to look at in a draft that began from something else."""
    return str(TO_LOOK_AT.get(code, code)) % {"about": _called(about, manuscript)}


def _called(id: str, manuscript: Manuscript) -> str:
    for kind in KINDS:
        if (data := manuscript.things(kind).get(id)) is not None:
            return name_of(data) or id
    return next((section.title for section in manuscript.sections if section.id == id), id)


def said_of(proposal: Proposal, manuscript: Manuscript, others: Iterable[Proposal] = ()) -> list[tuple[str, str]]:
    """Return what a proposal says, in words: label and value; what stands beside it as its name is left out.

    What it names and the draft does not have yet is called as the ``others`` that are proposed call it.
    """
    writing = Writing(manuscript)
    named = (each for each in others if each.kind in {"parties", "body", "theme"})
    known = {str(each.data.get("id")): name_of(each.data) for each in named if name_of(each.data)}
    known |= dict((*writing.actors(), *c.bearers(), *c.cadences(), *c.duty_kinds(), *c.party_kinds()))
    known |= {"each group": _("each group"), "each theme": _("each theme")}
    found = [
        (field(key), _value(key, value, known))
        for key, value in proposal.data.items()
        if key not in _UNSAID and value not in (None, "", [], {})
    ]
    if basis := proposal.data.get("basis"):
        found.append((field("basis"), wording.basis(str(basis))))
    return found


def _value(key: str, value: Any, known: Mapping[str, str]) -> str:
    """Return a value of a block in words."""
    if isinstance(value, dt.date):
        return wording.day(value)
    if isinstance(value, Mapping):
        return _mapping(key, value, known)
    if isinstance(value, list | tuple):
        return wording.listed(_value("", each, known) for each in value)
    said = str(value)
    if key == "unspecified":
        return wording.left_open(said)
    if said.startswith("meeting of "):
        return _("for each meeting of %(body)s") % {"body": _value("", said.removeprefix("meeting of "), known)}
    return known.get(said, said)


def _mapping(key: str, value: Mapping[str, Any], known: Mapping[str, str]) -> str:
    if key == "evidence":
        return wording.listed(str(wording.FACT_KINDS.get(kind, kind)) for kind in value)
    if key == "window":
        edges = EdgeField()
        said = [str(edges.prepare_value(value.get(edge)) or "") for edge in ("from", "to")]
        return said[0] if said[0] == said[1] else "–".join(said)
    if value.keys() <= set(LANGUAGES):
        return name_of({"name": value})
    return name_of(value) if "name" in value else wording.listed(_value("", each, known) for each in value.values())
