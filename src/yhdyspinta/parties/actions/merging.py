"""Two records of one person become one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.journal.actor import Actor
from yhdyspinta.parties import following
from yhdyspinta.parties.actions.common import change_with_followers, refuse_outsider
from yhdyspinta.parties.actions.people import CONFIRM, empty, said_of, save_person
from yhdyspinta.parties.links import revoke_links
from yhdyspinta.parties.models import Invitation, Person, Post, Tenure
from yhdyspinta.parties.models.dated import Dated
from yhdyspinta.parties.post_kinds import excluded_by


def merge_people(kept: Person, gone: Person, *, by: Actor) -> None:
    """Let two records of the same person be one: posts, themes and the account of ``gone`` go over to ``kept``.

    So do all rooms' rows about ``gone`` (``following``). What ``kept`` lacks (e-mail, phone) it takes over; what else
    stood in ``gone`` stays in the journal.

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
        before = {"kept": said_of(kept), "gone": said_of(gone)}
        tenures = Tenure.objects.filter(person=gone)
        moved = {"tenures": list(tenures.values_list("pk", flat=True))}
        tenures.update(person=kept)
        moved |= following.move(gone, kept)
        Invitation.objects.filter(person=gone).update(person=kept)
        filled = {name: getattr(gone, name) for name in ("email", "phone") if not getattr(kept, name)}
        account = kept.account or gone.account
        empty(gone)
        gone.account = None
        revoke_links(CONFIRM, gone.key)
        gone.merged_into = kept
        gone.save()
        for name, value in filled.items():
            setattr(kept, name, value)
        kept.account = account
        kept.version += 1
        save_person(kept)
        c.enter("merge-people", kept.key, before, {"kept": said_of(kept), "merged": gone.key, "moved": moved})


def why_not_merge(kept: Person, gone: Person) -> list[str]:
    """Return why two records cannot be one, in sentences; nothing where they can.

    At most two queries, and one for each room whose rows follow people.

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
    why += following.why_not_together(kept, gone)
    return why


def _hold_what_excludes(kept: Person, gone: Person) -> bool:
    theirs = list(kept.tenures.select_related("post"))
    return any(
        other.post.kind in excluded_by(tenure.post.kind) and _at_once(tenure, other)
        for tenure in gone.tenures.select_related("post")
        for other in theirs
    )


def _at_once(one: Dated, other: Dated) -> bool:
    begins = max(one.valid_from, other.valid_from)
    return all(last is None or last >= begins for last in (one.valid_to, other.valid_to))
