"""The installed command, as a person calls it: real processes, a real folder, nothing left behind."""

from __future__ import annotations

import email
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.policy import default
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from config.settings import Settings
from workers.app import make_app
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

DUNGHAN = Path(sys.executable).with_name("dunghan")
HEADS = "Mã hồ sơ;Mã thủ tục;Đơn vị xử lý;Cán bộ thụ lý;Hình thức tiếp nhận;Ngày tiếp nhận"
LATE = "H51-1;1.003583;Phòng Tư pháp;tu-phap.chuyen-vien-1;Trực tiếp;03/11/2025 08:00"
UNKNOWN = "H51-2;9.9;Phòng Tư pháp;tu-phap.chuyen-vien-1;Trực tiếp;03/11/2025 08:00"
LIST = f"{HEADS}\n{LATE}\n{UNKNOWN}\n"


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DUNGHAN_")}
    return kept | {"COLUMNS": "100"} | more


def dunghan(*arguments: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(DUNGHAN), *arguments],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env=environment(**more),
        timeout=60,
        check=False,
    )


def at_once(home: Path) -> None:
    """Let every mail of the office go at any hour: a test must pass at night and on Sundays too."""
    people = home / "sla" / "people.toml"
    text = people.read_text(encoding="utf-8").replace(', delivery = "next_morning"', "")
    people.write_text(text.replace('.invalid" }', '.invalid", delivery = "at_once" }'), encoding="utf-8")


def know_the_days_until(home: Path, last: int) -> None:
    """Let the office know its days off until the end of a year, whatever year the test runs in."""
    folder = home / "sla" / "calendar"
    for path in folder.glob("*.toml"):
        if int(path.stem) > last:
            path.unlink()
    for year in range(int(max(folder.glob("*.toml")).stem) + 1, last + 1):
        (folder / f"{year}.toml").write_text(f"year = {year}\n", encoding="utf-8")


def test_an_office_from_nothing_to_a_report(tmp_path: Path) -> None:
    assert dunghan("init", "office", cwd=tmp_path).returncode == 0
    home = tmp_path / "office"
    (home / "ds.csv").write_text(LIST, encoding="utf-16")
    imported = dunghan("import", "ds.csv", "--json", cwd=home)
    assert imported.returncode == 1, imported.stderr
    assert json.loads(imported.stdout)["refused_rows"][0]["line"] == 3
    assert (home / "ds-loi.csv").is_file()
    status = dunghan("status", "--json", cwd=home)
    assert status.returncode == 1
    assert json.loads(status.stdout)["counts"]["pending_overdue"] == 1
    assert dunghan("report", cwd=home).returncode == 0
    assert (
        dunghan("calc", "due", "--from", "2019-04-26", "--limit", "3 ngày làm việc", cwd=home).returncode == 0
    )


def test_a_terminal_without_vietnamese_letters_is_no_reason_to_fail(tmp_path: Path) -> None:
    answer = dunghan("init", "office", cwd=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert answer.returncode == 0
    assert "Traceback" not in answer.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    dunghan("init", "office", cwd=tmp_path)
    command = f"'{DUNGHAN}' --home office report | head -c 1"
    piped = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        cwd=tmp_path,
        env=environment(),
        timeout=60,
        check=False,
    )
    assert piped.returncode == 0
    assert piped.stderr == b""


@dataclass
class Running:
    home: Path
    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def until(self, text: str) -> str:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said.append(line)
            if text in line:
                return line
        raise AssertionError(f"up ended before it said {text!r}: {''.join(self.said)}")

    def family(self) -> list[psutil.Process]:
        me = psutil.Process(self.process.pid)
        return [me, *me.children(recursive=True)]

    def mails(self) -> list[Path]:
        return sorted((self.home / "var" / "outbox").glob("*.eml"))

    def mails_to_ops(self) -> list[Path]:
        return [path for path in self.mails() if b"\nX-Dunghan-Topic: lich/hanh-chinh/" in path.read_bytes()]

    def token(self) -> str:
        """Return the token in the mail to the head of the one-stop section."""
        texts = [email.message_from_bytes(path.read_bytes(), policy=default) for path in self.mails()]
        (mail,) = [mail for mail in texts if mail["To"].startswith("mot-cua.phu-trach")]
        body = mail.get_body(("plain",))
        assert body is not None
        found: str = re.findall(r"Mã xác nhận: (\S+)", body.get_content())[0]
        return found

    def answers(self) -> list[dict[str, str]]:
        """Return what the history of the dossier says of acknowledgement."""
        shown = json.loads(dunghan("dossier", "H51-1", "--json", cwd=self.home).stdout)
        return [entry["data"] for entry in shown["history"] if entry["kind"] == "acknowledged"]

    def status(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(dunghan("status", "--json", cwd=self.home).stdout)
        return found


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with office_up(tmp_path) as office:
        yield office


@contextmanager
def office_up(tmp_path: Path) -> Iterator[Running]:
    """Run an office that sweeps each second; nothing of it is alive afterwards."""
    dunghan("init", "office", cwd=tmp_path)
    home = tmp_path / "office"
    at_once(home)
    know_the_days_until(home, datetime.now(UTC).year + 1)
    assert dunghan("sla", "apply", "--reason", "thử", "--yes", cwd=home).returncode == 0
    with launched(home) as process:
        office = Running(home, process)
        office.until("Ctrl-C")
        yield office


@contextmanager
def launched(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Run `dunghan up` with a sweep each second; nothing that it started is alive afterwards."""
    process = subprocess.Popen(
        [str(DUNGHAN), "--home", str(home), "up"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(DUNGHAN_SWEEP_SECONDS="1", PYTHONUNBUFFERED="1"),
        start_new_session=True,
    )
    family: list[psutil.Process] = []
    try:
        yield process
    finally:
        if process.poll() is None:
            family = psutil.Process(process.pid).children(recursive=True)
            process.terminate()
            try:
                process.wait(45)
            except subprocess.TimeoutExpired:
                process.kill()
        for one in family:
            if one.is_running() and one.status() != psutil.STATUS_ZOMBIE:
                one.kill()


@pytest.mark.timeout(180)
def test_a_file_dropped_into_the_inbox_becomes_a_mail_and_ctrl_c_leaves_nothing(running: Running) -> None:
    assert any("phiên bản 2" in line for line in running.said), "the rules in force are named"
    assert any("mật khẩu" in line for line in running.said)
    (running.home / "inbox" / "ds.csv").write_text(LIST, encoding="utf-8")
    assert wait_until(lambda: len(running.mails()) >= 4, 60), running.status()
    assert list((running.home / "inbox" / "rejected").glob("*-loi.csv"))
    status = running.status()
    assert status["ok"] is True, status["troubles"]
    assert {entry["state"] for entry in status["notices"]} >= {"sent", "covered"}
    for part in ("worker", "beat", "flower"):
        asked = dunghan("healthcheck", part, cwd=running.home)
        assert asked.returncode == 0, asked.stderr
    assert running.mails_to_ops() == []
    know_the_days_until(running.home, datetime.now(UTC).year - 1)
    assert dunghan("sla", "apply", "--reason", "thử", "--yes", cwd=running.home).returncode == 0
    assert wait_until(lambda: len(running.mails_to_ops()) == 1, 30), "ops are told that the calendar is over"
    shown = dunghan("dossier", "H51-1", cwd=running.home)
    assert "đã gửi" in shown.stdout
    token = running.token()
    page = make_app(Settings.load({}, home=running.home), include=())
    page.send_task("notices.acknowledge", args=[{"token": token}], queue="notices")
    assert wait_until(lambda: len(running.answers()) == 1, 30), "the office's page hands a token in"
    again = dunghan("acknowledge", "--token", token, cwd=running.home)
    assert again.returncode == 0, again.stderr
    assert "không đổi gì" in again.stdout
    (answer,) = running.answers()
    assert (answer["rung"], answer["by"], answer["way"]) == ("t+3", "mot-cua.phu-trach", "link")
    logs = "".join(path.read_text(encoding="utf-8") for path in (running.home / "var" / "log").glob("*.log"))
    assert token not in logs
    family = running.family()
    assert len(family) >= 7
    running.process.send_signal(signal.SIGINT)
    running.until("Đã dừng tất cả.")
    assert running.process.wait(45) == 0
    alive = [one for one in family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    assert alive == []
    assert dunghan("healthcheck", "flower", cwd=running.home).returncode == 1


def test_up_ends_by_itself_when_asked_and_says_where_everything_is(tmp_path: Path) -> None:
    dunghan("init", "office", cwd=tmp_path)
    answer = dunghan("--home", "office", "up", "--exit-after", "1", cwd=tmp_path)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "phiên bản 1" in answer.stdout
    assert str(tmp_path / "office" / "var" / "outbox") in answer.stdout
    assert str(tmp_path / "office" / "var" / "log") in answer.stdout
    assert "http://127.0.0.1:" in answer.stdout
    assert "Đã dừng tất cả." in answer.stdout
    assert answer.stderr == ""
    assert not (tmp_path / "office" / "var" / "run" / "flower.url").exists()


def test_ctrl_c_in_the_middle_of_the_start_stops_what_had_started(tmp_path: Path) -> None:
    dunghan("init", "office", cwd=tmp_path)
    process = subprocess.Popen(
        [str(DUNGHAN), "--home", "office", "up"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        cwd=tmp_path,
        env=environment(PYTHONUNBUFFERED="1"),
        start_new_session=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "worker" in line:
            break
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in errors
