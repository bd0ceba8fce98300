"""A code is given once, and what is said of a slip is said of the dossiers on it and of no other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest

from tests.builders import OFFICE, ZONE, refusals, row
from tests.office_law import BUNDLES, law_files
from tests.office_texts import procedure
from workers.use_cases import record_event
from workers.use_cases.look import components_of
from workers.use_cases.recording import record

if TYPE_CHECKING:
    from domain.errors import DomainError
    from tests.builders import OfficeAtWork
    from workers.store.unit_of_work import UnitOfWork
    from workers.use_cases.recording import Change

MANY = """\
[bundles.nhieu]
name = "Nhiều thủ tục"
components = [{components}]
policy = "max"
from = 2018-01-01
"""


@pytest.fixture
def lawful(office: OfficeAtWork) -> OfficeAtWork:
    """The office with a bundle of two procedures under a limit of twelve days."""
    office.configure(now="01/06/2019 08:00", **law_files())
    return office


def said(error: DomainError | None) -> str:
    return error.said(ZONE) if error else ""


def are_open(office: OfficeAtWork, *codes: str) -> list[bool]:
    return [office.stored(code).dossier.is_open for code in codes]


def test_an_event_of_an_unknown_code_touches_no_dossier_that_looks_like_its_component(
    lawful: OfficeAtWork,
) -> None:
    lawful.event("accepted", "HS-1/3", at="03/06/2019 08:00", procedure="1.001")
    assert "không có hồ sơ HS-1" in said(lawful.event("finished", "HS-1", at="05/06/2019 08:00"))
    assert lawful.kinds("HS-1/3") == ["accepted"]


def test_an_event_of_a_slip_leaves_out_what_only_looks_like_a_component(lawful: OfficeAtWork) -> None:
    lawful.event("accepted", "HS-1/3", at="03/06/2019 08:00", procedure="1.001")
    assert lawful.event("accepted", at="03/06/2019 09:00", bundle="hai") is None
    assert lawful.event("finished", at="05/06/2019 08:00") is None
    assert are_open(lawful, "HS-1/1", "HS-1/2", "HS-1/3") == [False, False, True]
    assert components_of(lawful.store, OFFICE, "HS-1") == ["HS-1/1", "HS-1/2"]


@pytest.mark.parametrize("code", ["HS-1/3", "HS-1/21"])
def test_a_dossier_with_the_code_of_a_slip_and_a_number_is_refused(code: str, lawful: OfficeAtWork) -> None:
    lawful.event("accepted", at="03/06/2019 08:00", bundle="hai")
    error = lawful.event("accepted", code, at="03/06/2019 09:00", procedure="1.001")
    assert said(error) == f"mã {code} đã là của giấy tiếp nhận nhiều thủ tục HS-1; hãy dùng một mã khác"


def test_a_slip_on_a_slip_is_refused(lawful: OfficeAtWork) -> None:
    lawful.event("accepted", at="03/06/2019 08:00", bundle="hai")
    assert "của giấy tiếp nhận" in said(
        lawful.event("accepted", "HS-1/7", at="03/06/2019 09:00", bundle="hai")
    )
    assert "đã được tiếp nhận" in said(
        lawful.event("accepted", "HS-1/1", at="03/06/2019 09:00", bundle="hai")
    )


def test_a_slip_whose_component_has_the_code_of_a_dossier_is_refused_whole(lawful: OfficeAtWork) -> None:
    lawful.event("accepted", "HS-1/2", at="03/06/2019 08:00", procedure="1.001")
    error = lawful.event("accepted", at="03/06/2019 09:00", bundle="hai")
    assert said(error).startswith("mã HS-1/2 đã là của một hồ sơ riêng")
    assert components_of(lawful.store, OFFICE, "HS-1") == []


def test_a_number_that_no_slip_stands_behind_is_a_code_like_any_other(lawful: OfficeAtWork) -> None:
    for code in ("HS-1/1", "HS-1", "HS-1/2"):
        assert lawful.event("accepted", code, at="03/06/2019 08:00", procedure="1.001") is None
    assert lawful.event("finished", at="05/06/2019 08:00") is None
    assert are_open(lawful, "HS-1", "HS-1/1", "HS-1/2") == [False, True, True]


def with_many(office: OfficeAtWork, count: int) -> int:
    codes = [f"2.{number:03}" for number in range(1, count + 1)]
    files = {code.replace(".", "_"): procedure(code, "10 working_days") for code in codes}
    components = ", ".join(f'"{code}"' for code in codes)
    more = law_files() | files | {"bundles.toml": MANY.format(components=components)}
    office.configure(now="01/06/2019 09:00", **more)
    return count


def test_twelve_components_are_shown_in_their_order(lawful: OfficeAtWork) -> None:
    with_many(lawful, 12)
    assert lawful.event("accepted", at="03/06/2019 08:00", bundle="nhieu") is None
    assert components_of(lawful.store, OFFICE, "HS-1") == [f"HS-1/{number}" for number in range(1, 13)]


DONE = {"status": "Đã xử lý xong", "finished": "06/06/2019 08:00"}
LATER = "06/06/2019 09:00"
BY_ROWS = (row("HS-2", procedure="1.001", bundle="hai"), row("HS-2", procedure="1.005", bundle="hai"))


def with_bundle(old: str, new: str) -> dict[str, str]:
    files = law_files()
    assert old in files["bundles.toml"]
    return files | {"bundles.toml": files["bundles.toml"].replace(old, new)}


def without_bundle() -> dict[str, str]:
    return law_files() | {"bundles.toml": ""}


def test_a_list_cannot_bring_a_dossier_with_the_code_of_a_slip(lawful: OfficeAtWork) -> None:
    lawful.take_in(row(procedure="hai"))
    found = lawful.take_in(row(), row("HS-1/3"), row("HS-2"), now=LATER)
    assert [text.split(";")[0] for text in refusals(found)] == [
        "mã HS-1 đã là của giấy tiếp nhận nhiều thủ tục HS-1",
        "mã HS-1/3 đã là của giấy tiếp nhận nhiều thủ tục HS-1",
    ]
    assert found.report.accepted == 1


def test_a_list_may_name_a_component_by_its_own_code(lawful: OfficeAtWork) -> None:
    lawful.take_in(row(procedure="hai"))
    assert lawful.take_in(row("HS-1/2", procedure="1.005", **DONE), now=LATER).report.changed == 1
    assert are_open(lawful, "HS-1/1", "HS-1/2") == [True, False]


@pytest.mark.parametrize("own", ["HS-1", "HS-1/1", "HS-1/2"])
def test_a_list_cannot_bring_a_slip_with_the_code_of_a_dossier(own: str, lawful: OfficeAtWork) -> None:
    lawful.take_in(row(own))
    bundled = row(procedure="1.001", bundle="hai")
    for each in (row(procedure="hai"), bundled, bundled | {"procedure": "1.005"}):
        found = lawful.take_in(each, now=LATER)
        assert refusals(found)
        assert {text.split(" đã")[0] for text in refusals(found)} == {f"mã {own}"}
    assert components_of(lawful.store, OFFICE, "HS-1") == []


def test_within_one_list_the_first_row_decides_what_a_code_is(lawful: OfficeAtWork) -> None:
    plain, slip = row(), row(procedure="hai")
    own, number = row("HS-2"), row("HS-2/1")
    found = lawful.take_in(plain, slip, row("HS-3", procedure="hai"), row("HS-3"), number, own)
    assert [line for line, _ in found.report.refused] == [3, 3, 5]
    assert found.report.accepted == 5


def test_a_slip_that_began_with_one_row_is_completed_by_another_list(lawful: OfficeAtWork) -> None:
    for each in BY_ROWS:
        assert lawful.take_in(each).report.accepted == 1
    assert components_of(lawful.store, OFFICE, "HS-2") == ["HS-2/1", "HS-2/2"]


def test_a_slip_keeps_the_components_it_was_accepted_with(lawful: OfficeAtWork) -> None:
    lawful.take_in(row(procedure="hai"), *BY_ROWS)
    more = with_bundle('"1.001", "1.005"', '"1.004", "1.005", "1.001"')
    lawful.configure(now="05/06/2019 08:00", **more)
    found = lawful.take_in(row(procedure="hai", **DONE), BY_ROWS[0] | DONE, BY_ROWS[1], now=LATER)
    assert (found.report.changed, found.report.unchanged, found.report.refused) == (3, 1, [])
    assert are_open(lawful, "HS-1/1", "HS-1/2", "HS-2/1", "HS-2/2") == [False, False, False, True]
    assert components_of(lawful.store, OFFICE, "HS-1") == ["HS-1/1", "HS-1/2"]
    new = lawful.take_in(row("HS-3", procedure="hai", accepted=LATER), now=LATER)
    assert new.report.accepted == 3


def test_a_row_of_a_running_slip_cannot_name_what_the_slip_never_had(lawful: OfficeAtWork) -> None:
    lawful.take_in(*BY_ROWS)
    more = with_bundle('"1.001", "1.005"', '"1.001", "1.005", "1.004"')
    lawful.configure(now="05/06/2019 08:00", **more)
    found = lawful.take_in(row("HS-2", procedure="1.004", bundle="hai"), now=LATER)
    assert refusals(found) == ["nhóm hai không có thủ tục 1.004; có: 1.001, 1.005"]


@pytest.mark.parametrize("name", ["hai", "Hai thủ tục cùng lúc"])
def test_rows_of_running_slips_outlive_their_bundle(name: str, lawful: OfficeAtWork) -> None:
    by_name = [each | {"bundle": name} for each in BY_ROWS]
    lawful.take_in(row(procedure=name), *by_name)
    lawful.configure(now="05/06/2019 08:00", **without_bundle())
    found = lawful.take_in(row(procedure=name, **DONE), by_name[0] | DONE, by_name[1], now=LATER)
    assert (found.report.changed, found.report.unchanged, found.report.refused) == (3, 1, [])
    assert lawful.event("finished", "HS-2", at="07/06/2019 08:00") is None
    assert refusals(lawful.take_in(row("HS-9", bundle="hai"), now=LATER))[0].startswith("không có nhóm")


def test_a_slip_is_not_completed_by_a_bundle_that_is_gone(lawful: OfficeAtWork) -> None:
    lawful.take_in(BY_ROWS[0])
    lawful.configure(now="05/06/2019 08:00", **without_bundle())
    found = lawful.take_in(BY_ROWS[0] | DONE, BY_ROWS[1], now=LATER)
    assert found.report.changed == 1
    assert [text.split(" còn")[0] for text in refusals(found)] == ["không có nhóm thủ tục hai"]


def test_rows_of_a_running_slip_know_its_bundle_by_its_name_of_today(lawful: OfficeAtWork) -> None:
    lawful.take_in(row(procedure="hai"))
    lawful.configure(now="05/06/2019 08:00", **with_bundle("Hai thủ tục cùng lúc", "Làm cùng lúc"))
    found = lawful.take_in(row(procedure="Làm cùng lúc", **DONE), now=LATER)
    assert (found.report.changed, found.report.refused) == (2, [])


def test_a_running_slip_cannot_become_one_of_another_bundle(lawful: OfficeAtWork) -> None:
    lawful.take_in(row(procedure="hai"))
    other = BUNDLES.replace("[bundles.hai]", "[bundles.ba]").replace("Hai thủ tục", "Ba thủ tục")
    lawful.configure(now="05/06/2019 08:00", **law_files() | {"bundles.toml": BUNDLES + other})
    found = lawful.take_in(row(procedure="ba"), row(bundle="ba"), now=LATER)
    assert refusals(found) == ["nhóm thủ tục ba; lịch sử ghi Hai thủ tục cùng lúc"] * 2


def test_what_stands_around_a_code_makes_no_other_dossier_of_it(lawful: OfficeAtWork) -> None:
    wide = " HS Ấ-1\N{NO-BREAK SPACE}"
    assert lawful.event("accepted", wide, key="a", at="03/06/2019 08:00", procedure="1.001") is None
    decomposed = normalize("NFD", "HS Ấ-1 ")
    twice = lawful.event("accepted", decomposed, key="b", at="03/06/2019 09:00", procedure="1.001")
    assert "đã được tiếp nhận" in said(twice)
    assert lawful.take_in(row("  HS Ấ-1 ", **DONE), now=LATER).report.changed == 1
    assert are_open(lawful, "HS Ấ-1") == [False]


def test_an_event_and_a_list_that_accept_one_slip_wait_and_never_in_a_circle(lawful: OfficeAtWork) -> None:
    components = with_many(lawful, 12)
    together = Barrier(2)

    def by_event(code: str) -> bool:
        together.wait()
        return lawful.event("accepted", code, at="03/06/2019 08:00", bundle="nhieu") is None

    def by_list(code: str) -> int:
        together.wait()
        return lawful.take_in(row(code, procedure="nhieu")).report.accepted

    with ThreadPoolExecutor(2) as threads:
        for code in (f"HS-{number}" for number in range(10)):
            told, listed = threads.submit(by_event, code), threads.submit(by_list, code)
            assert told.result() is (listed.result() == 0)
            assert len(components_of(lawful.store, OFFICE, code)) == components


def test_components_are_written_in_the_order_a_list_writes_them(
    lawful: OfficeAtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[list[str]] = []

    def remember(changes: list[Change], work: UnitOfWork) -> int:
        written.append([change.standing.stored.dossier.code for change in changes])
        return record(changes, work)

    monkeypatch.setattr(record_event, "record", remember)
    codes = sorted(f"HS-1/{number}" for number in range(1, with_many(lawful, 12) + 1))
    assert lawful.event("accepted", at="03/06/2019 08:00", bundle="nhieu") is None
    assert lawful.event("finished", at="04/06/2019 08:00") is None
    assert written == [codes, codes]
