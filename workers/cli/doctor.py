"""`dunghan doctor`: ask everything once and say in plain words what is wrong and what to do."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from workers.cli.exits import INCOMPLETE, NOT_SET_UP, OK, REFUSED, CommandError
from workers.cli.here import JsonOption, OfficeOption, here

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from config.settings import Settings
    from workers.cli.doctor_places import DatabaseSeen
    from workers.cli.findings import Finding
    from workers.runtime.broker_look import BrokerLook
    from workers.use_cases.checkup import Checkup

PATIENCE: Final = 7.0
"""Seconds after which what has not answered is said not to answer."""


def doctor(
    context: typer.Context,
    *,
    mail: Annotated[bool, typer.Option("--mail", help="Hỏi cả máy chủ thư (chỉ chào, không gửi).")] = False,
    office: OfficeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Khám cả bộ máy, nói chỗ nào hỏng và phải làm gì (check-up).

    Cơ sở dữ liệu, hàng đợi, beat, worker, các lượt rà, thông báo, lịch nghỉ,
    cấu hình, đĩa, đồng hồ. ✓ tốt, ! nên làm, ✗ phải làm ngay, ? không xem
    được. Không sửa gì, không gửi gì, xong trong khoảng mười giây. Mã thoát: 0
    tốt (kể cả khi có !), 1 có ✗, 2 thiết đặt sai, 3 cơ sở dữ liệu không trả
    lời nên không biết phần còn lại.

    Ví dụ: dunghan doctor

    Ví dụ: dunghan doctor --mail --json
    """
    from config.errors import ConfigError
    from workers import clock

    try:
        settings = here(context).settings()
    except ConfigError as error:
        found, code = _faulty(error), REFUSED
    else:
        found, code = examine(settings, office, mail=mail)
    _show(found, code, now=clock.now(), as_json=as_json)
    raise typer.Exit(code)


def examine(settings: Settings, office: str | None, *, mail: bool) -> tuple[list[Finding], int]:
    """Return every finding, and the exit code they come to."""
    from workers import clock
    from workers.cli import doctor_places as places
    from workers.cli.findings import Finding
    from workers.runtime.together import together

    answers = together(_questions(settings, office, mail=mail), seconds=PATIENCE)
    database: DatabaseSeen | BaseException = answers["database"]
    broker: BrokerLook | BaseException = answers["broker"]
    found = [Finding(check="settings", level="ok", text=f"Thiết đặt đọc được: {settings.home}.")]
    found += [*places.judge_database(database), *places.judge_broker(broker)]
    if not isinstance(database, BaseException):
        seen = None if isinstance(broker, BaseException) else broker
        for one in database.offices:
            found += _of_office(one, settings, seen, clock.now())
        found.append(places.judge_files(settings, database.offices))
    found += [places.judge_disk(settings), places.judge_mail(settings, answers.get("mail"))]
    found += [places.judge_flower(answers["flower"])] if "flower" in answers else []
    if isinstance(database, BaseException):
        return found, database.code if isinstance(database, CommandError) else NOT_SET_UP
    return found, INCOMPLETE if any(one.level == "trouble" for one in found) else OK


def _questions(settings: Settings, office: str | None, *, mail: bool) -> dict[str, Callable[[], Any]]:
    from workers.cli.doctor_places import look_at_database
    from workers.cli.healthcheck import flower_place, flower_says
    from workers.runtime.broker_look import look_at_broker

    asked: dict[str, Callable[[], Any]] = {
        "database": lambda: look_at_database(settings, office),
        "broker": lambda: look_at_broker(settings),
    }
    if flower_place(settings):
        asked["flower"] = lambda: flower_says(settings)
    if mail and settings.smtp_url is not None:
        from workers.notify.smtp import greet

        url = settings.smtp_url.get_secret_value()
        asked["mail"] = lambda: greet(url)
    return asked


def _of_office(
    one: Checkup, settings: Settings, broker: BrokerLook | None, now: datetime
) -> Iterator[Finding]:
    from workers.cli.judge_actions import judge_actions
    from workers.cli.judge_calendar import judge_calendars
    from workers.cli.judge_proof import judge_anchors, judge_proof, judge_verified
    from workers.cli.judge_queues import judge_queues
    from workers.cli.judge_runs import judge_runs
    from workers.schedule import patience

    limits = patience(settings)
    for finding in (
        *judge_queues(one.machinery, limits, broker, now=now),
        *judge_runs(one.machinery, limits, now=now),
        *judge_proof(one.proof, one.calendar, now=now),
        *judge_verified(one.verified, one.calendar, now=now),
        *judge_anchors(one.anchored_at, one.calendar, now=now),
        *judge_calendars(one.endings, one.provisional),
        *judge_actions(one.late_actions),
    ):
        yield replace(finding, office=one.office)


def _faulty(error: Any) -> list[Finding]:
    from workers.cli.findings import Finding

    return [Finding(check="settings", level="trouble", text=problem.said()) for problem in error.problems]


def _show(found: Sequence[Finding], code: int, *, now: datetime, as_json: bool) -> None:
    from workers.cli.findings import SIGNS, STYLES
    from workers.cli.screen import columns, print_json, screen

    if as_json:
        checks = [asdict(one) for one in found]
        print_json({"ok": code == OK, "exit_code": code, "as_of": now.isoformat(), "checks": checks})
        return
    from rich.text import Text

    table = columns("", "")
    several = len({one.office for one in found if one.office}) > 1
    for one in found:
        name = f"{one.office}: " if one.office and several else ""
        said = Text(f"{name}{one.text}", style=STYLES[one.level] if one.level != "ok" else "")
        table.add_row(Text(SIGNS[one.level], style=STYLES[one.level]), said)
        if one.advice:
            table.add_row("", Text(one.advice))
    console = screen()
    console.print(table)
    console.print(f"\n{_summary(found, code)}")


def _summary(found: Sequence[Finding], code: int) -> str:
    from workers.cli.screen import number

    if code == NOT_SET_UP:
        return "Không xem được cơ sở dữ liệu nên chưa biết beat, hàng đợi, các lượt rà và thông báo."
    troubles = sum(one.level == "trouble" for one in found)
    warnings = sum(one.level == "warning" for one in found)
    if not troubles:
        return f"Bộ máy tốt; {number(warnings)} việc nên làm." if warnings else "Bộ máy tốt."
    return f"{number(troubles)} chỗ phải sửa, {number(warnings)} việc nên làm."
