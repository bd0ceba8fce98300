"""A mail server that takes everything and keeps nothing; it prints its port when it starts.

A line on its standard input asks how many mails have come; the answer is a line on standard output.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Final

_ANSWERS: Final = {
    b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
    b"DATA": b"354 go on\r\n",
    b"QUIT": b"221 bye\r\n",
}
_END: Final = b"\r\n.\r\n"


class Sink(asyncio.Protocol):
    """Answer one connection, command after command, as they come in."""

    mails = 0

    def __init__(self) -> None:
        self._buffer, self._in_mail = b"", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._out = transport
        self._out.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._take():
            pass

    def _take(self) -> bool:
        head, end, rest = self._buffer.partition(_END if self._in_mail else b"\r\n")
        if not end:
            return False
        self._buffer = rest
        if self._in_mail:
            Sink.mails += 1
            self._in_mail = False
            self._out.write(b"250 taken\r\n")
            return True
        word = head[:4].upper()
        self._in_mail = word == b"DATA"
        self._out.write(_ANSWERS.get(word, b"250 ok\r\n"))
        return True


async def main() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Sink, "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    while await loop.run_in_executor(None, sys.stdin.readline):
        sys.stdout.write(f"{Sink.mails}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
