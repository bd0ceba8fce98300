"""`dunghan sla rollback`: an old version is put in force again, and written back into the folder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError
from workers.cli.here import JsonOption, OfficeOption, at_desk
from workers.cli.rules_doing import DocumentOption, ReasonOption, YesOption, check_plan, needed, put
from workers.cli.rules_folder import ByOption, author_of, change_of, write_back

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def rollback(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="SỐ", help="Số của phiên bản cũ.")],
    *,
    reason: ReasonOption = None,
    document: DocumentOption = None,
    by: ByOption = None,
    yes: YesOption = False,
    keep_files: Annotated[
        bool, typer.Option("--keep-files", help="Không ghi lại thư mục sla, giữ các tệp như đang có.")
    ] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Quay lại một phiên bản cũ, thành một phiên bản mới (rollback).

    Hạn được tính lại như khi áp dụng. Thư mục sla được ghi lại theo phiên bản
    ấy; nếu có chỗ sửa chưa áp dụng thì từ chối, trừ khi --keep-files.

    Ví dụ: dunghan sla rollback 4 --reason "công bố nhầm ngày nghỉ" --yes
    """
    from workers.store.versions import Said
    from workers.use_cases.put_in_force import going_back

    said = Said(author=author_of(by), reason=needed(reason), document=document, back_to=number)
    with at_desk(context, office) as desk:
        folder = desk.settings.home / "sla"
        clean = _is_clean(folder, desk.office().sla.digest)
        if not clean and not keep_files:
            raise CommandError(
                "Thư mục sla có chỗ sửa chưa áp dụng, quay lại sẽ mất: hãy áp dụng hoặc cất đi, "
                "hoặc dùng --keep-files để giữ nguyên các tệp."
            )
        with desk.store.read(desk.office_code) as work:
            sla, names = going_back(work, number)
        change = change_of(desk.settings, desk.store, sla, replace(said, also_open=names), desk.now)
        check_plan(change, None, yes=yes, as_json=as_json)
        put(change, as_json=as_json, then=None if keep_files else lambda: _restore(folder, sla.files))


def _is_clean(folder: Path, digest: str) -> bool:
    from config.sla import read_folder
    from config.sla_source import digest_of

    return digest_of(read_folder(folder)) == digest


def _restore(folder: Path, files: Mapping[str, str]) -> None:
    for name in write_back(folder, files):
        typer.echo(f"  đã ghi lại sla/{name}")
