"""The people of an organisation: added, changed, confirmed, merged, erased."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from yhdyspinta.agreement import today
from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.errors import Conflict, NotAllowed
from yhdyspinta.mail.actions import forget_mail, post_mail
from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties import policy, queries
from yhdyspinta.parties.actions.accounts import end_sessions
from yhdyspinta.parties.actions.common import change_with_followers, erase_names, refuse_outsider
from yhdyspinta.parties.links import revoke_links, use_link
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Account, Invitation, Link, Naming, Organisation, Person, Post, Tenure
from yhdyspinta.parties.models.dated import Dated
from yhdyspinta.parties.post_kinds import excluded_by

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
    _save(person)
    c.enter("add-person", person.key, after=_said_of(person) | {"organisation": organisation.pk})
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
        _refuse_gone(person)
        wanted = _clean(said)
        if person.version != version:
            raise Conflict(told(_said_of(person)), told(_said_of(person) | wanted))
        person_updated(c, person, wanted)


def person_updated(c: Change, person: Person, wanted: Mapping[str, str]) -> None:
    """Change somebody inside a change of the common chain. For the actions of this room."""
    before = _said_of(person)
    for name, value in wanted.items():
        setattr(person, name, value)
    person.version += 1
    person.confirmed_on = c.today
    _save(person)
    c.enter("update-person", person.key, before, _said_of(person))


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
        _refuse_gone(person)
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
        _refuse_gone(person)
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


# Two records of one person


def merge_people(kept: Person, gone: Person, *, by: Actor) -> None:
    """Let two records of the same person be one: posts, themes and the account of ``gone`` go over to ``kept``.

    What ``kept`` lacks (e-mail, phone) it takes over; what else stood in ``gone`` stays in the journal.

    Raises:
        NotAllowed: the actor does not act for their organisation.
        ValidationError: see ``why_not_merge``.

    """
    posts = list(Post.objects.filter(tenures__person=gone))
    with change_with_followers(posts, by=by) as c:
        for person in (kept, gone):
            person.refresh_from_db()
            refuse_outsider(by, person.organisation)
        if why := why_not_merge(kept, gone):
            raise ValidationError(why)
        before = {"kept": _said_of(kept), "gone": _said_of(gone)}
        tenures, namings = Tenure.objects.filter(person=gone), Naming.objects.filter(person=gone)
        moved = {
            "tenures": list(tenures.values_list("pk", flat=True)),
            "namings": list(namings.values_list("pk", flat=True)),
        }
        tenures.update(person=kept)
        namings.update(person=kept)
        Invitation.objects.filter(person=gone).update(person=kept)
        filled = {name: getattr(gone, name) for name in ("email", "phone") if not getattr(kept, name)}
        account = kept.account or gone.account
        _empty(gone)
        gone.merged_into = kept
        gone.save()
        for name, value in filled.items():
            setattr(kept, name, value)
        kept.account = account
        kept.version += 1
        _save(kept)
        c.enter("merge-people", kept.key, before, {"kept": _said_of(kept), "merged": gone.key, "moved": moved})


def why_not_merge(kept: Person, gone: Person) -> list[str]:
    """Return why two records cannot be one, in sentences; nothing where they can. At most four queries.

    Both may have held the same post, one after the other: nobody ever held it beside somebody else.
    """
    if kept.pk == gone.pk:
        return [_("These are the same record.")]
    if kept.is_gone or gone.is_gone:
        return [_("One of the records holds nobody any more.")]
    if kept.organisation_id != gone.organisation_id:
        return [_("They belong to different organisations.")]
    why = []
    if kept.account_id and gone.account_id and kept.account_id != gone.account_id:
        why.append(_("Both have an account of their own. Close one of the accounts first."))
    if _hold_what_excludes(kept, gone):
        why.append(_("They hold posts that nobody holds at the same time. End one of the tenures first."))
    if _named_beside(kept, gone):
        why.append(_("Both are named for the same theme at the same time. End or withdraw one of the two first."))
    return why


def _hold_what_excludes(kept: Person, gone: Person) -> bool:
    theirs = list(kept.tenures.select_related("post"))
    return any(
        other.post.kind in excluded_by(tenure.post.kind) and _at_once(tenure, other)
        for tenure in gone.tenures.select_related("post")
        for other in theirs
    )


def _named_beside(kept: Person, gone: Person) -> bool:
    theirs: dict[tuple[int, str, str], list[Naming]] = {}
    for naming in Naming.objects.standing().filter(person=kept):
        theirs.setdefault((naming.party_id, naming.role, naming.theme), []).append(naming)
    return any(
        _at_once(naming, other)
        for naming in Naming.objects.standing().filter(person=gone)
        for other in theirs.get((naming.party_id, naming.role, naming.theme), ())
    )


def _at_once(one: Dated, other: Dated) -> bool:
    begins = max(one.valid_from, other.valid_from)
    return all(last is None or last >= begins for last in (one.valid_to, other.valid_to))


# Erasure


def erase_person(person: Person, *, reason: str, by: Actor) -> None:
    """Erase who somebody is, for good: name, addresses, what the journal said of them, their mail and their account.

    That somebody held the post and was named remains, without a name (GDPR art. 17.3). Posts held must be handed over
    first, so that no duty is left without anybody. An account that is somebody elsewhere too, or administers the
    installation or another organisation's party, only parts from this person.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        ValidationError: they hold a post or are named still, or nobody is left to erase.

    """
    with change(None, by=by) as c:
        person.refresh_from_db()
        refuse_outsider(by, person.organisation)
        _refuse_gone(person)
        _refuse_busy(person, c)
        account = person.account
        keys = [*_keys_of(person), *(invitation.key for invitation in person.invitations.all())]
        for key in keys:
            revoke_links(INVITATION if key.startswith("invitation:") else CONFIRM, key)
        person.invitations.update(name="", email="")
        _empty(person)
        person.account = None
        person.erased_at = c.at
        person.save()
        if account is not None and _is_only_here(account, person.organisation):
            keys.append(f"account:{account.pk}")
            _erase_account(account)
        c.enter("erase-person", person.key, after={"reason": reason})
        c.settle()
        for key in keys:
            forget_mail(about=key)
        erase_names(keys, reason=reason, by=by)


def _keys_of(person: Person) -> list[str]:
    """Return what the journal calls a person, and called the records that were merged into theirs."""
    return [person.key, *(key for merged in person.merged.all() for key in _keys_of(merged))]


def _refuse_busy(person: Person, c: Change) -> None:
    held = person.tenures.active_on(c.today).select_related("post")
    named = Naming.objects.standing().filter(person=person).active_on(c.today)
    busy = [str(tenure.post) for tenure in held] + [str(naming.get_role_display()) for naming in named]
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


def _said_of(person: Person) -> dict[str, str]:
    return {name: getattr(person, name) for name in FIELDS}


def _save(person: Person) -> None:
    """Save a person whose fields hold.

    Raises:
        ValidationError: by field.

    """
    person.clean_fields(exclude=("organisation", "account", "merged_into"))  # rows at hand: each would be asked for
    others = Person.objects.filter(organisation=person.organisation_id).exclude(pk=person.pk)
    if person.email and (other := others.filter(email=person.email).first()):
        raise ValidationError({"email": _("This is the address of %(name)s already.") % {"name": other.name}})
    person.save()


def _empty(person: Person) -> None:
    person.name = person.email = person.phone = ""
    person.version += 1


def _refuse_gone(person: Person) -> None:
    if person.is_gone:
        raise ValidationError(_("This record holds nobody any more: it was merged or erased."))
