"""`dunghan sla format`: the rules set the house's way, every comment and every value kept."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import INCOMPLETE, OK
from workers.cli.here import JsonOption, here

if TYPE_CHECKING:
    from config.errors import Problem


def format_(
    context: typer.Context,
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="THƯ_MỤC", help="Thư mục sla; mặc định: của cơ quan."),
    ] = None,
    *,
    only_check: Annotated[
        bool, typer.Option("--check", help="Không ghi; mã thoát 1 nếu có tệp cần trình bày lại.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Trình bày lại các tệp cấu hình: khoảng trắng, thẳng cột, thứ tự khóa (format).

    Giữ nguyên mọi ghi chú và mọi giá trị. Tệp sai TOML thì nêu lỗi, không tệp
    nào bị ghi.

    Ví dụ: dunghan --home /srv/my-xuyen sla format

    Ví dụ: dunghan sla format config/sla --check
    """
    rules = folder or here(context).settings().home / "sla"
    changed = _changed(rules)
    for name, text in () if only_check else changed.items():
        write_whole(rules / name, text)
    _say(sorted(changed), only_check=only_check, as_json=as_json)
    raise typer.Exit(INCOMPLETE if only_check and changed else OK)


def _changed(rules: Path) -> dict[str, str]:
    """Return {path: text} of the files that would be set anew; raises ConfigError with every mistake."""
    from config.errors import ConfigError
    from config.sla import read_folder
    from config.sla_format import format_text

    changed: dict[str, str] = {}
    problems: list[Problem] = []
    for name, text in read_folder(rules).items():
        try:
            found = format_text(text, file=name)
        except ConfigError as error:
            problems += error.problems
            continue
        if found.encode() != (rules / name).read_bytes():
            changed[name] = found
    if problems:
        raise ConfigError(problems)
    return changed


def write_whole(path: Path, text: str) -> None:
    """Write a file so that whoever reads it, also after a crash, finds the old text or the new one."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(text.encode())
    if path.exists():
        beside.chmod(path.stat().st_mode & 0o777)
    beside.replace(path)


def _say(names: list[str], *, only_check: bool, as_json: bool) -> None:
    from workers.cli.screen import print_json

    if as_json:
        print_json({"changed": names, "written": bool(names) and not only_check})
        return
    for name in names:
        typer.echo(f"{'Cần trình bày lại' if only_check else 'Đã trình bày lại'}: {name}")
    if not names:
        typer.echo("Các tệp đã đúng cách trình bày.")
