"""`dunghan healthcheck`: for a supervisor of containers; silence must not look like peace."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError
from workers.cli.here import here, open_store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from config.settings import Settings
    from workers.use_cases.machinery import Machinery


class Part(StrEnum):
    """Name what can be asked after."""

    WORKER = "worker"
    BEAT = "beat"
    FLOWER = "flower"


def healthcheck(
    context: typer.Context,
    part: Annotated[Part, typer.Argument(metavar="PHẦN", help="worker, beat, flower.")],
    *,
    queue: Annotated[
        list[str] | None,
        typer.Option("--queue", help="Hàng đợi mà worker này đọc; mặc định: tất cả. Dùng được nhiều lần."),
    ] = None,
) -> None:
    """Trả lời docker-compose: còn làm việc không (alive?).

    Mã thoát 0 là còn, 1 là không. beat: dòng mà nhịp của beat ghi qua một
    worker phải còn mới. worker: như thế, và lượt dò của beat qua từng hàng đợi
    phải quay về; tiến trình chỉ sống thôi thì chưa đủ.

    Ví dụ: dunghan healthcheck worker

    Ví dụ: dunghan healthcheck worker --queue intake
    """
    from workers.queues import QUEUES

    if unknown := set(queue or ()) - set(QUEUES):
        raise CommandError(f"--queue: không có hàng đợi {min(unknown)}; có: {', '.join(QUEUES)}.")
    settings = here(context).settings()
    if part is Part.FLOWER:
        said = flower_says(settings)
    else:
        said = _signs(settings, () if part is Part.BEAT else queue or QUEUES)
    typer.echo(f"{part.value}: {said}" if said else f"{part.value}: tốt", err=bool(said))
    raise typer.Exit(1 if said else 0)


def _signs(settings: Settings, queues: Sequence[str]) -> str:
    """Say what is wrong; empty when ticks, and a probe through each of the queues, have come lately."""
    from workers import clock
    from workers.use_cases.machinery import machinery_of

    with open_store(settings) as store:
        offices, now = store.offices(), clock.now()
        for office in offices:
            with store.read(office) as work:
                said = _silent(machinery_of(work, now=now), settings, queues, now)
            if said:
                return f"{said} ({office})"
    return "" if offices else "cơ sở dữ liệu chưa có cấu hình nào"


def _silent(machinery: Machinery, settings: Settings, queues: Sequence[str], now: datetime) -> str:
    from workers.schedule import patience
    from workers.use_cases.machinery import is_fresh

    limits = patience(settings)
    if machinery.last_tick is None:
        return "chưa có nhịp nào"
    if not is_fresh(machinery.last_tick, now=now, within=limits.ticks):
        return f"nhịp cuối cách đây {(now - machinery.last_tick).total_seconds():.0f} giây"
    for queue in queues:
        probe = machinery.probes.get(queue)
        if probe is None or not is_fresh(probe.at, now=now, within=limits.probes):
            return f"hàng đợi {queue} im lặng"
    return ""


def flower_place(settings: Settings) -> str:
    """Return the address of Flower, as set or as a running `dunghan up` wrote it; empty when neither."""
    from workers.runtime.addresses import flower_file

    written = flower_file(settings)
    url = f"http://{settings.flower_address}:{settings.flower_port}" if settings.flower_port else ""
    return url or (written.read_text(encoding="utf-8").strip() if written.is_file() else "")


def flower_says(settings: Settings) -> str:
    """Say what is wrong with Flower; empty when it answers."""
    from workers.runtime.ready import flower_answers

    url = flower_place(settings)
    if not url:
        return "không biết cổng; hãy đặt DUNGHAN_FLOWER_PORT, hoặc chạy dunghan up"
    return "" if flower_answers(url) else f"{url} không trả lời"
