"""A code is given once, and what is said of a slip is said of the dossiers on it and of no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, ZONE
from tests.office_law import law_files
from tests.office_texts import procedure
from workers.use_cases.look import components_of

if TYPE_CHECKING:
    from domain.errors import DomainError
    from tests.builders import OfficeAtWork

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


def test_twelve_components_are_shown_in_their_order(lawful: OfficeAtWork) -> None:
    codes = [f"2.{number:03}" for number in range(1, 13)]
    files = {code.replace(".", "_"): procedure(code, "10 working_days") for code in codes}
    components = ", ".join(f'"{code}"' for code in codes)
    files["bundles.toml"] = MANY.format(components=components)
    lawful.configure(now="01/06/2019 09:00", **files)
    assert lawful.event("accepted", at="03/06/2019 08:00", bundle="nhieu") is None
    assert components_of(lawful.store, OFFICE, "HS-1") == [f"HS-1/{number}" for number in range(1, 13)]
