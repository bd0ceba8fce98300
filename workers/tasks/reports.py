"""Making what the office is asked for of a period."""

from __future__ import annotations

from typing import Final

import structlog

from domain.errors import DomainError
from workers import clock
from workers.app import current_settings
from workers.tasks import context
from workers.tasks.expected import a_moment_if_any, a_period, an_office
from workers.tasks.typed import PATIENT, task
from workers.use_cases.due_packs import make_due_packs as make_due
from workers.use_cases.office import load_office
from workers.use_cases.pack_by_itself import make_pack_of

log = structlog.get_logger()
_EXPECTED: Final = {"office": an_office, "period": a_period, "as_of": a_moment_if_any}


# A pack of a large office may take longer than the broker waits for its message to be done with: it comes
# back while it is being made. Whoever takes it then leaves it to its maker, or finds the folder there.
@task("reports.make_pack", expected=_EXPECTED, soft_time_limit=1800, time_limit=1860, **PATIENT)
def make_pack(office: str, period: str, as_of: str | None = None) -> None:
    """Make the audit pack of a period, "2019-Q2" or "admin:2019-06", in `var/reports`; any period, any time.

    Touches no table. `as_of` is an instant with its zone: only what had been recorded by then counts, and the
    same one gives the same pack; without it, it queues that of now. A folder that is there already is left as
    it is, and so is one that is being made.
    """
    if as_of is None:
        # Named in its message, the moment is the same however often that comes back: so is the pack.
        make_pack.delay(office, period, clock.now().isoformat())
        return
    store, reports = context.store(), current_settings().var / "reports"
    try:
        folder = make_pack_of(
            store, load_office(store, office), period, as_of, reports=reports, now=clock.now()
        )
    except (DomainError, LookupError) as error:
        log.error("pack_refused", office=office, period=period, reason=str(error))  # noqa: TRY400 - no fault of ours
        return
    if folder is None:
        log.info("pack_being_made", office=office, period=period)
        return
    log.info("pack_made", office=office, period=period, folder=str(folder))


@task("reports.make_due_packs", soft_time_limit=1800, time_limit=1860)
def make_due_packs() -> None:
    """Make the audit packs whose set day has come: of the last month and the last quarter.

    Touches `heartbeats` and `var/reports`; `watch.warn_ops` tells the quality manager. It has nothing to do
    on all but a few days of a year.
    """
    reports = current_settings().var / "reports"
    for office in context.store().offices():
        for period, why in make_due(context.store(), office, reports=reports, now=clock.now()):
            if why:
                log.error("pack_failed", office=office, period=period, reason=why)
            else:
                log.info("pack_made", office=office, period=period)
