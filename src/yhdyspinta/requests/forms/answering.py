"""What a party fills in to answer: the outcome, its own decision, replies, people proposed, who gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdyspinta.bodies.models import Membership
from yhdyspinta.parties.actions.namings import Newcomer
from yhdyspinta.parties.forms.decision import DecisionForm
from yhdyspinta.requests.actions import Given, Nominee
from yhdyspinta.requests.forms.inputs import FilesField
from yhdyspinta.requests.models import Answer, Request

MOST_ROWS = 10
"""How many people one form has room for."""


class AnswerForm(DecisionForm):
    """A party's answer, with its own decision."""

    field_order = ("outcome", "organ", "decided", "section", "register")

    outcome = forms.ChoiceField(
        label=_("Answer"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the party answers.")},
    )
    text = forms.CharField(
        label=_("Text"), max_length=50_000, required=False, widget=forms.Textarea(attrs={"rows": "6"})
    )
    attachments = FilesField(
        label=_("Attachments"), required=False, help_text=_("PDF, DOCX, ODT, PNG or JPEG, at most 20 MB each.")
    )
    given_by = forms.CharField(
        label=_("Your name"), max_length=200, error_messages={"required": _("Write who gives the answer.")}
    )
    given_by_title = forms.CharField(
        label=_("Your title"), max_length=200, error_messages={"required": _("Write your title.")}
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: Request, *args: Any, before: Answer | None = None, **kwargs: Any) -> None:
        """Ask for the answer to a request; ``before`` is the one that a correction begins from."""
        kwargs["initial"] = _initial(request, before) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.request = request
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [(each.id, each.name) for each in request.of_kind.outcomes]
        for number, question in enumerate(request.questions):
            self.fields[f"reply-{number}"] = forms.CharField(
                label=f"{number + 1}. {question}",
                max_length=20_000,
                required=False,
                widget=forms.Textarea(attrs={"rows": "3"}),
            )

    @property
    def replies(self) -> list[forms.BoundField]:
        """The fields of the numbered questions."""
        return [self[f"reply-{number}"] for number in range(len(self.request.questions))]

    def given(self, nominees: tuple[Nominee, ...] = ()) -> Given:
        """Return what was filled in. Ask only when the form is valid."""
        said = self.cleaned_data
        return Given(
            outcome=said["outcome"],
            given_by=said["given_by"],
            given_by_title=said["given_by_title"],
            decision=self.decision,
            text=said["text"],
            replies=tuple(said[f"reply-{number}"] for number in range(len(self.request.questions))),
            nominees=nominees,
        )


def _initial(request: Request, before: Answer | None) -> dict[str, Any]:
    if before is None:
        return {"version": 0}
    columns = ("outcome", "organ", "decided", "section", "register", "text")
    replies = {f"reply-{number}": reply for number, reply in enumerate(before.replies[: len(request.questions)])}
    return {name: getattr(before, name) for name in columns} | replies | {"version": before.number}


class NomineeForm(forms.Form):
    """Somebody whom a party proposes; a row that is left empty is nobody."""

    use_required_attribute = False

    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    title = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    role = forms.ChoiceField(
        label=_("As"), choices=[("member", _("member")), ("deputy", _("deputy member"))], required=False
    )
    gender = forms.ChoiceField(
        label=pgettext_lazy("of a person", "Gender"),
        choices=[("", _("not said")), ("woman", _("woman")), ("man", _("man"))],
        required=False,
        help_text=_("Only for the balance of the group (Act on Equality, 4 a §); nobody has to say."),
    )
    consented = forms.BooleanField(label=_("Has consented to being proposed"), required=False)

    def __init__(self, *args: Any, asks_deputies: bool = False, **kwargs: Any) -> None:
        """Ask for a deputy too where that is asked for."""
        kwargs["empty_permitted"] = True
        super().__init__(*args, **kwargs)
        if not asks_deputies:
            del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        """Ask for the name and the consent of somebody who is proposed."""
        said = super().clean() or self.cleaned_data
        if self.filled and not said.get("name", "").strip():
            self.add_error("name", ValidationError(_("Write the name of who is proposed.")))
        if self.filled and not said.get("consented"):
            message = _("Ask them first: nobody is proposed without consent.")
            self.add_error("consented", ValidationError(message))
        return said

    @property
    def filled(self) -> bool:
        """Whether somebody is named in this row."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in ("name", "title", "email", "phone"))

    @property
    def nominee(self) -> Nominee:
        """Who is proposed. Ask only when the form is valid and filled."""
        said = self.cleaned_data
        return Nominee(
            person=Newcomer(said["name"], said["email"], said["phone"]),
            consented=said["consented"],
            role=said.get("role") or "member",
            title=said["title"],
            gender=said["gender"],
        )


def nominee_forms(
    data: Mapping[str, Any] | None, *, places: int, asks_deputies: bool, before: Answer | None
) -> list[NomineeForm]:
    """Return a row for each person that a party can propose, filled with whom it has proposed before."""
    rows = min(places * (2 if asks_deputies else 1), MOST_ROWS)
    held = list(before.nominations.all()) if before is not None else []
    made = []
    for number in range(max(rows, len(held))):
        initial = _of_before(held[number]) if number < len(held) else {}
        made.append(NomineeForm(data, prefix=f"nominee-{number}", initial=initial, asks_deputies=asks_deputies))
    return made


def _of_before(nomination: Any) -> dict[str, Any]:
    person = nomination.person
    return {
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "title": nomination.title,
        "role": nomination.role,
        "gender": Membership.Gender(nomination.gender).value,
        "consented": True,
    }
