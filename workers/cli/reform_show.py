"""One task of the reform plan: what the plan says, what has happened to it, who was told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from domain.catalogue import say
from domain.reform_figures import stood
from workers.cli.screen import columns, iso, screen
from workers.reports.reform import state_words, task_json
from workers.use_cases.reform_plan import task_now

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workers.cli.here import Desk
    from workers.store.reform import TaskEntry

_KINDS: Final = {
    "planned": "đưa vào kế hoạch",
    "changed": "kế hoạch sửa",
    "acknowledged": "xác nhận đã nhận việc",
}
_STATES: Final = {
    "sent": "đã gửi", "planned": "chờ gửi", "claimed": "đang gửi", "failed": "sẽ gửi lại",
    "dead": "không gửi được", "covered": "gộp vào mốc sau", "cancelled": "đã bỏ", "passed": "báo người thay",
    "handed_back": "đã kể lại",
}  # fmt: skip


def task_facts(desk: Desk, code: str) -> dict[str, Any]:
    """Return everything about a task for programs; an unknown one raises HistoryError."""
    office = desk.office()
    with desk.store.read(desk.office_code) as work:
        task, entries = task_now(work, code)
        notices = work.notices.of_dossier(code)
    one = stood(task, office.calendar, at=desk.now)
    unit = office.sla.lines.units.get(task.plan.lead)
    return task_json(one) | {
        "words": state_words(one),
        "lead_name": unit.name if unit else task.plan.lead,
        "area_name": office.sla.areas.get(task.plan.area, task.plan.area),
        "history": [
            _entry(entry) | {"recorded_at": iso(entry.event.recorded_at, office.calendar)}
            for entry in entries
        ],
        "notices": [
            {
                "rung": notice.rung,
                "recipient": notice.recipient,
                "state": notice.state,
                "planned_at": iso(notice.planned_at, office.calendar),
                "sent_at": iso(notice.sent_at, office.calendar),
                "acknowledged_by": notice.acknowledged_by,
            }
            for notice in notices
        ],
    }


def _entry(entry: TaskEntry) -> dict[str, Any]:
    event = entry.event
    return {
        "seq": entry.seq,
        "kind": event.kind,
        "on": event.on.isoformat(),
        "actor": event.actor,
        "data": dict(event.data),
        "hash": entry.hash,
    }


def show_task(facts: Mapping[str, Any]) -> None:
    """Print one task to people."""
    console = screen()
    console.print(Text.assemble((f"{facts['code']}  ", "bold"), (facts["title"], "bold")))
    table = columns("", "")
    for label, text in (
        ("Lĩnh vực", facts["area_name"]),
        ("Sản phẩm", facts["product"]),
        ("Chủ trì", facts["lead_name"]),
        ("Phối hợp", facts["cooperating"]),
        ("Thời gian", facts["deadline"]),
        ("Đến hết", _day(facts["due_on"])),
        ("Trạng thái", f"{facts['words']} từ {_day(facts['since'])}"),
        ("Trễ", f"{facts['late_by_days']} ngày" if facts["late_by_days"] else ""),
    ):
        if text:
            table.add_row(f"  {label}", text)
    console.print(table)
    _show_history(facts)
    _show_notices(facts)


def _show_history(facts: Mapping[str, Any]) -> None:
    table = columns("Từ ngày", "Việc", "Ai ghi", "Ghi lúc", title="\nLịch sử")
    for entry in facts["history"]:
        said = entry["data"]
        what = say(said["state"]) if entry["kind"] == "state" else _KINDS[entry["kind"]]
        why = "; ".join(said[name] for name in ("reason", "document", "by") if said.get(name))
        recorded = entry["recorded_at"]
        when = f"{_day(recorded[:10])} {recorded[11:16]}"
        table.add_row(_day(entry["on"]), f"{what}: {why}" if why else what, entry["actor"], when)
    screen().print(table)


def _show_notices(facts: Mapping[str, Any]) -> None:
    if not facts["notices"]:
        return
    table = columns("Mốc", "Người nhận", "Đến mốc", "Trạng thái", title="\nĐã nhắc")
    for notice in facts["notices"]:
        state = _STATES.get(notice["state"], notice["state"])
        by = f", {notice['acknowledged_by']} đã xác nhận" if notice["acknowledged_by"] else ""
        table.add_row(notice["rung"], notice["recipient"], _day(notice["planned_at"][:10]), f"{state}{by}")
    screen().print(table)


def _day(text: str | None) -> str:
    return "/".join(reversed(text.split("-"))) if text else ""
