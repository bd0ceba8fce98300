"""`dunghan score`: the scores of Circular 01/2018, Decision 766 and the PAR index, of a period."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import CommandError
from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.period import Period
    from workers.use_cases.as_of import Frame
    from workers.use_cases.scores import Holder

_LIMIT: Final = 50
_BY: Final = ("unit", "officer", "dossier")


def score(
    context: typer.Context,
    *,
    period: Annotated[
        str | None,
        typer.Argument(help="Kỳ: 2019-05, 2019-Q2, 2019-H1, 2019; admin:2019-06 là 15/5–14/6."),
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", help="Từ ngày này.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="Đến hết ngày này.")] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="Chỉ tính việc đã xảy ra và đã ghi đến lúc này; mặc định: bây giờ."),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="unit (đơn vị), officer (người), dossier.")] = "unit",
    unit: Annotated[
        str | None, typer.Option("--unit", help="--by dossier: hồ sơ làm nên điểm của đơn vị này.")
    ] = None,
    officer: Annotated[
        str | None, typer.Option("--officer", help="--by dossier: hồ sơ làm nên điểm của người này.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=100_000, help="Số hồ sơ được in.")] = _LIMIT,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Ghi thêm bảng tính vào tệp này.")] = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help="Ghi thêm bản PDF vào tệp này.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Chấm điểm giải quyết thủ tục hành chính (scores).

    Thông tư 01/2018/TT-VPCP Điều 13–15 theo từng đơn vị, người, hồ sơ; điểm tiến
    độ của Quyết định 766/QĐ-TTg; khung điểm PAR INDEX trong scores.toml. Chỉ số
    không đo được thì bỏ qua và nói rõ; điểm tối đa giảm theo.

    Ví dụ: dunghan score 2019-Q2

    Ví dụ: dunghan score --from 01/05/2019 --to 31/05/2019 --by officer --json

    Ví dụ: dunghan score 2019-Q2 --by dossier --unit tnmt

    Ví dụ: dunghan score 2019-Q2 --xlsx diem-q2.xlsx --pdf diem-q2.pdf
    """
    _check(by, unit, officer)
    papers = _checked_papers(xlsx, pdf)
    with at_desk(context, office) as desk:
        from workers.cli.report_ask import read_asked_period, read_frame

        asked = read_asked_period(period, from_, to, desk.office().sla.zone)
        frame = read_frame(desk, asked, as_of, cohort=False, against="law")
        if by == "dossier":
            of = _holder(desk, unit, officer)
            _dossiers(desk, asked, frame, of, limit=limit, papers=papers, as_json=as_json)
        else:
            holder: Holder = "unit" if by == "unit" else "officer"
            _holders(desk, asked, frame, holder, papers=papers, as_json=as_json)
    if papers and not as_json:
        typer.echo(f"\nĐã ghi {', '.join(map(str, papers))}.")


def _checked_papers(xlsx: Path | None, pdf: Path | None) -> list[Path]:
    """Return the files that are asked for; raises CommandError for one that could not be written."""
    from workers.cli.report_ask import check_file

    asked = {"xlsx": xlsx, "pdf": pdf}
    found = {suffix: path for suffix, path in asked.items() if path is not None}
    for suffix, path in found.items():
        check_file(path, f"--{suffix}", (f".{suffix}",))
    return list(found.values())


def _check(by: str, unit: str | None, officer: str | None) -> None:
    if by not in _BY:
        raise CommandError(f"--by: có “{by}”, cần một trong: {', '.join(_BY)}.")
    if by != "dossier" and (unit or officer):
        raise CommandError("--unit, --officer: chỉ đi với --by dossier.")
    if unit and officer:
        raise CommandError("--unit, --officer: chọn một.")


def _holder(desk: Desk, unit: str | None, officer: str | None) -> tuple[Holder, str] | None:
    if officer is not None:
        return "officer", officer.strip()
    if unit is None:
        return None
    sla = desk.office().sla
    code = sla.unit_code(unit)
    if code is None:
        raise CommandError(f"--unit: không có đơn vị “{unit[:80]}”; có: {', '.join(sla.lines.units)}.")
    return "unit", code


def _holders(
    desk: Desk, period: Period, frame: Frame, by: Holder, *, papers: Sequence[Path], as_json: bool
) -> None:
    from workers.cli.score_json import scores_json
    from workers.cli.score_view import show_scores
    from workers.cli.screen import print_json, showing
    from workers.reports.printed_file import write_paper
    from workers.use_cases.score_paper import RATES, SCORES, scores_paper
    from workers.use_cases.scores import scores

    office = desk.office()
    day = period.last or office.calendar.local(frame.as_of).date()
    with showing("Đang chấm…", _so_far) as progress:
        found = scores(desk.store, office, frame, by, day=day, progress=progress)
    for path in papers:
        paper = scores_paper(found, office, period, frame)
        write_paper(paper, path, sheets=(SCORES, RATES), as_of=office.calendar.local(frame.as_of))
    if as_json:
        print_json(scores_json(found, office, period, frame) | {"files": [str(path) for path in papers]})
    else:
        show_scores(found, office, period, frame)


def _dossiers(
    desk: Desk,
    period: Period,
    frame: Frame,
    of: tuple[Holder, str] | None,
    *,
    limit: int,
    papers: Sequence[Path],
    as_json: bool,
) -> None:
    from workers.cli.score_json import dossiers_json
    from workers.cli.score_view import show_dossiers
    from workers.cli.screen import print_json, showing
    from workers.reports.printed_file import write_paper
    from workers.use_cases.score_paper import DOSSIERS, dossiers_paper
    from workers.use_cases.scores import scored_dossiers

    office = desk.office()
    with showing("Đang chấm…", _so_far) as progress:
        found = scored_dossiers(desk.store, office, frame, of=of, limit=limit, progress=progress)
    for path in papers:
        paper = dossiers_paper(found, of, office, period, frame)
        write_paper(paper, path, sheets=(DOSSIERS,), as_of=office.calendar.local(frame.as_of))
    if as_json:
        files = {"files": [str(path) for path in papers]}
        print_json(dossiers_json(found, of, office, period, frame) | files)
    else:
        show_dossiers(found, of, office, period, frame)


def _so_far(done: int) -> str:
    from workers.cli.screen import number

    return f"Đã chấm {number(done)} hồ sơ…"
