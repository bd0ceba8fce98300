"""`dunghan reform`: the reform plan of the office, its tasks, their states, and the report on it."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import INCOMPLETE, OK, REFUSED, CommandError
from workers.cli.here import JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from datetime import date

    from workers.cli.here import Desk

app = typer.Typer(no_args_is_help=True)
CodeArgument = Annotated[str, typer.Argument(metavar="MÃ", help="Mã nhiệm vụ, ví dụ CCHC-2019-07.")]
YearOption = Annotated[
    int | None, typer.Option("--year", min=2000, max=2199, help="Năm của kế hoạch; mặc định: năm nay.")
]
AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", help="Chỉ tính việc đã xảy ra và đã ghi đến lúc này; mặc định: bây giờ."),
]


@app.callback()
def reform() -> None:
    """Kế hoạch cải cách hành chính: nhiệm vụ, tiến độ, báo cáo (reform plan).

    Đơn vị chủ trì được nhắc theo thang `reform` của sla/ladders.toml.

    Ví dụ: dunghan reform report 2019-Q2
    """


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Bảng kế hoạch .xlsx hoặc .csv.")],
    *,
    year: YearOption = None,
    on: Annotated[
        str | None,
        typer.Option(
            "--on",
            help="Kế hoạch, hoặc thay đổi, có hiệu lực từ ngày này; mặc định: đầu năm, sau đó: hôm nay.",
        ),
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Nhập bảng kế hoạch cải cách hành chính của một năm (import a plan).

    Cột: STT, Nhiệm vụ, Lĩnh vực (hoặc dòng đề mục), Sản phẩm, Đơn vị chủ trì,
    Đơn vị phối hợp, Thời gian hoàn thành (30/6/2019, Tháng 12, Quý II, 6 tháng
    đầu năm, Thường xuyên). Có dòng sai thì không nhập gì, mọi lỗi được kể một
    lần (mã thoát 2). Nhập lại chỉ ghi chỗ khác; nhiệm vụ vắng trong tệp thì giữ.

    Ví dụ: dunghan reform import ke-hoach-cchc.xlsx --year 2019

    Ví dụ: dunghan reform import ke-hoach-sua.xlsx --year 2019 --on 15/03/2019 --json
    """
    from workers.cli.reform_view import import_json, show_import
    from workers.cli.screen import print_json
    from workers.use_cases.reform_import import import_plan

    if not file.is_file():
        raise CommandError(f"Không có tệp {file}.")
    with at_desk(context, office) as desk:
        of = year or _today(desk).year
        since = None if on is None else read_day(on, desk, "--on")
        made = import_plan(desk.store, desk.office_code, file, of, on=since, actor=actor(), now=desk.now)
    if as_json:
        print_json(import_json(file, made))
    else:
        show_import(file, made)
    raise typer.Exit(REFUSED if made.bad else INCOMPLETE if made.missing else OK)


@app.command()
def template(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Bảng .xlsx sẽ được ghi.")],
    *,
    year: YearOption = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi bảng kế hoạch trống để điền: đúng tên cột, lĩnh vực, đơn vị (empty plan).

    Ví dụ: dunghan reform template ke-hoach-cchc.xlsx --year 2027
    """
    from workers.cli.report_ask import check_file
    from workers.cli.screen import print_json
    from workers.inbox.plan_rows import heads_to_fill
    from workers.reports.reform_template import write_template

    check_file(file, "TỆP", (".xlsx",))
    if file.exists():
        raise CommandError(f"{file} đã có; hãy chọn tên khác.")
    with at_desk(context, office) as desk:
        sla, of = desk.office().sla, year or _today(desk).year
        write_template(
            file,
            heads=heads_to_fill(),
            areas=list(sla.areas.values()),
            units={code: unit.name for code, unit in sla.lines.units.items()},
            year=of,
            office_name=sla.name,
            now=desk.now,
        )
    if as_json:
        print_json({"file": str(file), "year": of})
    else:
        typer.echo(f"Đã ghi {file}. Điền xong: dunghan reform import {file} --year {of}")


@app.command("list")
def list_(
    context: typer.Context,
    *,
    year: YearOption = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Chỉ đơn vị chủ trì này: mã hoặc tên.")] = None,
    state: Annotated[
        str | None,
        typer.Option(
            "--state",
            help="Chỉ: done_in_time, done_late, done_continuous, in_progress, not_started, overdue, "
            "continuous, not_done, removed.",
        ),
    ] = None,
    as_of: AsOfOption = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Liệt kê nhiệm vụ của kế hoạch: hạn, trạng thái, trễ mấy ngày (list tasks).

    Ví dụ: dunghan reform list --year 2019 --state overdue

    Ví dụ: dunghan reform list --year 2019 --unit noi-vu --as-of 30/06/2019 --json
    """
    from workers.cli.reform_ask import chosen, report_of_year
    from workers.cli.reform_view import show_tasks
    from workers.cli.screen import print_json
    from workers.reports.reform import task_json

    with at_desk(context, office) as desk:
        report = report_of_year(desk, year or _today(desk).year, as_of)
        tasks = chosen(report, desk.office().sla, unit=unit, cell=state)
    if as_json:
        print_json([task_json(task) for task in tasks])
    else:
        show_tasks(report, tasks)


@app.command()
def show(
    context: typer.Context, code: CodeArgument, *, office: OfficeOption = None, as_json: JsonOption = False
) -> None:
    """Xem một nhiệm vụ: nội dung, lịch sử trạng thái, ai đã được nhắc (one task).

    Ví dụ: dunghan reform show CCHC-2019-07
    """
    from workers.cli.reform_show import show_task, task_facts
    from workers.cli.screen import print_json

    with at_desk(context, office) as desk:
        facts = task_facts(desk, code.strip())
    if as_json:
        print_json(facts)
    else:
        show_task(facts)


@app.command("set")
def set_(
    context: typer.Context,
    code: CodeArgument,
    *,
    state: Annotated[
        str,
        typer.Option(
            "--state", help="not_started, in_progress, done, not_done, removed (đưa ra khỏi kế hoạch)."
        ),
    ],
    reason: Annotated[str, typer.Option("--reason", help="Vì sao; ghi vào lịch sử nhiệm vụ.")],
    on: Annotated[str | None, typer.Option("--on", help="Từ ngày nào; mặc định: hôm nay.")] = None,
    document: Annotated[
        str | None, typer.Option("--document", help="Số văn bản; bắt buộc khi sửa việc đã đóng, khi đưa ra.")
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi trạng thái mới của một nhiệm vụ: ai, lúc nào, vì sao (set a state).

    Trạng thái cũ còn trong lịch sử. Xong hay đưa ra thì thôi nhắc. Ghi lại đúng
    như cũ không đổi gì. Hoàn thành sau hạn được tính là hoàn thành trễ.

    Ví dụ: dunghan reform set CCHC-2019-07 --state done --on 20/06/2019 --reason "đã ban hành" --document
    12/QĐ

    Ví dụ: dunghan reform set CCHC-2019-07 --state in_progress --reason "đang lấy ý kiến"
    """
    from workers.cli.reform_ask import read_state
    from workers.cli.reform_view import said_of, set_json
    from workers.cli.screen import print_json
    from workers.use_cases.reform_plan import NewState, set_state

    wanted = read_state(state)
    with at_desk(context, office) as desk:
        day = _today(desk) if on is None else read_day(on, desk, "--on")
        said = NewState(state=wanted, on=day, reason=reason, document=document or "")
        made = set_state(desk.store, desk.office_code, code.strip(), said, actor=actor(), now=desk.now)
    if as_json:
        print_json(set_json(made))
    else:
        typer.echo(said_of(made))


@app.command()
def report(
    context: typer.Context,
    period: Annotated[
        str, typer.Argument(metavar="KỲ", help="2019-Q2, 2019-H1, 2019, 2019-05, admin:2019-Q2.")
    ],
    *,
    as_of: AsOfOption = None,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Ghi thêm bảng tính vào tệp này.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Ghi thêm bản PDF vào tệp này.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Báo cáo thực hiện kế hoạch của một quý, nửa năm, năm (report on the plan).

    Theo lĩnh vực, theo đơn vị chủ trì, kèm danh mục nhiệm vụ. Tỷ lệ luôn kèm tử
    số, mẫu số: trên tổng số và trên số đến hạn. Tình trạng cuối kỳ; --as-of cho
    lại đúng bản báo cáo của một ngày đã qua.

    Ví dụ: dunghan reform report 2019-Q2 --xlsx cchc-q2.xlsx --pdf cchc-q2.pdf

    Ví dụ: dunghan reform report 2019-H1 --as-of 29/05/2019 --json
    """
    from workers.cli.reform_ask import report_of_period
    from workers.cli.reform_view import show_reform
    from workers.cli.report_ask import check_file
    from workers.cli.screen import print_json
    from workers.reports.reform_paper import write_reform

    files = {"--xlsx": xlsx, "--pdf": pdf}
    for option, path in files.items():
        if path is not None:
            check_file(path, option, (f".{option.removeprefix('--')}",))
    with at_desk(context, office) as desk:
        made = report_of_period(desk, period, as_of)
    written = [path for path in files.values() if path is not None]
    for path in written:
        write_reform(made, path)
    if as_json:
        print_json(made.as_json() | {"files": [str(path) for path in written]})
        return
    show_reform(made)
    if written:
        typer.echo(f"\nĐã ghi {', '.join(map(str, written))}.")


def read_day(text: str, desk: Desk, option: str) -> date:
    """Read a local day that a person has typed; raises CommandError."""
    from workers.cli.screen import read_moment

    office = desk.office()
    return office.calendar.local(read_moment(text, office.sla.zone, option).at).date()


def _today(desk: Desk) -> date:
    return desk.office().calendar.local(desk.now).date()
