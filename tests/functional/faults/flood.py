"""A queue full of copies of the same message."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from kombu.entity import Exchange, Queue

from config.settings import Settings
from tests.builders import OFFICE
from workers.app import make_app
from workers.queues import PRIORITIES, SEPARATOR, TASK_QUEUES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.functional.faults.running import RunningOffice

_A_TIME: Final = 5_000
ACT: Final = "dossiers.act_on_batch"
DELIVER: Final = "notices.deliver"


def flood(office: RunningOffice, task: str, arguments: Sequence[object], many: int) -> None:
    """Queue one message many times: to act on dossiers, or to deliver notices."""
    message, queue = _message(office, task, list(arguments)), _list(TASK_QUEUES[task])
    for start in range(0, many, _A_TIME):
        copies = [_copy(message) for _ in range(min(_A_TIME, many - start))]
        office.broker.client().rpush(queue, *copies)


def waiting(office: RunningOffice) -> int:
    """Return how many messages to act or to deliver nobody has taken."""
    client = office.broker.client()
    return sum(int(client.llen(_list(TASK_QUEUES[task]))) for task in (ACT, DELIVER))


def _list(queue: str) -> str:
    return f"{queue}{SEPARATOR}{PRIORITIES[queue]}"


def _message(office: RunningOffice, task: str, arguments: list[Any]) -> dict[str, Any]:
    """Return the message as the broker holds it: sent where nobody listens, and taken out again."""
    app = make_app(Settings.load({}, home=office.home), broker_url=office.broker.url, include=())
    queue, name = TASK_QUEUES[task], f"copies-{uuid4()}"
    exchange = Exchange(name, type="direct")  # type: ignore[no-untyped-call]
    nowhere = Queue(name, exchange, routing_key=name)  # type: ignore[no-untyped-call]
    # By the clock of the office, which is not that of the test.
    expires = office.clock.now() + timedelta(seconds=app.conf.task_annotations[task]["expires"])
    app.send_task(task, [OFFICE, *arguments], queue=nowhere, priority=PRIORITIES[queue], expires=expires)
    (text,) = office.broker.client().lrange(f"{name}{SEPARATOR}{PRIORITIES[queue]}", 0, 0)
    office.broker.client().delete(f"{name}{SEPARATOR}{PRIORITIES[queue]}")
    found: dict[str, Any] = json.loads(text)
    found["properties"]["delivery_info"] = {"exchange": "dunghan", "routing_key": queue}
    app.close()
    return found


def _copy(message: dict[str, Any]) -> str:
    """Return the same task once more; the broker names each delivery of its own accord."""
    return json.dumps(message | {"properties": message["properties"] | {"delivery_tag": str(uuid4())}})
