"""From a workbook to a mail, by real processes: the lead unit of a late task is told once, by beat itself."""

from __future__ import annotations

import email
import json
from datetime import timedelta
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from config.sla import load_sla
from tests.functional.test_cli import dunghan, office_up
from tests.reform_plans import HEADS, plan_file
from workers import clock
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.functional.test_cli import Running
    from tests.reform_plans import Row

HEAD = "tu-phap.truong-phong@example.invalid"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with office_up(tmp_path) as office:
        yield office


def told(home: Path, code: str) -> list[str]:
    """Return to whom mails about a task went, in order."""
    found = []
    for path in (home / "var" / "outbox").glob("*.eml"):
        mail = email.message_from_bytes(path.read_bytes(), policy=default)
        body = mail.get_body(("plain",))
        if body is not None and code in body.get_content():
            found.append(str(mail["To"]))
    return sorted(found)


@pytest.mark.timeout(180)
def test_a_late_task_is_told_once_by_the_running_office(running: Running, tmp_path: Path) -> None:
    home = running.home
    due = clock.now().astimezone(load_sla().zone).date() - timedelta(days=40)
    code = f"CCHC-{due.year}-01"
    rows: tuple[Row, ...] = (
        ("I", "CẢI CÁCH THỂ CHẾ"),
        (1, "Việc đã trễ", "Báo cáo", "Phòng Tư pháp", "", f"{due:%d/%m/%Y}"),
    )
    path = plan_file(tmp_path / "plan.xlsx", rows, heads=HEADS)
    imported = dunghan("reform", "import", str(path), "--year", str(due.year), cwd=home)
    assert imported.returncode == 0, imported.stderr
    assert wait_until(lambda: HEAD in told(home, code), 60), dunghan("status", cwd=home).stdout
    # Another task later: whatever beat has done meanwhile told nobody twice of the first one.
    rows = (*rows, (2, "Việc trễ nữa", "Báo cáo", "Phòng Tư pháp", "", f"{due:%d/%m/%Y}"))
    plan_file(path, rows, heads=HEADS)
    assert dunghan("reform", "import", str(path), "--year", str(due.year), cwd=home).returncode == 0
    other = code.replace("-01", "-02")
    assert wait_until(lambda: HEAD in told(home, other), 60)
    assert told(home, code) == sorted(set(told(home, code)))
    shown = dunghan("reform", "show", code, "--json", cwd=home)
    assert {notice["state"] for notice in json.loads(shown.stdout)["notices"]} == {"sent", "covered"}
