"""A task whose arguments are checked when it is queued, not when a worker trips over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, ParamSpec, Protocol, cast

from celery import shared_task

from workers.store.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

P = ParamSpec("P")

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


def task(name: str, **options: Any) -> Callable[[Callable[P, None]], Task[P]]:
    """Make a function a task under the name that Flower shows; `options` are Celery's: limits, retries."""
    return cast("Callable[[Callable[P, None]], Task[P]]", shared_task(name=name, **options))
