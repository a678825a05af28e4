"""Which mails this room sends: those appointed to a group, and their parties, are told (C24)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils import translation

from yhdyspinta.bodies.models import Appointment, Membership
from yhdyspinta.bodies.words import role
from yhdyspinta.mail.actions import post_mail
from yhdyspinta.mail.addresses import absolute
from yhdyspinta.mail.recipient import Recipient
from yhdyspinta.parties.models import Party
from yhdyspinta.parties.reaching import recipients_of


def tell_appointed(appointment: Appointment, members: Sequence[Membership], names: dict[str, str]) -> None:
    """Tell everybody appointed, and the registry of each party, inside the change that appoints.

    ``names`` are those of the body by language.
    """
    of_party: dict[Party, list[Membership]] = defaultdict(list)
    for member in members:
        if member.party is not None:
            of_party[member.party].append(member)
        if member.person is not None and member.person.email:
            to = Recipient(member.person.email, member.person.name, member.person.language)
            _tell(appointment, [member], to, names, "appointed", member.key)
    for party, own in of_party.items():
        for to in recipients_of(party):
            _tell(appointment, own, to, names, "appointed-party", f"party:{party.pk}")


def _tell(
    appointment: Appointment,
    members: Sequence[Membership],
    to: Recipient,
    names: dict[str, str],
    template: str,
    about: str,
) -> None:
    agreement = appointment.body.agreement
    with translation.override(to.language):
        address = reverse("desk:body", kwargs={"slug": agreement.slug, "body": appointment.body.slug})
        context = {
            "body": names.get(to.language) or next(iter(names.values())),
            "decision": appointment.reference_text,
            "first": appointment.first_day,
            "last": appointment.last_day,
            "members": [(str(each.person or each.post), role(each.role)) for each in members],
            "address": absolute(address),
        }
        key = f"{template}:{appointment.pk}:{about}:{to.address}"[:200]
        post_mail(to=to, template=template, context=context, kind="appointed", about=about, key=key)
