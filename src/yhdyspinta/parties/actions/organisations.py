"""What an organisation says of itself, beside what the agreement's text says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as BadNumber
from stdnum.fi import ytunnus

from yhdyspinta.journal.actor import Actor
from yhdyspinta.journal.change import change
from yhdyspinta.journal.errors import Conflict
from yhdyspinta.parties.actions.common import refuse_outsider
from yhdyspinta.parties.models import Account, Organisation

OWN_FIELDS = ("visiting_address", "registry_email", "phone", "website", "languages")


def update_organisation(organisation: Organisation, said: Mapping[str, Any], *, version: int, by: Actor) -> None:
    """Let an organisation say how it is reached, and in which languages.

    It says its business id only where the agreement's text gives none.

    Raises:
        NotAllowed: the actor does not act for the organisation.
        Conflict: somebody changed it since ``version`` was read.
        ValidationError: by field.

    """
    with change(None, by=by) as c:
        refuse_outsider(by, organisation)
        organisation.refresh_from_db()
        fields = [*OWN_FIELDS, *([] if organisation.business_id else ["business_id"])]
        wanted = {name: said[name] for name in fields if name in said}
        if organisation.version != version:
            raise Conflict(_told(organisation, wanted), _told_of(wanted))
        before = {name: getattr(organisation, name) for name in wanted}
        for name, value in wanted.items():
            setattr(organisation, name, value)
        _check(organisation)
        organisation.version += 1
        organisation.full_clean()
        organisation.save()
        c.enter("update-organisation", f"organisation:{organisation.pk}", before, wanted)


def checked_business_id(given: str) -> str | None:
    """Return a business id as it is written, 1234567-1, or None for an empty one.

    Raises:
        ValidationError: it is not seven digits and a check digit that fits them.

    """
    if not given.strip():
        return None
    try:
        return ytunnus.format(ytunnus.validate(given.strip()))
    except BadNumber as error:
        raise ValidationError(
            _("“%(given)s” is not a business id: its check digit does not fit. It is written 1234567-1.")
            % {"given": given}
        ) from error


def _check(organisation: Organisation) -> None:
    unknown = set(organisation.languages) - set(Account.Language.values)
    if unknown:
        raise ValidationError({"languages": _("Choose from Finnish, Swedish and English.")})
    try:
        organisation.business_id = checked_business_id(organisation.business_id or "")
    except ValidationError as error:
        raise ValidationError({"business_id": error.messages}) from error


def _told(organisation: Organisation, names: Mapping[str, Any]) -> str:
    return _told_of({name: getattr(organisation, name) for name in names})


def _told_of(said: Mapping[str, Any]) -> str:
    labels = {field.name: str(field.verbose_name) for field in Organisation._meta.concrete_fields}  # noqa: SLF001 -- Django's own
    shown = {name: ", ".join(value) if isinstance(value, list) else value or "–" for name, value in said.items()}
    return "\n".join(f"{labels[name]}: {value}" for name, value in shown.items())
