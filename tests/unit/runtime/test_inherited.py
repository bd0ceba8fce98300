"""What a forked process keeps of its parent's connections: nothing."""

from __future__ import annotations

import os
import socket
from contextlib import ExitStack

import pytest

from workers.runtime.inherited import let_go_of_lines

SOON = 5.0


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_UNIX])
def test_a_connection_that_the_parent_closes_is_closed_though_its_child_lives(
    family: socket.AddressFamily, tmp_path: os.PathLike[str]
) -> None:
    place = ("127.0.0.1", 0) if family == socket.AF_INET else f"{os.fspath(tmp_path)}/broker"
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(place, family=family))
        near = stack.enter_context(socket.socket(family))
        near.connect(server.getsockname())
        far, _ = server.accept()
        stack.enter_context(far).settimeout(SOON)
        our_end, childs_end = (stack.enter_context(end) for end in socket.socketpair())
        our_end.settimeout(SOON)
        child = os.fork()
        if not child:
            _live(near, childs_end)
        assert our_end.recv(10) == b"here", "pairs of sockets stay: processes speak with each other by them"
        near.close()
        assert far.recv(10) == b"", "the other side hears that nobody is there"
        our_end.sendall(b"end")
        assert os.waitpid(child, 0) == (child, 0), "and the child closes what it has in memory without harm"


def _live(line: socket.socket, parent: socket.socket) -> None:
    """Live as a forked worker does, with its parent's connection in memory, and never come back."""
    status = 1
    parent.settimeout(SOON)
    try:
        let_go_of_lines()
        with socket.create_server(("127.0.0.1", 0)) as own:
            parent.sendall(b"here")
            parent.recv(10)
            line.close()
            own.getsockname()
        status = 0
    finally:
        os._exit(status)
