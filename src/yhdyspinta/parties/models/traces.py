"""What is kept of dealings with people's data: who looked at contact data, and tables of people that were brought."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yhdyspinta.parties.models.account import Account
from yhdyspinta.parties.models.organisation import Organisation, Party


class ListHolds(Lookup):
    """``people__holds=12``: the list kept as JSON has this number in it. Django knows this for PostgreSQL alone."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Look into the list (SQLite's JSON functions)."""
        column, params = self.process_lhs(compiler, connection)
        sql = f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = %s)"  # noqa: S608 -- the column, as Django wrote it
        return sql, (*params, self.rhs)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Look into the list (PostgreSQL's containment)."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @> %s::jsonb", (*params, json.dumps([self.rhs]))


models.JSONField.register_lookup(ListHolds)


class Look(models.Model):
    """Somebody was shown contact data of people: what page or file, of which organisation, and of how many people.

    The log that the Act on Information Management (906/2019, 17 §) asks for. No entry of the journal.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="looks")
    at = models.DateTimeField(_("at"), default=timezone.now)
    what = models.CharField(_("what"), max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="looks", null=True, blank=True)
    people = models.JSONField(_("people"), default=list)

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=["account", "-at"], name="look_account"),
            models.Index(fields=["-at"], name="look_at"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"


class PeopleTable(models.Model):
    """A table of people and posts that somebody brought for a party, waiting to be applied or discarded."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="people_tables")
    account = models.ForeignKey(Account, models.PROTECT, related_name="people_tables")
    name = models.CharField(_("file name"), max_length=200)
    rows = models.JSONField(_("rows"))
    made_at = models.DateTimeField(_("made at"), default=timezone.now)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name
