"""The project's own Celery application with one more task, which does nothing."""

from __future__ import annotations

from celery import shared_task

from config.settings import Settings, read_environment
from workers.app import make_app
from workers.queues import NOTICES, TASK_MODULES


@shared_task(name="bench.nothing")  # type: ignore[untyped-decorator]
def nothing(_office: str, _codes: list[str]) -> None:
    """Do nothing."""


app = make_app(Settings.load(read_environment()), include=(*TASK_MODULES, __name__))
app.conf.task_routes = {**app.conf.task_routes, "bench.nothing": {"queue": NOTICES, "priority": 6}}
