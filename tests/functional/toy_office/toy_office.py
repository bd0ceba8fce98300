"""The project's own Celery application with toy tasks in place of the real ones."""

from __future__ import annotations

from config.settings import Settings, read_environment
from workers import logs
from workers.app import make_app

logs.connect()
app = make_app(Settings.load(read_environment()), include=("toy_tasks",))
