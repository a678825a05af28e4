"""Everything that is held about whoever has signed in (GDPR art. 15), as a page shows it and as a file has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from yhdyspinta.journal.models import Entry
from yhdyspinta.mail.models import Message
from yhdyspinta.parties.looks import in_words, names_of_themes
from yhdyspinta.parties.models import Account, Invitation, Look, Organisation, Party, PartyAdministrator, Person
from yhdyspinta.parties.roster import Role, Roles, roles_of_people
from yhdyspinta.parties.verbs import verb_in_words

FORMAT = "yhdyspinta-own-data"
VERSION = 1
"""The shape of the file, described in docs/privacy.md; a change that breaks who reads it is another number."""


@dataclass(frozen=True, slots=True)
class OwnPerson:
    """A person's record that belongs to the account, with the roles it has."""

    person: Person
    roles: Roles


@dataclass(frozen=True, slots=True)
class Did:
    """What was done on a day in one chain of the journal, and how many times."""

    day: date
    verb: str
    chain: str
    times: int

    @property
    def words(self) -> str:
        """What was done, in words."""
        return verb_in_words(self.verb)


@dataclass(frozen=True, slots=True)
class Told:
    """What the journal says was done to somebody's account, record or invitation."""

    entry: Entry

    @property
    def words(self) -> str:
        """What was done, in words."""
        return verb_in_words(self.entry.verb)


@dataclass(frozen=True, slots=True)
class LookedAt:
    """On a day somebody of some organisations was shown one's contact data, and how many times."""

    day: date
    who: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A page or file with others' contact data that one was shown on a day, and how many times."""

    day: date
    what: str
    words: str
    times: int


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is held about an account and the people's records that belong to it."""

    account: Account
    people: Sequence[OwnPerson]
    administers: Sequence[PartyAdministrator]
    invitations: Sequence[Invitation]
    sessions: int
    factors: Mapping[str, int]
    connections: Sequence[SocialAccount]
    mails: Sequence[Message]
    done: Sequence[Did]
    about: Sequence[Entry]
    looks: Sequence[LookedAt]
    shown: Sequence[Shown]

    @property
    def deeds(self) -> list[Did]:
        """What was done, once where it stands in two chains of the journal."""
        once: dict[tuple[date, str], Did] = {}
        for did in self.done:
            other = once.get((did.day, did.verb))
            once[did.day, did.verb] = did if other is None or did.times > other.times else other
        return list(once.values())

    @property
    def told(self) -> list[Told]:
        """What the journal says of one, once where it stands in two chains."""
        once = {(entry.at, entry.verb, entry.object_key): entry for entry in self.about}
        return [Told(entry) for entry in once.values()]


def held_about(account: Account) -> Held:
    """Gather what is held about somebody.

    At most sixteen queries, one more for each room whose rows follow people, two for each agreement.
    """
    people = own_people(account)
    roles = roles_of_people(people, private=True)
    invitations = list(_invitations(account, people))
    keys = [f"account:{account.pk}", *(each.key for each in people), *(each.key for each in invitations)]
    return Held(
        account,
        [OwnPerson(person, roles[person.pk]) for person in people],
        list(
            PartyAdministrator.objects.filter(account=account)
            .select_related("party__organisation", "party__agreement")
            .order_by("party", "valid_from")
        ),
        invitations,
        UserSession.objects.filter(user=account).count(),
        _factors(account),
        list(SocialAccount.objects.filter(user=account).order_by("pk")),
        list(_mails(account, people, keys)),
        _done_by(account),
        list(_entries_about(keys)),
        looks_at(people, account),
        _shown_to(account),
    )


def own_people(account: Account) -> list[Person]:
    """Return the people's records of an account that still hold somebody. One query."""
    rows = Person.objects.filter(account=account, erased_at__isnull=True, merged_into__isnull=True)
    return list(rows.select_related("organisation").order_by("organisation", "pk"))


def looks_at(people: Sequence[Person], account: Account | None = None) -> list[LookedAt]:
    """Return who was shown contact data of these people, by day and organisation, the latest first; not oneself.

    Three queries, however many looks there are; none where there are no people.
    """
    if not people:
        return []
    held = Q()
    for person in people:
        held |= Q(people__holds=person.pk)
    rows = Look.objects.filter(held).exclude(account=account).annotate(day=TruncDate("at"))
    counted = list(rows.values("day", "account").annotate(times=Count("pk")).order_by("-day", "account"))
    whose = organisations_of({row["account"] for row in counted})
    together: dict[tuple[date, tuple[str, ...]], int] = {}
    for row in counted:
        key = (row["day"], whose.get(row["account"], ()))
        together[key] = together.get(key, 0) + row["times"]
    return [LookedAt(day, who, times) for (day, who), times in together.items()]


def organisations_of(accounts: set[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the organisations that accounts belong to or have administered. Two queries."""
    found: dict[int, dict[int, str]] = {}
    for person in Person.objects.filter(account__in=accounts).select_related("organisation").order_by("pk"):
        found.setdefault(person.account_id or 0, {})[person.organisation_id] = person.organisation.called()
    rows = PartyAdministrator.objects.filter(account__in=accounts).select_related("party__organisation")
    for row in rows.order_by("pk"):
        found.setdefault(row.account_id, {})[row.party.organisation_id] = row.party.organisation.called()
    return {account: tuple(names.values()) for account, names in found.items()}


def _invitations(account: Account, people: Sequence[Person]) -> QuerySet[Invitation]:
    own = Q(email=account.email) | Q(accepted_by=account) | Q(person__in=people)
    rows = Invitation.objects.filter(own).select_related("party__organisation", "party__agreement", "link")
    return rows.order_by("-made_at", "-pk")


def _factors(account: Account) -> dict[str, int]:
    rows = Authenticator.objects.filter(user=account).values_list("type").annotate(number=Count("pk"))
    return dict(rows.order_by("type"))


def _mails(account: Account, people: Sequence[Person], keys: Sequence[str]) -> QuerySet[Message]:
    """Return what was mailed to somebody's account, and what is about them and went to an address of theirs.

    An address that a person typed for themselves proves nothing: what was mailed to it about others is not theirs.
    """
    addresses = {person.email for person in people if person.email}
    own = Q(to_address=account.email) | Q(to_address__in=addresses, about__in=keys)
    return Message.objects.filter(own).order_by("-id")


def _done_by(account: Account) -> list[Did]:
    rows = Entry.objects.filter(actor_kind="person", actor_person=account.pk).annotate(day=TruncDate("at"))
    counted = rows.values_list("day", "verb", "chain__name").annotate(times=Count("pk"))
    return [Did(*row) for row in counted.order_by("-day", "verb", "chain__name")]


def _shown_to(account: Account) -> list[Shown]:
    rows = Look.objects.filter(account=account).annotate(day=TruncDate("at"))
    counted = rows.values_list("day", "what", "organisation").annotate(times=Count("pk"))
    ordered = list(counted.order_by("-day", "what", "organisation"))
    organisations = Organisation.objects.in_bulk({row[2] for row in ordered if row[2] is not None})
    themes = names_of_themes() if ordered else {}
    return [
        Shown(day, what, in_words(what, organisations.get(whose), themes), times) for day, what, whose, times in ordered
    ]


def _entries_about(keys: Sequence[str]) -> QuerySet[Entry]:
    return Entry.objects.filter(object_key__in=keys).select_related("chain", "detail").order_by("-at", "-pk")


# The file


def as_data(held: Held) -> dict[str, Any]:
    """Return what is held in the shape of the file (docs/privacy.md); days and times as ISO 8601 has them."""
    account = held.account
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": timezone.now().isoformat(),
        "account": {
            "email": account.email,
            "name": account.name,
            "language": account.language,
            "is_administrator": account.is_administrator,
            "made_at": account.made_at.isoformat(),
            "last_sign_in": _iso(account.last_login),
            "sessions": held.sessions,
            "second_factors": dict(held.factors),
            "connections": [{"issuer": each.provider, "subject": each.uid} for each in held.connections],
        },
        "administers": [
            {"party": _party(row.party), "from": row.valid_from.isoformat(), "to": _iso(row.valid_to)}
            for row in held.administers
        ],
        "people": [_person(each) for each in held.people],
        "invitations": [
            {
                "party": _party(each.party),
                "role": each.role,
                "name": each.name,
                "email": each.email,
                "made_at": each.made_at.isoformat(),
                "expires_at": each.link.expires_at.isoformat(),
                "accepted": each.accepted_by_id is not None,
            }
            for each in held.invitations
        ],
        "messages": [_message(each) for each in held.mails],
        "journal": {
            "done_by_you": [
                {"day": each.day.isoformat(), "verb": each.verb, "chain": each.chain, "times": each.times}
                for each in held.done
            ],
            "about_you": [_entry(each) for each in held.about],
        },
        "looks": [
            {"day": each.day.isoformat(), "organisations": list(each.who), "times": each.times} for each in held.looks
        ],
        "shown_to_you": [{"day": each.day.isoformat(), "what": each.what, "times": each.times} for each in held.shown],
    }


def _person(own: OwnPerson) -> dict[str, Any]:
    person = own.person
    roles = [*own.roles.now, *own.roles.coming, *own.roles.past]
    return {
        "organisation": person.organisation.called(),
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "language": person.language,
        "confirmed_on": _iso(person.confirmed_on),
        "asked_on": _iso(person.asked_on),
        "made_at": person.made_at.isoformat(),
        "roles": [_role(role) for role in roles],
    }


def _role(role: Role) -> dict[str, Any]:
    """Return a role; what rooms know besides hours of work stands only where they know it."""
    always = {
        "role": role.words,
        "from": role.first.isoformat(),
        "to": _iso(role.last),
        "hours_per_week": None,
        "through_post": str(role.through) if role.through else None,
    }
    return always | {known.name: known.value for known in role.known}


def _message(message: Message) -> dict[str, Any]:
    return {
        "kind": message.kind,
        "to": message.to_address,
        "subject": message.subject,
        "text": "" if message.secret else message.text,
        "made_at": message.made_at.isoformat(),
        "sent_at": _iso(message.sent_at),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    """Return what the journal says of somebody; ``body`` is what it was before and after, unless it was erased."""
    detail = getattr(entry, "detail", None)
    return {
        "at": entry.at.isoformat(),
        "verb": entry.verb,
        "by": entry.actor_label,
        "before": detail.before if detail else None,
        "after": detail.after if detail else None,
    }


def _party(party: Party) -> dict[str, str]:
    return {"agreement": party.agreement.slug, "id": party.slug}


def _iso(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()
