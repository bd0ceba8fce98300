"""`dunghan db`: bring the tables to this version, and say whether they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import INCOMPLETE, NOT_SET_UP
from workers.cli.here import JsonOption, OfficeOption, actor, at_desk, here, open_store

if TYPE_CHECKING:
    from workers.store.unit_of_work import Store
    from workers.use_cases.rebuild import Rebuilt

app = typer.Typer(
    help="Nâng cấp và kiểm tra cơ sở dữ liệu (database).\n\nVí dụ: dunghan db upgrade", no_args_is_help=True
)


@app.command()
def upgrade(context: typer.Context) -> None:
    """Đưa cơ sở dữ liệu lên phiên bản này (upgrade).

    Ghi cấu hình của thư mục nếu chưa có; ghi thêm từ sự kiện những gì bản
    trước chưa có, hạn đã ghi giữ nguyên. Chạy lại không hại gì.

    Ví dụ: dunghan --home /srv/my-xuyen db upgrade
    """
    from config.sla import read_folder
    from workers import clock
    from workers.runtime.layout import is_office
    from workers.store import schema
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import record_first

    settings = here(context).settings()
    url = settings.database_url.get_secret_value()
    if url.startswith("sqlite"):
        settings.var.mkdir(parents=True, exist_ok=True)
    schema.upgrade(url)
    typer.echo("Cơ sở dữ liệu đã ở phiên bản mới nhất.")
    store = Store(url)
    if not store.offices() and is_office(settings.home):
        files = read_folder(settings.home / "sla")
        sla, number = record_first(store, files, author=actor(), reason="dunghan db upgrade", now=clock.now())
        typer.echo(f"Cấu hình của {sla.name} đã ghi thành phiên bản {number}.")
    fill_offices(store)
    store.dispose()


def fill_offices(store: Store) -> None:
    """Fill in what older tables lack, office by office, and say how many dossiers that were."""
    from workers.cli.screen import number
    from workers.use_cases.fill_in import fill_in

    for office in store.offices():
        filled = fill_in(store, office)
        if filled.dossiers:
            typer.echo(f"{office}: đã ghi thêm bước xử lý của {number(filled.dossiers)} hồ sơ từ sự kiện.")
        for code, reason in filled.failed.items():
            typer.echo(f"  {code}: không đọc lại được sự kiện: {reason}", err=True)


@app.command()
def check(context: typer.Context, *, as_json: JsonOption = False) -> None:
    """Xem các bảng có đúng phiên bản này không (check).

    Mã thoát 3 nếu không.

    Ví dụ: dunghan --home /srv/my-xuyen db check
    """
    from workers.cli.screen import print_json
    from workers.store import schema

    settings = here(context).settings()
    url = settings.database_url.get_secret_value()
    with open_store(settings):
        is_current = schema.is_current(url)
        differences = [str(found) for found in schema.differences(url)] if is_current else []
    good = is_current and not differences
    if as_json:
        print_json({"current": is_current, "differences": differences})
    elif good:
        typer.echo("Cơ sở dữ liệu đúng phiên bản, các bảng khớp.")
    elif not is_current:
        typer.echo("Cơ sở dữ liệu chưa đúng phiên bản; hãy chạy: dunghan db upgrade", err=True)
    else:
        typer.echo("Cơ sở dữ liệu đúng phiên bản, nhưng có chỗ đã bị sửa ngoài dunghan:", err=True)
        for found in differences:
            typer.echo(f"  {found}", err=True)
    raise typer.Exit(0 if good else NOT_SET_UP)


@app.command()
def rebuild(
    context: typer.Context,
    *,
    compare: Annotated[bool, typer.Option("--check", help="Chỉ so, không ghi gì.")] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Dựng lại các bảng từ lịch sử sự kiện (rebuild).

    Hạn, đồng hồ và bước của mọi hồ sơ được tính lại từ sự kiện và cấu hình
    từng phiên bản; chỗ khác với bảng được nêu tên. Mã thoát 1 nếu có chỗ khác.

    Ví dụ: dunghan db rebuild --check
    """
    from workers.cli.screen import number, print_json, showing
    from workers.use_cases.rebuild import rebuild as rebuilt

    with at_desk(context, office) as desk, showing("Đang tính lại…", _so_far) as progress:
        found = rebuilt(desk.store, desk.office_code, write=not compare, progress=progress)
    if as_json:
        differing = {code: list(names) for code, names in found.differing.items()}
        print_json({"dossiers": found.dossiers, "differing": differing, "failed": found.failed})
    else:
        word = "khác" if compare else "đã dựng lại"
        typer.echo(f"{number(found.dossiers)} hồ sơ, {number(len(found.differing))} {word}.")
        for code, names in found.differing.items():
            typer.echo(f"  {code}: {', '.join(names)}", err=True)
        for code, reason in found.failed.items():
            typer.echo(f"  {code}: không dựng lại được: {reason}", err=True)
    raise typer.Exit(INCOMPLETE if found.differing or found.failed else 0)


def _so_far(found: Rebuilt) -> str:
    from workers.cli.screen import number

    return f"{number(found.dossiers)} hồ sơ, {len(found.differing)} khác"
