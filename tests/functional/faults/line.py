"""A line to a broker that can swallow all bytes and close nothing, as a dead router does."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread
from typing import Final

HOST: Final = "127.0.0.1"


class Line:
    """Listen on a free port and hand on to another one, until the line is told to hang."""

    def __init__(self, to: int) -> None:
        self._to, self._hung = to, 0
        self._server = socket.create_server((HOST, 0))
        self.port: int = self._server.getsockname()[1]
        Thread(target=self._listen, daemon=True).start()

    def hang(self) -> None:
        """Swallow whatever comes over the connections there are; those made from now on work."""
        self._hung += 1

    def close(self) -> None:
        """Listen no more."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._server.accept()
                try:
                    far = socket.create_connection((HOST, self._to))
                except OSError:
                    near.close()  # the broker is away
                    continue
                for source, target in ((near, far), (far, near)):
                    Thread(target=self._carry, args=(source, target, self._hung), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, made: int) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self._hung == made:
                    target.sendall(data)
        if self._hung == made:
            for end in (source, target):
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()
