"""Start a toy office, talk to it, and see to it that nothing of it outlives the test."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import psutil

from config.settings import Settings
from workers.app import make_app
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

LAUNCH = Path(__file__).with_name("launch.py")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "CI")


def clean_environment(**extra: str) -> dict[str, str]:
    return {name: os.environ[name] for name in KEPT if name in os.environ} | extra


@dataclass
class ToyOffice:
    home: Path
    process: subprocess.Popen[str]
    pids: dict[str, int] = field(default_factory=dict)
    flower: dict[str, Any] = field(default_factory=dict)
    family: list[psutil.Process] = field(default_factory=list)

    @property
    def out(self) -> IO[str]:
        assert self.process.stdout is not None
        return self.process.stdout

    def until(self, event: str, name: str = "") -> dict[str, Any]:
        """Read what the launcher says until it says `event` (of process `name`)."""
        for line in self.out:
            said: dict[str, Any] = json.loads(line)
            if said["event"] == event and name in {"", said.get("name")}:
                return said
        raise AssertionError(f"the launcher ended before {event!r} {name}")

    def remember_family(self) -> list[psutil.Process]:
        """Take down every process that the launcher is the ancestor of, and itself."""
        me = psutil.Process(self.process.pid)
        self.family = [me, *me.children(recursive=True)]
        return self.family

    def survivors(self) -> list[str]:
        living = (one for one in self.family if one.is_running() and one.status() != psutil.STATUS_ZOMBIE)
        return [
            f"{one.pid} {one.create_time():.2f}" for one in living
        ]  # str() would tell its momentary status

    def send(self, task: str, *arguments: object) -> None:
        settings = Settings.load({}, home=self.home)
        make_app(settings, include=()).send_task(task, list(arguments))

    def diary(self) -> list[str]:
        """Return what the toy tasks wrote down, without process ids and times."""
        path = self.home / "var" / "toy.log"
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        return [line.rsplit(" ", 2)[0].strip() for line in lines]

    def waits_for(self, line: str, *, times: int = 1, seconds: float = 20) -> bool:
        return wait_until(lambda: self.diary().count(line) >= times, seconds)

    def fetch(self, path: str, *, log_in: bool = True, method: str = "GET") -> tuple[int, str]:
        """Ask Flower for a page; return its status and text."""
        url = f"http://{self.flower['address']}:{self.flower['port']}{path}"
        request = urllib.request.Request(url, method=method)
        pair = f"{self.flower['user']}:{self.flower['password']}".encode()
        if log_in:
            request.add_header("Authorization", f"Basic {base64.b64encode(pair).decode()}")
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - an address of our own
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


@contextmanager
def toy_office(home: Path, mode: str = "stay", **variables: str) -> Iterator[ToyOffice]:
    """Run a toy office in `home`; whatever the test does, nothing of it is alive afterwards."""
    environment = clean_environment(DUNGHAN_SWEEP_SECONDS="1", **variables)
    process = subprocess.Popen(
        [sys.executable, str(LAUNCH), str(home), mode],
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    office = ToyOffice(home=home, process=process)
    try:
        ready = office.until("ready")
        assert not ready["missing"], f"not ready: {ready['missing']}"
        office.pids, office.flower = ready["pids"], ready["flower"]
        office.remember_family()
        yield office
    finally:
        _end(office)


def _end(office: ToyOffice) -> None:
    if office.process.poll() is None:
        office.process.terminate()
        try:
            office.process.wait(45)
        except subprocess.TimeoutExpired:
            office.process.kill()
    office.out.close()
    for one in office.family:
        if one.is_running():
            one.kill()
