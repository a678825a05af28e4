"""The engine against `json.loads` of the same facts: time, growth and memory (each in a process of its own)."""

from __future__ import annotations

import datetime as dt
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.report import Report, median_cpu
from yhdyspinta.agreement import Ledger, assess, read_facts
from yhdyspinta.cli.simulate import Region, lengthened, model, write_facts

REGIONS, YEARS, SEED = 21, 8, 1
FACTS = 1_000_000
AS_OF = dt.date(2030, 12, 31)


def measure(report: Report) -> None:
    """Measure the bounds of the engine."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        for path, count in ((small, FACTS // 10), (large, FACTS)):
            path.mkdir()
            _write(path, count)
        report.say(f"{REGIONS} regions over {YEARS} years, {FACTS:,} facts")
        loads, judged, tenth = (
            _in_own_process(*call) for call in (("json", large), ("judge", large), ("judge", small))
        )
    detail = f"{judged['seconds']:.2f} s for {judged['occurrences']:,} occurrences, json.loads {loads['seconds']:.2f} s"
    report.ratio("all judged, facts read included", judged["seconds"] / loads["seconds"], 2, detail)
    report.ratio("ten times the facts", judged["seconds"] / tenth["seconds"], 11)
    report.ratio("peak memory", judged["megabytes"] / loads["megabytes"], 3, f"{judged['megabytes']:.0f} MB")


def first_and_again(facts: int = 50_000) -> tuple[float, float]:
    """Return the CPU seconds of one agreement's state on one day: first, and when the process holds the facts."""
    charter = model()
    lines = [json.dumps(fact).encode() for fact in Region(charter, 3, SEED).facts(facts)]
    day = dt.date(2025, 6, 1)
    begin = time.process_time()
    ledger = Ledger(charter, read_facts(lines, charter))
    assess(charter, ledger, day)
    first = time.process_time() - begin
    days = iter(range(1, 100))
    again = median_cpu(lambda: assess(charter, ledger, day + dt.timedelta(days=next(days))), 11)
    return first, again


def _write(folder: Path, count: int) -> None:
    charter = model()
    for number in range(1, REGIONS + 1):
        region = Region(lengthened(charter, number, YEARS), YEARS, SEED)
        write_facts(folder / f"{number:02}.jsonl", region, count // REGIONS)


def _in_own_process(what: str, folder: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.engine", what, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 -- our own module
    answer: dict[str, float] = json.loads(done.stdout)
    return answer


def _json(folder: Path) -> None:
    """Read every line as `json.loads` does; then once more to hold it all, for the memory."""
    begin = time.process_time()
    for path in sorted(folder.iterdir()):
        with path.open("rb") as lines:
            for line in lines:
                json.loads(line)
    seconds = time.process_time() - begin
    held = []
    for path in sorted(folder.iterdir()):
        with path.open("rb") as lines:
            held += [json.loads(line) for line in lines]
    _print(seconds, len(held))


def _judge(folder: Path) -> None:
    """Read, hold and judge all regions, as a process that serves them all would."""
    charter = model()
    held, occurrences = [], 0
    begin = time.process_time()
    for number, path in enumerate(sorted(folder.iterdir()), start=1):
        region = lengthened(charter, number, YEARS)
        with path.open("rb") as lines:
            ledger = Ledger(region, read_facts(lines, region))
        held.append(ledger)
        occurrences += len(assess(region, ledger, AS_OF).occurrences)
    _print(time.process_time() - begin, occurrences)


def _print(seconds: float, occurrences: int) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps({"seconds": seconds, "megabytes": peak, "occurrences": occurrences}))


if __name__ == "__main__":
    {"json": _json, "judge": _judge}[sys.argv[1]](Path(sys.argv[2]))
