"""`dunghan explain`: why a dossier is due when it is, event by event and day by day."""

from __future__ import annotations

from typing import Annotated

import typer

from workers.cli.dossier import Lang
from workers.cli.exits import INCOMPLETE
from workers.cli.here import JsonOption, OfficeOption, at_desk


def explain(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ_HỒ_SƠ", help="Mã hồ sơ.")],
    *,
    whole: Annotated[
        bool, typer.Option("--all", help="In từng ngày của mọi lần tính, không chỉ lần cuối.")
    ] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
    lang: Annotated[Lang, typer.Option("--lang", help="Ngôn ngữ: vi hoặc en.")] = Lang.VI,
) -> None:
    """Giải thích vì sao hồ sơ có hạn như vậy (why is it due then?).

    Từng sự kiện đã làm hạn thay đổi ra sao, theo căn cứ nào, lịch và cấu hình
    phiên bản nào; rồi từng ngày được tính hay không, vì sao. Tính lại từ lịch
    sử: nếu khác với hạn đang ghi, mã thoát là 1.

    Ví dụ: dunghan explain 000.00.19.H51-190531-0001

    Ví dụ: dunghan explain 000.00.19.H51-190531-0001 --lang en --json
    """
    from workers.cli.explain_view import for_programs, show_explanation
    from workers.cli.screen import print_json
    from workers.use_cases.explain import explain as explained

    with at_desk(context, office) as desk:
        found = explained(desk.store, desk.office_code, code.strip(), lang=lang.value)
        if as_json:
            print_json(for_programs(found, desk.office_code, lang.value))
        else:
            show_explanation(found, lang=lang.value, whole=whole)
    raise typer.Exit(0 if found.agrees else INCOMPLETE)
