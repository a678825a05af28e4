"""The requests and who sits in the bodies: 24 parties, 200 requests, 30 bodies."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from bench.pages import CLI, served
from bench.report import Report

MOST_QUERIES = 8
"""Beside those of who looks (``asking.OF_WHO_LOOKS``)."""

MORE_QUERIES = {"page of a body": 9, "page of a group": 10}
"""The desk asks for the text of the day three times; a body has seats of posts, a group has a life."""


def measure(report: Report) -> None:
    """Measure the pages made anew, for the public and for a party's administrator, as multiples of the floor."""
    fill = [*CLI, "manage", "shell", "--no-imports", "-c", "from bench.asking import fill; fill()"]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder), fill) as server:
        floor = server.cpu("/-/floor", 2000)
        said = json.loads(server.filled)
        for page in said["pages"]:
            headers = {"Cookie": said["cookie"]} if page["audience"] == "parties" else {}
            cost = server.cpu(page["address"], 40, headers)
            what = f"{page['name']}, {page['audience']}"
            report.ratio(what, cost / floor, 400, f"{cost * 1000:.1f} ms")
            report.count(f"{what}: queries", page["queries"], MORE_QUERIES.get(page["name"], MOST_QUERIES))
