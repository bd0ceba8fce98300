"""`dunghan audit anchors`: the anchors of the days, and a file of them to be kept outside."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.anchor import Anchor

_SHOWN: Final = 30


def anchors(
    context: typer.Context,
    *,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Ghi mọi mốc neo vào tệp này, để giữ ở nơi khác.")
    ] = None,
    make: Annotated[bool, typer.Option("--now", help="Neo ngay bây giờ, không chờ đêm.")] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xem các mốc neo hằng ngày của lịch sử (anchors).

    Mỗi đêm một mã băm cho mọi sự kiện ghi từ mốc trước. Giữ bản chép ở nơi khác
    (in ra, gửi đi): ai sửa cả cơ sở dữ liệu lẫn mốc neo cũng lộ, xem audit verify.

    Ví dụ: dunghan audit anchors --csv moc-neo.csv
    """
    from workers.cli.kept_anchors import write_anchors
    from workers.cli.screen import print_json
    from workers.use_cases.anchoring import anchor_now

    if csv is not None and not csv.absolute().parent.is_dir():
        raise CommandError(f"--csv: không có thư mục {csv.absolute().parent}.")
    with at_desk(context, office) as desk:
        if make and anchor_now(desk.store, desk.office_code, now=desk.now) is None:
            raise CommandError("--now: đang có hồ sơ được ghi vào, chưa neo được; hãy thử lại sau ít phút.")
        with desk.store.read(desk.office_code) as work:
            if csv is not None:
                write_anchors(csv, work.anchors.all(), desk.office().calendar)
            shown = list(work.anchors.all())[-_SHOWN:]
        if as_json:
            print_json({"office": desk.office_code, "anchors": _facts(desk, shown), "csv": csv and str(csv)})
        else:
            _show(desk, shown, csv)


def _facts(desk: Desk, shown: Sequence[Anchor]) -> list[dict[str, object]]:
    from workers.cli.screen import iso

    calendar = desk.office().calendar
    return [
        one._asdict() | {"day": one.day.isoformat(), "made_at": iso(one.made_at, calendar)} for one in shown
    ]


def _show(desk: Desk, shown: Sequence[Anchor], csv: Path | None) -> None:
    from workers.cli.screen import columns, moment_text, number, screen

    console = screen()
    if not shown:
        console.print("Chưa có mốc neo nào: mỗi đêm một mốc khi dunghan chạy, hoặc --now.")
    table = columns("Số", "Hết ngày", "Neo lúc", "Sự kiện", "SHA-256", right=(0, 3), whole=(1, 2, 4))
    for one in shown:
        at = moment_text(one.made_at, desk.office().calendar)
        table.add_row(str(one.number), f"{one.day:%d/%m/%Y}", at, number(one.events), f"{one.hash[:16]}…")
    if shown:
        console.print(table)
    if csv is not None:
        console.print(f"\nĐã ghi {csv}.", soft_wrap=True)
