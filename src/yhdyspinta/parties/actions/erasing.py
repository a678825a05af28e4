"""Who somebody was is erased for good; that somebody held a post and was named remains (GDPR art. 17)."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.mail.actions import forget_mail
from yhdyspinta.papers.actions import forget_unless_held
from yhdyspinta.parties import following, queries
from yhdyspinta.parties.actions.accounts import end_sessions
from yhdyspinta.parties.actions.common import erase_names, refuse_outsider
from yhdyspinta.parties.actions.people import CONFIRM, INVITATION, empty, refuse_gone
from yhdyspinta.parties.links import revoke_links
from yhdyspinta.parties.models import Account, Invitation, Organisation, PeopleTable, Person
from yhdyspinta.tasks.actions import drop_tasks
from yhdyspinta.tasks.models import Task


def erase_person(person: Person, *, reason: str, by: Actor) -> None:
    """Erase who somebody is, for good: name, addresses, what the journal said of them, their mail and their account.

    That somebody held the post and was named remains, without a name (GDPR art. 17.3). Posts held must be handed over
    first, and what they are named for in any room ended, so that no duty is left without anybody. An account that is
    somebody elsewhere too, or administers the installation or another organisation's party, only parts from this
    person.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        ValidationError: they hold a post or are named still, or nobody is left to erase.

    """
    with change(None, by=by) as c:
        person.refresh_from_db()
        refuse_outsider(by, person.organisation)
        refuse_gone(person)
        _refuse_busy(person, c)
        account, email = person.account, person.email
        invited = list(_invitations_of(person))
        keys = [*keys_of(person), *(invitation.key for invitation in invited)]
        for key in keys:
            revoke_links(INVITATION if key.startswith("invitation:") else CONFIRM, key)
        Invitation.objects.filter(pk__in=[invitation.pk for invitation in invited]).update(name="", email="")
        _discard_tables(person)
        following.forget(person)
        empty(person)
        person.account = None
        person.erased_at = c.at
        person.save()
        if account is not None and _is_only_here(account, person.organisation):
            keys.append(f"account:{account.pk}")
            forget_mail(address=account.email)
            _erase_account(account)
        c.enter("erase-person", person.key, after={"reason": reason})
        c.settle()
        for key in keys:
            forget_mail(about=key)
        others = Person.objects.filter(email=email).exclude(pk=person.pk)
        if email and queries.account_of(email) is None and not others.exists():  # else somebody who stays has it
            forget_mail(address=email)
        erase_names(keys, reason=reason, by=by)


def keys_of(person: Person) -> list[str]:
    """Return what the journal calls a person, and called the records that were merged into theirs."""
    return [person.key, *(key for merged in person.merged.all() for key in keys_of(merged))]


def _invitations_of(person: Person) -> list[Invitation]:
    """Return the invitations of a person, also those of their address from before they were known."""
    addresses = {person.email, person.account.email if person.account else ""} - {""}
    of_the_address = Q(party__organisation=person.organisation_id, email__in=addresses)
    return list(Invitation.objects.filter(Q(person=person) | of_the_address))


def _discard_tables(person: Person) -> None:
    """Discard the waiting tables of the organisation that hold the person: they can be brought again without."""
    known = {person.name.casefold(), person.email.casefold()} - {""}
    for table in PeopleTable.objects.filter(party__organisation=person.organisation_id):
        if any(word in str(table.rows).casefold() for word in known):
            table.delete()


def _refuse_busy(person: Person, c: Change) -> None:
    held = person.tenures.active_on(c.today).select_related("post")
    busy = [str(tenure.post) for tenure in held] + following.busy_with(person, c.today)
    if busy:
        raise ValidationError(
            _("%(name)s is still: %(roles)s. Hand these over or end them first.")
            % {"name": person, "roles": ", ".join(busy)}
        )


def _is_only_here(account: Account, organisation: Organisation) -> bool:
    """Tell whether an account is nobody but the person who is being erased, whom the organisation alone knows."""
    elsewhere = account.administers.exclude(party__organisation=organisation).overlapping(today(), None)
    return not (account.is_administrator or account.people.exists() or elsewhere.exists())


def _erase_account(account: Account) -> None:
    """Make an account one of nobody, that nobody signs in to. Its number stays: the journal names it."""
    end_sessions(account)
    forget_unless_held(drop_tasks(Task.objects.filter(account=account.pk)))
    for kept in (EmailAddress, Authenticator, SocialAccount):
        kept.objects.filter(user=account).delete()
    account.email = f"erased-{account.pk}@invalid"
    account.name = ""
    account.is_active = False
    account.is_administrator = False
    account.erased_at = timezone.now()
    account.set_unusable_password()
    account.save()
    account.administers.filter(valid_from__gt=today()).delete()
    account.administers.overlapping(today(), None).update(valid_to=today())
