"""What somebody fills in to ask: the request, whom it goes to, and what becomes of it later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yhdyspinta.parties.forms.inputs import DayField
from yhdyspinta.parties.models import Party
from yhdyspinta.requests.actions import Drafted
from yhdyspinta.requests.forms.inputs import FilesField, HourField, lines_of, moment_of
from yhdyspinta.requests.kinds import Kind
from yhdyspinta.requests.models import Request

Choices = Iterable[tuple[str, str]]
FOUR = dt.time(16)


class RequestForm(forms.Form):
    """A request before it is sent."""

    use_required_attribute = False

    sender = forms.ChoiceField(label=_("Who asks"), error_messages={"required": _("Choose who asks.")})
    on_behalf_of = forms.ChoiceField(
        label=_("On behalf of a body"), required=False, help_text=_("Only where the body itself asks.")
    )
    subject = forms.CharField(max_length=80, required=False)
    title = forms.CharField(
        label=_("Title"), max_length=200, error_messages={"required": _("Give the request a title.")}
    )
    background = forms.CharField(
        label=_("Background"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "8"}),
        help_text=_("What it is about and why. An empty line begins a new paragraph."),
    )
    questions = forms.CharField(
        label=_("Questions"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=_("One on each line; they are numbered in the letter, and each gets its own answer."),
    )
    deadline_day = DayField(label=_("Deadline"), error_messages={"required": _("Say by which day.")})
    deadline_hour = HourField(label=_("Hour"), help_text=_("For example 16.00."), initial=FOUR)
    register = forms.CharField(
        label=_("Register number"),
        max_length=80,
        required=False,
        help_text=_("Of the sender, as its own case system writes it."),
    )
    contact_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    contact_title = forms.CharField(label=pgettext_lazy("of a person", "Title"), max_length=200, required=False)
    contact_email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    contact_phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    attachments = FilesField(
        label=_("Attachments"), required=False, help_text=_("PDF, DOCX, ODT, PNG or JPEG, at most 20 MB each.")
    )
    without = forms.MultipleChoiceField(
        label=_("Remove these"), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        kind: Kind,
        *args: Any,
        senders: Sequence[Party],
        bodies: Choices,
        subjects: Choices,
        request: Request | None = None,
        **kwargs: Any,
    ) -> None:
        """Offer who may ask, on behalf of what, and about what."""
        if request is not None:
            kwargs["initial"] = _initial(request) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.kind = kind
        self._senders = {party.slug: party for party in senders}
        one: list[tuple[str, str]] = [] if len(self._senders) == 1 else [("", str(_("Choose …")))]
        self._offer("sender", [*one, *((slug, str(party.organisation)) for slug, party in self._senders.items())])
        behalf = list(bodies)
        self._offer("on_behalf_of", [("", str(_("The party itself"))), *behalf])
        if not behalf:
            del self.fields["on_behalf_of"]
        self._ask_subject(subjects)
        held = list(request.files.select_related("file")) if request is not None else []
        self._offer("without", [(str(each.number), f"{each.number}. {each.file.name}") for each in held])
        if not held:
            del self.fields["without"]

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)

    def _ask_subject(self, subjects: Choices) -> None:
        if self.kind.of_group:
            self.fields["subject"] = forms.ChoiceField(
                label=_("Group"),
                choices=[("", _("Choose …")), *subjects],
                error_messages={"required": _("Choose the group that this is about.")},
            )
        elif self.kind.has_subject:
            self.fields["subject"] = forms.ChoiceField(
                label=_("Subject of the decision"),
                choices=[("", _("Choose …")), *subjects],
                error_messages={"required": _("Say what the decision is about.")},
            )
        else:
            del self.fields["subject"]

    @property
    def drafted(self) -> Drafted:
        """What was filled in. Ask only when the form is valid."""
        said = self.cleaned_data
        return Drafted(
            kind=self.kind.id,
            title=said["title"],
            sender=self._senders[said["sender"]],
            deadline=moment_of(said["deadline_day"], said["deadline_hour"]),
            background=said["background"],
            questions=lines_of(said["questions"]),
            subject=said.get("subject", ""),
            on_behalf_of=said.get("on_behalf_of", ""),
            register=said["register"],
            contact={name: said[f"contact_{name}"] for name in ("name", "title", "email", "phone")},
        )


def _initial(request: Request) -> dict[str, Any]:
    local = request.deadline.astimezone(moment_of(dt.date(2026, 1, 1), FOUR).tzinfo)
    columns = ("subject", "title", "background", "register", "on_behalf_of", "version")
    contact = ("contact_name", "contact_title", "contact_email", "contact_phone")
    return {
        **{name: getattr(request, name) for name in (*columns, *contact)},
        "sender": request.sender.slug,
        "questions": "\n".join(request.questions),
        "deadline_day": local.date(),
        "deadline_hour": local.time(),
    }


class SendForm(forms.Form):
    """Whom a request goes to: all parties unless somebody says otherwise."""

    parties = forms.MultipleChoiceField(
        label=_("Parties"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one party.")},
    )

    def __init__(self, parties: Sequence[Party], data: Mapping[str, Any] | None = None) -> None:
        """Offer the parties, all of them chosen."""
        self._parties = {party.slug: party for party in parties}
        super().__init__(data, initial={"parties": list(self._parties)})
        field = self.fields["parties"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(slug, str(party.organisation)) for slug, party in self._parties.items()]

    @property
    def chosen(self) -> list[Party]:
        """The parties chosen. Ask only when the form is valid."""
        return [self._parties[slug] for slug in self.cleaned_data["parties"]]


class ExtendForm(forms.Form):
    """A later deadline, and why."""

    use_required_attribute = False
    deadline = DayField(label=_("New deadline"), error_messages={"required": _("Say by which day.")})
    hour = HourField(label=_("Hour"), help_text=_("For example 16.00."), initial=FOUR)
    note = forms.CharField(label=_("Why"), max_length=500, required=False)

    @property
    def moment(self) -> dt.datetime:
        """The new deadline. Ask only when the form is valid."""
        return moment_of(self.cleaned_data["deadline"], self.cleaned_data["hour"])


class ReasonForm(forms.Form):
    """Why a request is taken back."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The parties and the log see it."),
        error_messages={"required": _("Say why the request is taken back.")},
    )


class SummaryForm(forms.Form):
    """What came of a request."""

    use_required_attribute = False
    summary = forms.CharField(
        label=_("Summary"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": "8"}),
        error_messages={"required": _("Say in a few words what came of the request.")},
    )


class FilterForm(forms.Form):
    """Which requests somebody looks for."""

    laji = forms.ChoiceField(label=_("Kind"), required=False)
    tila = forms.ChoiceField(label=_("State"), required=False)
    haku = forms.CharField(
        label=_("Search"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"})
    )

    def __init__(self, kinds: Choices, states: Choices, data: Mapping[str, Any] | None = None) -> None:
        """Offer these kinds and states."""
        super().__init__(data, auto_id="filter-%s")
        for name, offered in (("laji", kinds), ("tila", states)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *offered]

    def said(self, name: str) -> Any:
        """Return what is filtered by, or nothing where what was written cannot be understood."""
        self.is_valid()
        return self.cleaned_data.get(name)
