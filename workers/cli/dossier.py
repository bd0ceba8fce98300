"""`dunghan dossier`: everything there is to see of one dossier."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from workers.cli.here import JsonOption, OfficeOption, at_desk


class Lang(StrEnum):
    """Name the languages in which a person is answered."""

    VI = "vi"
    EN = "en"


def dossier(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ_HỒ_SƠ", help="Mã hồ sơ.")],
    *,
    office: OfficeOption = None,
    as_json: JsonOption = False,
    lang: Annotated[Lang, typer.Option("--lang", help="Ngôn ngữ: vi hoặc en.")] = Lang.VI,
) -> None:
    """Xem một hồ sơ: hạn, lịch sử, thông báo (one dossier).

    Còn bao lâu hay quá hạn bao lâu, đã xảy ra gì, ai đã được báo lúc nào, gì
    đang chờ, và sắp tới là gì.

    Ví dụ: dunghan dossier 000.00.19.H51-190531-0001

    Ví dụ: dunghan dossier 000.00.19.H51-190531-0001 --json
    """
    from workers.cli.dossier_json import for_programs
    from workers.cli.dossier_view import show_dossier, show_slip
    from workers.cli.screen import print_json
    from workers.use_cases.look import components_of, look_at

    with at_desk(context, office) as desk:
        # The code of a slip shows every dossier on it; programs get a list then.
        codes = components_of(desk.store, desk.office_code, code.strip())
        views = [
            look_at(desk.store, desk.office_code, each, now=desk.now, lang=lang.value)
            for each in codes or [code.strip()]
        ]
        if as_json:
            found = [for_programs(view, desk.office_code, desk.now) for view in views]
            print_json(found if codes else found[0])
        else:
            if codes:
                show_slip(code.strip(), views, lang=lang.value)
            for view in views:
                show_dossier(view, now=desk.now, lang=lang.value)
