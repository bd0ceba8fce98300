"""Run the benchmarks and print ratios, each with its bound: `python -m tests.benchmarks`.

A ratio above its bound is said and gives status 1; nothing here is a timed test. Run it on a quiet machine.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import (
    busy_sweep,
    due_date,
    figures,
    following,
    importing,
    queueing,
    rederiving,
    sweeping,
    whole_pack,
    working_time,
)
from tests.databases import NoServerError, postgres_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.measure import Result
    from tests.databases import PostgresServer

GROUPS = ("due", "sweep", "scale", "busy", "queue", "import", "rederive", "follow", "figures", "pack")


def main() -> int:
    """Run the groups that were asked for and say whether every bound holds."""
    asked = _arguments()
    results = []
    for result in _run(asked):
        results.append(result)
        if not asked.json:
            sys.stdout.write(f"{_line(result)}\n")
            sys.stdout.flush()
    if asked.json:
        sys.stdout.write(json.dumps([result.as_json() for result in results], ensure_ascii=False, indent=2))
        sys.stdout.write("\n")
    return 0 if all(result.holds for result in results) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], help="all of them unless named")
    parser.add_argument("--json", action="store_true", help="for a program")
    parser.add_argument(
        "--dossiers",
        type=int,
        default=1_000_000,
        help="open dossiers of the sweep, of the due dates derived anew, of those that follow a day off; "
        "closed ones of the figures",
    )
    parser.add_argument("--mails", type=int, default=3_000, help="mails, and tasks that do nothing")
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the import; dossiers of the pack")
    return parser.parse_args()


def _run(asked: argparse.Namespace) -> Iterator[Result]:
    groups = asked.groups or GROUPS
    if "due" in groups:
        yield from due_date.run()
        yield from working_time.run()
    with tempfile.TemporaryDirectory(prefix="dunghan-bench-") as name:
        folder = Path(name)
        if "sweep" in groups:
            yield from sweeping.on_sqlite(folder, asked.dossiers)
        if set(groups) <= {"due"}:
            return
        try:
            with postgres_server("dunghan_bench", durable=True) as server:
                for group in groups:
                    yield from _on_postgresql(group, server, folder, asked)
        except NoServerError as error:
            sys.exit(f"no PostgreSQL, so half of this cannot be measured: {error}")


def _on_postgresql(
    group: str, server: PostgresServer, folder: Path, asked: argparse.Namespace
) -> Iterator[Result]:
    match group:
        case "sweep":
            yield from sweeping.on_postgresql(server, asked.dossiers)
        case "scale":
            yield from sweeping.among_ten_times(server, asked.dossiers)
        case "busy":
            yield from busy_sweep.on_postgresql(server, asked.dossiers)
        case "queue":
            yield from queueing.run(server, folder, asked.mails)
        case "import":
            yield from importing.run(server, folder, asked.rows)
        case "rederive":
            yield from rederiving.run(server, asked.dossiers)
        case "follow":
            yield from following.run(server, asked.dossiers)
        case "figures":
            yield from figures.run(server, asked.dossiers)
        case "pack":
            yield from whole_pack.run(server, asked.rows)


def _line(result: Result) -> str:
    bound = "for information" if result.most is None else f"at most {result.most:g}"
    word = "" if result.most is None else ("  ok" if result.holds else "  TOO MUCH")
    times = f"{_shown(result.ours, result.unit)} : {_shown(result.bare, result.unit)}"
    return f"{result.ratio:7.2f}  ({bound}){word}  {result.what}  against  {result.against}  [{times}]"


def _shown(value: float, unit: str) -> str:
    if unit != "s":
        return f"{value:.3g} {unit}"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.1f} ms" if value >= 0.1 else f"{value * 1e6:.1f} µs"


if __name__ == "__main__":
    sys.exit(main())
