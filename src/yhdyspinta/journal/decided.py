"""The decision that a row rests on, with the columns by which every room keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.reference import reference_of, reference_text


class Decided(models.Model):
    """What rests on a decision of somebody's own organ: organ, day, section and register number (DOMAIN §5.6).

    Every column may be empty: register numbers and sections are written as each organisation writes them.
    """

    organ = models.CharField(_("organ"), max_length=120, blank=True, default="")
    decided = models.DateField(_("date of the decision"), null=True, blank=True)
    section = models.CharField(_("section"), max_length=40, blank=True, default="")
    register = models.CharField(_("register number"), max_length=80, blank=True, default="")

    class Meta:
        abstract = True

    @property
    def reference(self) -> dict[str, Any]:
        """Where it rests, as facts carry it."""
        return reference_of(organ=self.organ, decided=self.decided, section=self.section, register=self.register)

    @property
    def reference_text(self) -> str:
        """Where it rests, in one line: ``Aluehallitus 12.3.2026 § 45, 123/00.01/2026``."""
        return reference_text(self.reference)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as an action is told of it: the columns of ``Decided`` before there is a row."""

    organ: str = ""
    decided: dt.date | None = None
    section: str = ""
    register: str = ""

    def fields(self) -> dict[str, Any]:
        """Return it by the names of the columns."""
        return {"organ": self.organ, "decided": self.decided, "section": self.section, "register": self.register}

    @property
    def empty(self) -> bool:
        """Whether nothing is said of it."""
        return not any(self.fields().values())
