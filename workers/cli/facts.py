"""`dunghan facts`: counts of results kept up instead of counted each time, checked, shown, handed on."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.exits import INCOMPLETE, OK, CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from domain.on_time_rate import Counts
    from workers.use_cases.dimensions import Key

app = typer.Typer(no_args_is_help=True)


@app.callback()
def facts() -> None:
    """Số liệu kết quả đã cộng sẵn theo nửa tháng (facts).

    Kết quả đã ghi thì không tự đổi, nên mỗi hồ sơ chỉ cộng một lần, hằng đêm.

    Ví dụ: dunghan facts refresh
    """


@app.command()
def refresh(
    context: typer.Context,
    *,
    anew: Annotated[bool, typer.Option("--all", help="Bỏ số cũ, đếm lại tất cả.")] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Cộng thêm kết quả ghi từ lần trước (refresh).

    Chạy hai lần không cộng hai lần. Đang có người ghi sự kiện thì không đổi
    gì, mã thoát 1: chạy lại sau.

    Ví dụ: dunghan facts refresh
    """
    from workers.cli.screen import number, print_json, showing
    from workers.use_cases import facts as keeping

    with at_desk(context, office) as desk, showing("Đang cộng kết quả…", str):
        done = keeping.refresh(desk.store, desk.office(), now=desk.now, anew=anew)
    if as_json:
        said = {} if done is None else {"results": done.results, "cells": done.cells}
        print_json({"refreshed": done is not None, **said})
    elif done is None:
        typer.echo("Đang có người ghi sự kiện hay cộng số liệu; chưa đổi gì, hãy chạy lại sau.", err=True)
    else:
        typer.echo(f"Đã cộng {number(done.results)} kết quả mới vào {number(done.cells)} ô.")
    raise typer.Exit(INCOMPLETE if done is None else OK)


@app.command()
def check(context: typer.Context, *, office: OfficeOption = None, as_json: JsonOption = False) -> None:
    """Đếm lại tất cả và so với số đã cộng, từng ô (check).

    Có ô lệch thì liệt kê, mã thoát 1; sửa bằng: dunghan facts refresh --all

    Ví dụ: dunghan facts check
    """
    from workers.cli.screen import print_json, showing
    from workers.use_cases.facts import unlike
    from workers.use_cases.facts_export import row_of

    with at_desk(context, office) as desk, showing("Đang đếm lại…", str):
        wrong = unlike(desk.store, desk.office())
        rows = [(row_of(fact, desk.office()), said) for fact, said in wrong]
    if as_json:
        print_json({"unlike": [{"cell": row[:-1], "counted": row[-1], "kept": said} for row, said in rows]})
    elif not rows:
        typer.echo("Mọi ô khớp với hồ sơ.")
    for row, said in rows if not as_json else ():
        typer.echo(f"{', '.join(filter(None, row[:-1]))}: đếm được {row[-1]}, số đã cộng {said}", err=True)
    raise typer.Exit(INCOMPLETE if rows else OK)


@app.command()
def show(
    context: typer.Context,
    *,
    period: Annotated[str, typer.Option("--period", help="Kỳ: 2019-05, 2019-Q2, 2019; admin:2019-06.")],
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """In kết quả của một kỳ đã qua theo đơn vị và hình thức (show).

    Từ số đã cộng và những gì ghi sau đó; đúng bằng đếm từng hồ sơ. Hồ sơ đang
    giải quyết thì xem: dunghan report

    Ví dụ: dunghan facts show --period 2019-Q2
    """
    from workers.cli.report_ask import read_against, read_asked_period, read_frame
    from workers.cli.screen import print_json
    from workers.use_cases.facts import answers, results

    with at_desk(context, office) as desk:
        asked = read_asked_period(period, None, None, desk.office().sla.zone)
        frame = read_frame(desk, asked, None, cohort=False, against=read_against("law"))
        if not answers(desk.office(), frame):
            raise CommandError(f"--period: {period} chưa qua; xem dunghan report --period {period}.")
        found = results(desk.store, desk.office(), frame)
        if as_json:
            print_json({"office": desk.office_code, "period": period, "rows": _as_json(found)})
        else:
            _show(desk, found, period)


def _as_json(found: dict[Key, Counts]) -> list[dict[str, Any]]:
    from dataclasses import asdict

    return [{"unit": unit, "channel": channel, **asdict(counts)} for (unit, channel), counts in found.items()]


def _show(desk: Desk, found: dict[Key, Counts], period: str) -> None:
    from domain.on_time_rate import Counts, rates
    from workers.cli.screen import columns, number, screen
    from workers.use_cases.dimensions import Breakdown

    names = Breakdown(("unit", "channel"), desk.office())
    heads = ("Có hạn", "Trước", "Đúng", "Quá", "Không hạn", "Rút", "Tỷ lệ")
    table = columns("Đơn vị · Hình thức", *heads, title=f"Kết quả của kỳ {period}", whole=(1, 2, 3, 4, 6, 7))
    total = sum(found.values(), Counts())
    for label, each in (*((names.label(key), each) for key, each in found.items()), ("Tổng", total)):
        cells = (each.resolved, each.early, each.on_time, each.late, each.resolved_no_limit, each.withdrawn)
        table.add_row(label, *map(number, cells), rates(each)[0].percent())
    screen().print(table)
    rate = rates(total)[0]
    typer.echo(f"Tỷ lệ: {rate.vi}; {number(rate.numerator)}/{number(rate.denominator)}.")


@app.command()
def export(
    context: typer.Context,
    *,
    to: Annotated[Path, typer.Option("--to", help="Tệp .parquet hoặc .csv.")],
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi mọi ô ra tệp Parquet hoặc csv (export).

    Ví dụ: dunghan facts export --to ket-qua.parquet
    """
    from workers.cli.report_ask import check_file
    from workers.cli.screen import number, print_json
    from workers.reports.facts_file import write_facts
    from workers.use_cases.facts_export import rows_of

    check_file(to, "--to", (".parquet", ".csv"))
    with at_desk(context, office) as desk:
        rows = rows_of(desk.store, desk.office())
        write_facts(rows, to)
    if as_json:
        print_json({"file": str(to), "cells": len(rows)})
    else:
        typer.echo(f"Đã ghi {number(len(rows))} ô vào {to}.")
