"""`dunghan report`: the figures of a period, their cells, form II.06a and the register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.period import Period
    from workers.reports.form_06a import Form06a
    from workers.store.seals import Seal
    from workers.use_cases.as_of import Frame

_LIMIT: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Hold the files that are asked for."""

    xlsx: Path | None
    forms: Sequence[Path]
    registers: Sequence[Path]

    @property
    def all(self) -> list[str]:
        """Return the files in the order they are written."""
        return [str(path) for path in (*([self.xlsx] if self.xlsx else []), *self.forms, *self.registers)]


def report(
    context: typer.Context,
    *,
    period: Annotated[
        str | None,
        typer.Option("--period", help="Kỳ: 2019-05, 2019-Q2, 2019-H1, 2019; admin:2019-06 là 15/5–14/6."),
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Từ ngày này.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Đến hết ngày này.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Chỉ tính việc đã xảy ra và đã ghi đến lúc này; mặc định: bây giờ."),
    ] = None,
    by: Annotated[
        str,
        typer.Option(
            "--by",
            help="unit, officer, field, procedure, channel, step, bundle, commune; cách nhau dấu phẩy.",
        ),
    ] = "unit",
    cohort: Annotated[
        bool, typer.Option("--cohort", help="Chỉ hồ sơ tiếp nhận trong kỳ, như chúng đang là.")
    ] = False,
    against: Annotated[
        str,
        typer.Option("--against", help="law: hạn của luật; slip, slip-day: giờ, ngày hẹn in trên phiếu."),
    ] = "law",
    cell: Annotated[
        str | None, typer.Option("--cell", help="Liệt kê hồ sơ của một ô, ví dụ unit=tnmt,column=6.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="--cell: số hồ sơ.")] = _LIMIT,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Ghi thêm bảng tính vào tệp này.")] = None,
    form: Annotated[
        list[Path] | None, typer.Option("--form", help="Ghi biểu II.06a vào tệp .xlsx, .pdf; nhiều lần được.")
    ] = None,
    register: Annotated[
        list[Path] | None, typer.Option("--register", help="Ghi sổ theo dõi (Mẫu 06) vào tệp .xlsx, .pdf.")
    ] = None,
    seal: Annotated[
        str | None, typer.Option("--seal", help="Niêm phong (chốt) số liệu này, với số báo cáo hay lý do.")
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """In bảng tỷ lệ đúng hạn, biểu II.06a, sổ theo dõi (on-time figures).

    Mỗi tỷ lệ kèm định nghĩa, tử số và mẫu số. Tính hồ sơ kỳ trước chuyển qua và
    tiếp nhận trong kỳ, tình trạng cuối kỳ; việc đúng lúc hết kỳ thuộc kỳ sau.
    Cột của --cell: 3 đến 13 của biểu II.06a, hoặc early, on_time, late, waiting…

    Ví dụ: dunghan report --from 01/05/2019 --to 31/05/2019 --xlsx thang-5.xlsx

    Ví dụ: dunghan report --period admin:2019-06 --form II-06a.xlsx --form II-06a.pdf

    Ví dụ: dunghan report --period 2019-06 --form II-06a.pdf --seal "12/BC-UBND"

    Ví dụ: dunghan report --period 2019-Q2 --as-of 05/07/2019 --cell unit=tnmt,column=10
    """
    papers = Papers(xlsx=xlsx, forms=form or (), registers=register or ())
    _check(papers, cohort=cohort, against=against)
    if seal is not None and cell is not None:
        raise CommandError("--seal: niêm phong cả báo cáo; bỏ --cell.")
    with at_desk(context, office) as desk:
        from workers.cli.report_ask import read_against, read_asked_period, read_frame
        from workers.cli.report_seal import question_of, seal_report, sealable
        from workers.cli.seal_view import say_sealed

        asked = read_asked_period(period, from_, to, desk.office().sla.zone)
        frame = read_frame(desk, asked, as_of, cohort=cohort, against=read_against(against))
        if cell is not None:
            from workers.cli.report_cell import show_cell

            show_cell(desk, frame, cell, limit=limit, as_json=as_json)
            return
        question = None
        if seal is not None:
            frame = sealable(desk, frame)
            question = question_of(desk, asked, frame, by, form=bool(papers.forms), reason=seal)
        command = _again(period, from_, to, frame, cohort=cohort, against=against)
        printed = _form_of(desk, asked, frame, papers, command=command)
        made = seal_report(desk, question, seal) if question and seal is not None else None
        _write(desk, asked, frame, papers, printed)
        _table(desk, asked, frame, by, papers, command=command, as_json=as_json, made=made)
    if papers.all and not as_json:
        typer.echo(f"\nĐã ghi {', '.join(papers.all)}.")
    if made is not None and not as_json:
        say_sealed(made)


def _check(papers: Papers, *, cohort: bool, against: str) -> None:
    from workers.cli.report_ask import check_file

    if papers.xlsx is not None:
        check_file(papers.xlsx, "--xlsx", (".xlsx",))
    for path in papers.forms:
        check_file(path, "--form")
    for path in papers.registers:
        check_file(path, "--register")
    if papers.forms and (cohort or against != "law"):
        raise CommandError("--form: biểu II.06a tính theo luật, cả hồ sơ chuyển qua; bỏ --cohort, --against.")


def _again(
    period: str | None, first: str | None, last: str | None, frame: Frame, *, cohort: bool, against: str
) -> str:
    """Return the command that lists the dossiers of a cell of this very report, whenever it is typed."""
    given = {"--period": period, "--from": first, "--to": last, "--as-of": frame.as_of.isoformat()}
    options = "".join(f" {name} '{text.strip()}'" for name, text in given.items() if text)
    options += (" --cohort" if cohort else "") + (f" --against {against}" if against != "law" else "")
    return f"dunghan report{options} --cell '{{cell}}'"


def _table(
    desk: Desk,
    period: Period,
    frame: Frame,
    by: str,
    papers: Papers,
    *,
    command: str,
    as_json: bool,
    made: Seal | None,
) -> None:
    from workers.cli.report_ask import read_dimensions
    from workers.cli.report_table import show_table, table_of
    from workers.cli.screen import print_json

    listed = papers.xlsx is not None
    table, rows = table_of(desk, period, frame, read_dimensions(by), listed=listed, command=command)
    if papers.xlsx is not None:
        from workers.reports.xlsx import write_xlsx

        write_xlsx(table, papers.xlsx)
    if as_json:
        files = {"xlsx": str(papers.xlsx) if papers.xlsx else None, "files": papers.all}
        sealed = {"seal": {"number": made.number, "hash": made.hash} if made else None}
        print_json(table.as_json() | {"by": by.split(","), "keys": rows} | files | sealed)
    else:
        show_table(table)


def _form_of(desk: Desk, period: Period, frame: Frame, papers: Papers, *, command: str) -> Form06a | None:
    """Return form II.06a if it is to be written; what is wrong with it is known before anything is sealed."""
    if not papers.forms:
        return None
    from workers.use_cases.form_06a_view import form_06a

    if period.first is None or period.last is None:
        raise CommandError("--form: biểu II.06a cần một kỳ có đầu có cuối: --period, hoặc --from và --to.")
    listed = any(path.suffix.lower() == ".xlsx" for path in papers.forms)
    return form_06a(desk.store, desk.office(), frame, period, command=command, listed=listed)


def _write(desk: Desk, period: Period, frame: Frame, papers: Papers, form: Form06a | None) -> None:
    from dataclasses import replace

    if form is not None:
        from workers.reports.form_06a_paper import write_form
        from workers.use_cases.form_sealed import sealed_words

        with desk.store.read(desk.office_code) as work:
            form = replace(form, sealed=sealed_words(work, frame, form))
        for path in papers.forms:
            write_form(form, path)
    if papers.registers:
        from workers.reports.register import write_register
        from workers.use_cases.register import register_of

        rows = register_of(desk.store, desk.office(), replace(frame, cohort=True), period)
        for path in papers.registers:
            write_register(rows, path)
