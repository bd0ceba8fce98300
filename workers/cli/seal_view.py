"""Seals on a terminal of 80 columns or more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import typer
from rich.text import Text

from domain.on_time_rate import rates
from domain.seal import counts_in
from workers.cli.screen import columns, moment_text, number, screen
from workers.cli.seal_words import COUNTS, count_words, report_words
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.sealing import corrected_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rich.console import Console

    from workers.store.seals import Seal
    from workers.use_cases.office import Office


def say_sealed(seal: Seal) -> None:
    """Say that a report was sealed."""
    document = seal.document
    corrects = f", sửa niêm phong số {document['corrects']}" if document["corrects"] else ""
    dossiers = number(document["dossiers"]["number"])
    typer.echo(f"Đã niêm phong số {seal.number}{corrects}: {report_words(document)}; {dossiers} hồ sơ.")
    typer.echo(f"SHA-256 {seal.hash}")


def show_list(seals: list[Seal], office: Office) -> None:
    """Print every seal in a line."""
    if not seals:
        typer.echo('Chưa có báo cáo nào được niêm phong: dunghan report … --seal "số báo cáo".')
        return
    later = corrected_by(seals)
    table = columns("Số", "Báo cáo", "Niêm phong lúc", "Hồ sơ", "Ghi chú", right=(0, 3), whole=(2,))
    for one in seals:
        document = one.document
        notes = [f"sửa số {document['corrects']}"] if document["corrects"] else []
        notes += [f"đã sửa: số {later[one.number]}"] if one.number in later else []
        at = moment_text(datetime.fromisoformat(document["sealed_at"]), office.calendar)
        dossiers = number(document["dossiers"]["number"])
        table.add_row(str(one.number), report_words(document), at, dossiers, "; ".join(notes))
    screen().print(table)


def show_seal(seal: Seal, office: Office, csv: Path | None) -> None:
    """Print a seal whole but for its list."""
    console, document = screen(), seal.document
    console.print(Text(f"Niêm phong số {seal.number}: {document['office_name']}", style="bold"))
    table = columns("", "")
    for name, said in _facts(seal, office):
        table.add_row(Text(name, style="dim"), said)
    console.print(table)
    _figures(document, office, console)
    _rates(document, console)
    for sentence in document["definitions"]["stands"]:
        console.print(Text(f"• {sentence}", style="dim"))
    if csv is not None:
        console.print(f"\nĐã ghi {csv}.", soft_wrap=True)


def _facts(seal: Seal, office: Office) -> list[tuple[str, str]]:
    document, question = seal.document, seal.document["question"]

    def at(text: str) -> str:
        return moment_text(datetime.fromisoformat(text), office.calendar)

    versions, dossiers = document["versions"], document["dossiers"]
    facts = [
        ("Báo cáo", report_words(document)),
        ("Tính đến", f"{at(question['as_of'])}, đã ghi đến {at(question['known'] or question['as_of'])}"),
        ("Niêm phong", f"{at(document['sealed_at'])}, {document['author']}"),
        ("Lý do", document["reason"]),
        ("Chương trình", f"{versions['program']}, định nghĩa phiên bản {versions['definition']}"),
        ("Cấu hình", f"phiên bản {versions['sla']}, {versions['sla_digest']}"),
        ("Danh sách", f"{number(dossiers['number'])} hồ sơ, SHA-256 {dossiers['hash']}"),
        ("SHA-256", seal.hash),
    ]
    return [*facts, ("Sửa", f"niêm phong số {document['corrects']}")] if document["corrects"] else facts


def _figures(document: Mapping[str, Any], office: Office, console: Console) -> None:
    figures, breakdown = document["figures"], Breakdown(document["question"]["by"], office)
    table = columns(breakdown.head, "Số liệu", title="\nSố liệu")
    for row in figures["rows"]:
        table.add_row(breakdown.label(tuple(row["cell"])), _counts(row["counts"]))
    table.add_row(Text("Tổng", style="bold"), _counts(figures["total"]))
    console.print(table)
    if figures["form"]:
        form = columns("Lĩnh vực", *map(str, range(3, 14)), right=range(1, 12), title="\nBiểu II.06a")
        for line in figures["form"]:
            cells = (number(line["columns"].get(str(column), 0)) for column in range(3, 14))
            form.add_row(line["field"] or "(không ghi)", *cells)
        console.print(form)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count_words(name)} {number(counts[name])}" for name in COUNTS if name in counts)


def _rates(document: Mapping[str, Any], console: Console) -> None:
    console.print()
    for rate in rates(counts_in(document["figures"])):
        definition = document["definitions"]["rates"][rate.name]
        told = f"{rate.percent()} = {number(rate.numerator)}/{number(rate.denominator)}: {definition}"
        console.print(Text(told))
