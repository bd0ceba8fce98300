"""Counting by night what is asked for by day."""

from __future__ import annotations

from typing import Final

import structlog

from workers import clock
from workers.tasks import context
from workers.tasks.expected import an_office, yes_or_no_if_any
from workers.tasks.typed import task
from workers.use_cases.facts import refresh, refresh_by_night
from workers.use_cases.office import load_office

log = structlog.get_logger()
_EXPECTED: Final = {"office": an_office, "anew": yes_or_no_if_any}


# Both may run longer than the broker waits for their messages: whoever comes second finds the facts taken.
@task("figures.refresh_facts_by_night", soft_time_limit=1800, time_limit=1860)
def refresh_facts_by_night() -> None:
    """Add the results of the day that is over to the facts, once after midnight.

    Touches `on_time_facts` and `heartbeats`. While events are recorded the next tick does it; with the day
    done it costs a look.
    """
    for office in context.store().offices():
        done = refresh_by_night(context.store(), office, now=clock.now())
        if done is not None:
            log.info("facts_refreshed", office=office, results=done.results, cells=done.cells)


@task("figures.refresh_facts", expected=_EXPECTED, soft_time_limit=1800, time_limit=1860)
def refresh_facts(office: str, *, anew: bool = False) -> None:
    """Add what is new to the facts of an office now; `anew`: count all of them again.

    Touches `on_time_facts` and `heartbeats`. Whatever is recorded meanwhile is added the next time.
    """
    done = refresh(context.store(), load_office(context.store(), office), now=clock.now(), anew=anew)
    if done is None:
        log.warning("facts_busy", office=office)
    else:
        log.info("facts_refreshed", office=office, results=done.results, cells=done.cells)
