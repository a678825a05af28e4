"""What a coordinator fills in: who is chosen for which seat, who agreed, why; and the appointment that follows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yhdyspinta.bodies.models import Seat
from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.requests.actions import Agreed
from yhdyspinta.requests.coordination import Workspace
from yhdyspinta.requests.models import Nomination


class CombinationForm(forms.Form):
    """A combination: a tick and a seat for each who is proposed."""

    use_required_attribute = False

    agreed_on = DayField(label=_("Agreed on"), error_messages={"required": _("Say when it was agreed.")})
    agreed_by = forms.CharField(
        label=_("Who agreed"),
        max_length=500,
        help_text=_("For example the municipal managers' meeting and its day."),
        error_messages={"required": _("Say who agreed, for example the meeting and its day.")},
    )
    reasons = forms.CharField(
        label=_("Reasons"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": "4"}),
        error_messages={"required": _("Give the reasons in a few words.")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, workspace: Workspace, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        """Offer everybody proposed, each with the seats that they could take."""
        super().__init__(data, **kwargs)
        self.workspace = workspace
        self._nominations: dict[int, Nomination] = {}
        self._seats: dict[str, Seat] = {}
        for each in workspace.people:
            pk = each.nomination.pk
            self._nominations[pk] = each.nomination
            name = str(each.nomination.person)
            self.fields[f"chosen-{pk}"] = forms.BooleanField(
                label=gettext("Choose %(name)s") % {"name": name}, required=False, initial=each.chosen
            )
            self._seats |= {str(seat.pk): seat for seat in each.seats}
            self.fields[f"seat-{pk}"] = forms.ChoiceField(
                label=gettext("Seat of %(name)s") % {"name": name},
                required=False,
                choices=[
                    ("", gettext("no particular seat")),
                    *((str(seat.pk), seat_name(seat)) for seat in each.seats),
                ],
                initial=str(each.seat.pk) if each.seat else "",
            )

    @property
    def rows(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Everybody proposed with the two fields of each."""
        people = self.workspace.people
        return [(each, self[f"chosen-{each.nomination.pk}"], self[f"seat-{each.nomination.pk}"]) for each in people]

    @property
    def agreed(self) -> Agreed:
        """What was filled in. Ask only when the form is valid."""
        said = self.cleaned_data
        chosen = tuple(
            (nomination, self._seats.get(said[f"seat-{pk}"]))
            for pk, nomination in self._nominations.items()
            if said[f"chosen-{pk}"]
        )
        return Agreed(chosen, said["agreed_on"], said["agreed_by"], said["reasons"])


def seat_name(seat: Seat) -> str:
    """Return what a seat is called: its number, and whose it is."""
    whose = str(seat.party.organisation) if seat.party is not None else gettext("shared")
    return gettext("seat %(number)s (%(whose)s)") % {"number": seat.number, "whose": whose}
