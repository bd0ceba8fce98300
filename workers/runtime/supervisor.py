"""Run broker, worker, beat and Flower of one office: start together, restart what dies, stop together."""

from __future__ import annotations

import secrets
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, Self

from config.settings import read_environment
from workers.runtime import commands
from workers.runtime.addresses import broker_file, flower_file, write_private
from workers.runtime.broker import BrokerPlan, plan_broker, wait_for_broker
from workers.runtime.lock import only_one
from workers.runtime.pipe import GuardianPipe
from workers.runtime.processes import STOP_ORDER, Child, kill_session
from workers.runtime.redelivery import give_back
from workers.runtime.signals import StopRequests

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from config.settings import Settings

# Seconds to stop. The worker gets what a task may take until its soft limit; the others hold nothing.
GRACE = {"beat": 5.0, "flower": 5.0, "broker": 10.0}
WORKER_GRACE = {"embedded": 65.0, "production": 250.0}

Happening = Literal["started", "died", "stopped", "killed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessEvent:
    """Say what happened to which process; `detail` holds the exit status of one that died."""

    name: str
    what: Happening
    pid: int
    detail: str = ""


@dataclass(slots=True)
class ProcessGroup:
    """Hold the processes of one office; a context manager that leaves nothing running behind it.

    SIGTERM and SIGHUP raise KeyboardInterrupt inside the `with` block, as Ctrl-C does; another one while it
    stops cuts the waiting short. `application` and `extra_environment` are for tests with tasks of their own.
    """

    settings: Settings
    on_event: Callable[[ProcessEvent], None] = lambda _: None
    application: str = "workers.app"
    extra_environment: Mapping[str, str] = field(default_factory=dict)
    flower: commands.FlowerDoor | None = field(default=None, init=False)
    broker: BrokerPlan | None = field(default=None, init=False)
    _children: dict[str, Child] = field(default_factory=dict, init=False)
    _requests: StopRequests = field(default_factory=StopRequests, init=False)
    _guardian: GuardianPipe | None = field(default=None, init=False)
    _stack: ExitStack = field(default_factory=ExitStack, init=False)

    def __enter__(self) -> Self:
        """Take the folder's lock and start the guardian; raises LaunchError when somebody else runs here."""
        with ExitStack() as stack:
            stack.enter_context(self._requests)
            lock = stack.enter_context(only_one(self.settings.run_folder / "up.lock"))
            with self._requests.launching():
                self._guardian = stack.enter_context(GuardianPipe(lock, self.settings.log_folder))
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop everything, whatever ended the block."""
        with self._stack:
            self.stop()

    @property
    def flower_url(self) -> str:
        """Return Flower's address for a browser, empty before the start."""
        return self.flower.url if self.flower else ""

    @property
    def broker_url(self) -> str:
        """Return the address of the broker in use, empty before the start."""
        return self.broker.url if self.broker else ""

    def start(self) -> None:
        """Start the broker and wait for it, then worker, beat and Flower; raises LaunchError."""
        plan = self.broker = plan_broker(self.settings)
        environment = commands.child_environment(self.settings, plan.url, read_environment())
        environment |= self.extra_environment
        self._start_broker(plan, environment)
        door = self._open(commands.open_flower_door(self.settings, secrets.token_urlsafe(24)))
        self._add("worker", commands.worker_command(self.settings, self.application), environment)
        self._add("beat", commands.beat_command(self.settings, self.application), environment)
        account = commands.flower_environment(environment, door)
        self._add("flower", commands.flower_command(door, self.application), account)

    def alive(self) -> dict[str, bool]:
        """Return by name whether each process runs."""
        return {name: child.is_alive() for name, child in self._children.items()}

    def pids(self) -> dict[str, int]:
        """Return by name the id of each process that runs."""
        return {name: child.pid for name, child in self._children.items() if child.pid and child.is_alive()}

    def watch(self) -> None:
        """Restart what died, after a pause that grows with each early death; call it every second or so."""
        if self._guardian:
            self._guardian.revive()
        for child in self._children.values():
            if child.is_due_for_restart():
                self._unblock(child)
                self._launch(child)
            elif child.restart_at is None and not child.is_alive():
                self._bury(child)

    def stop(self) -> None:
        """Stop beat, worker, Flower and broker in this order; safe to call again."""
        self._requests.begin_to_stop()
        with ExitStack() as stack:  # one that fails does not keep the next from being stopped
            stack.callback(self._forget)
            for name in reversed(STOP_ORDER):
                if child := self._children.pop(name, None):
                    stack.callback(self._end, child)

    def _start_broker(self, plan: BrokerPlan, environment: Mapping[str, str]) -> None:
        if plan.command:
            address = broker_file(self.settings)
            for trace in (address, plan.socket, plan.folder):
                self._tell(f"remove {trace}")
            self._add("broker", plan.command, environment)
            wait_for_broker(plan, self._children["broker"].is_alive, self._children["broker"].log)
            write_private(address, f"{plan.url}\n")

    def _add(self, name: str, command: tuple[str, ...], environment: Mapping[str, str]) -> None:
        grace = GRACE.get(name, WORKER_GRACE[self.settings.env])
        log = self.settings.log_folder / f"{name}.log"
        child = Child(name=name, command=command, environment=environment, log=log, grace=grace)
        self._children[name] = child
        self._launch(child)

    def _launch(self, child: Child) -> None:
        with self._requests.launching():
            pid = child.start()
            self._tell(f"start {child.name} {pid} {child.grace}")
        self._say(child.name, "started", pid)

    def _open(self, door: commands.FlowerDoor) -> commands.FlowerDoor:
        write_private(flower_file(self.settings), f"{door.url}\n")
        self.flower = door
        return door

    def _unblock(self, child: Child) -> None:
        # Between our look for a free port and Flower's own opening of it, anybody may have taken it.
        door = self.flower
        if child.name == "flower" and door and not self.settings.flower_port and not commands.is_free(door):
            moved = self._open(replace(door, port=commands.free_port(door.address)))
            child.command = commands.flower_command(moved, self.application)

    def _bury(self, child: Child) -> None:
        pid, status = child.pid or 0, child.status
        kill_session(pid)  # what it had started would go on with its task, beside its successor
        self._tell(f"end {pid}")
        self._give_back(child)
        pause = child.plan_restart()
        self._say(child.name, "died", pid, detail=f"status {status}, again in {pause:.0f} s")

    def _give_back(self, child: Child) -> None:
        # A broker of our own has our one worker; on another, someone else may be at work on what is out.
        if child.name == "worker" and self.broker and self.broker.command:
            # Where the broker died as well, the visibility timeout does the same, later.
            give_back(self.broker.url)

    def _end(self, child: Child) -> None:
        pid, was_alive = child.pid or 0, child.is_alive()
        went = child.stop(lambda: self._requests.is_hurried)
        self._tell(f"end {pid}")
        if was_alive:
            self._say(child.name, "stopped" if went else "killed", pid)

    def _forget(self) -> None:
        flower_file(self.settings).unlink(missing_ok=True)
        if self.broker and self.broker.folder and self.broker.socket:
            broker_file(self.settings).unlink(missing_ok=True)
            self.broker.socket.unlink(missing_ok=True)
            with suppress(OSError):
                self.broker.folder.rmdir()
        if self._guardian:
            self._guardian.release()

    def _say(self, name: str, what: Happening, pid: int, detail: str = "") -> None:
        self.on_event(ProcessEvent(name=name, what=what, pid=pid, detail=detail))

    def _tell(self, message: str) -> None:
        if self._guardian:
            self._guardian.tell(message)
