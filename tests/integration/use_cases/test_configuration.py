"""A configuration that changes rewrites no past: a dossier keeps the limit it was accepted under."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.errors import ConfigError
from config.sla_source import digest_of
from tests.builders import OFFICE, OfficeAtWork, local, row
from tests.office_texts import office_files, procedure
from workers.store.versions import Said
from workers.use_cases.office import load_office, record_configuration

if TYPE_CHECKING:
    from pathlib import Path

    from workers.store.unit_of_work import Store


def test_the_same_configuration_again_makes_no_new_version(office: OfficeAtWork) -> None:
    assert office.configure() is None
    assert office.configure(ten=procedure("1.001", "12 working_days")) == 2
    assert load_office(office.store, OFFICE).version == 2


def test_an_office_without_a_configuration_says_what_to_do(store: Store) -> None:
    with pytest.raises(LookupError, match="dunghan"):
        load_office(store, OFFICE)


def test_a_configuration_with_a_mistake_is_not_recorded(office: OfficeAtWork) -> None:
    files = office_files() | {"ladders.toml": "[ladders.default]\nnmae = 'x'\n"}
    with pytest.raises(ConfigError, match="nmae"):
        record_configuration(office.store, files, author="ops", reason="thử", now=local("02/06/2019"))
    assert load_office(office.store, OFFICE).version == 1


def test_an_open_dossier_keeps_the_limit_it_was_accepted_under(office: OfficeAtWork) -> None:
    office.take_in(row("old"))
    office.configure(ten=procedure("1.001", "3 working_days"))
    office.take_in(row("old", officer="land.2"), row("new"), now="04/06/2019 09:00")
    old, new = office.clock("old"), office.clock("new")
    assert old is not None
    assert new is not None
    assert old.due_at == local("18/06/2019 00:00")
    assert new.due_at == local("07/06/2019 00:00")
    assert [office.stored(code).sla_version for code in ("old", "new")] == [1, 2]
    assert [entry.sla_version for entry in office.history("old")] == [1, 2]


def test_the_old_limit_holds_when_the_count_begins_anew(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.configure(ten=procedure("1.001", "3 working_days"))
    office.take_in(row(status="Chờ bổ sung", status_at="05/06/2019 08:00"), now="05/06/2019 09:00")
    office.take_in(row(status_at="10/06/2019 08:00"), now="10/06/2019 09:00")
    clock = office.clock()
    assert clock is not None
    assert clock.due_at == local("25/06/2019 00:00")


def test_a_procedure_that_is_gone_still_binds_the_dossiers_accepted_under_it(office: OfficeAtWork) -> None:
    office.take_in(row())
    office.configure(ten="")
    acted = office.act(now="13/06/2019 08:00")
    assert (acted.claimed, acted.failed) == (1, {})
    office.take_in(row(finished="17/06/2019 10:00", status="Đã xử lý xong"), now="18/06/2019 09:00")
    assert office.stored().timing == "on_time"


def test_a_dossier_is_judged_by_the_version_in_force_on_its_day_of_receipt(office: OfficeAtWork) -> None:
    newer = """
[[versions]]
from = 2019-06-05
limit = "3 working_days"
legal_basis = "Luật mới"
verified = "yes"
"""
    old = procedure("1.001", "10 working_days").replace(
        "from = 2018-01-01", "from = 2018-01-01\nuntil = 2019-06-04"
    )
    office.configure(ten=old + newer)
    office.take_in(
        row("A", accepted="04/06/2019 23:59"), row("B", accepted="05/06/2019 00:00"), now="05/06/2019 09:00"
    )
    assert [office.stored(code).dossier.procedure_version for code in "AB"] == ["2018-01-01", "2019-06-05"]


def test_an_office_goes_on_under_a_version_that_would_be_refused_today(store: Store, tmp_path: Path) -> None:
    case = '[[versions.cases]]\ncode = "{}"\nlabel = "{}"\nlimit = "{} working_days"\nchannel = "online"\n'
    cases = case.format("a+b", "a", 2) + case.format("c", "c", 3)
    files = office_files(ten=procedure("1.001", "10 working_days", more=cases))
    with pytest.raises(ConfigError):
        record_configuration(store, files, author="ops", reason="thử", now=local("01/06/2019"))
    with store.begin(OFFICE) as work:
        said = Said(author="ops", reason="bản cũ")
        work.versions.append(files, digest_of(files), said, now=local("01/06/2019"))
        work.commit()
    office = OfficeAtWork(store, tmp_path)
    assert office.take_in(row(), row("HS-2", channel="Trực tuyến")).report.refused == []
    assert office.event("finished", at="05/06/2019 08:00") is None
    clock = office.clock("HS-2")
    assert clock is not None
    assert clock.due_at == local("06/06/2019")
