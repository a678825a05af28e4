"""From the parties that a text names to the rows of organisations and parties: what is new, what changed.

Nothing here writes; ``actions.settle_parties`` does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yhdyspinta.agreement import Charter
from yhdyspinta.agreement import Party as Named
from yhdyspinta.journal.models import Agreement
from yhdyspinta.parties.models import Organisation, Party

_CODES = ("municipality_code", "county_code", "region_code")


@dataclass(slots=True)
class Settlement:
    """What must be written so that the rows say what the text says."""

    organisations: list[Organisation] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    before: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {"organisations": {}, "parties": {}})
    after: dict[str, dict[str, dict[str, Any]]] = field(default_factory=lambda: {"organisations": {}, "parties": {}})


def settlement(agreement: Agreement, charter: Charter) -> Settlement:
    """Compare the parties of a text with the rows. Two queries.

    Raises:
        ValidationError: the text no longer names a party that there is, or two parties name one organisation.

    """
    held = {party.slug: party for party in Party.objects.filter(agreement=agreement).select_related("organisation")}
    _refuse_lost(held, charter)
    organisations = list(Organisation.objects.all())
    wanted = Settlement()
    taken: set[int | None] = set()
    for order, named in enumerate(charter.parties.values(), start=1):
        party = held.get(named.id) or Party(agreement=agreement, slug=named.id)
        organisation = _organisation(organisations, party, named)
        if organisation.pk in taken:
            raise ValidationError(_("The organisation of “%(party)s” is another party already.") % {"party": named.id})
        taken |= {organisation.pk} - {None}
        _put(wanted, "organisations", named.id, organisation, _said_of_organisation(named))
        party.organisation = organisation
        dates = {"order": order, "valid_from": named.first_day, "valid_to": named.last_day}
        _put(wanted, "parties", named.id, party, dates)
    return wanted


def _refuse_lost(held: Iterable[str], charter: Charter) -> None:
    lost = sorted(set(held) - set(charter.parties))
    if lost:
        raise ValidationError(
            _("The text no longer names %(parties)s. A party that leaves stays in the text, with its last day in `to`.")
            % {"parties": ", ".join(lost)}
        )


def _organisation(organisations: list[Organisation], party: Party, named: Named) -> Organisation:
    """Find the organisation: by business id, else the one that the party is already, else by the code of its kind."""
    if named.business_id:
        for one in organisations:
            if one.business_id == named.business_id:
                return one
    if party.pk:
        return party.organisation
    codes = {code: getattr(named, code) for code in _CODES if getattr(named, code)}
    for one in organisations if codes else ():
        unnamed = not (one.business_id and named.business_id)
        if unnamed and one.kind == named.kind and all(getattr(one, name) == code for name, code in codes.items()):
            return one
    return Organisation()


def _said_of_organisation(named: Named) -> dict[str, Any]:
    words = {name: dict(getattr(named, name).root) for name in ("name", "official_name", "genitive", "local")}
    codes = {code: getattr(named, code) or "" for code in _CODES}
    return (
        words
        | codes
        | {
            "kind": named.kind,
            "form": named.form or "",
            "business_id": named.business_id or None,
            "address": named.address or "",
        }
    )


def _put(wanted: Settlement, what: str, slug: str, row: Organisation | Party, said: dict[str, Any]) -> None:
    """Let a row say what the text says, and note it where that changes anything."""
    changed = {name: value for name, value in said.items() if not row.pk or getattr(row, name) != value}
    if not changed:
        return
    wanted.before[what][slug] = {name: getattr(row, name) for name in changed} if row.pk else {}
    wanted.after[what][slug] = changed
    for name, value in changed.items():
        setattr(row, name, value)
    if isinstance(row, Organisation):
        wanted.organisations.append(row)
    else:
        wanted.parties.append(row)
