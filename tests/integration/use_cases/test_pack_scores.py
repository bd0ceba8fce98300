"""The scores in an audit pack: those of the command, of each dossier, and what was left out."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from domain.period import period_of
from tests.builders import OFFICE, local, row
from tests.busy_office import BusyOffice
from workers.use_cases.as_of import Frame
from workers.use_cases.audit_pack import Asked
from workers.use_cases.office import load_office
from workers.use_cases.scores import scores
from workers.use_cases.write_pack import write_audit_pack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork
    from workers.reports.pack import Cell, Pack

NOW = local("15/07/2019 08:00")
JUNE = period_of("2019-06")
KNOWN = {"scores.toml": 'contacts = "supplement_requests"\n'}
UNKNOWN = {"scores.toml": 'contacts = "unknown"\n'}


def made(office: OfficeAtWork, folder: Path) -> Pack:
    asked = Asked(period=JUNE, as_of=NOW, known=None, seed="x", size=5)
    return write_audit_pack(office.store, load_office(office.store, OFFICE), asked, folder).pack


def rows(pack: Pack, code: str) -> list[tuple[Cell, ...]]:
    return list(next(table.rows for table in pack.tables if table.code == code))


def said(pack: Pack) -> tuple[str, ...]:
    return next(section for section in pack.sections if "01/2018" in section.title).says


def scored_office(office: OfficeAtWork) -> OfficeAtWork:
    office.configure(now="01/06/2019 07:30", **KNOWN)
    office.take_in(row("A"), row("B"), row("C", officer="land.2"))
    office.event("finished", "A", at="10/06/2019 16:00", now="10/06/2019 17:00")
    office.event("finished", "B", at="17/06/2019 16:00", now="17/06/2019 17:00")
    office.event("supplement_requested", "C", at="04/06/2019 09:00", now="04/06/2019 09:00")
    office.event("supplemented", "C", at="05/06/2019 09:00", now="05/06/2019 09:00")
    office.event("finished", "C", at="20/06/2019 08:00", now="20/06/2019 09:00")
    return office


def test_dossiers_units_and_officers_are_scored_as_far_as_can_be_measured(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    pack = made(scored_office(office), tmp_path / "p")
    unit, whole = rows(pack, "cham-diem-don-vi")
    # Index 1: shorter, equal, late: (2 + 1 + 0) / 3; 3: one was asked for papers once: (2 + 2 + 1) / 3.
    assert (unit[0], unit[2], str(unit[3]), unit[4], *map(str, unit[5:8])) == (
        *("land", 3, "1", None),
        *("1.7", "2.7", "4"),
    )
    assert unit[8] == "chưa xếp được: từ “yếu” đến “xuất sắc”"  # 2.7, with seven indices left out up to 16.7
    assert whole[2:] == unit[2:]
    officers = {cells[0]: (cells[1], *map(str, cells[2:7])) for cells in rows(pack, "cham-diem-can-bo")}
    assert officers == {
        "land.1": (2, "1.5", "None", "2", "3.5", "4"),
        "land.2": (1, "0", "None", "1", "1", "4"),
    }
    with (tmp_path / "p" / "cham-diem-ho-so.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    found = {line["Mã hồ sơ"]: list(line.values())[3:] for line in lines}
    assert found == {"A": ["2", "", "2"], "B": ["1", "", "2"], "C": ["0", "", "1"]}
    left_out = [line.removeprefix("Bỏ qua: ") for line in said(pack) if line.startswith("Bỏ qua: ")]
    assert [line[0] for line in left_out] == list("2456789")
    assert any("một lần liên hệ" in line for line in said(pack))


def test_contacts_bring_no_points_in_a_pack_unless_the_office_says_all_are_recorded(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    scored_office(office).configure(now="14/07/2019 08:00", **UNKNOWN)
    pack = made(office, tmp_path / "p")
    assert {cells[5] for cells in rows(pack, "cham-diem-don-vi")} == {None}
    assert any(line.startswith("Bỏ qua: 3.") for line in said(pack))
    assert not any("một lần liên hệ" in line for line in said(pack))


def test_the_scores_of_a_pack_are_those_of_the_command(office: OfficeAtWork, tmp_path: Path) -> None:
    office.configure(now="01/05/2019 07:30", **KNOWN)
    BusyOffice(office, Random(8)).work(150)  # noqa: S311 - the same weeks every time
    pack, loaded = made(office, tmp_path / "p"), load_office(office.store, OFFICE)
    frame = Frame(as_of=NOW, begin=JUNE.begin(loaded.sla.zone), end=JUNE.end(loaded.sla.zone))
    for by, code in (("unit", "cham-diem-don-vi"), ("officer", "cham-diem-can-bo")):
        found = scores(office.store, loaded, frame, by, day=date(2019, 6, 30))  # type: ignore[arg-type]
        lines = [line for line in (*found.lines, found.whole) if line.score.indices]
        expected = [(line.score.total, line.score.most) for line in lines[: None if by == "unit" else -1]]
        assert [(Fraction(str(cells[-3])), cells[-2]) for cells in rows(pack, code)] == expected
        assert len(expected) > 1
