"""A party's administrator invites its own people; an invitation is accepted once, before it expires."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties import policy, queries
from yhdyspinta.parties.actions.common import refuse_stranger
from yhdyspinta.parties.actions.people import INVITATION, person_added
from yhdyspinta.parties.links import LinkRefused, make_link, refuse_closed, revoke_links, token_of, use_link
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Account, Invitation, Party, PartyAdministrator, Person

LASTS = timedelta(days=14)
MOST_IN_A_DAY = 5
"""How many invitations of one address go out in a day, so that nobody is flooded."""


def invite(
    party: Party,
    *,
    name: str,
    email: str,
    role: str = Invitation.Role.MEMBER,
    language: str = "fi",
    person: Person | None = None,
    by: Actor,
) -> Invitation:
    """Invite somebody to an account of their own, by mail. An earlier invitation of the same address is cancelled.

    Raises:
        NotAllowed: the actor does not act for the party.
        ValidationError: by field: the person is another organisation's or nobody any more; they administer it already.

    """
    with change(party.agreement, by=by, common=True) as c:
        assert c.common is not None
        refuse_stranger(by, party)
        invitation = Invitation(
            party=party,
            name=" ".join(name.split()),
            email=as_kept(email),
            role=role,
            language=language,
            invited_by_id=by.person,
        )
        invitation.clean_fields(exclude=["link"])
        invitation.person = person or _known(party, invitation.email)
        _refuse_invited(invitation)
        earlier = party.invitations.filter(email=invitation.email)
        if earlier.filter(made_at__gt=c.at - timedelta(days=1)).count() >= MOST_IN_A_DAY:
            raise ValidationError({"email": _("This address was invited several times today. Try again tomorrow.")})
        for other in earlier.filter(accepted_by__isnull=True):
            revoke_links(INVITATION, other.link.subject)
        invitation.link = make_link(INVITATION, "", lasts=LASTS)
        invitation.save()
        invitation.link.subject = invitation.key  # no address: what a link is for outlives whom it was for
        invitation.link.save(update_fields=["subject"])
        c.enter("invite", invitation.key, after={"role": role})
        c.common.enter(
            "invite", invitation.key, after={"name": invitation.name, "email": invitation.email, "party": party.pk}
        )
        _mail(invitation)
    return invitation


def cancel_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Cancel an invitation that was not accepted yet: its link opens nothing any more.

    Raises:
        NotAllowed: the actor does not act for the party.
        ValidationError: it was accepted already.

    """
    with change(invitation.party.agreement, by=by) as c:
        refuse_stranger(by, invitation.party)
        invitation.refresh_from_db()
        if invitation.accepted_by_id is not None:
            raise ValidationError(_("The invitation was accepted already."))
        revoke_links(INVITATION, invitation.link.subject)
        c.enter("cancel-invitation", invitation.key)


def accept_invitation(
    invitation: Invitation,
    *,
    name: str = "",
    language: str = "",
    password: str | None = None,
    account: Account | None = None,
) -> Account:
    """Accept an invitation: with ``account`` for who has one, else an account of the invited address is made.

    Without a password the account is signed in to by mailed code, passkey or the organisation's own sign-in. The
    invited joins the organisation's people; an administrator administers the party from today.

    Raises:
        LinkRefused: it was accepted, cancelled, or has expired.
        ValidationError: by field; there is an account of the address already, to which one signs in first.

    """
    party = invitation.party
    by = Actor("link", party=party.slug, label=party.organisation.label)
    with change(party.agreement, by=by, common=True) as c:
        assert c.common is not None
        invitation.refresh_from_db()
        refuse_invitation(invitation)
        use_link(invitation.link)
        accepted = account or _new_account(c.common, invitation, name, language, password)
        person = _person(c.common, invitation, accepted)
        invitation.person, invitation.accepted_by = person, accepted
        invitation.save(update_fields=["person", "accepted_by"])
        if invitation.role == Invitation.Role.ADMINISTRATOR:
            _appoint(c, invitation, accepted)
        c.enter("accept-invitation", invitation.key, after={"account": accepted.pk})
        c.common.enter("link-account", person.key, after={"account": accepted.pk})
    return accepted


def refuse_invitation(invitation: Invitation) -> None:
    """Refuse an invitation that cannot be accepted any more.

    Raises:
        LinkRefused: it was accepted, cancelled or has expired, or who invited does not act for the party any more.

    """
    refuse_closed(invitation.link)
    if not _inviter_acts(invitation):
        raise LinkRefused("revoked")


def may_be_accepted(invitation: Invitation) -> str:
    """Return why an invitation cannot be accepted any more, in a sentence; nothing where it can."""
    try:
        refuse_invitation(invitation)
    except LinkRefused as refused:
        return str(refused)
    return ""


def _inviter_acts(invitation: Invitation) -> bool:
    """Tell whether who invited still acts for the party: what they could not do today, their invitation does not."""
    if invitation.invited_by_id is None:
        return True
    return policy.manages_party.test(Actor("person", person=invitation.invited_by_id), invitation.party)


def address_of(invitation: Invitation) -> str:
    """Return the address that accepts an invitation, in the language of the invited."""
    with translation.override(invitation.language):
        return absolute(reverse("parties:invitation", kwargs={"token": token_of(invitation.link)}))


def _known(party: Party, email: str) -> Person | None:
    return Person.objects.filter(organisation=party.organisation_id, email=email).first()


def _refuse_invited(invitation: Invitation) -> None:
    person, party = invitation.person, invitation.party
    if person is not None and person.is_gone:
        raise ValidationError(_("This record holds nobody any more: it was merged or erased."))
    if person is not None and person.organisation_id != party.organisation_id:
        raise ValidationError(
            {"email": _("%(name)s belongs to %(other)s.") % {"name": person, "other": person.organisation}}
        )
    if person is not None and person.account is not None and person.account.email != invitation.email:
        raise ValidationError(
            {
                "email": _("%(name)s has this address, and an account with another one. Put it right first.")
                % {"name": person}
            }
        )
    account = queries.account_of(invitation.email)
    wants = invitation.role == Invitation.Role.ADMINISTRATOR
    if account is not None and wants and queries.administers(account.pk, party):
        raise ValidationError({"email": _("%(name)s administers the party already.") % {"name": account.name}})


def _mail(invitation: Invitation) -> None:
    party = invitation.party
    post_mail(
        to=Recipient(invitation.email, invitation.name, invitation.language),
        template="invitation",
        context={
            "name": invitation.name,
            "party": party.organisation.called(invitation.language),
            "address": address_of(invitation),
            "administrator": invitation.role == Invitation.Role.ADMINISTRATOR,
            "days": LASTS.days,
        },
        kind="invitation",
        about=invitation.key,
        key=invitation.key,
        secret=True,
    )


def _new_account(c: Change, invitation: Invitation, name: str, language: str, password: str | None) -> Account:
    if queries.account_of(invitation.email) is not None:
        raise ValidationError(_("There is an account of this address already. Sign in, and open the invitation again."))
    account = Account(
        email=invitation.email,
        name=" ".join(name.split()) or invitation.name,
        language=language or invitation.language,
    )
    if password is not None:
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise ValidationError({"password": error.messages}) from error
    account.set_password(password)
    account.full_clean()
    account.save()
    c.enter("create-account", f"account:{account.pk}", after={"email": account.email, "name": account.name})
    return account


def _person(c: Change, invitation: Invitation, account: Account) -> Person:
    """Return who the account is in the organisation: the person invited, one known by the address, or a new one."""
    party = invitation.party
    person = invitation.person or _known(party, invitation.email)
    if person is None or person.is_gone:
        person = person_added(
            c, party.organisation, name=account.name, email=invitation.email, language=account.language
        )
    if person.account_id not in (None, account.pk):
        raise ValidationError(_("%(name)s has an account already.") % {"name": person})
    person.account = account
    person.save(update_fields=["account"])
    return person


def _appoint(c: Change, invitation: Invitation, account: Account) -> None:
    row = PartyAdministrator(account=account, party=invitation.party, valid_from=c.today)
    row.full_clean()
    row.save()
    c.enter(
        "appoint-party-administrator",
        f"party:{invitation.party.slug}",
        after={"account": account.pk, "valid_from": row.valid_from, "valid_to": None},
    )
