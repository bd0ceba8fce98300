"""Slips that chase a late agency, and forms of several dossiers on one slip."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.errors import HistoryError
from tests.form_writer import Writer
from tests.office_texts import procedure

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork

APOLOGY: dict[str, Any] = {"appointed_on": date(2019, 6, 24), "reason": "chờ đo đạc", "document": "12/PXL"}


def test_an_agency_that_is_late_is_chased_by_the_head_of_the_one_stop_section(write: Writer) -> None:
    asked = {"agency": "Chi cục Thuế", "reply_by": "2019-06-07", "document": "45/DD"}
    write.office.event("consultation_requested", at="04/06/2019 08:00", **asked)
    view = write("chasing").view
    assert (view.agency, view.asked_on, view.asked_document) == ("Chi cục Thuế", date(2019, 6, 4), "45/DD")
    assert (view.reply_by, view.days_late) == (date(2019, 6, 7), 3)
    assert view.signer_role == "Phụ trách bộ phận"  # this small office has no such role
    assert "Kính gửi: Chi cục Thuế" in write.text
    assert write.office.kinds() == ["accepted", "consultation_requested"]


def test_nobody_is_chased_before_the_day_is_over_or_after_the_answer_or_the_result(write: Writer) -> None:
    asked = {"agency": "Chi cục Thuế", "reply_by": "2019-06-12"}
    write.office.event("consultation_requested", at="04/06/2019 08:00", **asked)
    for now in ("12/06/2019 16:59", "13/06/2019 08:00", "14/06/2019 08:00"):
        if now.startswith("13"):
            write.office.event("consultation_answered", at="13/06/2019 07:30", agency="Chi cục Thuế")
        if now.startswith("14"):
            write.office.event("consultation_requested", "HS-1", at="13/06/2019 08:30", **asked)
            write.office.event("finished", at="13/06/2019 09:00")
        with pytest.raises(HistoryError) as caught:
            write("chasing", now=now)
        assert caught.value.message == "nothing_to_chase"


def test_each_late_agency_has_a_slip_of_its_own(write: Writer) -> None:
    for agency in ("Chi cục Thuế", "Sở Xây dựng"):
        write.office.event(
            "consultation_requested", at="04/06/2019 08:00", key=agency, agency=agency, reply_by="2019-06-07"
        )
    with pytest.raises(HistoryError) as caught:
        write("chasing")
    assert caught.value.found["agencies"] == "Chi cục Thuế, Sở Xây dựng"
    assert write("chasing", agency="sở xây dựng").view.agency == "Sở Xây dựng"


BUNDLE = """\
[bundles.land]
name = "Hai thủ tục đất"
from = 2018-01-01
components = ["1.001", "1.005"]
policy = "max"
"""


@pytest.fixture
def slip(office: OfficeAtWork, tmp_path: Path) -> Writer:
    second = procedure("1.005", "10 working_days")
    office.configure(now="02/06/2019 07:00", second=second, **{"bundles.toml": BUNDLE})
    folder = tmp_path / "forms"
    folder.mkdir()
    office.event("accepted", "B-1", at="03/06/2019 08:00", bundle="land")
    return Writer(office, folder)


def test_one_slip_of_several_procedures_is_one_form_and_one_re_appointment_of_each(slip: Writer) -> None:
    view = slip("receipt", "B-1").view
    assert (view.code, view.procedure_name, view.field) == ("B-1", "Thủ tục 1.001; Thủ tục 1.005", "Thử")
    assert slip("apology", "B-1", **APOLOGY).event == "reappointed"
    assert [slip.office.kinds(code)[-1] for code in ("B-1/1", "B-1/2")] == ["reappointed"] * 2


def test_dossiers_of_a_slip_that_have_gone_apart_are_written_to_one_by_one(slip: Writer) -> None:
    slip.office.event("handed_over", "B-1/2", at="04/06/2019 08:00", unit="civil")
    with pytest.raises(HistoryError) as caught:
        slip("apology", "B-1", **APOLOGY)
    assert caught.value.found["codes"] == "B-1/1, B-1/2"
    assert slip("apology", "B-1/2", **APOLOGY).view.unit_name == "Phòng Tư pháp"
    assert slip.office.kinds("B-1/1") == ["accepted"]
