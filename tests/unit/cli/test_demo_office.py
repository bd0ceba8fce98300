"""The office of the demonstration has something that waits, at whatever hour it is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from config.sla import load_sla
from domain.routing import deliver_at
from tests.builders import local
from workers.demo.office import lay_out_demo

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "moment",
    [
        "04/06/2019 00:00",
        "04/06/2019 06:59",
        "04/06/2019 07:30",
        "04/06/2019 11:59",
        "04/06/2019 12:00",
        "04/06/2019 13:30",
        "04/06/2019 23:59",
        "09/06/2019 07:30",
    ],
)
def test_the_leaders_wait_and_nobody_else(tmp_path: Path, moment: str) -> None:
    now = local(moment)
    lay_out_demo(tmp_path / "office", {}, now=now)
    sla = load_sla(tmp_path / "office" / "sla")
    for person in sla.lines.people:
        at = deliver_at(person, sla.unit_calendars.get(person.unit, sla.calendar), now=now)
        waits = at - now >= timedelta(hours=1)
        assert waits == (person.role in {"chair", "vice_chair"}), person.code
