"""The audit pack that no person asked for by hand: its folder, named by period and cut-off, made once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from domain.errors import LimitError
from domain.period import period_of
from workers.reports.pack_files import alone
from workers.use_cases.audit_pack import Asked
from workers.use_cases.write_pack import write_audit_pack

if TYPE_CHECKING:
    from pathlib import Path

    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office


def make_pack_of(
    store: Store, office: Office, period: str, as_of: str | None, *, reports: Path, now: datetime
) -> Path | None:
    """Make the pack of a period under `reports` and return its folder; one that is there is left as it is.

    None while somebody else is making the very same. `as_of` is an ISO instant with its zone, None: now.
    Raises LimitError for a period there is not, one that has not begun, or a moment that has none or has not
    come; else what `write_audit_pack` raises.
    """
    moment = now if as_of is None else _cut_off(as_of, now)
    asked = Asked(period=period_of(period), as_of=moment, known=moment, seed=period)
    begin = asked.period.begin(office.sla.zone)
    if begin is None or begin >= moment:
        raise LimitError("period_to_come", found=period)
    stamp = f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    folder = reports / office.sla.code / f"iso-{period.replace(':', '-')}-{stamp}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with alone(folder) as mine:
        if mine and not folder.exists():
            try:
                write_audit_pack(store, office, asked, folder)
            except OSError:
                # On another machine, which no lock reaches, somebody may have made it meanwhile.
                if not folder.exists():
                    raise
        return folder if mine else None


def _cut_off(text: str, now: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment > now:
        raise LimitError("unknown_cut_off", found=text)
    return moment
