"""The slips against the law, over a whole office: what is compared with what, and what is added up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.office_texts import YEAR_FILE, office_files, procedure
from workers.store.slips import Chosen
from workers.use_cases.audit_slips import Differing, SlipAudit
from workers.use_cases.office import record_configuration

if TYPE_CHECKING:
    from tests.builders import OfficeAtWork
    from workers.use_cases.slip_totals import SlipTotals

# A row is received on Monday 3 June 2019; ten working days end on Monday 17 June.


def audited(office: OfficeAtWork, *, batch: int = 2, **chosen: str) -> tuple[list[Differing], SlipTotals]:
    bounds = {name: local(text) for name, text in chosen.items() if name != "unit"}
    audit = SlipAudit(office.store, OFFICE, Chosen(unit=chosen.get("unit"), **bounds), batch=batch)
    return list(audit.differences()), audit.totals


def reasons(found: list[Differing]) -> dict[str, str]:
    return {entry.stored.dossier.code: entry.difference.reasons[0].code for entry in found}


@pytest.fixture
def printed(office: OfficeAtWork) -> OfficeAtWork:
    """Slips of every kind, open and closed."""
    office.take_in(
        row("agrees", promised="17/06/2019"),
        row("at-an-hour", promised="17/06/2019 09:30"),
        row("early", promised="14/06/2019"),
        row("closed", promised="13/06/2019", status="Đã xử lý xong", finished="14/06/2019 10:00"),
        row("late", promised="01/07/2019", unit="civil", officer="civil.1"),
        row("withdrawn", promised="17/06/2019", status="Đã rút", status_at="14/06/2019 10:00"),
        row("no-slip"),
        row("no-limit", procedure="1.003", promised="17/06/2019"),
        row("hours", procedure="1.002", promised="03/06/2019 12:00"),
        row("hours-agree", procedure="1.002", promised="03/06/2019 14:00"),
        now="20/06/2019 09:00",
    )
    return office


def test_every_slip_that_differs_is_found_with_its_reason_open_or_closed(printed: OfficeAtWork) -> None:
    found, _ = audited(printed)
    assert reasons(found) == {
        "closed": "counted_calendar_days",
        "early": "receipt_counted",
        "hours": "clock_hours",
        "late": "unknown",
    }


def test_every_dossier_is_counted_once(printed: OfficeAtWork) -> None:
    _, totals = audited(printed)
    assert (totals.compared, totals.agree, totals.early, totals.late) == (8, 4, 3, 1)
    assert (totals.miscounted, totals.calendar_changed) == (4, 0)
    assert (totals.without_slip, totals.without_limit, totals.unreadable) == (1, 1, 0)
    assert totals.units == {"land": [7, 3], "civil": [1, 1]}
    assert totals.procedures == {"1.001": [6, 3], "1.002": [2, 1]}
    assert totals.likeliest.total() == totals.miscounted
    assert totals.ranked()[-1][0] == "unknown"


@pytest.mark.parametrize("batch", [1, 3, 9, 500])
def test_the_size_of_a_batch_changes_nothing(printed: OfficeAtWork, batch: int) -> None:
    found, totals = audited(printed, batch=batch)
    assert [entry.stored.dossier.code for entry in found] == ["closed", "early", "hours", "late"]
    assert totals.compared == 8


def test_a_second_audit_finds_the_same_and_writes_nothing(printed: OfficeAtWork) -> None:
    before = printed.history("early")
    assert audited(printed) == audited(printed)
    assert printed.history("early") == before


def test_progress_hears_of_every_batch(printed: OfficeAtWork) -> None:
    heard: list[int] = []
    audit = SlipAudit(printed.store, OFFICE, batch=4)
    list(audit.differences(lambda totals: heard.append(totals.compared)))
    assert heard == [4, 7, 8]


def test_a_unit_and_a_half_open_period_can_be_chosen(printed: OfficeAtWork) -> None:
    printed.take_in(
        row("next-day", accepted="04/06/2019 08:00", promised="01/07/2019"), now="20/06/2019 10:00"
    )
    assert set(reasons(audited(printed, unit="civil")[0])) == {"late"}
    assert set(reasons(audited(printed, begin="04/06/2019")[0])) == {"next-day"}
    _, totals = audited(printed, begin="03/06/2019", end="04/06/2019")
    assert (totals.compared, totals.without_slip) == (8, 1)
    assert audited(printed, end="03/06/2019")[1].compared == 0


def test_an_office_without_slips_has_nothing_to_compare(office: OfficeAtWork) -> None:
    office.take_in(row())
    found, totals = audited(office)
    assert (found, totals.compared, totals.without_slip) == ([], 0, 1)


def test_a_pause_does_not_make_the_slip_wrong_that_was_printed_before_it(office: OfficeAtWork) -> None:
    office.take_in(row(promised="17/06/2019"))
    office.event("suspended", at="05/06/2019 09:00")
    office.event("resumed", at="07/06/2019 09:00")
    assert office.clock().due_at == local("20/06/2019")  # type: ignore[union-attr]
    assert audited(office)[1].agree == 1


def test_a_slip_printed_anew_is_held_against_the_due_date_in_force(office: OfficeAtWork) -> None:
    office.take_in(row("right", promised="17/06/2019"), row("wrong", promised="17/06/2019"))
    for code in ("right", "wrong"):
        office.event("suspended", code, at="05/06/2019 09:00")
        office.event("resumed", code, at="07/06/2019 09:00")
    anew = {"right": "19/06/2019", "wrong": "18/06/2019"}
    office.take_in(*(row(code, promised=day) for code, day in anew.items()), now="10/06/2019 09:00")
    found, totals = audited(office)
    assert reasons(found) == {"wrong": "receipt_counted"}
    assert totals.agree == 1


def test_a_misprint_put_right_agrees_whatever_happened_since(office: OfficeAtWork) -> None:
    office.take_in(row(promised="16/06/2019"))
    office.take_in(row(promised="17/06/2019"), now="04/06/2019 09:00")
    office.event("suspended", at="05/06/2019 09:00")
    office.event("resumed", at="07/06/2019 09:00")
    assert audited(office)[1].agree == 1


def test_a_calendar_that_changed_since_is_told_apart_from_a_miscount(office: OfficeAtWork) -> None:
    office.take_in(row("printed", promised="17/06/2019"), row("wrong", promised="14/06/2019"))
    added = '{ date = 2019-06-10, kind = "off", name = "Bão", source = "luat", verified = "yes" },'
    storm = office_files() | {"calendar/2019.toml": YEAR_FILE.replace("days = [", f"days = [\n  {added}")}
    record_configuration(office.store, storm, author="ops", reason="bão", now=local("04/06/2019 07:00"))
    office.take_in(row("after", promised="17/06/2019"), now="04/06/2019 09:00")
    found, totals = audited(office)
    assert reasons(found) == {
        "printed": "calendar_changed",
        "wrong": "receipt_counted",
        "after": "holiday_missing",
    }
    assert (totals.calendar_changed, totals.miscounted, totals.compared) == (1, 2, 3)


def test_a_later_configuration_with_the_same_calendar_changes_nothing(office: OfficeAtWork) -> None:
    office.take_in(row("agrees", promised="17/06/2019"), row("wrong", promised="14/06/2019"))
    assert office.configure(more=procedure("1.009", "3 working_days")) == 2
    found, totals = audited(office)
    assert reasons(found) == {"wrong": "receipt_counted"}
    assert totals.agree == 1


def test_the_limit_of_another_case_or_version_is_recognised(office: OfficeAtWork) -> None:
    case = '[[versions.cases]]\ncode = "far"\nlabel = "Xã xa"\nlimit = "20 working_days"\n'
    later = '[[versions]]\nfrom = 2019-06-20\nlimit = "16 working_days"\nlegal_basis = "x"\nverified = "yes"'
    text = procedure("1.001", "10 working_days").replace("limit =", "until = 2019-06-19\nlimit =")
    office.configure(ten=f"{text}{case}{later}")
    office.take_in(
        row("case", promised="01/07/2019"),
        row("version", promised="25/06/2019"),
    )
    found = {entry.stored.dossier.code: entry.difference.reasons for entry in audited(office)[0]}
    said = {code: [reason.said() for reason in explained] for code, explained in found.items()}
    assert said["case"] == ["dùng thời hạn khác: trường hợp “Xã xa”, 20 ngày làm việc"]
    assert said["version"] == ["dùng thời hạn khác: bản có hiệu lực từ 20/06/2019, 16 ngày làm việc"]


def test_one_slip_that_cannot_be_read_does_not_end_the_audit(office: OfficeAtWork) -> None:
    office.take_in(row("bad", promised="14/06/2019"), row("good", promised="14/06/2019"))
    assert (
        office.event("promise_changed", "bad", at="04/06/2019 09:00", promised_at="9999-12-31T23:30:00+00:00")
        is None
    )
    found, totals = audited(office)
    assert set(reasons(found)) == {"good"}
    assert totals.unreadable == 1
