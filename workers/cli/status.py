"""`dunghan status`: the office at a glance, and whether the machinery lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import typer

from workers.cli.here import Desk, JsonOption, OfficeOption, at_desk

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from domain.expiry import Ending
    from workers.use_cases.overview import Overview, Urgent

SIGNS: Final = ("beat", "watch_inbox", "sweep_dossiers", "sweep_notices", "warn_ops")
UNPROVEN: Final = 3
"""Days after which notices nobody has audited are called unproven."""
WAITED_TOO_LONG: Final = 900
"""Seconds after which a notice that should have gone is called undelivered."""


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
    from workers.use_cases.overview import overview

    with at_desk(context, office) as desk:
        seen = overview(desk.store, desk.office_code, now=desk.now)
        troubles, warnings = troubles_of(seen, desk), warnings_of(seen)
        if as_json:
            print_json(_as_json(seen, desk, troubles, warnings))
        else:
            show_status(seen, troubles, warnings, silence=silence_of(desk), now=desk.now)
    raise typer.Exit(1 if troubles else 0)


def silence_of(desk: Desk) -> timedelta:
    """Return how old a sign of life may be."""
    from workers.cli.healthcheck import stale_after

    return stale_after(desk.settings)


def troubles_of(seen: Overview, desk: Desk) -> list[str]:
    """Say in one sentence each what a person must look into."""
    from workers.cli.screen import ago_text

    troubles = []
    latest = max((seen.heartbeats[name].at for name in SIGNS if name in seen.heartbeats), default=None)
    if latest is None:
        troubles.append("Chưa có lượt rà nào chạy: hãy chạy dunghan up.")
    elif all(_is_silent(seen, name, desk) for name in SIGNS):
        ago = ago_text((desk.now - latest).total_seconds())
        troubles.append(f"Không có gì chạy từ {ago}: không ai được nhắc. Hãy chạy dunghan up.")
    else:
        names = [name for name in SIGNS if _is_silent(seen, name, desk)]
        troubles += [f"{name} đã im lặng: xem var/log." for name in names]
    waited = seen.oldest_undelivered
    if waited is not None and (desk.now - waited).total_seconds() > WAITED_TOO_LONG:
        ago = ago_text((desk.now - waited).total_seconds())
        troubles.append(f"Có thông báo lẽ ra đã gửi, chờ từ {ago}.")
    last = seen.proof.last
    if last is not None and (desk.now - last.end).days >= UNPROVEN:
        day = _day_before(last.end, seen)
        troubles.append(f"Thông báo sau ngày {day:%d/%m/%Y} chưa được đối chiếu: xem var/log.")
    return troubles + [_runs_out(entry, seen) for entry in seen.endings if entry.is_urgent]


def warnings_of(seen: Overview) -> list[str]:
    """Say in one sentence each what must be done in time and is no trouble yet."""
    from workers.cli.screen import number

    # The days off of 2026 were complete on 25 December 2025; until they are published nobody can record them.
    # A status that ends with 1 from November on would teach people to look away from it, so that the end of a
    # calendar is a trouble only when fewer than 14 days are left. Provisional dossiers do not make it one:
    # a limit of two months has them before the first warning. Their dates lie beyond the end, so that none is
    # due within 14 days before this is a trouble anyway; how many there are stands in the sentence.
    near = [_runs_out(entry, seen) for entry in seen.endings if entry.is_near and not entry.is_urgent]
    dead = sum(count for _, _, state, count in seen.notices if state == "dead")
    told = [f"{number(dead)} thông báo không gửi được: xem dunghan notices dead."] if dead else []
    return near + told + _unproven(seen)


def _unproven(seen: Overview) -> list[str]:
    from workers.cli.screen import number

    last = seen.proof.last
    if last is None or not last.unlike.total():
        return []
    first, day = seen.office.calendar.local(last.begin), _day_before(last.end, seen)
    days = f"--from {first:%d/%m/%Y} --to {day:%d/%m/%Y}"
    return [f"{number(last.unlike.total())} thông báo không khớp: xem dunghan audit notices {days}"]


def _day_before(midnight: datetime, seen: Overview) -> date:
    from datetime import timedelta

    return seen.office.calendar.local(midnight).date() - timedelta(days=1)


def _runs_out(ending: Ending, seen: Overview) -> str:
    from workers.cli.screen import number

    count, until = seen.clocks["provisional"], f"{ending.until:%d/%m/%Y}"
    provisional = f"{number(count)} hồ sơ đang mở có hạn tạm tính" if count else "chưa hồ sơ nào hạn tạm tính"
    left = ending.days_left
    how = f"sắp hết, còn {left} ngày (đến {until})" if left > 0 else f"đã hết ngày {until}"
    file = f"sla/calendar/{ending.next_year}.toml"
    return f"Lịch nghỉ {ending.calendar} {how}; {provisional}. Hãy ghi {file}."


def _is_silent(seen: Overview, name: str, desk: Desk) -> bool:
    beat = seen.heartbeats.get(name)
    return beat is None or desk.now - beat.at > silence_of(desk)


def _as_json(seen: Overview, desk: Desk, troubles: list[str], warnings: list[str]) -> dict[str, Any]:
    from dataclasses import asdict

    from workers.cli.screen import iso

    calendar = seen.office.calendar
    return {
        "office": desk.office_code,
        "name": seen.office.sla.name,
        "sla_version": seen.office.version,
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
        "oldest_undelivered": iso(seen.oldest_undelivered, calendar),
        "heartbeats": {
            name: {"at": iso(beat.at, calendar), "stale": _is_silent(seen, name, desk), **beat.data}
            for name, beat in sorted(seen.heartbeats.items())
            if name in SIGNS
        },
        "proof": _proof(seen),
        "last_import": _last_import(seen),
        "dead_letters": seen.dead_letters,
    }


def _proof(seen: Overview) -> dict[str, Any] | None:
    from workers.cli.screen import iso

    last, calendar = seen.proof.last, seen.office.calendar
    if last is None:
        return None
    return {
        "from": calendar.local(last.begin).date().isoformat(),
        "to": _day_before(last.end, seen).isoformat(),
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
