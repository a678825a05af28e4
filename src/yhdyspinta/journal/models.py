"""What the journal keeps. Entries, kept facts and texts are written once; triggers hold it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdyspinta.journal.canonical import canonical, digest, moment

COMMON = "common"
"""The name of the one chain that belongs to no agreement: organisations, people, accounts."""


class Chain(models.Model):
    """A chain of entries: one per agreement, named by its slug, and the common one.

    The row is what a change locks. ``sequence`` and ``head`` repeat the last entry's number and hash.
    """

    name = models.SlugField(_("name"), max_length=80, unique=True)
    sequence = models.PositiveBigIntegerField(_("sequence"), default=0)
    head = models.CharField(_("head"), max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return self.name


class Agreement(models.Model):
    """An agreement that everything else points at. What it says is in its texts."""

    class Shown(models.TextChoices):
        """How much of what is not done the public sees; the parties decide (DESIGN §5)."""

        ALL = "all", _("all states with names")
        DONE_AND_COUNTS = "done-and-counts", _("what is done, and counts")
        NONE = "none", _("only what is done")

    slug = models.SlugField(_("id"), max_length=80, unique=True)
    chain = models.OneToOneField(Chain, models.PROTECT, related_name="agreement")
    records_from = models.DateField(_("records from"))
    states_shown_to_public = models.CharField(
        _("states shown to the public"),
        max_length=20,
        choices=Shown.choices,
        default=Shown.DONE_AND_COUNTS,
    )
    example = models.BooleanField(_("invented example"), default=False)
    loaded = models.DateField(_("loaded on"))

    class Meta:
        ordering = ("slug",)
        constraints = (
            models.CheckConstraint(
                condition=Q(states_shown_to_public__in=["all", "done-and-counts", "none"]),
                name="agreement_shown_is_known",
            ),
        )

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Return the address of the living agreement."""
        return reverse("desk:living", kwargs={"slug": self.slug})


class Text(models.Model):
    """A loaded text of an agreement, whole: the Markdown source in each language.

    The text in force on a day is the one with the latest ``first_day`` not after it; of several with
    the same first day, the one loaded last.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="texts")
    sources = models.JSONField(_("sources"))
    digest = models.CharField(_("digest"), max_length=64)
    first_day = models.DateField(_("first day"))
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        ordering = ("-first_day", "-id")
        indexes = (models.Index(fields=["agreement", "-first_day", "-id"], name="text_in_force"),)

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.first_day} {self.digest[:12]}"


class OfficialText(models.Model):
    """The official wording that a user attached, of the agreement itself or of an annex. The last one is shown."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="official_texts")
    annex = models.CharField(_("annex"), max_length=80, blank=True, default="")
    filename = models.CharField(_("file name"), max_length=200)
    content = models.TextField(_("content"))
    digest = models.CharField(_("digest"), max_length=64)
    attached_at = models.DateTimeField(_("attached at"))

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.filename


class Entry(models.Model):
    """One thing that was done: who did what to which object, chained by hash on the one before."""

    class Kind(models.TextChoices):
        """What kind of actor did it."""

        PERSON = "person", _("person")
        LINK = "link", _("link")
        SYSTEM = "system", _("system")

    chain = models.ForeignKey(Chain, models.PROTECT, related_name="entries")
    sequence = models.PositiveBigIntegerField(_("sequence"))
    at = models.DateTimeField(_("at"))
    actor_kind = models.CharField(_("kind of actor"), max_length=10, choices=Kind.choices)
    actor_person = models.BigIntegerField(_("person"), null=True, blank=True)
    actor_party = models.CharField(_("party"), max_length=80, blank=True, default="")
    actor_label = models.CharField(_("actor"), max_length=200, blank=True, default="")
    verb = models.CharField(_("verb"), max_length=60)
    object_key = models.CharField(_("object"), max_length=200)
    digest = models.CharField(_("digest"), max_length=64, blank=True, default="", help_text=_("covers the detail"))
    facts_digest = models.CharField(
        _("digest of facts"), max_length=64, blank=True, default="", help_text=_("covers the facts")
    )
    previous = models.CharField(_("previous hash"), max_length=64, blank=True, default="")
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        ordering = ("chain", "sequence")
        verbose_name_plural = "entries"
        constraints = (
            models.UniqueConstraint(fields=["chain", "sequence"], name="entry_sequence_is_unique"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="entry_sequence_from_one"),
            models.CheckConstraint(
                condition=Q(actor_kind__in=["person", "link", "system"]), name="entry_actor_is_known"
            ),
        )
        indexes = (
            models.Index(fields=["object_key"], name="entry_object"),
            models.Index(fields=["actor_person"], condition=Q(actor_person__isnull=False), name="entry_actor"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.object_key}"

    def computed_hash(self, chain_name: str) -> str:
        """Return the hash that this entry must have, from everything in it but the hash itself."""
        return digest(
            canonical(
                {
                    "chain": chain_name,
                    "sequence": self.sequence,
                    "at": moment(self.at),
                    "actor": [
                        self.actor_kind,
                        self.actor_person,
                        self.actor_party,
                        self.actor_label,
                    ],
                    "verb": self.verb,
                    "object": self.object_key,
                    "digest": self.digest,
                    "facts": self.facts_digest,
                    "previous": self.previous,
                }
            )
        )


class Detail(models.Model):
    """What an entry's object was before and after. May be deleted, never changed.

    The salt keeps what was deleted from being guessed back from the digest that stays.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="detail")
    salt = models.CharField(_("salt"), max_length=64)
    body = models.TextField(_("body"))

    def __str__(self) -> str:
        return f"detail of {self.entry_id}"

    @property
    def before(self) -> Any:
        """What the object was, as JSON reads it, or ``None``."""
        return json.loads(self.body)["before"]

    @property
    def after(self) -> Any:
        """What the object became, as JSON reads it, or ``None``."""
        return json.loads(self.body)["after"]


class KeptFact(models.Model):
    """A fact that a thing proves. Never changed: what no longer holds gets a withdrawal.

    ``number`` runs without gaps within the agreement, so a process reads only what it has not read.
    ``fact`` is the fact as given, in canonical JSON, without the id and the recording day that the
    journal gave it. A withdrawal is a kept fact too, and ``withdraws`` is the id it withdraws.
    """

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="kept_facts")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="kept_facts")
    number = models.PositiveBigIntegerField(_("number"))
    thing = models.CharField(_("thing"), max_length=200)
    fact_id = models.CharField(_("fact id"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40)
    day = models.DateField(_("day"))
    recorded = models.DateField(_("recorded"))
    withdraws = models.CharField(_("withdraws"), max_length=200, blank=True, default="")
    fact = models.TextField(_("fact"))

    class Meta:
        ordering = ("agreement", "number")
        constraints = (
            models.UniqueConstraint(fields=["agreement", "number"], name="kept_fact_number_is_unique"),
            models.UniqueConstraint(fields=["agreement", "fact_id"], name="kept_fact_id_is_unique"),
            models.CheckConstraint(
                condition=Q(kind="withdrawn", withdraws__gt="") | (~Q(kind="withdrawn") & Q(withdraws="")),
                name="kept_fact_withdrawal_names_its_fact",
            ),
        )
        indexes = (
            models.Index(fields=["agreement", "thing"], name="kept_fact_thing"),
            models.Index(fields=["agreement", "kind"], name="kept_fact_kind"),
            models.Index(
                fields=["agreement", "withdraws"],
                condition=Q(withdraws__gt=""),
                name="kept_fact_withdrawal",
            ),
        )

    def __str__(self) -> str:
        return self.fact_id

    @property
    def given(self) -> dict[str, Any]:
        """The fact as given, without what the journal added."""
        given: dict[str, Any] = json.loads(self.fact)
        return given

    @property
    def whole(self) -> dict[str, Any]:
        """The fact with the id and the recording day under which the journal keeps it."""
        return whole(self.fact, self.fact_id, self.recorded)

    def hashed(self) -> list[str | int]:
        """What the entry's ``facts_digest`` covers of this fact."""
        return [self.number, self.thing, self.fact_id, self.recorded.isoformat(), self.fact]


def whole(fact: str, fact_id: str, recorded: date) -> dict[str, Any]:
    """Return a kept fact as a file would carry it, with its id and recording day."""
    return {**json.loads(fact), "id": fact_id, "recorded": recorded.isoformat()}
