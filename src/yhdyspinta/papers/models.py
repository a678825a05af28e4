"""A file that was handed over, and where its content lies."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class File(models.Model):
    """A file: its name as shown, its kind by content, its hash. The content lies once per hash."""

    class MediaType(models.TextChoices):
        """The kinds that are taken in."""

        PDF = "application/pdf", "PDF"
        DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"
        ODT = "application/vnd.oasis.opendocument.text", "ODT"
        PNG = "image/png", "PNG"
        JPEG = "image/jpeg", "JPEG"

    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    name = models.CharField(_("name"), max_length=120)
    media_type = models.CharField(_("media type"), max_length=100, choices=MediaType.choices)
    path = models.CharField(_("path in the storage"), max_length=200)
    kept_at = models.DateTimeField(_("kept at"), auto_now_add=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty"),
            models.CheckConstraint(
                condition=Q(
                    media_type__in=[
                        "application/pdf",
                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                        "application/vnd.oasis.opendocument.text",
                        "image/png",
                        "image/jpeg",
                    ]
                ),
                name="file_kind_is_known",
            ),
        )

    def __str__(self) -> str:
        return self.name
