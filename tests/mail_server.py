"""A real mail server for tests: it keeps what it saw and answers as it is told."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import closing, contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HOST = "127.0.0.1"


class MailServer:
    """Keep what a mail server saw, and answer as it is told."""

    def __init__(self, *, pipelining: bool = False) -> None:
        self.pipelining = pipelining
        self.connections = 0
        self.mails: list[bytes] = []
        self.recipients: dict[str, str] = {}
        self.sender_answer = "250 OK"
        self.data_answer = "250 OK"
        self.drop_after_data = False
        self.wait = 0.0
        self.transport: Any = None

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        self.transport = server.transport
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]] if self.pipelining else responses

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.sender_answer.startswith("250"):
            envelope.mail_from = address
        return self.sender_answer

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        answer = self.recipients.get(address, "250 OK")
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.wait:
            await asyncio.sleep(self.wait)
        if self.data_answer.startswith("250"):
            self.mails.append(envelope.content)
        if self.drop_after_data:
            server.transport.abort()
        return self.data_answer

    def hang_up(self) -> None:
        """Close the connection from the server's side, as after a restart."""
        self.transport.abort()
        time.sleep(0.05)


@contextmanager
def running(server: MailServer, **options: Any) -> Iterator[int]:
    with closing(socket.socket()) as probe:
        probe.bind((HOST, 0))
        port = int(probe.getsockname()[1])
    controller = Controller(server, hostname=HOST, port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@contextmanager
def scripted(answers: Sequence[bytes], said: list[bytes]) -> Iterator[int]:
    """Give the port of a server that answers one connection from a script; `said` are the lines it heard.

    The greeting is its first answer; then one for each command, and for the full stop that ends a letter.
    """
    with closing(socket.create_server((HOST, 0))) as listening:
        script = Thread(target=_play, args=(listening, list(answers), said))
        script.start()
        yield int(listening.getsockname()[1])
        script.join(10)


def _play(listening: socket.socket, answers: list[bytes], said: list[bytes]) -> None:
    connection, _ = listening.accept()
    in_letter = False
    with connection, connection.makefile("rb") as lines:
        connection.sendall(answers.pop(0) + b"\r\n")
        for line in lines:
            said.append(line.rstrip(b"\r\n"))
            if answers and (not in_letter or said[-1] == b"."):
                in_letter = answers[0].startswith(b"354")
                connection.sendall(answers.pop(0) + b"\r\n")
