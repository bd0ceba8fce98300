"""A task whose arguments are checked when it is queued, not when a worker trips over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ParamSpec, Protocol, cast

from celery import shared_task

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")


class Task(Protocol[P]):
    """Run now when called; `delay` queues it for a worker with the same arguments."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Run it here and now."""

    def delay(self, *args: P.args, **kwargs: P.kwargs) -> object:
        """Queue it for a worker."""


def task(name: str, **limits: int) -> Callable[[Callable[P, None]], Task[P]]:
    """Make a function a task under the name that Flower shows; `limits` are Celery's, in seconds."""
    return cast("Callable[[Callable[P, None]], Task[P]]", shared_task(name=name, **limits))
