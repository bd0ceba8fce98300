"""The demonstration does the whole job, says so with its exit status, and leaves nothing running."""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import IO, TYPE_CHECKING

import psutil
import pytest

from workers.demo.checks import mails_in
from workers.store.unit_of_work import Store

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.timeout(180)


def start(folder: Path, *options: str, output: IO[str] | int = subprocess.PIPE) -> subprocess.Popen[str]:
    command = [str(Path(sys.executable).with_name("dunghan")), "demo", "--folder", str(folder), *options]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("DUNGHAN_")} | {"COLUMNS": "120"}
    return subprocess.Popen(
        command,
        stdout=output,
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
    told, mails = notices_sent(office), mails_in(office / "var" / "outbox")
    assert told.total() > 80
    assert set(told) == set(mails)
    assert len(mails) < told.total() / 2, "what falls due for one person in one run is one mail"
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
    assert set(notices_sent(office)) == set(mails)


def flower_tasks(output: str) -> set[str]:
    """Log in to Flower as the demonstration says, and return the names of the tasks it shows."""
    url, user, password = re.search(r"(http://127\.0\.0\.1:\d+) +(\w+) / (\S+)", output).groups()  # type: ignore[union-attr]
    request = urllib.request.Request(f"{url}/api/tasks?limit=500")  # noqa: S310 - our own address
    account = base64.b64encode(f"{user}:{password}".encode()).decode()
    request.add_header("Authorization", f"Basic {account}")
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
        tasks: dict[str, dict[str, str]] = json.load(answer)
    return {f"{task['name']} {task['state']}" for task in tasks.values()}


def test_flower_shows_the_sweep_and_a_delivery_and_ctrl_c_stops_everything(tmp_path: Path) -> None:
    office = tmp_path / "office"
    said = tmp_path / "said.txt"
    with said.open("w", encoding="utf-8") as output:
        demo = start(office, output=output)
    assert wait_for(lambda: "Ctrl-C" in said.read_text(encoding="utf-8"), 90)
    assert len(processes_of(office)) >= 4
    seen = flower_tasks(said.read_text(encoding="utf-8"))
    assert {
        "sweeps.sweep_dossiers SUCCESS",
        "dossiers.act_on_batch SUCCESS",
        "notices.deliver SUCCESS",
    } <= seen
    demo.send_signal(signal.SIGINT)
    assert demo.wait(timeout=60) == 0
    assert wait_for(lambda: processes_of(office) == [], 15)


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    demo = start(tmp_path, "--exit")
    output, _ = demo.communicate(timeout=30)
    assert demo.returncode == 2, output
    assert "Traceback" not in output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
