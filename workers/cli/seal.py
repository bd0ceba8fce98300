"""`dunghan seal`: what was reported and vouched for, whether it still comes out, and its corrections."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import INCOMPLETE, OK, CommandError
from workers.cli.here import JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from datetime import datetime

    from workers.use_cases.sealing import By

app = typer.Typer(
    help="Niêm phong (chốt) số liệu đã báo cáo (seals).\n\nVí dụ: dunghan seal list", no_args_is_help=True
)
NumberArgument = Annotated[int, typer.Argument(metavar="SỐ", help="Số của niêm phong.")]


@app.command("list")
def list_(context: typer.Context, *, office: OfficeOption = None, as_json: JsonOption = False) -> None:
    """Liệt kê các báo cáo đã niêm phong (list).

    Niêm phong bằng: dunghan report … --seal "số báo cáo, lý do".

    Ví dụ: dunghan seal list
    """
    from workers.cli.seal_json import listed
    from workers.cli.seal_view import show_list

    with at_desk(context, office) as desk:
        with desk.store.read(desk.office_code) as work:
            seals = work.seals.all()
        if as_json:
            listed(desk.office_code, seals)
        else:
            show_list(seals, desk.office())


@app.command()
def show(
    context: typer.Context,
    number: NumberArgument,
    *,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Ghi danh sách hồ sơ đã niêm phong vào tệp này.")
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """In một niêm phong: số liệu, định nghĩa, phiên bản, ai, lúc nào, vì sao (show).

    Ví dụ: dunghan seal show 1 --csv danh-sach.csv
    """
    from workers.cli.seal_csv import write_list
    from workers.cli.seal_json import shown
    from workers.cli.seal_view import show_seal

    if csv is not None and not csv.absolute().parent.is_dir():
        raise CommandError(f"--csv: không có thư mục {csv.absolute().parent}.")
    with at_desk(context, office) as desk:
        with desk.store.read(desk.office_code) as work:
            found = work.seals.find(number)
            if found is None:
                raise CommandError(f"Không có niêm phong số {number}; xem: dunghan seal list")
            if csv is not None:
                write_list(csv, work.seals.places(number), found.document, desk.office())
        if as_json:
            shown(found, csv)
        else:
            show_seal(found, desk.office(), csv)


@app.command()
def check(
    context: typer.Context,
    number: Annotated[int | None, typer.Argument(metavar="SỐ", help="Số của niêm phong.")] = None,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Mọi niêm phong.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="In nhiều nhất bao nhiêu hồ sơ.")] = 50,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tính lại số liệu đã niêm phong và so từng hồ sơ (check).

    Hai lần: theo những gì đã ghi đến lúc chốt, phải ra đúng như cũ; và theo những
    gì đang ghi, ghi muộn thì kể từng hồ sơ: từ đâu sang đâu, vì sự kiện nào, ghi
    lúc nào. Đã có bản sửa thì chỉ so bản sửa. Mã thoát 1 nếu có chỗ khác.

    Ví dụ: dunghan seal check 1

    Ví dụ: dunghan seal check --all
    """
    from workers.cli.screen import showing
    from workers.cli.seal_check_view import show_checked
    from workers.cli.seal_json import checked
    from workers.use_cases.seal_check import check_seals

    if (number is None) != all_:
        raise CommandError("Hãy ghi số của một niêm phong, hoặc --all.")
    with at_desk(context, office) as desk:
        with showing("Đang tính lại…", lambda at: f"Đang tính lại niêm phong số {at}…") as progress:
            found = list(check_seals(desk.store, desk.office(), number, progress))
        if as_json:
            checked(desk.office_code, found)
        else:
            show_checked(found, desk.office(), limit=limit)
    raise typer.Exit(OK if all(one.holds for one in found) else INCOMPLETE)


@app.command()
def correct(
    context: typer.Context,
    number: NumberArgument,
    *,
    reason: Annotated[str, typer.Option("--reason", help="Vì sao sửa, hay số văn bản.")] = "",
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lập bản sửa của một niêm phong theo những gì đang ghi (correct).

    Bản cũ giữ nguyên; bản sửa là niêm phong mới, nêu số của bản nó sửa.

    Ví dụ: dunghan seal correct 1 --reason "ghi muộn, báo cáo bổ sung 15/BC-UBND"
    """
    from workers.cli.seal_json import shown
    from workers.cli.seal_view import say_sealed
    from workers.use_cases.sealing import correct as corrected

    with at_desk(context, office) as desk:
        made = corrected(desk.store, desk.office(), number, by_now(reason, desk.now))
    if as_json:
        shown(made, None)
    else:
        say_sealed(made)


def by_now(reason: str, now: datetime) -> By:
    """Return who seals at this keyboard, why and when."""
    from importlib.metadata import version

    from workers.use_cases.sealing import By

    return By(author=actor(), reason=reason, at=now, program=version("dunghan"))
