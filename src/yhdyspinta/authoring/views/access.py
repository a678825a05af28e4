"""Fetching with permission: a draft for whoever may see it; nobody else learns of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from yhdyspinta.agreement.compose import check_sources
from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.agreement.reader import Finding
from yhdyspinta.authoring import policy
from yhdyspinta.authoring.forms.choices import Writing
from yhdyspinta.authoring.models import Draft
from yhdyspinta.authoring.official import missing_passages
from yhdyspinta.authoring.proposals import Proposals, proposals_at_hand, proposals_of
from yhdyspinta.authoring.queries import draft_or_404
from yhdyspinta.parties.models import Account


@dataclass
class Study:
    """What a page of a draft needs: the draft, who looks, and what is read from it, each once."""

    request: HttpRequest
    draft: Draft

    @property
    def account(self) -> Account:
        """Who looks; the page asked them to sign in."""
        user = self.request.user
        assert isinstance(user, Account)
        return user

    @cached_property
    def manuscript(self) -> Manuscript:
        """The draft as something to write on."""
        return self.draft.manuscript()

    @cached_property
    def writing(self) -> Writing:
        """The draft as forms see it."""
        return Writing(self.manuscript)

    @cached_property
    def findings(self) -> list[Finding]:
        """What is left to mend, in the files and between them and the texts that were brought in. One query."""
        return [*check_sources(self.draft.sources), *missing_passages(self.draft, self.manuscript)]

    @cached_property
    def proposals(self) -> Proposals:
        """What is proposed. One query."""
        return proposals_of(self.draft)

    @cached_property
    def proposals_at_hand(self) -> Proposals | None:
        """What is proposed, where it has been read already. One query then."""
        return self.__dict__.get("proposals") or proposals_at_hand(self.draft)

    @property
    def may_write(self) -> bool:
        """Whether who looks may change the draft."""
        return policy.may_write(self.account, self.draft)

    @property
    def may_keep(self) -> bool:
        """Whether who looks decides over the draft: who writes on it, and whether it stays."""
        return policy.may_keep(self.account, self.draft)

    def context(self, **more: Any) -> dict[str, Any]:
        """Return what every template of a draft may use."""
        return {"draft": self.draft, "study": self, "may_write": self.may_write, "noindex": True, **more}


def enter_draft(request: HttpRequest, draft: int) -> Study:
    """Return a draft for whoever may see it, or answer 404. One query."""
    return Study(request, draft_or_404(request.user, draft))
