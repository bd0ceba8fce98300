"""`dunghan sla history · show · diff`: every version there ever was, and what differs between two."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.exits import CommandError
from workers.cli.here import JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from workers.store.proposals import Proposal
    from workers.store.versions import Version


def history(context: typer.Context, *, office: OfficeOption = None, as_json: JsonOption = False) -> None:
    """Xem mọi phiên bản cấu hình: lúc nào, ai, vì sao (history).

    Ví dụ: dunghan sla history
    """
    from workers.cli.screen import columns, moment_text, number, print_json, screen

    with at_desk(context, office) as desk, desk.store.read(desk.office_code) as work:
        versions, waiting = work.versions.all(), work.proposals.waiting()
        active = versions[0].number
        calendar = desk.office().calendar
    waiting = [proposal for proposal in waiting if proposal.base == active]
    if as_json:
        print_json(
            {
                "versions": [_as_json(version, calendar) for version in versions],
                "proposals": [_proposal_json(proposal, calendar) for proposal in waiting],
            }
        )
        return
    console = screen()
    table = columns("", "Từ lúc", "Ai", "Vì sao", "Văn bản", "Đổi hạn", right=(0, 5), whole=(0, 1))
    for version in versions:
        moved = number(version.moved) if version.moved else ""
        table.add_row(
            str(version.number),
            moment_text(version.created_at, calendar),
            _who(version),
            _why(version),
            version.said.document or "",
            moved if version.redated_at or version.number != active else f"{moved} …",
        )
    console.print(table)
    for proposal in waiting:
        made = moment_text(proposal.created_at, calendar)
        console.print(
            f"Đề nghị {proposal.number} của {proposal.said.author} lúc {made}: {proposal.said.reason}; "
            f"duyệt: dunghan sla approve {proposal.number}",
            soft_wrap=True,
        )


def show(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="SỐ", help="Số của phiên bản.")],
    file: Annotated[
        str | None, typer.Argument(metavar="TỆP", help="Một tệp của nó; không ghi: tên các tệp.")
    ] = None,
    *,
    office: OfficeOption = None,
) -> None:
    """In một phiên bản cấu hình như đã áp dụng (show).

    Ví dụ: dunghan sla show 3 calendar/2026.toml
    """
    with at_desk(context, office) as desk, desk.store.read(desk.office_code) as work:
        files = work.versions.files(number)
    if file is None:
        typer.echo("\n".join(sorted(files)))
        return
    if file not in files:
        raise CommandError(f"Phiên bản {number} không có tệp {file}; có: {', '.join(sorted(files))}.")
    typer.echo(files[file], nl=False)


def diff(
    context: typer.Context,
    old: Annotated[int, typer.Argument(metavar="SỐ_CŨ", help="Số của phiên bản cũ.")],
    new: Annotated[int, typer.Argument(metavar="SỐ_MỚI", help="Số của phiên bản mới.")],
    *,
    text: Annotated[bool, typer.Option("--text", help="So từng dòng của các tệp.")] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """So hai phiên bản cấu hình, từng giá trị (diff).

    Ví dụ: dunghan sla diff 3 4
    """
    from config.sla_changes import changes_of
    from workers.cli.screen import columns, print_json, screen

    with at_desk(context, office) as desk, desk.store.read(desk.office_code) as work:
        before, after = work.versions.files(old), work.versions.files(new)
    if text:
        _lines(before, after, old, new)
        return
    changes = changes_of(before, after)
    if as_json:
        print_json([change._asdict() for change in changes])
        return
    table = columns("Tệp", "Chỗ", "Cũ", "Mới")
    for change in changes:
        table.add_row(change.file, change.what, change.old or "—", change.new or "—")
    screen().print(table if changes else "Không khác gì.")


def _lines(before: dict[str, str], after: dict[str, str], old: int, new: int) -> None:
    for name in sorted(before.keys() | after.keys()):
        one, two = (files.get(name, "").splitlines() for files in (before, after))
        for line in unified_diff(one, two, f"{old}/{name}", f"{new}/{name}", lineterm=""):
            typer.echo(line)


def _who(version: Version) -> str:
    said = version.said
    return f"{said.author}, {said.approved_by} duyệt" if said.approved_by else said.author


def _why(version: Version) -> str:
    said = version.said
    notes = [f"quay lại phiên bản {said.back_to}"] if said.back_to else []
    notes += [f"cả hồ sơ đang mở: {', '.join(said.also_open)}"] if said.also_open else []
    notes += [f"commit {said.git_commit[:10]}"] if said.git_commit else []
    return said.reason + (f" ({'; '.join(notes)})" if notes else "")


def _as_json(version: Version, calendar: Any) -> dict[str, Any]:
    from dataclasses import asdict

    from workers.cli.screen import iso

    said = asdict(version.said) | {"also_open": list(version.said.also_open)}
    return {
        "number": version.number,
        "in_force_from": iso(version.created_at, calendar),
        "digest": version.digest,
        **said,
        "moved": version.moved,
        "followed_at": iso(version.redated_at, calendar),
    }


def _proposal_json(proposal: Proposal, calendar: Any) -> dict[str, Any]:
    from workers.cli.screen import iso

    said = proposal.said
    return {
        "number": proposal.number,
        "base": proposal.base,
        "at": iso(proposal.created_at, calendar),
        "author": said.author,
        "reason": said.reason,
        "document": said.document,
        "also_open": list(said.also_open),
    }
