"""Years later the same comes out: explained, rebuilt, and altered tables found by name."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, ZONE, local, message, row
from tests.integration.use_cases.test_law_of_time import STORM_FILE
from tests.office_law import law_files
from tests.office_texts import procedure
from workers.use_cases.event_file import record_file
from workers.use_cases.explain import explain
from workers.use_cases.rebuild import rebuild

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

CODES = [f"HS-{n}" for n in range(1, 6)]


@pytest.fixture
def lived(office: OfficeAtWork) -> OfficeAtWork:
    """An office whose dossiers went through all that can happen, under three configurations."""
    office.configure(now="01/06/2019 08:00", **law_files())
    office.take_in(*(row(code, procedure="1.005", unit="civil") for code in CODES))
    office.event("handed_over", "HS-1", at="03/06/2019 14:00", unit="land")
    office.event("suspended", "HS-1", at="04/06/2019 08:00", cause="financial_obligation")
    office.event("supplement_requested", "HS-2", at="04/06/2019 08:00")
    storm = law_files() | {"calendar/2019-bao.toml": STORM_FILE}
    office.configure(now="05/06/2019 08:00", **storm)
    office.event("resumed", "HS-1", at="06/06/2019 08:00")
    office.event("supplemented", "HS-2", at="06/06/2019 08:00")
    office.event("calendar_changed", "HS-3", at="06/06/2019 08:00")
    office.event(
        "reappointed", "HS-4", at="07/06/2019 08:00", now="07/06/2019 09:00", appointed_on="2019-06-21"
    )
    shorter = storm | {"stepped": procedure("1.005", "3 working_days")}
    office.configure(now="08/06/2019 08:00", **shorter | {"bundles.toml": ""})
    office.event("finished", "HS-5", at="10/06/2019 08:00")
    office.event("returned", "HS-5", at="11/06/2019 08:00")
    office.event("accepted", "HS-9", at="10/06/2019 08:00", procedure="1.005")
    return office


def test_the_tables_are_what_the_events_give_bit_for_bit(lived: OfficeAtWork) -> None:
    found = rebuild(lived.store, OFFICE, write=False)
    assert (found.dossiers, found.differing, found.failed) == (6, {}, {})


def test_each_dossier_keeps_the_limit_of_its_acceptance(lived: OfficeAtWork) -> None:
    clock = lived.clock("HS-9")
    assert clock is not None
    assert clock.due_at == local("15/06/2019")  # three days, the storm left out: 11, 13 and 14 June
    assert lived.stored("HS-5").due_judged == local("14/06/2019")


def test_an_altered_table_is_found_named_and_put_right(lived: OfficeAtWork) -> None:
    with lived.store.begin(OFFICE) as work:
        clock = work.clocks.load(["HS-1"])["HS-1"]
        work.clocks.move([replace(clock, due_at=local("01/07/2019"))])
        stored = work.dossiers.load(["HS-5"])["HS-5"]
        work.dossiers.update([replace(stored, timing="late")])
        work.commit()
    assert not explain(lived.store, OFFICE, "HS-1").agrees
    found = rebuild(lived.store, OFFICE, write=True)
    assert found.differing == {"HS-1": ("due_at",), "HS-5": ("timing",)}
    assert explain(lived.store, OFFICE, "HS-1").agrees
    assert rebuild(lived.store, OFFICE, write=False).differing == {}


def test_the_way_to_a_date_is_told_stage_by_stage(lived: OfficeAtWork) -> None:
    found = explain(lived.store, OFFICE, "HS-1")
    assert [stage.entry.event.kind for stage in found.stages] == [
        "accepted",
        "handed_over",
        "suspended",
        "resumed",
    ]
    assert [stage.moved for stage in found.stages] == [True, False, False, True]
    counted = [step.day.day for step in found.counted.walk if step.counted]
    assert counted == [4, 7, 10, 11, 13, 14, 17, 18]  # 5 and 6 June stood still, 12 June was the storm
    assert found.counted.after.under == 3
    assert found.agrees


def test_a_file_of_events_is_recorded_in_the_order_in_which_things_happened(office: OfficeAtWork) -> None:
    messages = [
        message("finished", at="07/06/2019 08:00"),
        message("resumed", at="06/06/2019 08:00"),
        message("suspended", at="04/06/2019 08:00"),
        message("accepted", at="03/06/2019 08:00", procedure="1.001"),
        message("resumed", at="05/06/2019 08:00", key="twice"),
    ]
    lines = [json.dumps(entry).encode() for entry in messages] + [b"no json", b"[1]"]
    found = record_file(office.store, OFFICE, lines, actor="test", zone=ZONE, now=local("30/06/2019 08:00"))
    assert office.kinds() == ["accepted", "suspended", "resumed", "finished"]
    assert [line for line, _ in found.refused] == [2, 6, 7]
    again = record_file(office.store, OFFICE, lines, actor="test", zone=ZONE, now=local("30/06/2019 08:00"))
    assert again.recorded == found.recorded
    assert office.kinds() == ["accepted", "suspended", "resumed", "finished"]
