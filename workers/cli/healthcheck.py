"""`dunghan healthcheck`: for a supervisor of containers; silence must not look like peace."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.here import here, open_store

if TYPE_CHECKING:
    from config.settings import Settings

MISSED_BEATS: Final = 3
_LEAST: Final = timedelta(seconds=15)
"""Even with a sweep a second, a busy machine may be silent this long."""


class Part(StrEnum):
    """Name what can be asked after."""

    WORKER = "worker"
    BEAT = "beat"
    FLOWER = "flower"


def healthcheck(
    context: typer.Context,
    part: Annotated[Part, typer.Argument(metavar="PHẦN", help="worker, beat, flower.")],
) -> None:
    """Trả lời docker-compose: còn làm việc không (alive?).

    Mã thoát 0 là còn, 1 là không. worker và beat: dòng mà nhịp của beat ghi
    qua một worker phải còn mới; tiến trình chỉ sống thôi thì chưa đủ.

    Ví dụ: dunghan healthcheck worker
    """
    settings = here(context).settings()
    said = _flower(settings) if part is Part.FLOWER else _heartbeat(settings)
    typer.echo(f"{part.value}: {said}" if said else f"{part.value}: tốt", err=bool(said))
    raise typer.Exit(1 if said else 0)


def stale_after(settings: Settings) -> timedelta:
    """Return how old the last sign of life may be: three sweeps, and never less than 15 seconds."""
    return max(_LEAST, MISSED_BEATS * timedelta(seconds=settings.sweep_seconds))


def _heartbeat(settings: Settings) -> str:
    """Say what is wrong; empty when beat's tick has come through a worker lately."""
    from workers import clock

    now = clock.now()
    with open_store(settings) as store:
        offices = store.offices()
        for office in offices:
            with store.read(office) as work:
                beat = work.journal.heartbeats().get("beat")
            if beat is None:
                return f"chưa có nhịp nào của {office}"
            if now - beat.at > stale_after(settings):
                return f"nhịp cuối của {office} cách đây {(now - beat.at).total_seconds():.0f} giây"
    return "" if offices else "cơ sở dữ liệu chưa có cấu hình nào"


def _flower(settings: Settings) -> str:
    from workers.runtime.ready import flower_answers

    written = settings.run_folder / "flower.url"
    url = f"http://{settings.flower_address}:{settings.flower_port}" if settings.flower_port else ""
    if not url and written.is_file():
        url = written.read_text(encoding="utf-8").strip()
    if not url:
        return "không biết cổng; hãy đặt DUNGHAN_FLOWER_PORT, hoặc chạy dunghan up"
    return "" if flower_answers(url) else f"{url} không trả lời"
