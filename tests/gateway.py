"""A real gateway of short messages for tests: it keeps what it was given and answers as it is told."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator, Mapping

HOST = "127.0.0.1"
SECRET = "a-secret-of-the-gateway-and-ours"  # noqa: S105 - of a server that lives for one test


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    path: str
    method: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def is_signed(self) -> bool:
        """Check the signature the way the README tells a gateway to."""
        said = self.headers["X-Dunghan-Timestamp"].encode() + b"." + self.body
        digest = hmac.new(SECRET.encode(), said, hashlib.sha256).hexdigest()
        return hmac.compare_digest(f"sha256={digest}", self.headers["X-Dunghan-Signature"])


class Gateway:
    """Keep what a gateway saw; `answers` are given in turn, the last one for ever: status, headers, body."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.answers: list[tuple[int, dict[str, str], bytes]] = []
        self.wait = 0.0
        self.hang_up = False

    def answer(self, status: int, body: str = '{"ok": true}', **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, {"Content-Type": "application/json", **named}, body.encode()))

    def take(self, received: Received) -> tuple[int, dict[str, str], bytes]:
        self.received.append(received)
        if self.wait:
            time.sleep(self.wait)
        if not self.answers:
            return 200, {"Content-Type": "application/json"}, b'{"ok": true}'
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def taken(self) -> dict[str, Received]:
        """What it has, told apart by the key: the same one again is the same message."""
        return {entry.headers["Idempotency-Key"]: entry for entry in self.received}


def _handler(gateway: Gateway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._respond(body)

        def do_GET(self) -> None:
            self._respond(b"")

        def _respond(self, body: bytes) -> None:
            status, headers, said = gateway.take(
                Received(self.path, self.command, dict(self.headers.items()), body)
            )
            if gateway.hang_up:
                return
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


@contextmanager
def running(gateway: Gateway, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Run a gateway on a port of its own and hand out its address."""
    server = ThreadingHTTPServer((HOST, 0), _handler(gateway))
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if context else 'http'}://{HOST}:{server.server_address[1]}/tin?office=a"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
