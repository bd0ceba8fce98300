"""The mail server of an office under faults: it says where a letter stands, and misbehaves as told."""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, deque
from email import message_from_bytes
from typing import TYPE_CHECKING, Any, NamedTuple

from aiosmtpd.controller import Controller

from workers.runtime.commands import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOST = "127.0.0.1"
SOON = 0.05


class Taken(NamedTuple):
    """A letter the server has, and answers for with 250, in time or not."""

    message_id: str
    recipient: str


class Step(NamedTuple):
    """What is to happen when the n-th letter from now reaches a stage."""

    stage: str
    action: Callable[[], None]
    letter: int = 1


class Post:
    """A mail server that can be away; what it took is kept.

    `watch(stage, recipient)` is called in the server's thread: "MAIL" before a letter, "DATA" with the whole
    letter and no answer given, "250" a moment after the answer was sent. By recipient: `refuse` at once,
    `slow` to answer in seconds, hang up once at "DATA" (`drop`) or after "250" (`drop_after`).
    """

    def __init__(self) -> None:
        self.port = free_port(HOST)
        self.taken: list[Taken] = []
        self.in_hand = 0
        self.watch: Callable[[str, str], None] = _nothing
        self.refuse: dict[str, str] = {}
        self.slow: dict[str, float] = {}
        self.drop: set[str] = set()
        self.drop_after: set[str] = set()
        self._controller: Controller | None = None

    def open(self) -> None:
        self._controller = Controller(self, hostname=HOST, port=self.port)
        self._controller.start()

    def close(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def be_well(self) -> None:
        """Serve everybody, at once, and tell nobody."""
        self.watch = _nothing
        for told in (self.refuse, self.slow, self.drop, self.drop_after):
            told.clear()

    def at(self, *steps: Step) -> threading.Event:
        """Take the steps one after the other as letters reach them; the event tells of the last."""
        todo, happened, seen = deque(steps), threading.Event(), Counter[str]()

        def watch(reached: str, _recipient: str) -> None:
            seen[reached] += 1
            if todo and (reached, seen[reached]) == (todo[0].stage, todo[0].letter):
                todo.popleft().action()
                if not todo:
                    happened.set()

        self.watch = watch
        return happened

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        self.watch("MAIL", "")
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.in_hand += 1
        try:
            return await self._take(server, envelope)
        finally:
            self.in_hand -= 1

    async def _take(self, server: Any, envelope: Any) -> str:
        (recipient,) = envelope.rcpt_tos
        self.watch("DATA", recipient)
        if recipient in self.drop:
            self.drop.remove(recipient)
            server.transport.abort()
            return "451 gone"
        message = message_from_bytes(envelope.content)
        self.taken.append(Taken(message["Message-ID"].strip(), recipient))
        await asyncio.sleep(self.slow.get(recipient, 0))
        loop = asyncio.get_running_loop()
        loop.call_later(SOON, self.watch, "250", recipient)
        if recipient in self.drop_after:
            self.drop_after.remove(recipient)
            # Once the answer is written: the next letter finds it gone.
            loop.call_soon(server.transport.close)
        return "250 OK"


def written(folder: Path) -> list[Taken]:
    """Return the letters that lie in a folder."""
    messages = [message_from_bytes(path.read_bytes()) for path in folder.glob("*.eml")]
    return [Taken(message["Message-ID"].strip(), message["To"].strip()) for message in messages]


def _nothing(_stage: str, _recipient: str) -> None:
    """Let the letter pass."""
