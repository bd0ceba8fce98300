"""`dunghan metrics`: offices and machinery in numbers for Prometheus, printed once or served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.exits import NOT_SET_UP, OK, CommandError
from workers.cli.here import OfficeOption, here

if TYPE_CHECKING:
    from prometheus_client.core import GaugeMetricFamily

    from config.settings import Settings

_SECONDS = 7.0


def metrics(
    context: typer.Context,
    *,
    serve: Annotated[
        str | None,
        typer.Option("--serve", metavar="ĐỊA_CHỈ:CỔNG", help="Mở một cửa cho Prometheus đến lấy."),
    ] = None,
    office: OfficeOption = None,
) -> None:
    """In số liệu cho Prometheus, hoặc mở cửa cho nó (metrics).

    Chỉ có số lượng và tuổi của các nhịp, không có mã hồ sơ. In một lần thì
    dùng với textfile collector của node_exporter; --serve trả lời mỗi lần được
    hỏi, không có mật khẩu: hãy để ở 127.0.0.1. Mã thoát 3 khi cơ sở dữ liệu
    không trả lời; số liệu còn lại vẫn được in.

    Ví dụ: dunghan metrics > /var/lib/node_exporter/dunghan.prom

    Ví dụ: dunghan metrics --serve 127.0.0.1:9108
    """
    settings = here(context).settings()
    if serve is not None:
        _serve(settings, office, serve)
        return
    from workers.reports.families import text_of

    said: list[BaseException] = []
    typer.echo(text_of(lambda: collected(settings, office, said)), nl=False)
    for error in said:
        typer.echo(str(error), err=True)
    raise typer.Exit(NOT_SET_UP if said else OK)


def collected(settings: Settings, office: str | None, said: list[BaseException]) -> list[GaugeMetricFamily]:
    """Return every metric as it is now; what keeps the database from answering is added to `said`."""
    from workers.cli.doctor_places import look_at_disk
    from workers.cli.metrics_office import look_at_offices
    from workers.reports.machinery_metrics import Surroundings, surroundings_metrics
    from workers.runtime.broker_look import BrokerLook, look_at_broker
    from workers.runtime.together import together

    asked = {
        "database": lambda: look_at_offices(settings, office),
        "broker": lambda: look_at_broker(settings),
    }
    answers = together(asked, seconds=_SECONDS)
    database, broker = answers["database"], answers["broker"]
    failed = isinstance(database, BaseException)
    said += [database] if failed else []
    seen = broker if isinstance(broker, BrokerLook) else BrokerLook()
    around = Surroundings(
        database_is_up=not failed,
        broker_is_up=isinstance(broker, BrokerLook),
        workers=len(seen.workers),
        waiting=seen.waiting,
        disk_free=look_at_disk(settings),
        clock_ahead=None if failed else database.clock_ahead,
    )
    return [*([] if failed else database.families), *surroundings_metrics(around)]


def _serve(settings: Settings, office: str | None, place: str) -> None:
    from prometheus_client import start_http_server

    from workers.reports.families import registry_of

    address, colon, port = place.rpartition(":")
    if not (colon and address and port.isdecimal()):
        raise CommandError(f"--serve: có “{place[:80]}”, cần địa chỉ và cổng, ví dụ 127.0.0.1:9108.")
    registry: Any = registry_of(lambda: collected(settings, office, []))
    try:
        _, thread = start_http_server(int(port), addr=address.strip("[]"), registry=registry)
    except (OSError, OverflowError) as error:
        raise CommandError(f"Không mở được {place} ({error}); hãy chọn cổng khác.") from error
    typer.echo(f"http://{place}/metrics; Ctrl-C để dừng.")
    thread.join()
