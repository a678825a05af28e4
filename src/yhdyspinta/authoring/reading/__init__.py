"""Texts that people bring, as paragraphs."""

from __future__ import annotations

from yhdyspinta.authoring.reading.refusing import LIMITS, MESSAGES, NOTES, CannotRead, Limits, words_of
from yhdyspinta.authoring.reading.sorting import read_document, read_pasted

__all__ = ["LIMITS", "MESSAGES", "NOTES", "CannotRead", "Limits", "read_document", "read_pasted", "words_of"]
