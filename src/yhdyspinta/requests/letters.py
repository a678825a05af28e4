"""From a request and its rows to the words of its documents: the letter, the draft of a decision, the receipt.

Each is in the language of the party that gets it. Nothing here is invented: what the agreement leaves open, such as how
many deputies there are, is asked or left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext, ngettext, override, pgettext

from yhdyspinta.agreement import Charter
from yhdyspinta.agreement.days import HELSINKI
from yhdyspinta.bodies.known import Known
from yhdyspinta.bodies.models import Seat
from yhdyspinta.bodies.queries import World
from yhdyspinta.journal import wording
from yhdyspinta.parties.models import Organisation, Party
from yhdyspinta.parties.reaching import language_of
from yhdyspinta.requests.actions.nominating import places_of
from yhdyspinta.requests.documents import DecisionDraft, Letter, NominationAsked, Receipt
from yhdyspinta.requests.models import Answer, Asked, Request

_DUTY_OF_KIND = {"acceptance": "acceptance-given", "nomination": "member-named", "decision": "decision-made"}


def moment_words(moment: dt.datetime) -> str:
    """Return a moment as people write it: ``15.9.2026 klo 16.00`` (DOMAIN §5.7)."""
    local = moment.astimezone(HELSINKI)
    time = gettext("%(hour)s.%(minute)s") % {"hour": local.hour, "minute": f"{local.minute:02}"}
    return gettext("%(day)s at %(time)s") % {"day": wording.day(local.date()), "time": time}


def deadline_words(request: Request) -> str:
    """Return a deadline with its day and hour: ``viimeistään 15.9.2026 klo 16.00``."""
    return gettext("no later than %(moment)s") % {"moment": moment_words(request.deadline)}


def paragraphs_of(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text that somebody has typed; an empty line parts them."""
    return tuple(" ".join(part.split()) for part in text.replace("\r", "").split("\n\n") if part.strip())


def sender_name(request: Request, charter: Charter, language: str) -> str:
    """Return who asks: the party, and the body on whose behalf it does."""
    name = request.sender.organisation.called(language)
    if not request.on_behalf_of:
        return name
    body = wording.name(charter, request.on_behalf_of, language)
    return gettext("%(party)s, on behalf of: %(body)s") % {"party": name, "body": body}


def subject_name(request: Request, world: World, language: str) -> str:
    """Return what a request is about: the group's name, or the subject of a decision as it is written."""
    known = world.bodies.get(request.subject)
    return known.name.get(language) if known is not None else request.subject


def basis_of(request: Request, charter: Charter, language: str) -> str:
    """Return the clause of the agreement that a request rests on, where a commitment asks for what it asks."""
    kind = _DUTY_OF_KIND.get(request.kind)
    title = charter.title.get(language)
    for duty in charter.duties.values():
        asked = duty.evidence.get(kind) if kind is not None else None
        if asked is not None and asked.get("subject") in (None, "object", request.subject):
            clause = charter.clause_by_id[duty.clause]
            return f"{title}: {' '.join(filter(None, (clause.ref, clause.title.get(language))))}"
    return title


def letter_of(
    request: Request, asked: Asked, *, world: World, recipients: Sequence[Party], seats: Sequence[Seat], made: dt.date
) -> Letter:
    """Return the letter to one party, in its language. ``recipients`` are all who were asked; no queries."""
    language = language_of(asked.party.organisation)
    with override(language):
        return Letter(
            language=language,
            made=made,
            heading=str(request.of_kind.letter),
            title=request.title,
            sender=sender_name(request, world.charter, language),
            sender_lines=_lines(request.sender.organisation),
            register_number=request.register,
            recipient=asked.party.organisation.called(language),
            recipients=tuple(party.organisation.called(language) for party in recipients),
            basis=basis_of(request, world.charter, language),
            background=(*paragraphs_of(request.background), str(request.of_kind.asks)),
            questions=tuple(request.questions),
            nomination=_nomination(request, asked.party, world, seats, language),
            deadline=deadline_words(request),
            reply_to=_reply_to(request),
            contact=_contact(request),
            attachments=tuple(
                gettext("Annex %(number)s %(name)s") % {"number": each.number, "name": each.file.name}
                for each in request.files.all()
            ),
            example=gettext("EXAMPLE – the records are invented") if world.charter.example else "",
        )


def _lines(organisation: Organisation) -> tuple[str, ...]:
    return tuple(filter(None, (organisation.address, organisation.registry_email, organisation.phone)))


def _contact(request: Request) -> tuple[str, ...]:
    name = ", ".join(filter(None, (request.contact_name, request.contact_title)))
    return tuple(filter(None, (name, request.contact_phone, request.contact_email)))


def _reply_to(request: Request) -> tuple[str, ...]:
    lines = [gettext("By the link in the message that came with this letter; no account is needed.")]
    if request.sender.organisation.registry_email:
        address = request.sender.organisation.registry_email
        lines.append(gettext("Or to the registry of the sender: %(address)s") % {"address": address})
    lines.append(gettext("Each party decides in its own organ; which, this letter does not prescribe."))
    return tuple(lines)


def _nomination(
    request: Request, party: Party, world: World, seats: Sequence[Seat], language: str
) -> NominationAsked | None:
    if request.kind != "nomination":
        return None
    known = world.bodies.get(request.subject)
    proposal = request.proposal
    asks_deputies = proposal is not None and proposal.asks_deputies
    return NominationAsked(
        group=wording.capital(subject_name(request, world, language)),
        task=proposal.task if proposal is not None else "",
        term=wording.days(proposal.first_day, proposal.last_day) if proposal is not None else "",
        seats=_seats(party, seats),
        deputies=gettext("Deputies are asked for too.") if asks_deputies else gettext("No deputies are asked for."),
        balance=_balance(known),
        data=(
            pgettext("of a person", "name"),
            pgettext("of a person", "title"),
            gettext("organisation"),
            gettext("e-mail"),
            gettext("phone"),
        ),
        privacy=gettext(
            "The data is used for appointing the group and for its work, and shown to the parties; names of members are"
            " public. Propose only people who have consented."
        ),
    )


def _balance(known: Known | None) -> str:
    """Return the sentence on women and men, for a body that people are named to (Equality Act 609/1986, 4 a §)."""
    if known is None or known.outside:
        return ""
    return gettext("The parties are asked to propose both a woman and a man (Act on Equality 609/1986, section 4 a).")


def _seats(party: Party, seats: Sequence[Seat]) -> tuple[str, ...]:
    own = [seat for seat in places_of(party, seats) if seat.party_id is not None]
    shared = [seat for seat in places_of(party, seats) if seat.party_id is None]
    lines = []
    if own:
        lines.append(
            ngettext("%(count)s seat of your own", "%(count)s seats of your own", len(own)) % {"count": len(own)}
        )
    if shared:
        message = ngettext(
            "%(count)s seat that the parties fill together",
            "%(count)s seats that the parties fill together",
            len(shared),
        )
        lines.append(message % {"count": len(shared)})
    return tuple(lines)


def organ_of(organisation: Organisation, kind: str = "board") -> str:
    """Return the right name of a party's organ in the active language; ``kind`` is ``board``, ``council``, ``officer``.

    A town has a town board, a municipality a municipal board (DOMAIN §5.7).
    """
    if kind == "officer":
        return gettext("Decision of an office holder")
    names = {
        Organisation.Kind.COUNTY: {"board": gettext("County board"), "council": gettext("County council")},
        Organisation.Kind.REGION: {"board": gettext("Regional board"), "council": gettext("Regional assembly")},
        Organisation.Kind.MUNICIPALITY: {
            "board": gettext("City board") if organisation.form == "kaupunki" else gettext("Municipal board"),
            "council": gettext("City council") if organisation.form == "kaupunki" else gettext("Municipal council"),
        },
    }
    found = names.get(Organisation.Kind(organisation.kind), {}).get(kind)
    return found or gettext("The organ that has the power")


def decision_of(request: Request, asked: Asked, *, world: World, organ: str = "board", made: dt.date) -> DecisionDraft:
    """Return a draft of the party's own decision, for its case system, in its language. No queries."""
    organisation = asked.party.organisation
    language = language_of(organisation)
    with override(language):
        sender = sender_name(request, world.charter, language)
        return DecisionDraft(
            language=language,
            made=made,
            organ=organ_of(organisation, organ),
            title=request.title,
            register_number="",
            background=_reasons(request, world, sender, language),
            proposal=_proposals(request, world, language, organ_of(organisation, organ)),
            delivery=(sender,),
            example=gettext("EXAMPLE – the records are invented") if world.charter.example else "",
        )


def _reasons(request: Request, world: World, sender: str, language: str) -> tuple[str, ...]:
    said = gettext("%(sender)s asks for an answer %(deadline)s. The request rests on: %(basis)s.") % {
        "sender": sender,
        "deadline": deadline_words(request),
        "basis": basis_of(request, world.charter, language),
    }
    number = gettext("Register number of the request: %(number)s.") % {"number": request.register}
    questions = [f"{at}. {question}" for at, question in enumerate(request.questions, start=1)]
    return (said, *([number] if request.register else []), *paragraphs_of(request.background), *questions)


def _proposals(request: Request, world: World, language: str, organ: str) -> tuple[str, ...]:
    """Return what the organ is proposed to decide; the places for names and words are left as dots."""
    group = subject_name(request, world, language)
    first = {
        "acceptance": gettext("accept that the cooperation group “%(group)s” is set up") % {"group": group},
        "nomination": gettext("propose as members of the cooperation group “%(group)s”: …") % {"group": group},
        "statement": gettext("give the following statement: …"),
        "decision": gettext("decide on the matter “%(title)s” as follows: …") % {"title": request.title},
        "contribution": gettext("deliver what is asked for in “%(title)s”: …") % {"title": request.title},
        "signature": gettext("sign “%(title)s”, and authorise … to sign") % {"title": request.title},
    }[request.kind]
    told = gettext("notify the decision to %(sender)s") % {"sender": sender_name(request, world.charter, language)}
    return (
        gettext("%(organ)s decides to %(what)s.") % {"organ": organ, "what": first},
        gettext("%(organ)s decides to %(what)s.") % {"organ": organ, "what": told},
    )


def receipt_of(answer: Answer, *, world: World, made: dt.date) -> Receipt:
    """Return the receipt of an answer, in the party's language. The answer comes with files and nominations."""
    asked, request = answer.asked, answer.asked.request
    language = language_of(asked.party.organisation)
    with override(language):
        outcome = request.of_kind.outcome(answer.outcome)
        decision = (
            (gettext("Organ"), answer.organ),
            (gettext("Date of the decision"), wording.day(answer.decided) if answer.decided else ""),
            (gettext("Section"), answer.section),
            (gettext("Register number"), answer.register),
        )
        return Receipt(
            language=language,
            made=made,
            number=f"{request.pk}-{asked.pk}-{answer.number}",
            request_title=request.title,
            request_kind=str(request.of_kind.letter),
            register_number=request.register,
            party=asked.party.organisation.called(language),
            outcome=wording.capital(str(outcome.name)) if outcome else answer.outcome,
            given=moment_words(answer.given_at),
            given_by=", ".join(filter(None, (answer.given_by, answer.given_by_title))),
            late=gettext("The answer came after the deadline and was kept.") if answer.late else "",
            decision=tuple((label, value) for label, value in decision if value),
            replies=_told_replies(answer, request),
            nominees=tuple(_nominee(each.person.name, each.title, each.role) for each in answer.nominations.all()),
            nominee_head=(gettext("Name"), pgettext("of a person", "Title"), gettext("Role")),
            attachments=tuple((each.file.name, each.file.sha256) for each in answer.files.all()),
            note=gettext(
                "This is the receipt of a notification. The decision is the party's own, and lies in its own register."
            ),
            example=gettext("EXAMPLE – the records are invented") if world.charter.example else "",
        )


def _told_replies(answer: Answer, request: Request) -> tuple[tuple[str, str], ...]:
    replies = [(question, reply) for question, reply in zip(request.questions, answer.replies, strict=False) if reply]
    return (*replies, (gettext("Answer"), answer.text)) if answer.text else tuple(replies)


def _nominee(name: str, title: str, role: str) -> tuple[str, str, str]:
    return name, title, gettext("deputy member") if role == "deputy" else gettext("member")
