"""A look at the broker from outside: does it answer, who reads it, what waits in it, may it forget."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from workers.app import answering_workers, make_app
from workers.queues import QUEUES

if TYPE_CHECKING:
    from celery import Celery
    from kombu.connection import Connection

    from config.settings import Settings

_PING_SECONDS: Final = 1.5
_CONNECT_SECONDS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokerLook:
    """Hold what was seen: the messages that wait in each queue, and the workers that answered a ping.

    `policy` is what Redis does when its memory is full; None where it does not say or is no Redis.
    """

    workers: tuple[str, ...] = ()
    waiting: dict[str, int] = field(default_factory=dict)
    policy: str | None = None


def look_at_broker(settings: Settings) -> BrokerLook:
    """Return what is to be seen of the broker; raises whatever the way to it raises, ConfigError without one.

    May wait as long as the transport does: the caller bounds it.
    """
    app = make_app(settings, include=())
    if "socket_timeout" in app.conf.broker_transport_options:
        app.conf.broker_transport_options["socket_timeout"] = _CONNECT_SECONDS  # a person waits
    with app.connection_for_read(connect_timeout=_CONNECT_SECONDS) as connection:
        connection.ensure_connection(max_retries=1, interval_start=0, timeout=_CONNECT_SECONDS)
        waiting = {queue: _waiting(queue, connection) for queue in QUEUES}
        policy = _policy(connection)
    return BrokerLook(workers=_workers(app), waiting=waiting, policy=policy)


def _workers(app: Celery) -> tuple[str, ...]:
    return tuple(answering_workers(app, timeout=_PING_SECONDS))


def _waiting(queue: str, connection: Connection) -> int:
    # A channel of its own: RabbitMQ closes that of whoever asks for what is not there.
    with connection.channel() as channel:  # type: ignore[no-untyped-call]
        try:
            return int(channel.queue_declare(queue=queue, passive=True).message_count)
        except connection.channel_errors:
            return 0  # an empty queue of Redis is none


def _policy(connection: Connection) -> str | None:
    """Return Redis' own word; a server that hides its settings is not asked twice."""
    client = getattr(connection.default_channel, "client", None)
    if client is None or not hasattr(client, "config_get"):
        return None
    from redis.exceptions import ResponseError

    try:
        return str(client.config_get("maxmemory-policy").get("maxmemory-policy")) or None
    except ResponseError:
        return None
