"""What `dunghan seal check` found, dossier by dossier, on a terminal of 80 columns or more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from workers.cli.screen import number, screen
from workers.cli.seal_words import event_words, place_words, report_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from domain.seal import Moved
    from workers.use_cases.office import Office
    from workers.use_cases.seal_check import Checked


def show_checked(found: Sequence[Checked], office: Office, *, limit: int) -> None:
    """Print what came out otherwise, dossier by dossier."""
    console = screen()
    for one in found:
        document = one.seal.document
        head = f"Niêm phong số {one.seal.number}: {report_words(document)}"
        console.print(Text(head, style="bold"))
        console.print(Text(f"  {_verdict(one)}", style="" if one.holds else "red"))
        by = document["question"]["by"]
        for moved in one.unlike[:limit]:
            _print_moved(moved, by, office, console)
        for late in one.late[:limit]:
            _print_moved(late.moved, by, office, console)
            events = [event_words(entry, office) for entry in late.events]
            for line in events or ["không sự kiện nào giải thích: hãy chạy dunghan audit verify"]:
                console.print(Padding(Text(line, style="dim"), (0, 0, 0, 6)))
        left = max(len(one.unlike), len(one.late)) - limit
        if left > 0:
            console.print(
                Text(f"  … và {number(left)} hồ sơ nữa: --limit lớn hơn, hoặc --json.", style="dim")
            )


def _verdict(one: Checked) -> str:
    if one.definition:
        return "Niêm phong theo định nghĩa khác của chương trình: không so được."
    if one.unlike:
        changed = number(len(one.unlike))
        return f"KHÔNG ra như đã chốt: {changed} hồ sơ khác; hãy chạy dunghan audit verify."
    if one.corrected_by is not None:
        return f"Tính lại đến lúc chốt vẫn đúng; đã có bản sửa, số {one.corrected_by}."
    if one.late:
        moved, by = number(len(one.late)), one.seal.number
        return (
            f"Tính lại đến lúc chốt vẫn đúng; nay {moved} hồ sơ khác do ghi muộn: dunghan seal correct {by}"
        )
    return "Tính lại vẫn đúng, đến lúc chốt và đến bây giờ."


def _print_moved(moved: Moved, by: Sequence[str], office: Office, console: Console) -> None:
    console.print(Text(f"  {moved.code}", style="bold"))
    for head, text in (("lúc chốt", moved.was), ("tính lại", moved.now)):
        console.print(Padding(Text(f"{head}: {place_words(text, by, office)}"), (0, 0, 0, 4)))
