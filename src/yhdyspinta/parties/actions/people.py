"""The people of an organisation: added, changed, confirmed."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties import policy, queries
from yhdyspinta.parties.actions.common import refuse_outsider
from yhdyspinta.parties.links import revoke_links, use_link
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Link, Organisation, Person

CONFIRM = "confirm"
"""The purpose of the links with which people confirm what is known of them."""

INVITATION = "invitation"
"""The purpose of the links with which invitations are accepted."""

FIELDS = ("name", "email", "phone", "language")


def add_person(
    organisation: Organisation, *, name: str, email: str = "", phone: str = "", language: str = "fi", by: Actor
) -> Person:
    """Add somebody to an organisation's people.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        ValidationError: by field; the address belongs to another of its people.

    """
    with change(None, by=by) as c:
        refuse_outsider(by, organisation)
        return person_added(c, organisation, name=name, email=email, phone=phone, language=language)


def person_added(c: Change, organisation: Organisation, **said: str) -> Person:
    """Add somebody inside a change of the common chain. For the actions of this room."""
    person = Person(organisation=organisation, **_clean(said))
    save_person(person)
    c.enter("add-person", person.key, after=said_of(person) | {"organisation": organisation.pk})
    return person


def update_person(person: Person, said: Mapping[str, str], *, version: int, by: Actor) -> None:
    """Change what is known of somebody: name, e-mail, phone, language. It counts as confirmed that day.

    Raises:
        NotAllowed: the actor is neither the person nor acts for the organisation.
        Conflict: somebody changed it since ``version`` was read; carries both versions.
        ValidationError: by field.

    """
    with change(None, by=by) as c:
        person.refresh_from_db()
        if not policy.may_keep_person.test(by, person):
            raise NotAllowed(_("Only %(party)s and the person can change this.") % {"party": person.organisation})
        refuse_gone(person)
        wanted = _clean(said)
        if person.version != version:
            raise Conflict(told(said_of(person)), told(said_of(person) | wanted))
        person_updated(c, person, wanted)


def person_updated(c: Change, person: Person, wanted: Mapping[str, str]) -> None:
    """Change somebody inside a change of the common chain. For the actions of this room."""
    before = said_of(person)
    if wanted.get("email", person.email) != person.email:
        revoke_links(CONFIRM, person.key)  # mailed to the address before, perhaps somebody else's
    for name, value in wanted.items():
        setattr(person, name, value)
    person.version += 1
    person.confirmed_on = c.today
    save_person(person)
    c.enter("update-person", person.key, before, said_of(person))


def confirm_person(person: Person, *, by: Actor, link: Link | None = None) -> None:
    """Confirm that what is known of somebody is still right; ``link`` is one that was mailed to the person alone.

    Raises:
        NotAllowed: the actor is neither the person (by account or link) nor acts for the organisation.
        LinkRefused: the link does nothing any more.
        ValidationError: the record holds nobody any more.

    """
    with change(None, by=by) as c:
        person.refresh_from_db()
        if link is not None and (link.purpose, link.subject) == (CONFIRM, person.key):
            use_link(link)
        elif not policy.may_keep_person.test(by, person):
            raise NotAllowed(_("Only %(party)s and the person can change this.") % {"party": person.organisation})
        refuse_gone(person)
        before = {"confirmed_on": person.confirmed_on}
        person.confirmed_on = c.today
        person.save(update_fields=["confirmed_on"])
        c.enter("confirm-person", person.key, before, {"confirmed_on": c.today})


def report_mistake(person: Person, text: str, *, link: Link, by: Actor) -> int:
    """Let somebody say by the link that was mailed to them what is wrong in their details; it goes on by mail.

    It goes to the administrators of the organisation's parties; where there is none, to those of the installation.
    The link is used up. Returns to how many it went.

    Raises:
        LinkRefused: the link does nothing any more.
        ValidationError: nothing is said, or the record holds nobody any more.

    """
    with change(None, by=by) as c:
        person.refresh_from_db()
        if (link.purpose, link.subject) != (CONFIRM, person.key):
            raise NotAllowed(_("Only %(party)s and the person can change this.") % {"party": person.organisation})
        use_link(link)
        refuse_gone(person)
        if not text.strip():
            raise ValidationError({"text": _("Write what should be put right.")})
        c.enter("report-mistake", person.key, after={"said": text})
        keepers = queries.keepers_of(person.organisation)
        for account in keepers:
            post_mail(
                to=Recipient(account.email, account.name, account.language),
                template="correction",
                context={"name": person.name, "text": text, "address": _address_of(person, account.language)},
                kind="correction",
                about=person.key,
                reply_to=person.email,
            )
    return len(keepers)


def _address_of(person: Person, language: str) -> str:
    """Return where what is known of somebody is put right: at the first agreement of their organisation."""
    party = person.organisation.parties.select_related("agreement").order_by("agreement", "order").first()
    if party is None:
        return absolute("/")
    names = {"slug": party.agreement.slug, "party": party.slug, "person": person.pk}
    with translation.override(language):
        return absolute(reverse("parties:person", kwargs=names))


# What is common


def told(said: Mapping[str, str]) -> str:
    """Return a person's data as lines to read beside one another, where two changed it at once."""
    labels = {field.name: str(field.verbose_name) for field in Person._meta.concrete_fields}  # noqa: SLF001 -- Django's own
    return "\n".join(f"{labels[name]}: {said[name] or '–'}" for name in FIELDS)


def _clean(said: Mapping[str, str]) -> dict[str, str]:
    cleaned = {name: " ".join(said[name].split()) for name in FIELDS if name in said}
    if "email" in cleaned:
        cleaned["email"] = as_kept(cleaned["email"])
    return cleaned


def said_of(person: Person) -> dict[str, str]:
    """Return what is known of somebody, as the journal keeps it."""
    return {name: getattr(person, name) for name in FIELDS}


def save_person(person: Person) -> None:
    """Save a person whose fields hold.

    Raises:
        ValidationError: by field.

    """
    person.clean_fields(exclude=("organisation", "account", "merged_into"))  # rows at hand: each would be asked for
    others = Person.objects.filter(organisation=person.organisation_id).exclude(pk=person.pk)
    if person.email and (other := others.filter(email=person.email).first()):
        raise ValidationError({"email": _("This is the address of %(name)s already.") % {"name": other.name}})
    person.save()


def empty(person: Person) -> None:
    """Let a record hold nobody any more. For merging and erasing."""
    person.name = person.email = person.phone = ""
    person.version += 1


def refuse_gone(person: Person) -> None:
    """Refuse a record that holds nobody any more."""
    if person.is_gone:
        raise ValidationError(_("This record holds nobody any more: it was merged or erased."))
