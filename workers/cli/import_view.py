"""What came of a list, for a person and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from workers.cli.screen import columns, iso, number, print_json, screen

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from workers.cli.here import Desk
    from workers.use_cases.import_file import Imported

_SHOWN: Final = 50


def show_report(file: Path, imported: Imported, note: str) -> None:
    """Print the counts, and every refused row with its reason (the first fifty; the file has them all)."""
    report, console = imported.report, screen()
    console.print(Text.assemble((file.name, "bold"), f": {number(report.rows)} dòng"))
    counts = columns("", "", right=(1,))
    counts.add_row("  tiếp nhận mới", number(report.accepted))
    counts.add_row("  có thay đổi", number(report.changed))
    counts.add_row("  không đổi", number(report.unchanged))
    counts.add_row("  bị từ chối", number(len(report.refused)), style="red" if report.refused else "")
    console.print(counts)
    if imported.absent_heads:
        console.print(f"Danh sách không có cột: {', '.join(imported.absent_heads)}.", style="dim")
    if note:
        console.print(note, style="yellow")
    if imported.doubts:
        _show_doubts(imported)
    if report.refused:
        _show_refused(imported)


def _show_doubts(imported: Imported) -> None:
    doubts, console = imported.doubts, screen()
    table = columns("Dòng", "Đã nhập, cần xem lại", right=(0,))
    for doubt in doubts[:_SHOWN]:
        table.add_row(str(doubt.line), Text(doubt.said(), style="yellow"))
    console.print()
    console.print(table)
    if len(doubts) > _SHOWN:
        console.print(f"… và {len(doubts) - _SHOWN} điều nữa.")


def _show_refused(imported: Imported) -> None:
    refused, console = imported.report.refused, screen()
    table = columns("Dòng", "Vì sao không nhập", right=(0,))
    for line, text in refused[:_SHOWN]:
        table.add_row(str(line), text)
    console.print()
    console.print(table)
    if len(refused) > _SHOWN:
        console.print(f"… và {len(refused) - _SHOWN} dòng nữa trong tệp.")
    console.print(f"\nSửa rồi nhập lại: dunghan import {imported.rejects}", soft_wrap=True)


def print_report(desk: Desk, file: Path, imported: Imported, seen_at: datetime) -> None:
    """Print the report for programs."""
    refused: list[dict[str, Any]] = [
        {"line": line, "reason": reason} for line, reason in imported.report.refused
    ]
    print_json(
        {
            "office": desk.office_code,
            "file": str(file),
            "as_of": iso(seen_at, desk.office().calendar),
            **imported.report.counts(),
            "refused_rows": refused,
            "doubts": [
                {"line": doubt.line, "rows": doubt.rows, "doubt": doubt.key, "reason": doubt.said()}
                for doubt in imported.doubts
            ],
            "rejects_file": str(imported.rejects) if imported.rejects else None,
            "absent_columns": list(imported.absent_heads),
        }
    )
