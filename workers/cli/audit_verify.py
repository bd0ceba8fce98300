"""`dunghan audit verify`: history, anchors, tables and seals held against their hashes and each other."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import INCOMPLETE, OK
from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from domain.tampering import Alteration
    from workers.use_cases.verify_totals import Totals


def verify(
    context: typer.Context,
    *,
    anchors: Annotated[
        Path | None,
        typer.Option("--anchors", help="So thêm với mốc neo giữ ở ngoài (tệp của audit anchors --csv)."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="In nhiều nhất bao nhiêu chỗ.")] = 100,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra có gì bị sửa sau khi ghi không (verify).

    Chuỗi băm sự kiện của từng hồ sơ, mốc neo hằng ngày, các bảng so với dựng lại
    từ sự kiện, cấu hình, niêm phong và danh sách của nó. Chỗ bị sửa được nêu tên:
    hồ sơ, số sự kiện, cột, lẽ ra là gì, nay là gì. Mã thoát 1 nếu có.

    Ví dụ: dunghan audit verify

    Ví dụ: dunghan audit verify --anchors moc-neo.csv
    """
    from workers.cli.audit_verify_view import print_verified, show_verified
    from workers.cli.kept_anchors import read_anchors
    from workers.cli.screen import showing
    from workers.use_cases.verify import Verification

    kept = {} if anchors is None else read_anchors(anchors)
    rows: list[Alteration] = []
    with at_desk(context, office) as desk:
        verification = Verification(desk.store, desk.office_code, kept)
        with showing("Đang kiểm tra…", _so_far) as progress:
            for one in verification.alterations(progress):
                if len(rows) < limit:
                    rows.append(one)
        show = print_verified if as_json else show_verified
        show(desk.office_code, verification.totals, rows)
    raise typer.Exit(INCOMPLETE if verification.totals.found.total() else OK)


def _so_far(totals: Totals) -> str:
    from workers.cli.screen import number

    looked = f"{number(totals.events)} sự kiện, {number(totals.anchors)} mốc neo, {totals.seals} niêm phong"
    return f"Đã kiểm tra {looked}; {number(totals.found.total())} chỗ khác…"
