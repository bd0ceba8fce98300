"""One line of JSON per happening: a constant event name and fields; ids only, never a person's data."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TYPE_CHECKING, Any

import structlog
from celery.signals import (
    beat_init,
    setup_logging,
    task_failure,
    task_postrun,
    task_prerun,
    task_rejected,
    task_retry,
    task_revoked,
    task_unknown,
)

from workers import clock

if TYPE_CHECKING:
    from collections.abc import MutableMapping

LONGEST_REASON = 200
FRAMES = 6
LOGGED_ELSEWHERE = frozenset({"FAILURE", "RETRY"})

log = structlog.get_logger("dunghan.tasks")
_started: dict[str, float] = {}


def connect() -> None:
    """Make Celery's processes log through here; called once, before the application is built."""
    setup_logging.connect(_configure_from_celery, weak=False)
    task_prerun.connect(_on_start, weak=False)
    task_postrun.connect(_on_end, weak=False)
    task_retry.connect(_on_retry, weak=False)
    task_failure.connect(_on_failure, weak=False)
    task_revoked.connect(_on_revoked, weak=False)
    task_rejected.connect(_on_rejected, weak=False)
    task_unknown.connect(_on_unknown, weak=False)
    beat_init.connect(_on_beat, weak=False)


def configure(level: int = logging.INFO) -> None:
    """Send every log line of this process to standard error as JSON, with the moment in UTC."""
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _frames_only,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer = structlog.processors.JSONRenderer(ensure_ascii=False)
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[_strip, renderer])
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # Celery's own lines about a task carry its result and its error; ours carry what may be read.
    logging.getLogger("celery.app.trace").setLevel(logging.CRITICAL)
    logging.getLogger("celery.worker.strategy").setLevel(logging.WARNING)
    logging.getLogger("celery.beat").setLevel(logging.WARNING)


def reason(error: BaseException) -> str:
    """Return the first line of an error, shortened: databases put the values of the row on the later ones."""
    lines = str(error).splitlines() or [""]
    return lines[0][:LONGEST_REASON]


def _configure_from_celery(loglevel: int | None = None, **_: object) -> None:
    configure(loglevel or logging.INFO)


def _frames_only(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
        event["error"] = type(error).__name__
        event["reason"] = reason(error)
        event["frames"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def _strip(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    record = event.pop("_record", None)
    event.pop("_from_structlog", None)
    if isinstance(record, logging.LogRecord) and record.exc_info:
        event["exc_info"] = record.exc_info
        record.exc_info = None
        record.exc_text = None
        _frames_only(None, "", event)
    return event


def _fields(request: Any, name: str) -> dict[str, object]:
    delivery = getattr(request, "delivery_info", None) or {}
    queue = delivery.get("routing_key")
    return {"task": name, "id": request.id, "queue": queue, "attempt": getattr(request, "retries", 0)}


def _on_start(task_id: str, **_: object) -> None:
    _started[task_id] = clock.monotonic()


def _seconds(task_id: str) -> float | None:
    began = _started.pop(task_id, None)
    return None if began is None else round(clock.monotonic() - began, 3)


def _on_end(task_id: str, task: Any, state: str | None = None, **_: object) -> None:
    seconds = _seconds(task_id)
    if state not in LOGGED_ELSEWHERE:
        log.info("task_done", state=state, seconds=seconds, **_fields(task.request, task.name))


def _on_retry(request: Any, sender: Any, reason: Any = None, **_: object) -> None:
    cause = type(getattr(reason, "exc", None) or reason).__name__
    log.warning("task_retried", error=cause, seconds=_seconds(request.id), **_fields(request, sender.name))


def _on_failure(sender: Any, task_id: str, exception: BaseException, **_: object) -> None:
    fields = _fields(sender.request, sender.name) | {"id": task_id}
    log.error("task_failed", exc_info=exception, seconds=_seconds(task_id), **fields)


def _on_revoked(request: Any, sender: Any, *, expired: bool, terminated: bool, **_: object) -> None:
    event = "task_expired" if expired else "task_ended_by_force" if terminated else "task_revoked"
    log.warning(event, **_fields(request, getattr(sender, "name", "")))


def _on_rejected(message: Any, **_: object) -> None:
    log.error("message_rejected", content_type=str(message.content_type))


def _on_unknown(name: str, id: str, **_: object) -> None:  # noqa: A002 - the signal's own name
    log.error("task_unknown", task=name, id=id)


def _on_beat(**_: object) -> None:
    log.info("beat_started")
