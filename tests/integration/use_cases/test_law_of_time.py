"""The clock of a dossier at work: stops by policy, re-appointment, changed calendars, and those who cheat."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.builders import ZONE, local, refusals, row
from tests.office_law import CASES, law_files
from tests.office_texts import YEAR_FILE, procedure

if TYPE_CHECKING:
    from datetime import datetime

    from tests.builders import OfficeAtWork

STORM = '[[days]]\ndate = 2019-06-12\nkind = "off"\nname = "Bão"\nsource = "cv"\nverified = "yes"\n'
STORM_FILE = f'year = 2019\n{STORM}[sources]\ncv = "Công văn 1"\n'


@pytest.fixture
def lawful(office: OfficeAtWork) -> OfficeAtWork:
    """The office with all the law has."""
    office.configure(now="01/06/2019 08:00", **law_files())
    return office


def due_day(office: OfficeAtWork, code: str = "HS-1") -> str:
    clock = office.clock(code)
    assert clock is not None
    assert clock.due_at is not None
    return office_day(clock.due_at)


def office_day(instant: datetime) -> str:
    """Return the last local day before a due instant, which is exclusive."""
    return f"{(instant - timedelta(seconds=1)).astimezone(ZONE):%d/%m/%Y}"


def accept(office: OfficeAtWork, code: str = "HS-1", **data: str) -> None:
    assert office.event("accepted", code, at="03/06/2019 08:00", **{"procedure": "1.001"} | data) is None


def test_a_financial_obligation_stops_the_clock_only_where_the_procedure_says_so(
    lawful: OfficeAtWork,
) -> None:
    for code, named, due in (("HS-1", "1.001", "17/06/2019"), ("HS-5", "1.005", "18/06/2019")):
        accept(lawful, code, procedure=named)
        why = {"cause": "financial_obligation"}
        assert lawful.event("suspended", code, at="04/06/2019 08:00", **why) is None
        assert lawful.event("resumed", code, at="07/06/2019 08:00") is None
        assert due_day(lawful, code) == due


def test_a_list_tells_a_financial_obligation_from_a_suspension(lawful: OfficeAtWork) -> None:
    lawful.take_in(row(procedure="1.005"), row("HS-2"))
    stopped = {"status": "Nghĩa vụ tài chính", "status_at": "04/06/2019 08:00"}
    lawful.take_in(row(procedure="1.005", **stopped), row("HS-2", **stopped), now="04/06/2019 17:00")
    assert lawful.stored().dossier.stopped_since == local("04/06/2019 08:00")
    assert lawful.stored("HS-2").dossier.stopped_since is None
    assert lawful.stored("HS-2").dossier.stopped_by == "financial_obligation"


def test_what_was_left_when_the_clock_stopped_is_kept_in_the_unit_of_the_limit(lawful: OfficeAtWork) -> None:
    accept(lawful)
    assert lawful.event("suspended", at="06/06/2019 08:00") is None
    assert lawful.history()[-1].event.data["remaining"] == "7 working_days"


def test_a_suspension_without_reason_law_and_document_is_refused(lawful: OfficeAtWork) -> None:
    accept(lawful)
    for name in ("reason", "legal_basis", "document"):
        error = lawful.event("suspended", at="06/06/2019 08:00", key=name, **{name: " "})
        assert name in str(error)
    assert lawful.kinds() == ["accepted"]


def test_a_re_appointment_moves_what_people_work_towards_and_not_the_lawful_date(
    lawful: OfficeAtWork,
) -> None:
    lawful.take_in(row())
    when = {"at": "13/06/2019 10:00", "now": "13/06/2019 10:00"}
    assert lawful.event("reappointed", appointed_on="26/06/2019", key="a", **when) is not None  # no ISO date
    assert lawful.event("reappointed", appointed_on="2019-06-26", **when) is None
    clock = lawful.clock()
    assert clock is not None
    assert (clock.due_at, clock.appointed_at) == (local("18/06/2019"), local("27/06/2019"))
    assert clock.epoch == 1
    assert clock.next_action_at == local("26/06/2019 07:00")  # nobody is asked for an apology a second time
    assert lawful.event("reappointed", appointed_on="2019-06-28", key="b", **when) is not None
    assert lawful.act(now="18/06/2019 08:00").claimed == 0
    assert lawful.event("finished", at="20/06/2019 08:00", now="20/06/2019 09:00") is None
    assert lawful.stored().timing == "late"


def test_an_apology_comes_at_latest_the_working_day_before(lawful: OfficeAtWork) -> None:
    lawful.take_in(row())
    late = {"at": "17/06/2019 00:00", "now": "17/06/2019 09:00", "appointed_on": "2019-06-26"}
    assert "at latest on 14/06/2019" in str(lawful.event("reappointed", key="late", **late))
    assert lawful.kinds() == ["accepted"]
    assert lawful.event("reappointed", key="forced", forced_by="top.head", **late) is None
    assert lawful.history()[-1].event.data["late_apology"] == "yes"


def test_a_changed_calendar_moves_a_date_only_by_an_event_and_is_no_re_appointment(
    lawful: OfficeAtWork,
) -> None:
    lawful.take_in(row())
    storm = law_files() | {"calendar/2019.toml": YEAR_FILE, "calendar/2019-bao.toml": STORM_FILE}
    assert lawful.configure(now="05/06/2019 08:00", **storm) == 3
    assert due_day(lawful) == "17/06/2019"
    assert (
        lawful.event("calendar_changed", at="05/06/2019 09:00", reason="QĐ 1", document="Công văn 1") is None
    )
    assert due_day(lawful) == "18/06/2019"
    clock, stored = lawful.clock(), lawful.stored()
    assert clock is not None
    assert (clock.derived_under, clock.epoch) == (3, 1)
    assert stored.due_original == local("18/06/2019")
    assert stored.dossier.appointed_on is None


def test_a_commune_and_a_case_give_each_dossier_its_own_limit(lawful: OfficeAtWork) -> None:
    online = (
        '[[versions.cases]]\ncode = "m"\nlabel = "Qua mạng"\nlimit = "6 working_days"\nchannel = "online"\n'
    )
    hard = '[[versions.cases]]\ncode = "kho"\nlabel = "Phức tạp"\nlimit = "9 working_days"\n'
    many = procedure("1.005", "8 working_days", more=CASES + online + hard)
    lawful.configure(now="01/06/2019 09:00", **law_files() | {"stepped": many})
    found = lawful.take_in(
        row("HS-1", procedure="1.005"),
        row("HS-2", procedure="1.005", commune="xã hai"),
        row("HS-3", procedure="1.005", commune="xã hai", limit_case="Xã vùng xa"),
        row("HS-4", procedure="1.005", channel="Trực tuyến"),
        row("HS-5", procedure="1.005", channel="Trực tuyến", limit_case="Qua mạng"),
        row("HS-6", procedure="1.005", channel="Trực tuyến", limit_case="Phức tạp"),
    )
    assert found.report.refused == []
    assert [due_day(lawful, f"HS-{n}") for n in range(1, 7)] == [
        *("13/06/2019", "27/06/2019", "27/06/2019"),
        *("11/06/2019", "11/06/2019", "14/06/2019"),
    ]
    assert lawful.stored("HS-2").dossier.limit_case == "xa"
    assert lawful.stored("HS-2").dossier.commune == "xa-2"


FAR = "trường hợp Xã vùng xa chỉ dành cho xã vùng xa; xã của hồ sơ: "


def test_a_case_that_follows_from_the_commune_or_the_channel_cannot_be_chosen(lawful: OfficeAtWork) -> None:
    online = (
        '[[versions.cases]]\ncode = "m"\nlabel = "Qua mạng"\nlimit = "20 working_days"\nchannel = "online"\n'
    )
    many = procedure("1.005", "8 working_days", more=CASES + online)
    lawful.configure(now="01/06/2019 09:00", **law_files() | {"stepped": many})
    assert refusals(
        lawful.take_in(
            row("HS-1", procedure="1.005", limit_case="Xã vùng xa"),
            row("HS-2", procedure="1.005", limit_case="xa", commune="Xã Một"),
            row("HS-3", procedure="1.005", limit_case="Qua mạng"),
            row("HS-4", procedure="1.005", limit_case="m", channel="Trực tiếp"),
        )
    ) == [
        f"{FAR}—",
        f"{FAR}Xã Một",
        "trường hợp Qua mạng chỉ dành cho hình thức trực tuyến; hồ sơ: —",
        "trường hợp Qua mạng chỉ dành cho hình thức trực tuyến; hồ sơ: trực tiếp",
    ]
    error = lawful.event(
        "accepted", at="03/06/2019 08:00", procedure="1.005", limit_case="xa", commune="xa-1"
    )
    assert error is not None
    assert error.said(ZONE) == f"{FAR}Xã Một"


CHEATS = {
    "a resumption dated before its suspension": [
        ("suspended", "05/06/2019 08:00", {}),
        ("resumed", "04/06/2019 08:00", {}),
    ],
    "a second request for papers": [
        ("supplement_requested", "05/06/2019 08:00", {}),
        ("supplemented", "06/06/2019 08:00", {}),
        ("supplement_requested", "07/06/2019 08:00", {}),
    ],
    "a result while the clock stands still": [
        ("suspended", "05/06/2019 08:00", {}),
        ("finished", "06/06/2019 08:00", {}),
    ],
    "a stop dated before the last change of the clock": [
        ("suspended", "05/06/2019 08:00", {}),
        ("resumed", "07/06/2019 08:00", {}),
        ("supplement_requested", "06/06/2019 08:00", {}),
    ],
    "a hand-over dated before the last one": [
        ("handed_over", "06/06/2019 08:00", {"unit": "civil"}),
        ("handed_over", "05/06/2019 08:00", {"unit": "land"}),
    ],
    "something in the future": [("finished", "01/07/2019 08:00", {})],
    "something before acceptance": [("handed_over", "02/06/2019 08:00", {"unit": "civil"})],
}


@pytest.mark.parametrize("story", CHEATS.values(), ids=CHEATS.keys())
def test_nobody_cheats_the_clock(lawful: OfficeAtWork, story: list[tuple[str, str, dict[str, str]]]) -> None:
    accept(lawful)
    for kind, at, data in story[:-1]:
        assert lawful.event(kind, at=at, **data) is None
    kind, at, data = story[-1]
    before = lawful.stored()
    assert lawful.event(kind, at=at, key="cheat", **data) is not None
    assert lawful.stored() == before


def test_a_result_dated_before_a_due_date_that_has_passed_is_marked_for_the_auditor(
    lawful: OfficeAtWork,
) -> None:
    lawful.take_in(row())
    assert lawful.event("finished", at="17/06/2019 21:00", now="18/06/2019 08:00") is None
    assert lawful.history()[-1].event.data == {"recorded_after_due": "yes"}
    lawful.take_in(row("HS-2"))
    done = row("HS-2", finished="17/06/2019 16:00", status="Đã xử lý xong")
    lawful.take_in(done, now="18/06/2019 09:00")
    assert lawful.history("HS-2")[-1].event.data == {"recorded_after_due": "yes"}


def test_a_stop_after_the_due_date_makes_nothing_timely(lawful: OfficeAtWork) -> None:
    accept(lawful)
    for kind, at in (
        ("supplement_requested", "18/06/2019 08:00"),
        ("supplemented", "19/06/2019 08:00"),
        ("suspended", "19/06/2019 09:00"),
        ("resumed", "25/06/2019 09:00"),
    ):
        assert lawful.event(kind, at=at) is None
    assert due_day(lawful) == "17/06/2019"
