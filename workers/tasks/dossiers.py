"""Acting on dossiers that have come due."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import structlog

from workers import clock
from workers.tasks import context
from workers.tasks.expected import a_moment_if_any, an_office, some_codes
from workers.tasks.notices import deliver
from workers.tasks.typed import task
from workers.use_cases import act
from workers.use_cases.sweep import NOTICES_A_TASK, batches

log = structlog.get_logger()
_EXPECTED: Final = {"office": an_office, "codes": some_codes, "handed_until": a_moment_if_any}


@task("dossiers.act_on_batch", expected=_EXPECTED)
def act_on_batch(office: str, codes: list[str], handed_until: str | None = None) -> None:
    """Claim every notice that has come due for these dossiers; what cannot wait goes to delivery at once.

    Touches `clocks` and `notices`. May run twice or late: what is claimed stays claimed once. All but what is
    urgent or stands alone gathers for a few seconds; the sweep brings it, one letter a person.
    `handed_until` is the moment until which the sweep handed them out: what is not so any more is left out.
    """
    if handed_until is not None:
        until = datetime.fromisoformat(handed_until)
        codes = act.still_handed_out(context.store(), office, codes, until=until)
        if not codes:
            return
    took = clock.stopwatch()
    acted = act.act_on_batch(
        context.store(),
        office,
        codes,
        now=clock.now(),
        lease=context.lease(),
        gather=context.gather(),
        took=took,
    )
    for code, reason in acted.failed.items():
        log.error("dossier_failed", office=office, code=code, reason=reason)
    for batch in batches(acted.deliver_now, NOTICES_A_TASK):
        deliver.delay(office, batch)
