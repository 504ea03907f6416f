"""`python -m tests.soak [SECONDS] [PRIVATE] [GROUPS]`: a run, told as a table."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.soak.course import Course, Outcome, Plan, p95

# What the design asks for.
ANSWER_SECONDS, GROWTH = 0.5, 0.05
_BETWEEN_KILLS = 60


def main(seconds: str = "1800", private: str = "35", groups: str = "3") -> int:
    """Run, print, and fail where something is not as it should be."""
    console = Console()
    plan = Plan(
        seconds=float(seconds),
        private=int(private),
        groups=int(groups),
        kills=max(2, int(float(seconds) / 3 / _BETWEEN_KILLS)),
    )
    with tempfile.TemporaryDirectory() as folder:
        outcome = Course(plan, Path(folder), console.print).run()
    rows = judged(outcome)
    table = Table("what", "measured", "wanted", "")
    for what, measured, wanted, good in rows:
        table.add_row(what, measured, wanted, "" if good else "NOT SO")
    console.print(table)
    failures = ", ".join(f"{kind} {count}" for kind, count in sorted(outcome.failed.items()))
    console.print(f"{outcome.asked} questions; made to fail: {failures}")
    return 0 if all(row[-1] for row in rows) else 1


def judged(outcome: Outcome) -> list[tuple[str, str, str, bool]]:
    """What was measured beside what is wanted, and whether it is so."""
    rows = [
        (f"answers {what}", str(count), "0", count == 0) for what, count in outcome.verdict.items()
    ]
    rows.append(("left in the queues", str(outcome.left), "0", outcome.left == 0))
    for what, values in (
        ("finding an answer, p95", outcome.thinking),
        ("a person's wait, p95", outcome.waits),
    ):
        value = p95(values)
        rows.append((what, f"{value * 1000:.0f} ms", "< 500 ms", value < ANSWER_SECONDS))
    middle = f"{median(outcome.waits) * 1000:.0f} ms"
    rows.append(("a person's wait, median", middle, "", True))
    size = f"{outcome.memory[-1][1] / 1e6:.0f} MB, {outcome.growth:+.1%}"
    rows.append(("memory", size, "within 5 %", abs(outcome.growth) <= GROWTH))
    return rows


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
