"""What may lie beside the project: what it was made from. A test that reads it skips where it is absent."""

from __future__ import annotations

from pathlib import Path

SHARED = Path(__file__).parents[3] / "shared"
OFFICIAL = SHARED / "official" / "keski-suomi-2023.fi.txt"
"""The official text of the framework agreement of Central Finland."""
