"""Posts and who holds them. Handing over is one action, and what follows the post follows (DESIGN §1.3)."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import Change, change
from yhdyspinta.parties.actions.common import change_with_followers, refuse_outsider
from yhdyspinta.parties.holding import refuse_holder, refuse_last_day, whose_ends
from yhdyspinta.parties.managers import as_kept
from yhdyspinta.parties.models import Organisation, Person, Post, Tenure
from yhdyspinta.parties.post_kinds import OTHER, excluded_by, post_kinds


def add_post(organisation: Organisation, *, kind: str, title: str = "", email: str = "", by: Actor) -> Post:
    """Add an office to an organisation.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        ValidationError: by field; there is such a post already.

    """
    with change(None, by=by) as c:
        refuse_outsider(by, organisation)
        return post_added(c, organisation, kind=kind, title=title, email=email)


def post_added(c: Change, organisation: Organisation, *, kind: str, title: str = "", email: str = "") -> Post:
    """Add a post inside a change of the common chain. For the actions of this room."""
    post = Post(organisation=organisation, kind=kind, title=" ".join(title.split()), email=as_kept(email))
    if kind not in post_kinds():
        raise ValidationError({"kind": _("There is no such kind of post.")})
    if kind == OTHER and not post.title:
        raise ValidationError({"title": _("Say what the post is called.")})
    post.clean_fields(exclude=("organisation",))
    if Post.objects.filter(organisation=organisation, kind=kind, title__iexact=post.title).exists():
        raise ValidationError({"title": _("There is such a post already: %(post)s.") % {"post": post}})
    post.save()
    c.enter("add-post", post.key, after={"organisation": organisation.pk, "kind": kind, "title": post.title})
    return post


def discontinue_post(post: Post, *, last_day: date, by: Actor) -> None:
    """Let a post be no more after a day.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        ValidationError: somebody holds it after that day.

    """
    with change(None, by=by) as c:
        refuse_outsider(by, post.organisation)
        if post.tenures.overlapping(last_day + timedelta(days=1), None).exists():
            raise ValidationError({"last_day": _("Somebody holds the post after this day. End that first.")})
        before, post.discontinued_on = post.discontinued_on, last_day
        post.save(update_fields=["discontinued_on"])
        c.enter("discontinue-post", post.key, {"discontinued_on": before}, {"discontinued_on": last_day})


def hand_over_post(
    post: Post,
    *,
    person: Person | None,
    first_day: date,
    last_day: date | None = None,
    basis: str = "",
    by: Actor,
) -> Tenure | None:
    """Hand a post over from a day: its holder's last day is the day before, and ``person`` begins; None leaves it open.

    Counterparts and coordinators that are named by the post follow it, in every agreement, from that day.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        ValidationError: by field; see ``refuse_hand_over``.

    """
    with change_with_followers([post], by=by) as c:
        post.refresh_from_db()
        if person is not None:
            person.refresh_from_db()
        refuse_outsider(by, post.organisation)
        return post_handed_over(c, post, person=person, days=(first_day, last_day), basis=basis)


def post_handed_over(
    c: Change, post: Post, *, person: Person | None, days: tuple[date, date | None], basis: str = ""
) -> Tenure | None:
    """Hand a post over inside a change that holds its followers. For the actions of this room."""
    held = refuse_hand_over(post, person, days)
    if held is not None:
        before = {"tenure": held.pk, "valid_to": held.valid_to}
        held.valid_to = days[0] - timedelta(days=1)
        held.save(update_fields=["valid_to"])
        c.enter("end-tenure", post.key, before, before | {"valid_to": held.valid_to})
    return None if person is None else _begin(c, post, person, days, basis)


def refuse_hand_over(post: Post, person: Person | None, days: tuple[date, date | None]) -> Tenure | None:
    """Return whose tenure a handing over ends, or refuse what cannot be. Writes nothing; at most three queries.

    Raises:
        ValidationError: by field: nobody to hand over from or to, the person is of another organisation or nobody any
            more, or see ``holding.refuse_holder``.

    """
    first_day, last_day = days
    reach = last_day and max(first_day, last_day)
    of_post: list[Tenure] = list(post.tenures.overlapping(first_day, reach).select_related("person"))
    if person is None:
        held = whose_ends(of_post, days[0])
        if held is None:
            raise ValidationError({"first_day": _("Nobody holds the post on the day before.")})
        return held
    _refuse_nobody_or_stranger(post, person)
    beside = Tenure.objects.filter(person=person, post__organisation=post.organisation_id)
    of_person = beside.filter(post__kind__in=excluded_by(post.kind)).overlapping(*days).select_related("post")
    return refuse_holder(post, person, days, of_post, of_person)


def end_tenure(tenure: Tenure, *, last_day: date, by: Actor) -> None:
    """Say that somebody's last day in a post is or was this one; it may correct an end that was said before.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        ValidationError: it is before the first day, or another holds the post by then.

    """
    with change_with_followers([tenure.post], by=by) as c:
        refuse_outsider(by, tenure.post.organisation)
        tenure.refresh_from_db()
        tenure_ended(c, tenure, last_day)


def tenure_ended(c: Change, tenure: Tenure, last_day: date) -> None:
    """Say what somebody's last day is inside a change that holds the post's followers. For the actions of this room."""
    others: list[Tenure] = list(
        Tenure.objects.filter(post=tenure.post_id)
        .overlapping(tenure.valid_from, max(tenure.valid_from, last_day))
        .exclude(pk=tenure.pk)
        .select_related("person")
    )
    refuse_last_day(tenure, last_day, others)
    before, tenure.valid_to = tenure.valid_to, last_day
    tenure.save(update_fields=["valid_to"])
    said = {"tenure": tenure.pk}
    c.enter("end-tenure", tenure.post.key, said | {"valid_to": before}, said | {"valid_to": last_day})


def _begin(c: Change, post: Post, person: Person, days: tuple[date, date | None], basis: str) -> Tenure:
    first_day, last_day = days
    tenure = Tenure(post=post, person=person, valid_from=first_day, valid_to=last_day, basis=" ".join(basis.split()))
    tenure.clean_fields(exclude=("post", "person"))
    tenure.save()
    c.enter(
        "begin-tenure",
        post.key,
        after={"tenure": tenure.pk, "person": person.pk, "valid_from": first_day, "valid_to": last_day},
    )
    return tenure


def _refuse_nobody_or_stranger(post: Post, person: Person) -> None:
    if person.is_gone:
        raise ValidationError({"person": _("This record holds nobody any more: it was merged or erased.")})
    if person.organisation_id != post.organisation_id:
        raise ValidationError(
            {"person": _("%(name)s belongs to %(other)s.") % {"name": person, "other": person.organisation}}
        )
