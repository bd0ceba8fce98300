"""`dunghan sla apply · approve`: the rules of the folder are put in force, and open dossiers follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError
from workers.cli.here import JsonOption, OfficeOption, at_desk, here, open_store
from workers.cli.rules_doing import (
    DocumentOption,
    ReasonOption,
    YesOption,
    check_plan,
    end,
    followed,
    needed,
    put,
    told,
)
from workers.cli.rules_folder import AlsoOpenOption, ByOption, author_of, change_on_disk, checked

if TYPE_CHECKING:
    from pathlib import Path

    from workers.store.versions import Said


def apply(
    context: typer.Context,
    *,
    reason: ReasonOption = None,
    document: DocumentOption = None,
    plan: Annotated[
        str | None, typer.Option("--plan", help="Tên bản xem trước; đã khác đi thì từ chối.")
    ] = None,
    also_open: AlsoOpenOption = None,
    by: ByOption = None,
    yes: YesOption = False,
    resume: Annotated[bool, typer.Option("--resume", help="Chỉ tính tiếp phần còn dở.")] = False,
    new_office: Annotated[
        bool, typer.Option("--new-office", help="Đây là cơ quan mới trong cùng cơ sở dữ liệu.")
    ] = False,
    uncommitted: Annotated[
        bool, typer.Option("--uncommitted", help="Áp dụng dù kho git của thư mục sla chưa commit hết.")
    ] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Áp dụng cấu hình trên đĩa thành phiên bản mới (apply).

    Xem trước, hỏi lại, rồi tính lại hạn những hồ sơ đang mở mà lịch mới chạm
    tới, mỗi hồ sơ một sự kiện. Quy định mới chỉ áp dụng cho hồ sơ đang mở khi
    có --also-open. Bị ngắt giữa chừng thì lượt rà tới tự tính tiếp.

    Ví dụ: dunghan sla apply --reason "nghỉ bão số 5" --document 12/CV-UBND --yes

    Ví dụ: dunghan sla apply --plan 0123456789ab --reason "QĐ 12/QĐ-UBND"
    """
    from workers.store.versions import Said

    if resume:
        with at_desk(context, office) as desk:
            end(followed(desk.store, desk.office_code), as_json=as_json)
    said = Said(
        author=author_of(by),
        reason=needed(reason),
        document=document,
        also_open=tuple(also_open or ()),
        git_commit=_commit(here(context).settings().home / "sla", uncommitted=uncommitted),
    )
    if new_office:
        _first(context, said)
        return
    with change_on_disk(context, said, office) as change:
        if not change.is_new:
            version = change.office.version
            typer.echo(f"{change.sla.name}: cấu hình không đổi, phiên bản {version}.")
            end(followed(change.store, change.sla.code), as_json=as_json, quiet=True)
        check_plan(change, plan, yes=yes, as_json=as_json)
        put(change, as_json=as_json)


def approve(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="SỐ", help="Số của đề nghị.")],
    *,
    by: ByOption = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Duyệt một đề nghị của người khác; từ lúc đó nó có hiệu lực (approve).

    Chỉ cần khi office.toml có approval = "second_person".

    Ví dụ: dunghan sla approve 3 --by "Lãnh đạo văn phòng"
    """
    from workers.use_cases.put_in_force import approve as approved

    with at_desk(context, office) as desk:
        made = approved(desk.store, desk.office_code, number, by=author_of(by), now=desk.now)
        told(made)
        end(followed(desk.store, desk.office_code), as_json=as_json)


def _commit(folder: Path, *, uncommitted: bool) -> str | None:
    from workers.runtime.git_folder import git_state

    state = git_state(folder)
    if state is None:
        return None
    if state.edited and not uncommitted:
        raise CommandError(
            f"Kho git của {folder} có chỗ chưa commit: hãy commit để phiên bản chỉ đúng commit của nó, "
            "hoặc dùng --uncommitted."
        )
    return f"{state.commit}+" if state.edited else state.commit


def _first(context: typer.Context, said: Said) -> None:
    """Put the rules of an office that the database does not have yet in force."""
    from config.sla import read_folder
    from workers import clock
    from workers.use_cases.put_in_force import put_in_force

    settings = here(context).settings()
    with open_store(settings) as store:
        sla = checked(settings.home / "sla", read_folder(settings.home / "sla"))
        if sla.code in store.offices():
            raise CommandError(f"--new-office: cơ sở dữ liệu đã có cơ quan {sla.code}.")
        told(put_in_force(store, sla, said, base=0, now=clock.now()), sla.name)
