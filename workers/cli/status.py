"""`dunghan status`: the office at a glance, and whether the machinery lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import typer

from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from datetime import datetime

    from workers.cli.findings import Finding
    from workers.use_cases.overview import Overview, Urgent

SIGNS: Final = (
    "beat",
    "watch_inbox",
    "follow",
    "sweep_dossiers",
    "sweep_notices",
    "warn_ops",
    "tell_returned",
    "remind_of_tasks",
)


def status(context: typer.Context, *, office: OfficeOption = None, as_json: JsonOption = False) -> None:
    """Xem cả cơ quan trong một cái nhìn (at a glance).

    Hồ sơ quá hạn, sắp đến hạn, thông báo, và bộ máy có đang chạy không. Mã
    thoát 1 khi không có nhịp, có thông báo chờ gửi quá 15 phút, hoặc lịch
    nghỉ còn dưới 14 ngày; từ 60 ngày thì chỉ cảnh báo.

    Ví dụ: dunghan status

    Ví dụ: dunghan status --json
    """
    from workers.cli.screen import print_json
    from workers.cli.status_view import show_status
    from workers.schedule import patience
    from workers.use_cases.overview import overview

    with at_desk(context, office) as desk:
        seen = overview(desk.store, desk.office_code, now=desk.now)
        troubles, warnings = troubles_of(seen, desk), warnings_of(seen, desk)
        if as_json:
            print_json(_as_json(seen, desk, troubles, warnings))
        else:
            show_status(seen, troubles, warnings, silence=patience(desk.settings).ticks, now=desk.now)
    raise typer.Exit(1 if troubles else 0)


def troubles_of(seen: Overview, desk: Desk) -> list[str]:
    """Say in one sentence each what a person must look into."""
    from workers.cli.findings import texts
    from workers.cli.screen import ago_text

    found = _judged(seen, desk)
    silent = [one for one in found if _is_sign(one) and one.level == "trouble"]
    last = seen.machinery.last_sign
    if len(silent) < len(SIGNS):
        return texts(found, "trouble")
    rest = texts([one for one in found if not _is_sign(one)], "trouble")
    if last is None:
        return ["Chưa có lượt rà nào chạy: hãy chạy dunghan up.", *rest]
    ago = ago_text((desk.now - last).total_seconds())
    return [f"Không có gì chạy từ {ago}: không ai được nhắc. Hãy chạy dunghan up.", *rest]


def warnings_of(seen: Overview, desk: Desk) -> list[str]:
    """Say in one sentence each what must be done in time and is no trouble yet."""
    from workers.cli.findings import texts

    return texts(_judged(seen, desk), "warning")


def _judged(seen: Overview, desk: Desk) -> list[Finding]:
    """Judge as `doctor` does, from what the database tells; refused events have a line of their own below."""
    from workers.cli.judge_actions import judge_actions
    from workers.cli.judge_calendar import judge_calendars
    from workers.cli.judge_proof import judge_proof, judge_verified
    from workers.cli.judge_queues import judge_queues
    from workers.cli.judge_rules import judge_rules
    from workers.cli.judge_runs import judge_runs
    from workers.schedule import patience

    limits = patience(desk.settings)
    found = [
        *judge_queues(seen.machinery, limits, None, now=desk.now),
        *judge_runs(seen.machinery, limits, now=desk.now),
        *judge_proof(seen.proof, seen.office.calendar, now=desk.now),
        *judge_verified(seen.verified, seen.office.calendar, now=desk.now),
        *judge_calendars(seen.endings, seen.clocks["provisional"]),
        *judge_rules(seen.office.version, seen.office.followed),
        *judge_actions(seen.late_actions),
    ]
    return [one for one in found if one.check != "dead_letters"]


def _is_sign(one: Finding) -> bool:
    return one.check.removeprefix("run:") in SIGNS


def _as_json(seen: Overview, desk: Desk, troubles: list[str], warnings: list[str]) -> dict[str, Any]:
    from dataclasses import asdict

    from workers.cli.machinery_json import machinery_json
    from workers.cli.screen import iso

    calendar = seen.office.calendar
    return {
        "office": desk.office_code,
        "name": seen.office.sla.name,
        "sla_version": seen.office.version,
        "sla_followed": seen.office.followed,
        "as_of": iso(desk.now, calendar),
        "ok": not troubles,
        "troubles": troubles,
        "warnings": warnings,
        "dossiers": seen.dossiers,
        "open": seen.clocks["open"],
        "counts": asdict(seen.counts),
        "provisional": seen.clocks["provisional"],
        "calendars": [
            {
                "calendar": ending.calendar,
                "known_until": ending.until.isoformat(),
                "days_left": ending.days_left,
            }
            for ending in seen.endings
        ],
        "waiting_for_the_sweep": seen.clocks["due_now"],
        "due_today": seen.due_today,
        "due_next": seen.due_next,
        "next_working_day": seen.next_day.isoformat(),
        "overdue": [_urgent(entry, desk.now, seen) for entry in seen.overdue],
        "soon": [_urgent(entry, desk.now, seen) for entry in seen.soon],
        "notices": [
            {"role": role, "kind": kind, "state": state, "count": count}
            for role, kind, state, count in sorted(seen.notices)
        ],
        "proof": _proof(seen),
        "last_import": _last_import(seen),
        **machinery_json(seen.machinery, desk, calendar),
    }


def _proof(seen: Overview) -> dict[str, Any] | None:
    from workers.cli.judge_proof import day_before
    from workers.cli.screen import iso

    last, calendar = seen.proof.last, seen.office.calendar
    if last is None:
        return None
    return {
        "from": calendar.local(last.begin).date().isoformat(),
        "to": day_before(last.end, calendar).isoformat(),
        "at": iso(last.at, calendar),
        "dossiers": last.dossiers,
        "due": last.due,
        "differences": dict(last.unlike),
    }


def _last_import(seen: Overview) -> dict[str, Any] | None:
    from workers.cli.screen import iso

    if seen.last_import is None:
        return None
    file, at, counts = seen.last_import
    return {"file": file, "at": iso(at, seen.office.calendar), **counts}


def _urgent(entry: Urgent, now: datetime, seen: Overview) -> dict[str, Any]:
    from domain.deadline import in_words
    from workers.cli.screen import iso

    calendar, deadline = seen.office.calendar, entry.deadline
    return {
        "code": entry.clock.code,
        "unit": entry.stored.dossier.unit,
        "officer": entry.stored.dossier.officer,
        "due_at": iso(entry.clock.due_at, calendar),
        "due_on": deadline.due_on.isoformat() if deadline else None,
        "words": in_words(deadline, calendar, now=now) if deadline else None,
        "provisional": entry.clock.provisional,
    }
