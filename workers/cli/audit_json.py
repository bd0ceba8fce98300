"""An audit of the slips for programs: stable names, days as ISO dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from domain.slip_words import words_of
from workers.cli.audit_facts import procedure_name, unit_name
from workers.cli.screen import iso, print_json
from workers.use_cases.calc_due import limit_in_words

if TYPE_CHECKING:
    from domain.slips import Reason
    from workers.cli.audit_view import AuditedSlips
    from workers.use_cases.audit_slips import Differing
    from workers.use_cases.office import Office
    from workers.use_cases.slip_totals import SlipTotals


def print_slips(found: AuditedSlips) -> None:
    """Print the audit; `slips` holds the first ones only, a file of --csv all of them."""
    office, totals = found.office, found.totals
    print_json(
        {
            "office": office.sla.code,
            "from": found.period.first.isoformat() if found.period.first else None,
            "to": found.period.last.isoformat() if found.period.last else None,
            "unit": found.unit,
            "sla_version": office.version,
            "totals": _totals(totals),
            "reasons": _reasons(totals),
            "units": [
                {"code": code, "name": unit_name(code, office), "compared": all_, "miscounted": wrong}
                for code, (all_, wrong) in sorted(totals.units.items())
            ],
            "procedures": [
                {"code": code, "name": procedure_name(code, office), "compared": all_, "miscounted": wrong}
                for code, (all_, wrong) in sorted(totals.procedures.items())
            ],
            "slips": [_slip(row, office) for row in found.rows],
            "csv": str(found.csv) if found.csv else None,
        }
    )


def _totals(totals: SlipTotals) -> dict[str, int]:
    names = ("compared", "agree", "miscounted", "early", "late", "calendar_changed")
    outside = ("without_slip", "without_limit", "unreadable")
    return {name: getattr(totals, name) for name in (*names, *outside)}


def _reasons(totals: SlipTotals) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "likeliest": totals.likeliest[code],
            "possible": possible,
            "vi": words_of(code, "vi"),
            "en": words_of(code, "en"),
        }
        for code, possible in totals.ranked()
    ]


def _slip(row: Differing, office: Office) -> dict[str, Any]:
    dossier, found, calendar = row.stored.dossier, row.difference, office.calendar
    return {
        "code": dossier.code,
        "procedure": dossier.procedure,
        "unit": dossier.unit,
        "accepted_at": iso(dossier.accepted_at, calendar),
        "limit": {
            "amount": row.limit.amount,
            "unit": row.limit.unit.value,
            "vi": limit_in_words(row.limit, "vi"),
        },
        "slip_at": iso(found.slip.at, calendar),
        "slip_on": found.slip_on.isoformat(),
        "date_only": found.slip.date_only,
        "lawful_at": iso(found.lawful.due_at, calendar),
        "lawful_on": found.lawful.due_on.isoformat(),
        "days": found.days,
        "working_days": found.working_days,
        "working_minutes": found.minutes,
        "miscounted": found.is_miscount,
        "reasons": [_reason(reason) for reason in found.reasons],
    }


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "code": reason.code,
        "vi": reason.said("vi"),
        "en": reason.said("en"),
        "days": [day.isoformat() for part in reason.parts for day in part.days],
        "source": reason.source or None,
    }
