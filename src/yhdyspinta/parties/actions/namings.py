"""Counterparts and coordination staff: named, ended, and withdrawn where it was a mistake (C11, C28)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.journal.queries import charter_of
from yhdyspinta.parties.actions.common import refuse_stranger
from yhdyspinta.parties.actions.people import person_added
from yhdyspinta.parties.days import shown_day, shown_days
from yhdyspinta.parties.evidence import facts_by_key
from yhdyspinta.parties.models import Naming, Party, Person, Post


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody whom a party adds to its own people as it names them."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "fi"


@dataclass(frozen=True, slots=True)
class Named:
    """What a naming says: of whom (a person, or whoever holds a post), for how much time, from when to when."""

    holder: Person | Post | Newcomer
    first_day: date
    last_day: date | None = None
    hours_per_week: Decimal | None = None
    agreed: str = ""
    """With which words another party lent its person, where it did."""
    basis: str = ""
    """The decision the naming rests on. It is public, and stays for good."""


def name_for_themes(
    party: Party, role: str, themes: list[str], named: Named, *, instead_of: Naming | None = None, by: Actor
) -> list[Naming]:
    """Name somebody as a party's counterpart or coordinator for themes: for all of them, or for none.

    ``themes`` may hold the empty word for a coordinator of the whole. ``instead_of`` is a naming that this one takes
    the place of, by another person or with other hours: its last day is the day before the first.

    Raises:
        NotAllowed: the actor does not act for the party.
        ValidationError: by field; ``instead_of`` does not hold on the day before the first.

    """
    with change(party.agreement, by=by, common=True) as c:  # people are merged and erased behind the common chain
        assert c.common is not None
        refuse_stranger(by, party)
        if not themes:
            raise ValidationError({"themes": _("Choose at least one theme.")})
        if instead_of is not None:
            _make_way(c, party, role, instead_of, named.first_day)
        holder = _holder(party, named, c)
        namings = [_named(party, role, theme, replace(named, holder=holder), c) for theme in dict.fromkeys(themes)]
        for naming in namings:
            naming.save()
        facts = facts_by_key(namings)
        for naming in namings:
            c.enter(f"name-{role}", naming.key, after=_said_of(naming))
            c.keep(naming.key, facts[naming.key])
        if isinstance(holder, Post):
            c.common.enter(f"name-{role}", holder.key, after={"namings": [one.pk for one in namings]})
        return namings


def _make_way(c: Change, party: Party, role: str, naming: Naming, first_day: date) -> None:
    """End a naming on the day before another takes its place."""
    naming.refresh_from_db()
    _refuse_withdrawn(naming)
    last_day = first_day - timedelta(days=1)
    if (naming.party_id, naming.role) != (party.pk, role) or not naming.holds(last_day):
        days = shown_days(naming.valid_from, naming.valid_to)
        raise ValidationError(
            {"first_day": _("The naming before holds %(days)s. Choose a later first day within that.") % {"days": days}}
        )
    before, naming.valid_to = _said_of(naming), last_day
    naming.save(update_fields=["valid_to"])
    _keep(c, naming, f"end-{role}", before)


def end_naming(naming: Naming, *, last_day: date, by: Actor) -> None:
    """Say that a naming's last day is or was this one: a day to come ends nothing yet.

    Raises:
        NotAllowed: the actor does not act for the party.
        ValidationError: the last day is before the first; it was withdrawn.

    """
    with change(naming.party.agreement, by=by) as c:
        refuse_stranger(by, naming.party)
        naming.refresh_from_db()
        _refuse_withdrawn(naming)
        if last_day < naming.valid_from:
            raise ValidationError(
                {
                    "last_day": _("It began on %(day)s. If it was a mistake, withdraw it instead.")
                    % {"day": shown_day(naming.valid_from)}
                }
            )
        before, naming.valid_to = _said_of(naming), last_day
        _refuse_twice(naming, naming.person or naming.post, "last_day")
        naming.save(update_fields=["valid_to"])
        _keep(c, naming, f"end-{naming.role}", before)


def withdraw_naming(naming: Naming, *, by: Actor) -> None:
    """Withdraw a naming that was a mistake: it counts on no day. The row and the journal keep that it was made.

    Raises:
        NotAllowed: the actor does not act for the party.
        ValidationError: it was withdrawn already.

    """
    with change(naming.party.agreement, by=by) as c:
        refuse_stranger(by, naming.party)
        naming.refresh_from_db()
        _refuse_withdrawn(naming)
        before, naming.withdrawn_at = _said_of(naming), c.at
        naming.save(update_fields=["withdrawn_at"])
        _keep(c, naming, f"withdraw-{naming.role}", before)


def _holder(party: Party, named: Named, c: Change) -> Person | Post:
    """Return who is named, as they are now; a newcomer is added to the party's people."""
    holder = named.holder
    if not isinstance(holder, Newcomer):
        holder.refresh_from_db()
        return holder
    assert c.common is not None
    said = {"name": holder.name, "email": holder.email, "phone": holder.phone, "language": holder.language}
    return person_added(c.common, party.organisation, **said)


def _named(party: Party, role: str, theme: str, named: Named, c: Change) -> Naming:
    """Return a naming that may be saved.

    Raises:
        ValidationError: by field.

    """
    holder = named.holder
    assert not isinstance(holder, Newcomer)
    naming = Naming(
        party=party,
        role=role,
        theme=theme,
        person=holder if isinstance(holder, Person) else None,
        post=holder if isinstance(holder, Post) else None,
        hours_per_week=named.hours_per_week,
        agreed=" ".join(named.agreed.split()),
        basis=" ".join(named.basis.split()),
        valid_from=named.first_day,
        valid_to=named.last_day,
    )
    _refuse_unknown_theme(naming)
    if naming.valid_to is not None and naming.valid_to < naming.valid_from:
        raise ValidationError({"last_day": _("The last day is before the first.")})
    if naming.hours_per_week is not None and not 0 < naming.hours_per_week <= 80:
        raise ValidationError(
            {"hours_per_week": _("Write the hours of a week, for example 7.5: more than 0, at most 80.")}
        )
    _refuse_holder(naming, holder, c.today)
    _refuse_twice(naming, holder, "themes")
    naming.clean_fields()
    return naming


def _refuse_unknown_theme(naming: Naming) -> None:
    themes = charter_of(naming.party.agreement).themes
    whole = naming.role == Naming.Role.COORDINATOR and not naming.theme
    if not whole and naming.theme not in themes:
        raise ValidationError({"themes": _("The agreement has no such theme: %(theme)s.") % {"theme": naming.theme}})


def _refuse_holder(naming: Naming, holder: Person | Post, today: date) -> None:
    """Refuse who is nobody any more, and who is another party's where nothing says that this was agreed."""
    if isinstance(holder, Person) and holder.is_gone:
        raise ValidationError({"holder": _("This record holds nobody any more: it was merged or erased.")})
    if isinstance(holder, Post) and holder.discontinued_on is not None and holder.discontinued_on < today:
        raise ValidationError({"holder": _("The post ended on %(day)s.") % {"day": shown_day(holder.discontinued_on)}})
    if holder.organisation_id == naming.party.organisation_id:
        return
    if not holder.organisation.parties.filter(agreement=naming.party.agreement_id).exists():
        raise ValidationError({"holder": _("%(name)s belongs to no party of this agreement.") % {"name": holder}})
    if not naming.agreed:
        raise ValidationError(
            {
                "agreed": _("%(name)s belongs to %(other)s. Say on what the parties have agreed.")
                % {"name": holder, "other": holder.organisation}
            }
        )


def _refuse_twice(naming: Naming, holder: Person | Post | None, field: str) -> None:
    rows = Naming.objects.standing().filter(party=naming.party, role=naming.role, theme=naming.theme)
    rows = rows.filter(person=naming.person, post=naming.post).exclude(pk=naming.pk)
    other = rows.overlapping(naming.valid_from, naming.valid_to).first()
    if other is not None:
        days = shown_days(other.valid_from, other.valid_to)
        raise ValidationError({field: _("%(name)s is named already, %(days)s.") % {"name": holder, "days": days}})


def _refuse_withdrawn(naming: Naming) -> None:
    if naming.withdrawn_at is not None:
        raise ValidationError(_("It was withdrawn already."))


def _keep(c: Change, naming: Naming, verb: str, before: object) -> None:
    c.enter(verb, naming.key, before, _said_of(naming))
    c.keep_all(facts_by_key([naming]))


def _said_of(naming: Naming) -> dict[str, object]:
    return {
        "theme": naming.theme,
        "person": naming.person_id,
        "post": naming.post_id,
        "hours_per_week": None if naming.hours_per_week is None else str(naming.hours_per_week),
        "valid_from": naming.valid_from,
        "valid_to": naming.valid_to,
        "withdrawn": naming.withdrawn_at is not None,
    }
