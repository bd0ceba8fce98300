"""`dunghan audit pack`: everything an ISO 9001 auditor asks of a period, in one folder."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.exits import CommandError
from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from workers.cli.here import Desk
    from workers.use_cases.audit_pack import Asked, Made

_MOST: Final = 1_000


def pack(
    context: typer.Context,
    *,
    period: Annotated[str, typer.Argument(help="Kỳ: 2019-05, 2019-Q2, 2019-H1, 2019; admin:2019-06.")],
    to: Annotated[Path, typer.Option("--to", help="Thư mục mới hoặc trống để ghi vào.")],
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Chỉ tính việc đã xảy ra và đã ghi đến lúc này; mặc định: bây giờ."),
    ] = None,
    seed: Annotated[
        str | None, typer.Option("--seed", help="Mầm của mẫu ngẫu nhiên; mặc định: tên kỳ.")
    ] = None,
    sample: Annotated[int, typer.Option("--sample", min=1, max=_MOST, help="Số hồ sơ của mẫu.")] = 30,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lập bộ hồ sơ kiểm tra ISO 9001 của một kỳ (pack).

    Mục tiêu và kết quả, xu hướng, biểu đồ kiểm soát, bách phân vị, Pareto nguyên
    nhân, sổ hồ sơ quá hạn, thư xin lỗi, mẫu ngẫu nhiên, dấu hiệu cần xem lại: một
    tệp pdf, một bảng tính, dữ liệu csv và manifest.json với SHA-256 của từng tệp.

    Ví dụ: dunghan audit pack 2019-Q2 --to iso-2019-Q2
    """
    from workers.cli.screen import print_json, showing
    from workers.use_cases.write_pack import write_audit_pack

    _check(to)
    with at_desk(context, office) as desk:
        asked = _asked(desk, period, as_of, seed, sample)
        with showing("Đang lập bộ hồ sơ…", str) as say:
            made = write_audit_pack(desk.store, desk.office(), asked, to, say=say)
    found = _found(to, made)
    if as_json:
        print_json(found)
    else:
        _show(found, made)


def _check(to: Path) -> None:
    if not to.absolute().parent.is_dir():
        raise CommandError(f"--to: không có thư mục {to.absolute().parent}.")
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise CommandError(f"--to: {to} đã có nội dung; hãy chọn một thư mục mới hoặc trống.")


def _asked(desk: Desk, period: str, as_of: str | None, seed: str | None, sample: int) -> Asked:
    from workers.cli.report_ask import read_asked_period, read_frame
    from workers.use_cases.audit_pack import Asked

    asked = read_asked_period(period, None, None, desk.office().sla.zone)
    frame = read_frame(desk, asked, as_of, cohort=False, against="law")
    begin = asked.begin(desk.office().sla.zone)
    if begin is not None and begin >= frame.as_of:
        raise CommandError(f"Kỳ {period} chưa bắt đầu.")
    named = (period if seed is None else seed).strip()
    return Asked(period=asked, as_of=frame.as_of, known=frame.known, seed=named, size=sample)


def _found(to: Path, made: Made) -> dict[str, Any]:
    counts = {table.code: len(table.rows) for table in made.pack.tables}
    return {
        "folder": str(to),
        "period": made.pack.period,
        "dossiers": made.sample.population,
        "overdue": counts["so-qua-han"],
        "signs": counts["dau-hieu"],
        "sample": list(made.sample.codes),
        "files": sorted(path.name for path in to.iterdir()),
    }


def _show(found: dict[str, Any], made: Made) -> None:
    from workers.cli.screen import number

    typer.echo(found["period"])
    objectives = next(table for table in made.pack.tables if table.code == "muc-tieu")
    for row in objectives.rows:
        typer.echo(f"{row[0]} ({row[1]}): {row[-1]}")
    typer.echo(
        f"{number(found['dossiers'])} hồ sơ, {number(found['overdue'])} quá hạn, "
        f"{number(found['signs'])} dấu hiệu cần xem lại."
    )
    typer.echo(f"Đã ghi {len(found['files'])} tệp vào {found['folder']}.")
