"""`dunghan metrics`: the office in numbers for Prometheus, to be scraped from a file or a wrapper."""

from __future__ import annotations

import typer

from workers.cli.here import OfficeOption, at_desk


def metrics(context: typer.Context, *, office: OfficeOption = None) -> None:
    """In số liệu cho Prometheus (metrics, text format).

    Chỉ có số lượng và tuổi của các nhịp, không có mã hồ sơ. Dùng với textfile collector của node_exporter.

    Ví dụ: dunghan metrics > /var/lib/node_exporter/dunghan.prom
    """
    from workers import clock
    from workers.reports.metrics import metrics_text
    from workers.use_cases.overview import overview

    with at_desk(context, office) as desk:
        now = clock.now()
        seen = overview(desk.store, desk.office_code, now=now)
    text = metrics_text(
        office=desk.office_code,
        clocks=seen.clocks,
        notices=seen.notices,
        heartbeats={name: heartbeat.at for name, heartbeat in seen.heartbeats.items()},
        oldest_undelivered=seen.oldest_undelivered,
        dead_letters=seen.dead_letters,
        days_left={ending.calendar: ending.days_left for ending in seen.endings},
        now=now,
    )
    typer.echo(text, nl=False)
