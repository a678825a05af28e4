"""The end of an address under which a table is had as a file: ``<filekind:kind>`` is ``csv`` or ``xlsx``.

A room that hands tables out imports this module in its own ``urls``: that makes the converter known, once.
"""

from __future__ import annotations

from django.urls import register_converter


class FileKind:
    """The kinds of file that a list can be had as."""

    regex = "csv|xlsx"

    def to_python(self, value: str) -> str:
        """Return the kind as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the kind as it is."""
        return value


register_converter(FileKind, "filekind")
