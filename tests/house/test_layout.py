"""The house stands as its plan says: the owner's top level, small rooms, nothing left open."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

REPO = Path(__file__).parents[2]
TOP_LEVEL = {"workers", "domain", "config", "tests", "docker-compose.yml", "pyproject.toml", "README.md"}
ROOMS = [
    "domain",
    "config",
    "config/sla",
    "config/templates",
    "config/docker",
    "workers",
    "workers/cli",
    "workers/demo",
    "workers/inbox",
    "workers/letters",
    "workers/notify",
    "workers/reports",
    "workers/runtime",
    "workers/store",
    "workers/tasks",
    "workers/use_cases",
    "tests",
]
LEFT_OPEN = re.compile(
    r"\b(TODO|FIXME|XXX|NotImplementedError)\b|pragma: no cover|type: ignore($|[^\[])|noqa($|[^:])",
    re.MULTILINE,
)
CLOCKS = re.compile(r"datetime\.now\(|utcnow\(|date\.today\(|time\.time\(")


def tracked(pattern: str = "") -> list[str]:
    listed = subprocess.run(["git", "ls-files"], cwd=REPO, check=True, capture_output=True, text=True)
    return [name for name in listed.stdout.splitlines() if re.search(pattern, name)]


def texts(pattern: str) -> dict[str, str]:
    return {name: (REPO / name).read_text(encoding="utf-8") for name in tracked(pattern)}


def test_only_the_owners_entries_stand_at_the_top_level() -> None:
    top = {name.split("/")[0] for name in tracked()}
    assert {name for name in top if not name.startswith(".")} == TOP_LEVEL


def test_every_room_has_a_readme_at_its_door() -> None:
    assert [room for room in ROOMS if not (REPO / room / "README.md").is_file()] == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    long = {name: text.count("\n") for name, text in texts(r"\.py$").items() if text.count("\n") > 300}
    assert long == {}


def test_nothing_is_left_open_or_silenced_without_a_reason() -> None:
    found = {
        name: match.group(0)
        for name, text in texts(r"^(domain|config|workers)/.*\.py$").items()
        for match in [LEFT_OPEN.search(text)]
        if match
    }
    assert found == {}


def test_only_one_module_reads_the_clock() -> None:
    readers = [
        name for name, text in texts(r"^(domain|config|workers)/.*\.py$").items() if CLOCKS.search(text)
    ]
    assert readers == ["workers/clock.py"]


def test_no_file_knows_the_machine_it_was_made_on() -> None:
    told = [
        name for name, text in texts(r"\.(py|md|toml|yml|txt|j2)$").items() if str(REPO.parent) + "/" in text
    ]
    assert told == []


def test_no_test_is_switched_off() -> None:
    switched = re.compile(r"pytest\.mark\.(skip|xfail)|importorskip")
    mine = "tests/house/test_layout.py"
    assert [
        name for name, text in texts(r"^tests/.*\.py$").items() if name != mine and switched.search(text)
    ] == []
