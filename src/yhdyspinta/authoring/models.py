"""Drafts: the files of an agreement on their way, every version of them, and what was decided about proposals."""

from __future__ import annotations

import json
import zlib
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yhdyspinta.agreement.manuscript import Manuscript
from yhdyspinta.journal.models import Agreement
from yhdyspinta.papers.models import File
from yhdyspinta.parties.models import Account


class Draft(models.Model):
    """An agreement's files while they are written. It belongs to no agreement before it is loaded."""

    name = models.CharField(_("name"), max_length=200)
    begun_by = models.ForeignKey(Account, models.PROTECT, related_name="drafts_begun")
    begun_at = models.DateTimeField(_("begun at"))
    changed_at = models.DateTimeField(_("changed at"))
    sources = models.JSONField(_("files"))
    version = models.PositiveIntegerField(_("version"), default=1)

    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="drafts")
    """The agreement that this is another version of; none for an agreement of its own."""
    notes = models.JSONField(_("what to look at"), default=list, blank=True)

    loaded_at = models.DateTimeField(_("loaded at"), null=True, blank=True)
    loaded_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    writers = models.ManyToManyField(Account, through="Writer", related_name="drafts_written")

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-changed_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(loaded_at__isnull=True) | Q(agreement__isnull=False), name="draft_is_loaded_as_something"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the draft's page."""
        return reverse("authoring:draft", kwargs={"draft": self.pk})

    @property
    def open(self) -> bool:
        """Whether it may still be written on."""
        return self.loaded_at is None

    @property
    def key(self) -> str:
        """What the journal and addresses call it."""
        return f"draft:{self.pk}"

    def manuscript(self) -> Manuscript:
        """Return the files as something to write on."""
        return Manuscript.read(self.sources)


class Brought(models.Model):
    """A text as it was brought in, of the agreement itself or of an annex, and the file that it was read from."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="brought")
    annex = models.SlugField(_("annex"), max_length=80, blank=True, default="")
    content = models.TextField(_("text"))
    file = models.ForeignKey(File, models.PROTECT, null=True, blank=True, related_name="+")
    notes = models.JSONField(_("what was left out"), default=list, blank=True)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("annex",)
        constraints = (models.UniqueConstraint(fields=["draft", "annex"], name="text_of_a_draft_is_brought_once"),)

    def __str__(self) -> str:
        return str(self.file or self.annex)


class Writer(models.Model):
    """Somebody who may see a draft and write on it."""

    draft = models.ForeignKey(Draft, models.CASCADE)
    account = models.ForeignKey(Account, models.PROTECT)

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("account__name",)
        constraints = (models.UniqueConstraint(fields=["draft", "account"], name="writer_of_a_draft_once"),)

    def __str__(self) -> str:
        return str(self.account)


class Version(models.Model):
    """The files as one change left them, packed. Nothing changes a version."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    deed = models.SlugField(_("what was done"), max_length=40)
    about = models.CharField(_("to what"), max_length=200, blank=True, default="")
    packed = models.BinaryField(_("files"))

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-number",)
        constraints = (models.UniqueConstraint(fields=["draft", "number"], name="version_of_a_draft_once"),)

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.number}"

    @property
    def sources(self) -> dict[str, str]:
        """The files as they were."""
        found: dict[str, str] = json.loads(zlib.decompress(bytes(self.packed)))
        return found

    @staticmethod
    def pack(sources: Any) -> bytes:
        """Return files as they are kept."""
        return zlib.compress(json.dumps(sources, ensure_ascii=False).encode())


class Decision(models.Model):
    """That somebody confirmed or refused what was proposed. The proposal itself is read from the text."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="decisions")
    key = models.CharField(_("proposal"), max_length=20)
    confirmed = models.BooleanField(_("confirmed"))
    thing = models.CharField(_("what it became"), max_length=100, blank=True, default="")
    decided_at = models.DateTimeField(_("decided at"))
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["draft", "key"], name="proposal_is_decided_once"),)

    def __str__(self) -> str:
        return self.key


class Original(models.Model):
    """The file that an agreement's official text was read from, kept as it came."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="originals")
    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    annex = models.SlugField(_("annex"), max_length=80, blank=True, default="")
    digest = models.CharField(_("digest of the official text"), max_length=64)
    public = models.BooleanField(_("handed out to everybody"), default=False)
    """A Word file may hold what its text does not show: comments, tracked changes, hidden text, who wrote it."""

    class Meta:
        ordering: ClassVar[tuple[str, ...]] = ("-id",)

    def __str__(self) -> str:
        return str(self.file)
