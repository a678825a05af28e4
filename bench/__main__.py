"""Measure everything and say whether each ratio is within its bound."""

from __future__ import annotations

import sys

from bench import bringing, comparing, counterparts, engine, pages, requests
from bench.report import Report


def main() -> int:
    """Run all measurements; exit 1 when a bound is passed."""
    report = Report()
    engine.measure(report)
    comparing.measure(report)
    bringing.measure(report)
    pages.measure(report)
    counterparts.measure(report)
    requests.measure(report)
    report.close()
    return 1 if report.exceeded else 0


if __name__ == "__main__":
    sys.exit(main())
