"""The forms of a group's life: proposed, taken back, appointed, constituted, ended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from yhdyspinta.bodies.actions import FirstMeeting, NewGroup, Proposed, Wanted
from yhdyspinta.bodies.known import OFFICES
from yhdyspinta.bodies.models import Membership
from yhdyspinta.bodies.telling import names_of_offices
from yhdyspinta.parties.forms.decision import DecisionForm
from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.parties.models import Party

NEW = "new"
Choices = Iterable[tuple[str, str]]
_MOST_OF_ONE = 50
_OUTSIDERS = re.compile(r"^(?P<name>[^;]+?)\s*(?:;\s*(?P<count>[0-9]{1,3}))?\s*;?$")


class ProposalForm(forms.Form):
    """Which group is proposed, by whom, for which days and what task, and with what seats."""

    use_required_attribute = False
    group = forms.ChoiceField(label=_("Group"), error_messages={"required": _("Choose the group, or a new one.")})
    name = forms.CharField(label=_("Name of the new group"), required=False, max_length=120)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    level = forms.TypedChoiceField(label=_("Level"), required=False, coerce=int, empty_value=None)
    agreed = forms.CharField(
        label=_("Agreed between whom, how and for how long"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("For example: the municipal directors of Luhanka and Joutsa 12.8.2025, for two years."),
    )
    proposed_by = forms.ChoiceField(
        label=_("Proposed by"), error_messages={"required": _("Choose the party that proposes.")}
    )
    first_day = DayField(label=_("First day"), error_messages={"required": _("Say from which day.")})
    last_day = DayField(label=_("Last day"), required=False)
    task = forms.CharField(
        label=_("Task"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "5"}),
        help_text=_("What the group is for, as the parties read it when they are asked to accept it."),
        error_messages={"required": _("Say what the group is for.")},
    )
    seats = forms.IntegerField(
        label=_("Seats for each party"),
        required=False,
        min_value=0,
        max_value=_MOST_OF_ONE,
        help_text=_("So many for every party. 0 or empty: none of their own."),
    )
    together = forms.IntegerField(
        label=_("Seats that the parties fill together"),
        required=False,
        min_value=0,
        max_value=_MOST_OF_ONE,
        help_text=_("They agree among themselves who represents them."),
    )
    outsiders = forms.CharField(
        label=_("Seats for organisations outside the agreement"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("One on a line, with the number of seats after a semicolon: “Keski-Suomen Yrittäjät; 2”."),
    )
    asks_deputies = forms.BooleanField(label=_("Deputies are asked for too"), required=False)

    def __init__(
        self,
        groups: Choices,
        themes: Choices,
        levels: Choices,
        own: Sequence[Party],
        *args: Any,
        term_help: str = "",
        **kwargs: Any,
    ) -> None:
        """Offer the groups of the agreement, and the parties for which somebody may propose."""
        super().__init__(*args, **kwargs)
        self._own = {party.slug: party for party in own}
        names = [(party.slug, str(party.organisation)) for party in own]
        self._offer(
            "group", [("", gettext("Choose …")), (NEW, gettext("A new group that the text does not name")), *groups]
        )
        self._offer("theme", [("", gettext("Choose …")), *themes])
        self._offer("level", levels)
        self._offer("proposed_by", names if len(names) == 1 else [("", gettext("Choose …")), *names])
        self.fields["last_day"].help_text = term_help

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def clean_outsiders(self) -> list[Wanted]:
        """Return the seats of outsiders.

        Raises:
            ValidationError: a line is not "name; number"; it says which.

        """
        return [
            _outsider(number, line)
            for number, line in enumerate(self.cleaned_data["outsiders"].splitlines(), 1)
            if line.strip()
        ]

    @property
    def proposer(self) -> Party:
        """The party that proposes, once the form is valid."""
        return self._own[self.cleaned_data["proposed_by"]]

    def proposed(self, parties: Sequence[Party]) -> Proposed:
        """Return what is proposed, once the form is valid; ``parties`` are those that get seats of their own."""
        said = self.cleaned_data
        seats = [Wanted(said["seats"], party=party) for party in parties if said["seats"]]
        seats += [Wanted(said["together"])] if said["together"] else []
        new = NewGroup(said["name"], said["theme"], said["level"] or 0, said["agreed"])
        return Proposed(
            new if said["group"] == NEW else said["group"],
            self.proposer,
            said["first_day"],
            said["task"],
            said["last_day"],
            (*seats, *said["outsiders"]),
            said["asks_deputies"],
        )


def _outsider(number: int, line: str) -> Wanted:
    read = _OUTSIDERS.match(line.strip())
    count = int(read["count"] or 1) if read else 0
    if read is None or not 1 <= count <= _MOST_OF_ONE:
        message = gettext("Line %(number)s: write the name, a semicolon and how many seats, from 1 to %(most)s.")
        raise ValidationError(message % {"number": number, "most": _MOST_OF_ONE})
    return Wanted(count, outsider=read["name"])


class ReasonForm(forms.Form):
    """Why a proposal is taken back."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"), max_length=500, error_messages={"required": _("Say why the proposal is taken back.")}
    )


class AppointmentForm(DecisionForm):
    """By which decision a group is appointed, and for which days."""

    dated = True
    first_day = DayField(label=_("First day"), error_messages={"required": _("Say from which day.")})
    last_day = DayField(label=_("Last day"), required=False)
    early_reason = forms.CharField(
        label=_("Why the group is appointed before all have accepted it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=_("For the parties. The commitment stays open until an appointment follows the last acceptance."),
    )

    def __init__(self, *args: Any, term_help: str = "", **kwargs: Any) -> None:
        """Say which day is the last when none is given."""
        super().__init__(*args, **kwargs)
        self.fields["last_day"].help_text = term_help


class EndGroupForm(forms.Form):
    """The last day of a group's work, and why it ends."""

    use_required_attribute = False
    last_day = DayField(label=_("Last day"), error_messages={"required": _("Say which day is the last.")})
    reason = forms.CharField(
        label=_("Reason"), max_length=500, error_messages={"required": _("Say why the group ends.")}
    )


class FirstMeetingForm(forms.Form):
    """When a group met for the first time, and whom of its members it elected."""

    use_required_attribute = False
    on = DayField(label=_("Day of the meeting"), error_messages={"required": _("Say on which day the group met.")})
    online = forms.BooleanField(label=_("Held online"), required=False)
    convened_by = forms.CharField(label=_("Convened by"), required=False, max_length=200)
    note = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=300,
        help_text=_("For example “memo 1/2025, § 3”. It is public; name no people."),
    )

    def __init__(self, members: Sequence[Membership], *args: Any, **kwargs: Any) -> None:
        """Offer these members for each office."""
        super().__init__(*args, **kwargs)
        self._members = {str(member.pk): member for member in members}
        offered = [(number, called(member)) for number, member in self._members.items()]
        for office, name in names_of_offices().items():
            field = forms.ChoiceField(label=capfirst(name), required=False, choices=[("", _("Nobody")), *offered])
            field.error_messages["invalid_choice"] = _("Choose a member of that day.")
            self.fields[office] = field
        self.order_fields(["on", "online", "convened_by", *OFFICES, "note"])

    @property
    def offices(self) -> list[forms.BoundField]:
        """The fields of the offices, for the page."""
        return [self[office] for office in OFFICES]

    @property
    def meeting(self) -> FirstMeeting:
        """What happened, once the form is valid."""
        said = self.cleaned_data
        elected = {office: self._members[said[office]] for office in OFFICES if said[office]}
        return FirstMeeting(said["on"], elected, said["online"], said["convened_by"], said["note"])


def called(member: Membership) -> str:
    """Return a member as a choice shows them, with their party."""
    who = str(member.person or member.post)
    whose = str(member.party.organisation) if member.party else ""
    return ", ".join(filter(None, (who, whose)))
