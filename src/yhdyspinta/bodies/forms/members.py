"""The forms of members and seats: naming somebody, ending a membership, opening seats; and the filters of the lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yhdyspinta.bodies import words
from yhdyspinta.bodies.actions import Member, Wanted
from yhdyspinta.bodies.models import Membership, Seat
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.forms.decision import DecisionForm
from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.parties.models import Party, Person, Post

NEW = "new"
OUTSIDE = "ulkopuolinen"
"""What ``?osapuoli=`` says where somebody from outside the parties is named."""

TOGETHER, EACH = "yhdessa", "kukin"
_MOST_AT_ONCE = 50
Choices = Iterable[tuple[str, str]]


class DayForm(forms.Form):
    """The day on which somebody looks at a list. It stands in the address bar."""

    pvm = DayField(label=_("Situation on"), required=False, help_text="")

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        """Take what the address says."""
        super().__init__(data, auto_id="filter-%s")


class RepresentationForm(DayForm):
    """Which parties and bodies of the matrix somebody looks for."""

    osapuoli = forms.ChoiceField(label=_("Party"), required=False)
    taso = forms.ChoiceField(label=_("Level"), required=False)
    paattyy = forms.ChoiceField(label=_("Term ends"), required=False)

    def __init__(self, parties: Choices, levels: Choices, data: Mapping[str, Any] | None = None) -> None:
        """Offer these parties and levels."""
        super().__init__(data)
        ends = [(str(days), gettext("within %(days)s days") % {"days": days}) for days in (30, 90, 180, 365)]
        for name, offered in (("osapuoli", parties), ("taso", levels), ("paattyy", ends)):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = [("", _("All")), *offered]
        self.order_fields(["osapuoli", "taso", "paattyy", "pvm"])

    def said(self, name: str) -> Any:
        """Return what is filtered by, or nothing where what was written cannot be understood."""
        self.is_valid()
        return self.cleaned_data.get(name)


@dataclass(frozen=True, slots=True)
class Offered:
    """Who and what can be chosen when a member is named."""

    people: Sequence[Person] = ()
    posts: Sequence[Post] = ()
    roles: Sequence[str] = ("member",)
    seats: Mapping[Seat, str] = field(default_factory=dict)
    """The open seats, each with who sits in it now."""
    members: Sequence[tuple[Membership, str]] = ()
    """Whose deputy somebody may be."""
    party: Party | None = None
    outside: bool = False
    asks_gender: bool = False


class MemberForm(DecisionForm):
    """Who is named as what, from when to when, by which decision; ``holder`` is one of those offered, or new."""

    holder = forms.ChoiceField(
        label=_("Who"),
        help_text=_("A person, or a post: then whoever holds the post is a member, and who comes after follows."),
        error_messages={"required": _("Choose who is named.")},
    )
    organisation = forms.CharField(
        label=_("Organisation"), required=False, max_length=200, help_text=_("Where they come from.")
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    role = forms.ChoiceField(label=_("Role"), error_messages={"required": _("Choose the role.")})
    deputy_of = forms.ChoiceField(label=_("Deputy of"), required=False, help_text=_("Only for a deputy member."))
    seat = forms.ChoiceField(label=_("Seat"), required=False)
    first_day = DayField(label=_("First day"), error_messages={"required": _("Say from which day.")})
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Leave empty when the end is not known."))
    gender = forms.ChoiceField(
        label=pgettext_lazy("of a person", "Gender"),
        required=False,
        choices=sorted(Membership.Gender.choices, key=lambda choice: choice[0]),
        help_text=_(
            "Asked only to count the balance of the group (Act on Equality 609/1986, 4 a §). It need not be said, and"
            " nobody is shown it but as a number."
        ),
    )

    def __init__(self, offered: Offered, *args: Any, **kwargs: Any) -> None:
        """Offer these people, posts, roles and seats."""
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.addressed = [person.pk for person in offered.people if person.email and not offered.outside]
        """Whose addresses the choices show: two may have one name."""
        self._holders: dict[str, Person | Post] = {each.key: each for each in offered.people}
        self._holders |= {each.key: each for each in offered.posts}
        self._seats = {str(seat.pk): seat for seat in offered.seats}
        self._members = {str(member.pk): member for member, _called in offered.members}
        self._offer("holder", self._offered_holders())
        self._offer("role", [(role, capfirst(words.role(role))) for role in offered.roles])
        self._offer_seats_and_members()
        if not offered.outside:
            del self.fields["organisation"]
        if not offered.asks_gender:
            del self.fields["gender"]

    def _offer_seats_and_members(self) -> None:
        seats, members = self.offered.seats.items(), self.offered.members
        self._offer("seat", [("", gettext("No seat of its own")), *((str(seat.pk), called) for seat, called in seats)])
        offered = [(str(each.pk), name) for each, name in members]
        self._offer("deputy_of", [("", gettext("Nobody in particular")), *offered])
        if not seats:
            del self.fields["seat"]
        if "deputy" not in self.offered.roles:
            del self.fields["deputy_of"]

    def _offered_holders(self) -> list[Any]:
        people = [(each.key, _called(each, outside=self.offered.outside)) for each in self.offered.people]
        posts = [(each.key, str(each)) for each in self.offered.posts]
        groups = [(gettext("People"), people), (gettext("Posts"), posts)]
        return [
            ("", gettext("Choose …")),
            (NEW, gettext("Somebody new, whom I add now")),
            *(group for group in groups if group[1]),
        ]

    def _offer(self, name: str, choices: Iterable[Any]) -> None:
        chosen = self.fields[name]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        """Ask for a name of somebody new; only a deputy is somebody's deputy."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("holder") == NEW:
            for name, message in (
                ("name", _("Write the name of who is named.")),
                ("organisation", _("Say which organisation they come from.")),
            ):
                if name in self.fields and not cleaned.get(name, "").strip() and name not in self.errors:
                    self.add_error(name, ValidationError(message))
        if cleaned.get("deputy_of") and cleaned.get("role") != "deputy" and "role" not in self.errors:
            self.add_error("deputy_of", ValidationError(_("Only a deputy member is somebody's deputy.")))
        return cleaned

    @property
    def member(self) -> Member:
        """Who is named, once the form is valid."""
        said = self.cleaned_data
        return Member(
            self._newcomer() if said["holder"] == NEW else self._holders[said["holder"]],
            said["role"],
            said["first_day"],
            said["last_day"],
            party=self.offered.party,
            organisation=said.get("organisation") or None,
            seat=self._seats.get(said.get("seat", "")),
            deputy_of=self._members.get(said.get("deputy_of", "")),
            gender=said.get("gender", ""),
            decision=self.decision,
        )

    def _newcomer(self) -> Newcomer:
        said = self.cleaned_data
        return Newcomer(said["name"], said["email"], said["phone"])


class SeatsForm(forms.Form):
    """Seats to open: how many, in which role, for whom."""

    use_required_attribute = False
    count = forms.IntegerField(
        label=_("How many"),
        min_value=1,
        max_value=_MOST_AT_ONCE,
        error_messages={"required": _("Say how many seats.")},
        widget=forms.NumberInput(attrs={"size": "6"}),
    )
    role = forms.ChoiceField(label=_("Role"))
    whose = forms.ChoiceField(
        label=_("For whom"),
        help_text=_("For every party: so many for each of them. Together: the parties agree on who fills them."),
        error_messages={"required": _("Choose for whom.")},
    )
    outsider = forms.CharField(
        label=_("Outside organisation"),
        required=False,
        max_length=200,
        help_text=_("Only when the seats are for an organisation outside the agreement."),
    )

    def __init__(self, parties: Sequence[Party], roles: Sequence[str], *args: Any, **kwargs: Any) -> None:
        """Offer these parties and roles."""
        super().__init__(*args, **kwargs)
        self._parties = {party.slug: party for party in parties}
        role, whose = self.fields["role"], self.fields["whose"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(whose, forms.ChoiceField)
        role.choices = [(each, capfirst(words.role(each))) for each in roles]
        whose.choices = [
            ("", gettext("Choose …")),
            (EACH, gettext("Every party")),
            (TOGETHER, gettext("The parties together")),
            (OUTSIDE, gettext("An organisation outside the agreement")),
            (gettext("One party"), [(slug, str(party.organisation)) for slug, party in self._parties.items()]),
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the name of an outside organisation where the seats are for one, and only there."""
        cleaned = super().clean() or self.cleaned_data
        outsider, outside = cleaned.get("outsider", "").strip(), cleaned.get("whose") == OUTSIDE
        if outside and not outsider:
            self.add_error("outsider", ValidationError(_("Say which organisation the seats are for.")))
        if outsider and not outside and "whose" not in self.errors:
            self.add_error("outsider", ValidationError(_("Leave this empty, or choose an organisation outside above.")))
        return cleaned

    @property
    def wanted(self) -> list[Wanted]:
        """The seats, once the form is valid."""
        said = self.cleaned_data
        count, role = said["count"], said["role"]
        if said["whose"] == EACH:
            return [Wanted(count, role, party) for party in self._parties.values()]
        if said["whose"] == TOGETHER:
            return [Wanted(count, role)]
        if said["whose"] == OUTSIDE:
            return [Wanted(count, role, outsider=said["outsider"])]
        return [Wanted(count, role, self._parties[said["whose"]])]


def _called(person: Person, *, outside: bool) -> str:
    """Return a person as a choice shows them: two of one party may have one name."""
    if outside:
        return f"{person.name}, {person.organisation}"
    return f"{person.name} ({person.email})" if person.email else person.name
