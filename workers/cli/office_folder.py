"""`dunghan init`: lay an office out, make its database, record its rules as version 1."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.here import Here, actor

if TYPE_CHECKING:
    from config.settings import Settings


def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="THƯ_MỤC", help="Thư mục mới hoặc trống."),
    ],
    *,
    templates: Annotated[
        bool,
        typer.Option("--templates", help="Chép cả mẫu thư để sửa."),
    ] = False,
) -> None:
    """Lập thư mục của một cơ quan (a new office).

    Gồm cấu hình mẫu có chú thích, hộp tệp nhận, cơ sở dữ liệu. Chạy lại thì
    không đổi gì; thư mục có tệp khác thì bị từ chối.

    Ví dụ: dunghan init /srv/my-xuyen
    """
    from workers.runtime.layout import lay_out

    home = folder.expanduser().resolve()
    settings = Here(home).settings()  # wrong variables of the environment are told before anything is made
    is_new = lay_out(home)
    if templates:
        is_new |= _copy_templates(home)
    typer.echo(
        f"Đã lập thư mục {home}." if is_new else f"{home} đã là thư mục của dunghan: các tệp giữ nguyên."
    )
    recorded = _prepare_database(settings)
    if is_new or recorded:
        _say_next(home, settings)


def _copy_templates(home: Path) -> bool:
    import config

    target = home / "templates"
    if target.exists():
        return False
    copytree(Path(config.__file__).parent / "templates", target)
    return True


def _prepare_database(settings: Settings) -> bool:
    """Make the tables and record the rules if there are none yet; say what was done."""
    from config.sla import read_folder
    from workers import clock
    from workers.store.errors import StoreError
    from workers.store.schema import upgrade
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import record_first

    url = settings.database_url.get_secret_value()
    try:
        upgrade(url)
    except StoreError as error:
        if url.startswith("sqlite"):
            raise
        # The folder may be laid out before the database server runs (docker compose run --no-deps).
        typer.echo(f"{error} Khi máy chủ chạy, hãy chạy: dunghan db upgrade")
        return True
    store = Store(url)
    files = read_folder(settings.home / "sla")
    sla, number = record_first(store, files, author=actor(), reason="dunghan init", now=clock.now())
    store.dispose()
    if number is None:
        typer.echo(f"Cơ sở dữ liệu đã có cấu hình của {sla.name}.")
        return False
    typer.echo(f"Cấu hình của {sla.name} đã ghi thành phiên bản {number}.")
    return True


def _say_next(home: Path, settings: Settings) -> None:
    mails = settings.var / "outbox" if settings.smtp_url is None else "máy chủ thư đã đặt"
    typer.echo(
        f"""
Việc tiếp theo:
  1. Sửa đơn vị, người nhận, giờ làm việc, thủ tục trong {home / "sla"}
  2. Kiểm tra, áp dụng:  dunghan --home {home} sla check; dunghan --home {home} sla apply --reason …
  3. Chạy:               dunghan --home {home} up
  4. Đưa danh sách vào:  chép tệp .csv, .xlsx vào {home / "inbox"}
Thư nhắc việc đi tới: {mails} (đổi trong {home / ".env"})"""
    )
