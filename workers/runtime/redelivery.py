"""Give the messages of a dead worker to its successor at once, where there is only ever one worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kombu.connection import Connection
from kombu.exceptions import OperationalError

from workers.queues import PRIORITY_STEPS, SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping


def give_back(broker_url: str) -> bool:
    """Put every message that was taken and not acknowledged back at the head of its queue.

    Only while no worker lives: a message in work would run a second time. Without this they wait for the
    visibility timeout, which is longer than any task. Tells whether the broker answered.
    """
    options: Mapping[str, object] = {
        "visibility_timeout": 0,
        "sep": SEPARATOR,
        "priority_steps": list(PRIORITY_STEPS),
        "socket_timeout": 5,
        "max_retries": 1,
    }
    with Connection(broker_url, transport_options=options) as connection:  # type: ignore[no-untyped-call]
        try:
            channel = connection.default_channel
            # The dead worker may have held the lock of this very operation, for five minutes from now.
            channel.client.delete(channel.unacked_mutex_key)
            channel.qos.restore_visible(num=None)
        except (OperationalError, *connection.connection_errors):
            return False
    return True
