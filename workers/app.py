"""The Celery application: how messages travel, how long work may take, what happens after a crash.

`celery -A workers.app worker`, `beat` and `flower` find `app` here; it is built at first use.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from celery import Celery, current_app
from celery.signals import worker_process_init, worker_process_shutdown
from kombu.entity import Exchange, Queue

from config.errors import ConfigError, Problem
from config.said import say
from config.settings import Settings, read_environment
from workers import logs
from workers.queues import HANDED_OUT, PRIORITY_STEPS, QUEUES, SEPARATOR, TASK_MODULES, routes
from workers.runtime.addresses import known_broker_url
from workers.runtime.inherited import let_go_of_lines
from workers.schedule import beat_schedule

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

# Called in every worker process after the fork, and before it ends: a database connection made before the
# fork would be shared by all of them. Task modules append to these when they are imported.
after_fork: list[Callable[[Settings], None]] = []
before_exit: list[Callable[[], None]] = []

_LOADED_IN: Final = os.getpid()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Say in seconds how long a task may run and when the broker gives up on the worker that took it.

    `visibility` is longer than `hard`: a message that came back earlier would run a second time
    while its first run still lives. The few tasks that may take longer bear that, each in its own way.
    `gather` is how long notices wait for others to the same person: longer than a run of the sweep takes to
    act on all it found.
    """

    soft: int
    hard: int
    visibility: int
    restore: int
    gather: int


TIMINGS: Final = {
    # A dead worker's messages wait 15 minutes; there are other workers, and the sweep finds the rest.
    "production": Timing(soft=240, hard=300, visibility=900, restore=10, gather=15),
    # One machine: longer than a mail server may take for one letter. A killed worker's messages do not wait
    # for this, the launcher gives them back.
    "embedded": Timing(soft=60, hard=75, visibility=90, restore=5, gather=2),
}


def make_app(
    settings: Settings,
    *,
    broker_url: str | None = None,
    include: Sequence[str] = TASK_MODULES,
) -> Celery:
    """Build the application of one office, with the tasks of the modules `include`.

    Without `broker_url` it is DUNGHAN_BROKER_URL, else that of the running `dunghan up`; raises ConfigError
    when there is neither.
    """
    url = broker_url or known_broker_url(settings)
    if url is None:
        raise ConfigError([_no_broker(settings)])
    app = Celery("dunghan", broker=url, include=list(include), set_as_current=True)
    app.conf.update(celery_settings(settings, url))
    app.dunghan_settings = settings
    return app


def celery_settings(settings: Settings, broker_url: str) -> dict[str, Any]:
    """Return every Celery setting of the project, with its reason."""
    timing = TIMINGS[settings.env]
    return {
        **_messages(),
        **_faults(timing),
        **_pace(broker_url),
        "broker_transport_options": _transport(settings, timing, broker_url),
        "task_annotations": _lives(settings),
        "visibility_timeout": timing.visibility,  # asked for here as well by the documentation
        "beat_schedule": beat_schedule(settings),
        "beat_scheduler": "workers.beat:Beat",
        "beat_schedule_filename": str(settings.run_folder / "beat-schedule"),
    }


def current_settings() -> Settings:
    """Return the settings of the application the calling task belongs to."""
    settings: Settings = current_app.dunghan_settings
    return settings


def answering_workers(app: Celery, timeout: float) -> list[str]:
    """Return the names of the workers that answer a ping within `timeout` seconds."""
    replies: list[dict[str, Any]] = app.control.ping(timeout=timeout)
    return sorted(name for reply in replies for name in reply)


def _messages() -> dict[str, Any]:
    return {
        "accept_content": ["json"],  # anything else could execute code
        "task_serializer": "json",
        "event_serializer": "json",
        "result_backend": None,  # outcomes belong in our own tables
        "task_ignore_result": True,
        "task_queues": [_queue(name) for name in QUEUES],
        "task_routes": routes(),
        "task_default_queue": QUEUES[-1],
        "task_create_missing_queues": False,  # a misspelt queue is an error, not a queue nobody reads
        "timezone": "UTC",
        "enable_utc": True,
        "worker_send_task_events": True,  # Flower lives on these
        "task_send_sent_event": True,
    }


def _queue(name: str) -> Queue:
    # Named outright: by default every queue would be bound to the key of the default one, and a message that
    # another system publishes there would arrive four times.
    exchange = Exchange("dunghan", type="direct")  # type: ignore[no-untyped-call]
    return Queue(name, exchange, routing_key=name)  # type: ignore[no-untyped-call]


def _faults(timing: Timing) -> dict[str, Any]:
    return {
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,  # a broker that is away for a night is waited for
        "task_acks_late": True,  # a killed worker's message comes back
        "task_reject_on_worker_lost": True,
        "task_soft_time_limit": timing.soft,
        "task_time_limit": timing.hard,
        "worker_cancel_long_running_tasks_on_connection_loss": True,  # it comes again: stop the old run
    }


def _lives(settings: Settings) -> dict[str, dict[str, float]]:
    # What a sweep handed out is handed out again when its lease has ended. A message older than that is not
    # needed, and a queue full of its copies must not keep what is needed waiting: it is dropped unread.
    return {task: {"expires": float(settings.lease_seconds)} for task in HANDED_OUT}


def _pace(broker_url: str) -> dict[str, Any]:
    return {
        # A process holds what it runs, the rest stays for the others. Among plain files there are no others,
        # and what was done is said to be done only when the next message comes: with one in hand, every two
        # seconds.
        "worker_prefetch_multiplier": 16 if broker_url.startswith("filesystem") else 1,
        "worker_max_tasks_per_child": 500,  # bounds what a leak can take
        "worker_eta_task_limit": 1000,
        "worker_hijack_root_logger": False,
        "worker_redirect_stdouts": False,
    }


def _transport(settings: Settings, timing: Timing, broker_url: str) -> dict[str, Any]:
    if broker_url.startswith("filesystem"):
        return _files(settings.var / "broker")
    if not broker_url.startswith(("redis", "sentinel")):
        return {}
    return {
        "visibility_timeout": timing.visibility,
        # Without these two, messages come back every hundred seconds whatever the line above says.
        "unacked_restore_interval": timing.restore,
        "unacked_restore_throttle": 1,
        # A line that swallows bytes and never closes is given up within a minute: a worker waits this long
        # for each of several connections, one after the other.
        "socket_timeout": 10,
        "socket_connect_timeout": 5,
        "health_check_interval": 10,
        "socket_keepalive": True,
        "queue_order_strategy": "priority",
        "sep": SEPARATOR,
        "priority_steps": list(PRIORITY_STEPS),
    }


def _files(folder: Path) -> dict[str, Any]:
    # One message is looked for in each interval; at the default of a second, ticks alone would fill it.
    folders = {"data_folder_in": str(folder), "data_folder_out": str(folder)}
    return {**folders, "control_folder": str(folder / "control"), "polling_interval": 0.05}


def _no_broker(settings: Settings) -> Problem:
    return Problem(
        file=str(settings.run_folder / "broker.url"),
        key="DUNGHAN_BROKER_URL",
        found=say("no_broker"),
        expected=say("broker_address"),
    )


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _open_process(**_: object) -> None:
    if os.getpid() != _LOADED_IN:  # else there was no fork, and the connections are its own
        let_go_of_lines()
    for hook in after_fork:
        hook(current_settings())


@worker_process_shutdown.connect  # type: ignore[untyped-decorator]
def _close_process(**_: object) -> None:
    for hook in before_exit:
        hook()


def __getattr__(name: str) -> Celery:
    """Build `app` when `celery -A workers.app` asks for it; importing this module reads nothing."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    logs.connect()
    try:
        settings = Settings.load(read_environment())
        settings.run_folder.mkdir(parents=True, exist_ok=True)  # beat keeps its last runs there
        built = make_app(settings)
    except ConfigError as error:
        raise SystemExit(str(error)) from error
    globals()["app"] = built
    return built
