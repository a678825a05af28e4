"""``python -m yhdyspinta.cli``: the same door, for a process that starts another."""

from __future__ import annotations

from yhdyspinta.cli import main

main()
