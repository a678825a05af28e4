"""The matrix of counterparts, 24 parties by 10 themes, with ten thousand people in the database."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.pages import CLI, served
from bench.report import Report
from yhdyspinta.agreement import today

PAGE = "/keski-suomi-2023/vastinparit/"


def measure(report: Report) -> None:
    """Measure the page made anew, for the public and for somebody of the parties, as multiples of the floor."""
    fill = [*CLI, "manage", "shell", "--no-imports", "-c", "from bench.crowd import fill; fill()"]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), fill) as server:
        floor = server.cpu("/-/floor", 2000)
        page = f"{PAGE}?pvm={today().isoformat()}"  # a page of a chosen day is never kept
        for audience, headers in (("public", {}), ("parties", {"Cookie": server.filled})):
            cost = server.cpu(page, 40, headers)
            report.ratio(f"counterparts among 10,000 people, {audience}", cost / floor, 300, f"{cost * 1000:.1f} ms")
