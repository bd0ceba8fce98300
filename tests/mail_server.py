"""A real mail server for tests: it keeps what it saw and answers as it is told."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

if TYPE_CHECKING:
    from collections.abc import Iterator

HOST = "127.0.0.1"


class MailServer:
    """Keep what a mail server saw, and answer as it is told."""

    def __init__(self) -> None:
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
        return responses

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
