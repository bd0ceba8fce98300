"""The launcher with real processes: a broker, a worker, beat and Flower, killed and stopped in every way."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import pytest

from tests.functional.toy_office.harness import LAUNCH, ToyOffice, clean_environment, toy_office
from workers.runtime.processes import wait_until
from workers.runtime.ready import flower_answers

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToyOffice]:
    """Give the tests that stop nothing one office between them."""
    with toy_office(tmp_path_factory.mktemp("office"), UNRELATED="do-not-hand-on") as office:
        yield office


def socket_of(home: Path) -> Path:
    """Where the broker of an office listens: in a folder of its own, which must not be left behind."""
    return Path((home / "var" / "run" / "broker.url").read_text(encoding="utf-8").strip().partition("://")[2])


def guardians(office: ToyOffice) -> list[int]:
    living = [one for one in office.remember_family() if one.status() != psutil.STATUS_ZOMBIE]
    return [one.pid for one in living if "workers.runtime.guardian" in one.cmdline()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_beat_then_worker_then_flower_then_broker(
    tmp_path: Path, number: signal.Signals
) -> None:
    with toy_office(tmp_path) as office:
        socket = socket_of(tmp_path)
        assert socket.is_socket()
        office.process.send_signal(number)
        said = [office.until("stopped")["name"] for _ in range(4)]
        office.until("interrupted")
        assert office.process.wait(20) == 0
        assert said == ["beat", "worker", "flower", "broker"]
        assert office.survivors() == []
    assert not (tmp_path / "var" / "run" / "broker.url").exists()
    assert not socket.parent.exists()


def test_ctrl_c_of_the_terminal_does_not_reach_the_children(tmp_path: Path) -> None:
    with toy_office(tmp_path) as office:
        office.send("dossiers.act_on_batch", ["HS-1"], 2.0)
        assert office.waits_for("begin HS-1")
        os.killpg(office.process.pid, signal.SIGINT)  # the whole foreground group, as a terminal does
        assert office.process.wait(30) == 0
        assert office.diary().count("end HS-1") == 1
    log = (tmp_path / "var" / "log" / "worker.log").read_text(encoding="utf-8")
    assert "Error" not in log


def test_an_error_of_the_caller_stops_everything(tmp_path: Path) -> None:
    with toy_office(tmp_path, mode="fail") as office:
        assert office.process.wait(30) == 1
        assert wait_until(lambda: office.survivors() == [], 5)


def test_nothing_outlives_a_launcher_killed_without_warning(tmp_path: Path) -> None:
    with toy_office(tmp_path) as office:
        socket = socket_of(tmp_path)
        assert socket.is_socket()
        assert len(office.family) >= 7, "launcher, guardian, broker, beat, Flower, worker and its processes"
        office.process.kill()
        assert wait_until(lambda: office.survivors() == [], 30), office.survivors()
    assert not (tmp_path / "var" / "run" / "broker.url").exists()
    assert not socket.parent.exists()


def test_a_killed_guardian_is_replaced_and_still_guards(tmp_path: Path) -> None:
    with toy_office(tmp_path) as office:
        (first,) = guardians(office)
        os.kill(first, signal.SIGKILL)
        assert wait_until(lambda: guardians(office) not in ([], [first]), 5)
        office.remember_family()
        office.process.kill()
        assert wait_until(lambda: office.survivors() == [], 30), office.survivors()


def test_the_work_of_a_killed_worker_is_done_by_its_successor_within_seconds(tmp_path: Path) -> None:
    with toy_office(tmp_path) as office:
        office.send("dossiers.act_on_batch", ["HS-1"], 4.0)
        assert office.waits_for("begin HS-1")
        os.kill(office.pids["worker"], signal.SIGKILL)
        office.until("started", "worker")
        assert office.waits_for("begin HS-1", times=2, seconds=15), "it came back"
        assert office.waits_for("end HS-1")
        assert office.diary().count("end HS-1") == 1, "the children of the dead worker went with it"


def test_messages_survive_a_killed_broker(tmp_path: Path) -> None:
    with toy_office(tmp_path) as office:
        os.kill(office.pids["worker"], signal.SIGSTOP)
        office.send("dossiers.act_on_batch", ["HS-1"])
        os.kill(office.pids["broker"], signal.SIGKILL)
        office.until("started", "broker")
        os.kill(office.pids["worker"], signal.SIGCONT)
        assert office.waits_for("end HS-1", seconds=40)
        ticks = office.diary().count("tick")
        assert office.waits_for("tick", times=ticks + 2, seconds=40), "beat found its way back as well"


def test_an_office_without_any_server_works_on_plain_files(tmp_path: Path) -> None:
    with toy_office(tmp_path, DUNGHAN_BROKER_URL="filesystem://") as office:
        assert "broker" not in office.pids
        assert office.waits_for("tick", times=2)
        assert office.fetch("/tasks")[0] == 200
        assert "watch.beat_tick" in office.fetch("/api/tasks")[1]


def test_two_launchers_never_share_a_folder(office: ToyOffice) -> None:
    second = subprocess.run(
        [sys.executable, str(LAUNCH), str(office.home), "stay"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
        env=clean_environment(),
    )
    assert second.returncode == 1
    assert str(office.home) in second.stderr
    assert str(office.process.pid) in second.stderr
    assert "Traceback" not in second.stderr
    assert len(office.survivors()) == len(office.family)


def test_flower_moves_to_another_port_when_somebody_has_taken_its_own(tmp_path: Path) -> None:
    written = tmp_path / "var" / "run" / "flower.url"
    with toy_office(tmp_path) as office, socket.socket() as thief:
        before = written.read_text(encoding="utf-8").strip()
        thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        psutil.Process(office.pids["flower"]).kill()
        assert wait_until(lambda: _takes(thief, office.flower), 5)
        assert wait_until(lambda: flower_answers(written.read_text(encoding="utf-8").strip()), 30)
        assert written.read_text(encoding="utf-8").strip() != before


def _takes(thief: socket.socket, door: dict[str, Any]) -> bool:
    try:
        thief.bind((door["address"], door["port"]))
    except OSError:
        return False
    thief.listen()
    return True


def test_no_password_and_no_token_is_in_a_command_line(office: ToyOffice) -> None:
    password = office.flower["password"]
    lines = [" ".join(one.cmdline()) for one in office.remember_family()]
    assert len(password) >= 24
    assert not [line for line in lines if password in line]


def test_children_know_our_settings_and_nothing_else_of_the_environment(office: ToyOffice) -> None:
    environ = psutil.Process(office.pids["worker"]).environ()
    assert environ["DUNGHAN_HOME"] == str(office.home)
    assert environ["TZ"] == "UTC"
    assert "UNRELATED" not in environ


def test_each_outcome_is_one_line_of_json_without_the_values_of_a_row(office: ToyOffice) -> None:
    office.send("intake.record_event", "HS-9")
    log = office.home / "var" / "log" / "worker.log"
    assert wait_until(lambda: "task_failed" in log.read_text(encoding="utf-8"), 15)
    (line,) = [line for line in log.read_text(encoding="utf-8").splitlines() if "intake.record_event" in line]
    assert '"reason": "first line"' in line
    assert '"queue": "intake"' in line
    assert "applicant" not in line
