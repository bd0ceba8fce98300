"""A task whose arguments are checked when it is queued, and again when a worker takes a message of it.

What sweeps send always fits. What anybody else put into a queue may be anything: it is refused with a
sentence and kept, as the doors for other systems do, and never trips a worker.
"""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, ParamSpec, Protocol, cast

import structlog
from celery import shared_task

from workers import clock
from workers.store.errors import StoreError
from workers.tasks import context
from workers.use_cases.doors import keep_refused, office_meant
from workers.use_cases.messages import MessageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

P = ParamSpec("P")
log = structlog.get_logger()

PATIENT: Final[Mapping[str, Any]] = {
    "autoretry_for": (StoreError,),
    "retry_backoff": 1,
    "retry_backoff_max": 30,  # seconds: well below the visibility of every installation
    "max_retries": None,
}
"""For what others send once, and no sweep finds: while the database is away it is tried again and again."""


class Task(Protocol[P]):
    """Run now when called; `delay` queues it for a worker with the same arguments."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run it here and now."""

    def delay(self, *args: P.args, **kwargs: P.kwargs) -> object:
        """Queue it for a worker."""


def task(
    name: str, *, expected: Mapping[str, Callable[[object], str]] | None = None, **options: Any
) -> Callable[[Callable[P, None]], Task[P]]:
    """Make a function a task under the name that Flower shows; `options` are Celery's: limits, retries.

    `expected` says of an argument, by its name, what it should have been; empty when it fits. An argument
    that is not in it is judged by the use case.
    """

    def made(function: Callable[P, None]) -> Task[P]:
        guarded = _guarded(name, function, expected or {})
        return cast("Task[P]", shared_task(name=name, **options)(guarded))

    return made


def _guarded(
    name: str, function: Callable[P, None], expected: Mapping[str, Callable[[object], str]]
) -> Callable[..., None]:
    signature = inspect.signature(function)

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        wrong = _misfit(signature, expected, args, kwargs)
        if wrong:
            _refuse(name, MessageError(wrong), args, kwargs)
        else:
            function(*args, **kwargs)

    # Celery checks calls by it when they are queued; it looks at the wrapper and not behind it.
    guarded.__signature__ = signature  # type: ignore[attr-defined]
    return guarded


def _misfit(
    signature: inspect.Signature,
    expected: Mapping[str, Callable[[object], str]],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> str:
    """Say what is wrong with the arguments of a message; empty when they fit."""
    try:
        given = signature.bind(*args, **kwargs).arguments
    except TypeError as error:
        return f"arguments: {error}, expected ({', '.join(signature.parameters)})"
    for name, should in expected.items():
        if wrong := should(given.get(name)):
            return f"{name}: found {str(given.get(name))[:80]!r}, expected {wrong}"
    return ""


def _refuse(name: str, error: MessageError, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    said = {"task": name, "args": [_without_token(one) for one in args], "kwargs": _without_token(kwargs)}
    office = office_meant(kwargs.get("office"), context.store().offices())
    keep_refused(context.store(), office, said, error, now=clock.now())
    log.warning("message_refused", task=name, reason=error.code)


def _without_token(said: Any) -> Any:
    # A good token must stand nowhere but in its mail.
    if isinstance(said, dict):
        return {key: _without_token(one) for key, one in said.items() if key != "token"}
    return said
