"""The command lines of the Celery processes and the little they are told by their environment."""

from __future__ import annotations

import socket
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import config
from workers.queues import QUEUES
from workers.runtime.errors import LaunchError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from config.settings import Settings

# What a process needs to find programs, libraries and a place for temporary files; the rest stays with us.
INHERITED: Final = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TMPDIR",
    "PYTHONPATH",
    "LD_LIBRARY_PATH",
    "SSL_CERT_FILE",
)
FLOWER_USER: Final = "flower"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowerDoor:
    """Say where Flower listens and who may enter."""

    address: str
    port: int
    user: str
    password: str

    @property
    def url(self) -> str:
        """Return the address for a browser."""
        host = f"[{self.address}]" if ":" in self.address else self.address
        return f"http://{host}:{self.port}"


def open_flower_door(settings: Settings, password: str) -> FlowerDoor:
    """Take DUNGHAN_FLOWER_AUTH, else `password`; the set port, else a free one.

    Raises LaunchError when something else listens on the port.
    """
    pair = settings.flower_auth.get_secret_value() if settings.flower_auth else f"{FLOWER_USER}:{password}"
    user, _, secret = pair.partition(":")
    address = settings.flower_address
    return FlowerDoor(
        address=address,
        port=free_port(address, settings.flower_port),
        user=user,
        password=secret,
    )


def worker_command(settings: Settings, application: str) -> tuple[str, ...]:
    """Return the command of the worker that serves all queues."""
    options = ("-Q", ",".join(QUEUES), "-c", str(settings.worker_processes), "-n", "worker@%h", "--events")
    # One worker has nobody to compare notes with, and starts a second sooner without trying.
    return (
        *_celery(application, "--quiet"),
        "worker",
        *options,
        "-l",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    )


def beat_command(settings: Settings, application: str) -> tuple[str, ...]:
    """Return the command of beat; the lock of `dunghan up` makes a pid file needless."""
    schedule = str(settings.run_folder / "beat-schedule")
    return (*_celery(application), "beat", "-s", schedule, "--pidfile=", "-l", "INFO")


def flower_command(door: FlowerDoor, application: str) -> tuple[str, ...]:
    """Return the command of Flower; the password travels by the environment, never by the command line."""
    conf = Path(config.__file__).with_name("flowerconfig.py")
    place = (f"--conf={conf}", f"--address={door.address}", f"--port={door.port}")
    return (*_celery(application), "flower", *place)


def child_environment(settings: Settings, broker_url: str, inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the whole environment of a child: our settings, UTC, and what `INHERITED` names."""
    kept = {name: inherited[name] for name in INHERITED if name in inherited}
    ours = {"DUNGHAN_BROKER_URL": broker_url, "TZ": "UTC", "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
    return kept | settings.as_environment() | ours


def flower_environment(environment: Mapping[str, str], door: FlowerDoor) -> dict[str, str]:
    """Add to a child's environment the account that Flower asks for."""
    return {**environment, "FLOWER_BASIC_AUTH": f"{door.user}:{door.password}"}


def _celery(application: str, *options: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "celery", *options, "-A", application)


def is_free(door: FlowerDoor) -> bool:
    """Tell whether nobody listens where Flower is to listen."""
    try:
        return free_port(door.address, door.port) == door.port
    except LaunchError:
        return False


def free_port(address: str, port: int = 0) -> int:
    """Return `port`, or a free one for 0, after listening on it for a moment; raises LaunchError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            text = f"Flower không mở được {address}:{port} ({error.strerror}); hãy đổi DUNGHAN_FLOWER_PORT."
            raise LaunchError(text) from error
        taken: int = probe.getsockname()[1]
        return taken
