"""Form II.06a: its identities hold, from period to period; one that does not names the dossiers at fault."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from domain.errors import FiguresError
from domain.form_06a import COLUMNS, Stands, broken
from domain.nonconformity import Treatment
from domain.period import Period, period_of
from tests.builders import OFFICE, ZONE, local
from tests.busy_office import FIRST, BusyOffice
from tests.office_texts import procedure
from workers.reports.form_06a import NO_CAUSE, Cause
from workers.use_cases.as_of import Frame
from workers.use_cases.figures import Wanted, dossiers_in, figures
from workers.use_cases.form_06a import fill_06a
from workers.use_cases.form_06a_view import form_06a
from workers.use_cases.nonconformities import record_treatment
from workers.use_cases.office import load_office
from workers.use_cases.register import register_of

if TYPE_CHECKING:
    from datetime import datetime

    from domain.form_06a import Column
    from tests.builders import OfficeAtWork
    from workers.reports.form_06a import Form06a
    from workers.use_cases.form_06a import Filled

NOW = local("01/07/2019 08:00")
JUNE = period_of("2019-06")


def filled(office: OfficeAtWork, frame: Frame, stands: Stands | None = None) -> Filled:
    with office.store.read(OFFICE) as work:
        return fill_06a(work, load_office(office.store, OFFICE), frame, stands or Stands())


def printed(office: OfficeAtWork, period: Period = JUNE, known: datetime | None = None) -> Form06a:
    frame = Frame(as_of=known or NOW, begin=period.begin(ZONE), end=period.end(ZONE), known=known)
    return form_06a(office.store, load_office(office.store, OFFICE), frame, period, command="x {cell}")


def corrupt(office: OfficeAtWork, statement: str) -> None:
    engine = create_engine(office.store.url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def total(form: Filled) -> Counter[Column]:
    return sum(form.cells.values(), Counter())


@pytest.fixture
def busy(office: OfficeAtWork) -> BusyOffice:
    busy = BusyOffice(office, Random(3))  # noqa: S311 - the same weeks every time
    busy.work(120)
    return busy


@pytest.mark.parametrize(
    "stands", [Stands(), Stands(waiting="by_date", refused="outside", no_limit="outside")]
)
def test_the_identities_hold_from_period_to_period(busy: BusyOffice, stands: Stands) -> None:
    bounds = [None, *(FIRST + timedelta(days=7 * week) for week in range(9))]
    pending, left = 0, 0
    for begin, end in pairwise(bounds):
        form = filled(busy.office, Frame(as_of=NOW, begin=begin, end=end), stands)
        if not form.cells:
            continue
        cells = total(form)
        assert broken(cells) == ()
        assert all(broken(own) == () for own in form.cells.values())
        assert cells[6] + form.left == pending
        pending = cells[11]
        left += form.left
    assert pending > 0
    assert left > 0


def test_the_form_and_the_table_count_the_same_dossiers(busy: BusyOffice) -> None:
    frame = Frame(as_of=NOW, begin=JUNE.begin(ZONE), end=JUNE.end(ZONE))
    form, office = filled(busy.office, frame), load_office(busy.office.store, OFFICE)
    assert form.counts == figures(busy.office.store, office, frame, ["unit"]).total
    cells = total(form)
    assert cells[10] == form.counts.late
    assert cells[13] == form.counts.pending_overdue
    assert cells[3] + sum(form.annex.values()) == sum(
        (
            form.counts.received,
            form.counts.resolved_no_limit,
            form.counts.pending_no_limit,
            form.counts.withdrawn,
        )
    )
    for column in COLUMNS:
        cell = dossiers_in(busy.office.store, office, frame, Wanted(values={}, column=column), limit=1_000)
        assert cell.number == cells[column]


def test_the_printed_form_lists_the_dossiers_behind_every_figure(busy: BusyOffice) -> None:
    form = printed(busy.office)
    for line in form.lines:
        for column in COLUMNS:
            assert len(line.listed[column]) == line.cells.get(column, 0)
    assert any("từ kỳ trước" in said or "khớp cột 11" in said for said in form.annex)


def one_of_each(office: OfficeAtWork) -> None:
    """HS-1 is finished on 10 June, HS-2 is open; both were received in May."""
    for code in ("HS-1", "HS-2"):
        office.event("accepted", code, at="27/05/2019 08:00", procedure="1.001", unit="land")
    office.event("finished", "HS-1", at="10/06/2019 08:00")


@pytest.mark.parametrize(
    ("statement", "identity"),
    [
        ("UPDATE dossiers SET timing = NULL WHERE code = 'HS-1'", "7=8+9+10"),
        ("UPDATE dossiers SET timing = 'good' WHERE code = 'HS-1'", "7=8+9+10"),
        ("DELETE FROM clocks WHERE code = 'HS-2'", "11=12+13"),
    ],
)
def test_a_corrupted_table_stops_the_form_and_names_the_dossier(
    office: OfficeAtWork, statement: str, identity: str
) -> None:
    one_of_each(office)
    frame = Frame(as_of=NOW, begin=JUNE.begin(ZONE))
    assert broken(total(filled(office, frame))) == ()
    corrupt(office, statement)
    fault = "HS-1" if "HS-1" in statement else "HS-2"
    with pytest.raises(FiguresError) as found:
        filled(office, frame)
    assert identity in found.value.said(ZONE)
    assert fault in found.value.said(ZONE)
    with pytest.raises(FiguresError, match=fault):
        figures(office.store, load_office(office.store, OFFICE), frame, ["unit"])


def test_a_result_moved_out_of_its_period_is_found_out_by_what_was_pending_before(
    office: OfficeAtWork,
) -> None:
    one_of_each(office)
    corrupt(office, "UPDATE dossiers SET finished_at = accepted_at WHERE code = 'HS-1'")
    with pytest.raises(FiguresError) as found:
        filled(office, Frame(as_of=NOW, begin=JUNE.begin(ZONE)))
    assert "HS-1" in found.value.said(ZONE)
    assert "6(kỳ này)=11(kỳ trước)" in found.value.said(ZONE)


def test_what_was_withdrawn_of_the_carried_in_is_said_under_the_form(office: OfficeAtWork) -> None:
    one_of_each(office)
    office.event("withdrawn", "HS-2", at="12/06/2019 08:00")
    form = printed(office)
    assert form.total[6] == form.total[3] == 1
    assert form.annex == (
        "Rút hồ sơ, dừng giải quyết: 1.",
        "Trong số đó từ kỳ trước chuyển qua: 1; cột 11 kỳ trước = cột 6 cộng số này.",
    )


def test_the_cause_of_a_late_dossier_is_that_of_its_apology(office: OfficeAtWork) -> None:
    for code in ("HS-1", "HS-2", "HS-3"):
        office.event(
            "accepted", code, at="27/05/2019 08:00", now="27/05/2019 08:00", procedure="1.001", unit="land"
        )
    said = {"appointed_on": "2019-06-20", "reason": "chờ  đo đạc"}
    office.event("reappointed", "HS-1", at="04/06/2019 08:00", now="04/06/2019 08:00", **said)
    office.event("finished", "HS-1", at="20/06/2019 08:00", now="20/06/2019 08:00")
    assert printed(office).causes == (Cause("chờ đo đạc", 1, 0), Cause(NO_CAUSE, 0, 2))


def test_the_cause_that_was_found_out_counts_before_that_of_the_apology(office: OfficeAtWork) -> None:
    for code in ("HS-1", "HS-2", "HS-3"):
        office.event(
            "accepted", code, at="27/05/2019 08:00", now="27/05/2019 08:00", procedure="1.001", unit="land"
        )
    said = {"appointed_on": "2019-06-20", "reason": "chờ đo đạc"}
    office.event("reappointed", "HS-1", at="04/06/2019 08:00", now="04/06/2019 08:00", **said)
    office.event("finished", "HS-2", at="20/06/2019 08:00", now="20/06/2019 08:00")
    for code, cause, now in (
        ("HS-1", "thiếu máy đo", "25/06/2019 08:00"),
        ("HS-2", "thiếu máy đo", "25/06/2019 08:00"),
        ("HS-3", "mất hồ sơ", "02/07/2019 08:00"),
    ):
        record_treatment(office.store, OFFICE, code, Treatment(cause=cause), actor="test", now=local(now))
    found = printed(office).causes
    assert found == (Cause("thiếu máy đo", 1, 1), Cause("mất hồ sơ", 0, 1))
    then = printed(office, known=local("26/06/2019 08:00")).causes
    assert then == (Cause("thiếu máy đo", 1, 1), Cause(NO_CAUSE, 0, 1))


def test_lines_and_rows_stand_in_the_order_of_the_alphabet(office: OfficeAtWork) -> None:
    fields = {"1.001": "Hộ tịch", "1.002": "Đường bộ", "1.004": "Hạ tầng kỹ thuật"}
    named = {
        name: procedure(code, "10 working_days").replace('"Thử"', f'"{fields[code]}"')
        for name, code in (("ten", "1.001"), ("hours", "1.002"), ("calendar", "1.004"))
    }
    office.configure(**named)
    for code in fields:
        office.event("accepted", f"HS-{code}", at="03/06/2019 08:00", procedure=code, unit="land")
    ordered = ["Đường bộ", "Hạ tầng kỹ thuật", "Hộ tịch"]
    assert [line.label for line in printed(office).lines] == ordered
    frame = Frame(as_of=NOW, begin=JUNE.begin(ZONE), end=JUNE.end(ZONE))
    rows = figures(office.store, load_office(office.store, OFFICE), frame, ["field"]).rows
    assert [key for key, _ in rows] == [(field,) for field in ordered]


def test_the_register_has_a_row_for_each_dossier_received_in_the_order_of_receipt(
    office: OfficeAtWork,
) -> None:
    office.event("accepted", "HS-9", at="03/06/2019 08:00", procedure="1.001", unit="land")
    office.event("accepted", "HS-1", at="04/06/2019 08:00", procedure="1.003", unit="land")
    office.event("accepted", "HS-0", at="31/05/2019 08:00", procedure="1.001", unit="land")
    office.event("finished", "HS-9", at="17/06/2019 23:00")
    office.event("returned", "HS-9", at="19/06/2019 08:00")
    frame = Frame(as_of=NOW, begin=JUNE.begin(ZONE), end=JUNE.end(ZONE), cohort=True)
    made = register_of(office.store, load_office(office.store, OFFICE), frame, JUNE)
    first, second = made.entries
    assert (first.code, second.code) == ("HS-9", "HS-1")
    days = (first.accepted, first.appointed, first.finished, first.returned)
    assert [f"{day:%d/%m}" for day in days if day] == ["03/06", "17/06", "17/06", "19/06"]
    assert (first.remark, second.appointed, second.remark) == (
        "đúng hạn",
        None,
        "đang giải quyết, không quy định thời hạn",
    )
