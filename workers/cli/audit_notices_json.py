"""An audit of the notices for programs: stable names, moments in ISO 8601."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers.cli.screen import iso, print_json
from workers.use_cases.unlike import KINDS

if TYPE_CHECKING:
    from domain.working_calendar import WorkingCalendar
    from workers.cli.audit_notices_facts import AuditedNotices
    from workers.store.notices import Notice
    from workers.use_cases.unlike import Unlike


def print_notices(found: AuditedNotices) -> None:
    """Print the audit; `differences` holds the first ones only, a file of --csv all of them."""
    calendar, totals = found.office.calendar, found.totals
    print_json(
        {
            "office": found.office.sla.code,
            "from": found.period.first.isoformat() if found.period.first else None,
            "to": found.period.last.isoformat() if found.period.last else None,
            "slack_seconds": int(found.slack.total_seconds()),
            "dossiers": totals.dossiers,
            "tasks": totals.tasks,
            "due": totals.due,
            "total": totals.unlike.total(),
            "kinds": {kind: totals.unlike[kind] for kind in KINDS},
            "outages": [
                {"from": iso(begin, calendar), "to": iso(end, calendar)} for begin, end in found.outages
            ],
            "differences": [_unlike(row, calendar) for row in found.rows],
            "csv": str(found.csv) if found.csv else None,
        }
    )


def _unlike(row: Unlike, calendar: WorkingCalendar) -> dict[str, Any]:
    notice = row.notice
    return {
        "kind": row.kind,
        "code": row.code,
        "step": (notice.step or None) if notice else None,
        "rung": notice.rung if notice else None,
        "epoch": notice.epoch if notice else None,
        "recipient": notice.recipient if notice else None,
        "role": notice.role if notice else None,
        "sla_version": notice.sla_version if notice else None,
        "expected_at": iso(row.expected.planned_at, calendar) if row.expected else None,
        "by": iso(row.by, calendar),
        "found": _found(row.found, calendar) if row.found else None,
        "reason": row.reason or None,
    }


def _found(notice: Notice, calendar: WorkingCalendar) -> dict[str, Any]:
    return {
        "id": notice.id,
        "state": notice.state,
        "planned_at": iso(notice.planned_at, calendar),
        "created_at": iso(notice.created_at, calendar),
        "deliver_at": iso(notice.deliver_at, calendar),
        "sent_at": iso(notice.sent_at, calendar),
    }
