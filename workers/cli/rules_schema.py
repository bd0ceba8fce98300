"""`dunghan sla schema`: JSON Schemas of the rules, so that an editor completes and checks while one types."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import Annotated

import typer

from workers.cli.here import JsonOption, here


def schema(
    context: typer.Context,
    *,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="THƯ_MỤC", help="Ghi vào thư mục này; mặc định: sla/ của cơ quan."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi lược đồ JSON của các tệp cấu hình cho trình soạn thảo (schema).

    Gồm .schemas/*.schema.json và .taplo.toml. Trình soạn thảo có Taplo, như
    VS Code với "Even Better TOML", gợi ý khóa và báo lỗi ngay khi gõ.

    Ví dụ: dunghan --home /srv/my-xuyen sla schema

    Ví dụ: dunghan sla schema --out config/sla
    """
    from workers.cli.screen import print_json
    from workers.runtime.editor_files import write_editor_files

    folder = out or here(context).settings().home / "sla"
    written = write_editor_files(folder)
    if as_json:
        print_json({"folder": str(folder), "written": [str(path) for path in written]})
        return
    for path in written:
        typer.echo(f"Đã ghi {path}")
    if not written:
        typer.echo(f"Lược đồ trong {folder} đã đúng, không ghi gì.")
