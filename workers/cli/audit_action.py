"""`dunghan audit action` and `actions`: what is done about overdue dossiers, said once and never changed."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.exits import INCOMPLETE, CommandError
from workers.cli.here import JsonOption, OfficeOption, actor, at_desk

if TYPE_CHECKING:
    from datetime import date

    from domain.nonconformity import Treatment
    from workers.cli.here import Desk
    from workers.use_cases.nonconformities import Treated

_EFFECTS: Final = {None: None, "yes": True, "no": False}


def action(
    context: typer.Context,
    *,
    code: Annotated[str, typer.Argument(help="Mã hồ sơ quá hạn.")],
    cause: Annotated[str | None, typer.Option("--cause", help="Nguyên nhân.")] = None,
    correction: Annotated[str | None, typer.Option("--correction", help="Đã khắc phục gì.")] = None,
    prevent: Annotated[str | None, typer.Option("--action", help="Hành động để không lặp lại.")] = None,
    role: Annotated[str | None, typer.Option("--role", help="Mã chức danh chịu trách nhiệm.")] = None,
    due: Annotated[str | None, typer.Option("--due", help="Hạn của hành động, hết ngày này.")] = None,
    effective: Annotated[
        str | None, typer.Option("--effective", help="Kiểm tra: yes hành động có hiệu lực, no không.")
    ] = None,
    checked: Annotated[
        str | None, typer.Option("--checked", help="Ngày kiểm tra hiệu lực; mặc định: hôm nay.")
    ] = None,
    evidence: Annotated[str | None, typer.Option("--evidence", help="Bằng chứng của kiểm tra.")] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi cách xử lý một hồ sơ quá hạn, theo ISO 9001 điều 10.2 (action).

    Ghi dần được; lời sau thay lời trước, lời trước vẫn còn. Kế hoạch mới sau khi
    kiểm tra thấy chưa có hiệu lực mở lại việc.

    Ví dụ: dunghan audit action 000.00.19.H51-190527-0001 --cause "chờ ý kiến Sở"
    """
    from domain.nonconformity import Treatment
    from workers.use_cases.nonconformities import record_treatment

    if effective not in _EFFECTS:
        raise CommandError(f"--effective: có “{effective}”, cần yes hoặc no.")
    with at_desk(context, office) as desk:
        checked_on = _day(desk, checked, "--checked")
        if effective is not None and checked_on is None:
            checked_on = desk.office().calendar.local(desk.now).date()
        said = Treatment(
            cause=cause,
            correction=correction,
            action=prevent,
            role=role,
            due_on=_day(desk, due, "--due"),
            effective=_EFFECTS[effective],
            checked_on=checked_on,
            evidence=evidence,
        )
        held = record_treatment(desk.store, desk.office_code, code.strip(), said, actor=actor(), now=desk.now)
        _show_one(code.strip(), held, desk, as_json=as_json)


def actions(
    context: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Option("--file", help="Nhận so-qua-han.csv (hoặc xlsx) của bộ hồ sơ, đã điền."),
    ] = None,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Liệt kê hành động khắc phục còn mở, việc quá hạn trước; hoặc nhận một tệp (actions).

    Tệp: các cột của sổ hồ sơ quá hạn trong bộ hồ sơ ISO; ô trống không đổi gì, dòng
    không đổi không ghi gì. Một dòng sai thì không nhận dòng nào. Mã thoát 1 nếu có việc
    quá hạn.

    Ví dụ: dunghan audit actions --file so-qua-han.csv
    """
    from workers.use_cases.nonconformities import open_matters

    with at_desk(context, office) as desk:
        recorded = _take_in(desk, file) if file else None
        with desk.store.read(desk.office_code) as work:
            today = desk.office().calendar.local(desk.now).date()
            found = open_matters(work, today=today)
        _show(found, recorded, desk, as_json=as_json)
    if any(each.state in ("overdue", "not_effective") for each in found):
        raise typer.Exit(INCOMPLETE)


def _take_in(desk: Desk, file: Path) -> int:
    from workers.inbox.treatments import read_treatments
    from workers.use_cases.nonconformities import record_treatments

    sla = desk.office().sla
    said = read_treatments(file, sla.zone, sla.role_titles)
    return record_treatments(desk.store, desk.office_code, said, actor=actor(), now=desk.now)


def _day(desk: Desk, text: str | None, option: str) -> date | None:
    if text is None:
        return None
    from workers.cli.screen import read_moment

    moment = read_moment(text, desk.office().sla.zone, option)
    if not moment.date_only:
        raise CommandError(f"{option}: có “{text}”, cần một ngày, ví dụ 31/05/2019.")
    return desk.office().calendar.local(moment.at).date()


def _show_one(code: str, held: Treatment, desk: Desk, *, as_json: bool) -> None:
    from domain.nonconformity import NAMES, STATES
    from workers.cli.screen import columns, print_json, screen

    state = held.state(today=desk.office().calendar.local(desk.now).date())
    if as_json:
        print_json(_facts(code, held, state))
        return
    table = columns("", "")
    for name, text in _facts(code, held, state)["said"].items():
        table.add_row(NAMES[name], text)
    console = screen()
    console.print(f"{code}: {STATES[state]}")
    console.print(table)
    if held.missing:
        console.print(f"Còn thiếu: {', '.join(NAMES[name].lower() for name in held.missing)}.")


def _show(found: list[Treated], recorded: int | None, desk: Desk, *, as_json: bool) -> None:
    from domain.nonconformity import STATES
    from workers.cli.screen import columns, number, print_json, screen

    if as_json:
        listed = [_facts(each.code, each.treatment, each.state) for each in found]
        print_json({"recorded": recorded, "open": listed})
        return
    console, titles = screen(), desk.office().sla.role_titles
    if recorded is not None:
        console.print(f"Đã ghi cho {number(recorded)} hồ sơ.")
    if not found:
        console.print("Không có hành động khắc phục nào còn mở.")
        return
    table = columns("Hồ sơ", "Tình trạng", "Hạn", "Chức danh", "Hành động", whole=(0, 2))
    for each in found:
        said = each.treatment
        due = f"{said.due_on:%d/%m/%Y}" if said.due_on else "—"
        role = titles.get(said.role or "", "—")
        table.add_row(each.code, STATES[each.state], due, role, said.action or "—")
    console.print(table)


def _facts(code: str, held: Treatment, state: str) -> dict[str, Any]:
    from domain.nonconformity import as_texts

    return {"code": code, "state": state, "said": as_texts(held), "missing": list(held.missing)}
