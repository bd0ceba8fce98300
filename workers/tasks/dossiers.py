"""Acting on dossiers that have come due."""

from __future__ import annotations

import structlog

from workers import clock
from workers.tasks import context
from workers.tasks.expected import an_office, some_codes
from workers.tasks.notices import deliver
from workers.tasks.typed import task
from workers.use_cases import act
from workers.use_cases.sweep import NOTICES_A_TASK, batches

log = structlog.get_logger()


@task("dossiers.act_on_batch", expected={"office": an_office, "codes": some_codes})
def act_on_batch(office: str, codes: list[str]) -> None:
    """Claim every notice that has come due for these dossiers; what cannot wait goes to delivery at once.

    Touches `clocks` and `notices`. May run twice or late: what is claimed stays claimed once. All but what is
    urgent or stands alone gathers for a few seconds; the sweep brings it, one letter a person.
    """
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
