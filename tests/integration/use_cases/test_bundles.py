"""Several procedures under one code and one appointment; each finishes or fails by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, refusals, row
from tests.office_law import law_files
from workers.use_cases.look import components_of, look_at

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork

BOTH = ["HS-1/1", "HS-1/2"]


@pytest.fixture
def lawful(office: OfficeAtWork) -> OfficeAtWork:
    """The office with a bundle of two procedures under a limit of twelve days."""
    office.configure(now="01/06/2019 08:00", **law_files())
    return office


def states(office: OfficeAtWork) -> list[str | None]:
    return [office.stored(code).dossier.outcome for code in BOTH]


def test_one_event_accepts_every_component_under_one_limit(lawful: OfficeAtWork) -> None:
    assert lawful.event("accepted", at="03/06/2019 08:00", bundle="Hai thủ tục cùng lúc") is None
    assert components_of(lawful.store, OFFICE, "HS-1") == BOTH
    for code, procedure in zip(BOTH, ("1.001", "1.005"), strict=True):
        stored, clock = lawful.stored(code), lawful.clock(code)
        assert (stored.dossier.procedure, stored.dossier.bundle) == (procedure, "HS-1")
        assert clock is not None
        assert clock.due_at == local("20/06/2019")


def test_what_is_said_of_the_slip_is_said_of_every_open_component(lawful: OfficeAtWork) -> None:
    lawful.event("accepted", at="03/06/2019 08:00", bundle="hai")
    assert lawful.event("refused", "HS-1/1", at="05/06/2019 08:00") is None
    assert states(lawful) == ["refused", None]
    assert lawful.event("finished", at="06/06/2019 08:00") is None
    assert states(lawful) == ["refused", "finished"]
    assert lawful.event("finished", at="07/06/2019 08:00", key="again") is not None


def test_one_component_may_stop_and_the_appointment_waits_for_the_last(lawful: OfficeAtWork) -> None:
    lawful.event("accepted", at="03/06/2019 08:00", bundle="hai")
    lawful.event("suspended", "HS-1/2", at="04/06/2019 08:00")
    lawful.event("resumed", "HS-1/2", at="06/06/2019 08:00")
    view = look_at(lawful.store, OFFICE, "HS-1/2", now=local("06/06/2019 09:00"))
    assert view.target is not None
    assert f"{view.target.due_on:%d/%m}" == "21/06"
    assert list(view.siblings) == ["HS-1/1"]


def test_a_message_is_recorded_for_all_components_or_for_none(lawful: OfficeAtWork) -> None:
    lawful.event("accepted", at="03/06/2019 08:00", bundle="hai")
    lawful.event("suspended", "HS-1/2", at="04/06/2019 08:00")
    assert lawful.event("suspended", at="05/06/2019 08:00", key="both") is not None
    assert lawful.kinds("HS-1/1") == ["accepted"]


def test_a_list_brings_a_bundle_in_one_row_or_a_row_a_procedure(lawful: OfficeAtWork) -> None:
    one = lawful.take_in(row(procedure="Hai thủ tục cùng lúc"))
    assert (one.report.accepted, one.report.refused) == (2, [])
    rows = (row("HS-2", procedure="1.001", bundle="hai"), row("HS-2", procedure="1.005", bundle="hai"))
    two = lawful.take_in(*rows)
    assert (two.report.accepted, two.report.refused) == (2, [])
    assert components_of(lawful.store, OFFICE, "HS-2") == ["HS-2/1", "HS-2/2"]
    done = row("HS-2", procedure="1.001", bundle="hai", finished="05/06/2019 08:00", status="Đã xử lý xong")
    three = lawful.take_in(done, rows[1], now="05/06/2019 09:00")
    assert (three.report.changed, three.report.unchanged) == (1, 1)


def test_a_row_with_a_strange_bundle_or_procedure_is_refused_by_itself(lawful: OfficeAtWork) -> None:
    found = lawful.take_in(
        row("HS-1", bundle="không có"), row("HS-2", procedure="1.004", bundle="hai"), row("HS-3")
    )
    assert found.report.accepted == 1
    strange, outside = refusals(found)
    assert strange.startswith("không có nhóm thủ tục không có")
    assert outside.startswith("nhóm hai không có thủ tục 1.004")


def test_a_code_is_given_once_as_a_dossier_or_as_a_slip(lawful: OfficeAtWork) -> None:
    lawful.event("accepted", at="03/06/2019 08:00", procedure="1.001")
    assert lawful.event("accepted", at="03/06/2019 09:00", bundle="hai") is not None
    assert lawful.event("accepted", "HS-2", at="03/06/2019 09:00", bundle="hai") is None
    assert lawful.event("accepted", "HS-2", at="03/06/2019 10:00", procedure="1.001") is not None
