"""Whom a message is for, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address, the name shown beside it, and the language (``fi``, ``sv``, ``en``) in which it is written to."""

    address: str
    name: str = ""
    language: str = "fi"
