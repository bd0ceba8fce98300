"""The demonstration does the whole job, says so with its exit status, and leaves nothing running."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from workers.demo.checks import mails_in
from workers.store.unit_of_work import Store

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.timeout(180)


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).with_name("dunghan")), "demo", "--folder", str(folder), *options]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DUNGHAN_")} | {"COLUMNS": "120"}
    return subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        start_new_session=True,
    )


def notices_sent(office: Path) -> Counter[str]:
    store = Store(f"sqlite:///{office / 'var' / 'dunghan.db'}")
    with store.read(store.offices()[0]) as work:
        return Counter(
            notice.message_id or "" for notice in work.notices.of_office() if notice.state == "sent"
        )


def processes_of(folder: Path) -> list[psutil.Process]:
    """Find everything that was told of this office, by its environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("DUNGHAN_HOME") == str(folder):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def wait_for(condition: Callable[[], object], seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.05)
    return bool(condition())


def test_it_does_the_whole_job_and_ends_with_zero(tmp_path: Path) -> None:
    office = tmp_path / "office"
    demo = start(office, "--exit")
    output, _ = demo.communicate(timeout=150)
    assert demo.returncode == 0, output
    assert "Thiếu" not in output
    assert (office / "ty-le-dung-han.xlsx").stat().st_size > 5_000
    assert re.search(r"Flower +http://127\.0\.0\.1:\d+ +flower / \S{24,}", output)
    assert sum(mails_in(office / "var" / "outbox").values()) > 80
    assert [path.name for path in (office / "inbox" / "done").glob("*danh-sach-2.csv")]
    assert processes_of(office) == []


def test_a_worker_killed_in_the_middle_costs_nobody_a_notice_and_tells_nobody_twice(tmp_path: Path) -> None:
    office = tmp_path / "office"
    demo = start(office, "--exit")
    outbox = office / "var" / "outbox"
    assert wait_for(lambda: outbox.is_dir() and any(outbox.glob("*.eml")), 60)
    workers = [p for p in processes_of(office) if "worker" in p.cmdline() and p.ppid() == demo.pid]
    assert workers, "the worker is a child of the demonstration"
    os.killpg(workers[0].pid, signal.SIGKILL)
    output, _ = demo.communicate(timeout=150)
    assert demo.returncode == 0, output
    mails = mails_in(outbox)
    assert [message_id for message_id, times in mails.items() if times > 1] == []
    assert set(Counter(notices_sent(office).values())) == {1}
    assert set(notices_sent(office)) == set(mails)


def test_ctrl_c_stops_everything_it_started(tmp_path: Path) -> None:
    office = tmp_path / "office"
    demo = start(office)
    assert wait_for((office / "ty-le-dung-han.xlsx").is_file, 90)
    assert len(processes_of(office)) >= 4
    demo.send_signal(signal.SIGINT)
    demo.communicate(timeout=60)
    assert wait_for(lambda: processes_of(office) == [], 15)


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    demo = start(tmp_path, "--exit")
    output, _ = demo.communicate(timeout=30)
    assert demo.returncode == 2, output
    assert "Traceback" not in output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
