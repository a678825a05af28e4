"""How measurements are said: a line each, with its bound."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Report:
    """Prints each measurement as it is made and remembers bounds that were passed."""

    exceeded: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Print a line of explanation."""
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def ratio(self, what: str, value: float, bound: float, detail: str = "") -> None:
        """Print a ratio beside its bound."""
        within = value <= bound
        if not within:
            self.exceeded.append(what)
        self.say(
            f"{'  ok  ' if within else ' OVER '} {what}: {value:.2f} × (at most {bound:g} ×){detail and '  ' + detail}"
        )

    def count(self, what: str, value: int, bound: int) -> None:
        """Print a number of things beside the most that there may be."""
        within = value <= bound
        if not within:
            self.exceeded.append(what)
        self.say(f"{'  ok  ' if within else ' OVER '} {what}: {value} (at most {bound})")

    def close(self) -> None:
        """Print the end."""
        self.say(
            f"{len(self.exceeded)} bounds passed: {', '.join(self.exceeded)}" if self.exceeded else "all within bounds"
        )


def median_cpu(call: Callable[[], object], times: int) -> float:
    """Return the median CPU seconds of several calls."""
    spent: list[float] = []
    for _ in range(times):
        begin = time.process_time()
        call()
        spent.append(time.process_time() - begin)
    return statistics.median(spent)
