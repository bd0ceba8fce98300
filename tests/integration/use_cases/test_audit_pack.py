"""The audit pack: its figures are those of the report, each sign and action is in it, twice is the same."""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from fractions import Fraction
from hashlib import sha256
from random import Random
from typing import TYPE_CHECKING

import pytest

from domain.audit_sample import draw
from domain.errors import LimitError
from domain.nonconformity import Treatment
from domain.on_time_rate import rates
from domain.period import period_of
from tests.builders import OFFICE, local, row
from tests.busy_office import BusyOffice
from workers.use_cases.as_of import Frame, population
from workers.use_cases.audit_pack import Asked
from workers.use_cases.dimensions import Breakdown
from workers.use_cases.nonconformities import record_treatment
from workers.use_cases.office import load_office
from workers.use_cases.pack_by_itself import make_pack_of
from workers.use_cases.tally import tally
from workers.use_cases.write_pack import write_audit_pack

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork
    from workers.reports.pack import Cell, Pack
    from workers.use_cases.audit_pack import Made

NOW = local("15/07/2019 08:00")
JUNE = "2019-06"
QUALITY = """\
[targets.main]
name = "Đúng hạn"
rate = "rate_resolved"
at_least = 50
[targets.land]
name = "Đúng hạn, đất đai"
rate = "rate_received"
at_least = 99.9
unit = "land"
"""


@pytest.fixture
def with_targets(office: OfficeAtWork) -> OfficeAtWork:
    office.configure(now="01/06/2019 07:30", **{"quality.toml": QUALITY})
    return office


def made(office: OfficeAtWork, folder: Path, *, period: str = JUNE, known: str | None = None) -> Made:
    moment = local(known) if known else NOW
    asked = Asked(
        period=period_of(period), as_of=moment, known=local(known) if known else None, seed="x", size=5
    )
    return write_audit_pack(office.store, load_office(office.store, OFFICE), asked, folder)


def rows(pack: Pack, code: str) -> list[tuple[Cell, ...]]:
    return list(next(table.rows for table in pack.tables if table.code == code))


def signs(pack: Pack) -> Counter[tuple[str, str]]:
    return Counter((str(cells[0]).split()[0], str(cells[1])) for cells in rows(pack, "dau-hieu"))


def test_the_counts_of_a_pack_are_those_of_the_report(with_targets: OfficeAtWork, tmp_path: Path) -> None:
    busy = BusyOffice(with_targets, Random(5))  # noqa: S311 - the same weeks every time
    busy.work(150)
    pack = made(with_targets, tmp_path / "p").pack
    office = load_office(with_targets.store, OFFICE)
    period = period_of(JUNE)
    frame = Frame(as_of=NOW, begin=period.begin(office.sla.zone), end=period.end(office.sla.zone))
    with with_targets.store.read(OFFICE) as work:
        counted = tally(work, office, frame, Breakdown(("unit",), office))
        codes = sorted(each.code for each in population(work, office, frame))
    total, found = counted.total, rows(pack, "don-vi")[-1]
    assert found[1:8] == (
        *(total.received, total.early, total.on_time, total.late),
        *(total.pending_in_time, total.waiting, total.pending_overdue),
    )
    objective = rows(pack, "muc-tieu")[0]
    first = rates(total)[0]
    assert objective[4:7] == (first.numerator, first.denominator, first.value)
    assert len(rows(pack, "so-qua-han")) == total.late + total.pending_overdue
    assert (
        sum(int(str(cells[2])) for cells in rows(pack, "nguyen-nhan")) == total.late + total.pending_overdue
    )
    with (tmp_path / "p" / "ho-so.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sorted(line["Mã hồ sơ"] for line in csv.DictReader(file, delimiter=";")) == codes
    assert [cells[1] for cells in rows(pack, "mau")] == list(draw(codes, seed="x", size=5).codes)


def test_the_same_pack_twice_has_the_same_bytes_and_its_list_names_every_file(
    with_targets: OfficeAtWork, tmp_path: Path
) -> None:
    BusyOffice(with_targets, Random(6)).work(60)  # noqa: S311 - the same weeks every time
    for name in ("a", "b"):
        made(with_targets, tmp_path / name)
    listed = json.loads((tmp_path / "a" / "manifest.json").read_text(encoding="utf-8"))["files"]
    for entry in listed:
        content = (tmp_path / "a" / entry["name"]).read_bytes()
        assert (entry["bytes"], entry["sha256"]) == (len(content), sha256(content).hexdigest())
        assert (tmp_path / "b" / entry["name"]).read_bytes() == content
    names = {path.name for path in (tmp_path / "a").iterdir()}
    assert {entry["name"] for entry in listed} == names - {"manifest.json"}
    assert {"bo-ho-so-iso.pdf", "bo-ho-so-iso.xlsx", "ho-so.csv", "so-qua-han.csv"} <= names


def test_objectives_are_judged_before_rounding(with_targets: OfficeAtWork, tmp_path: Path) -> None:
    with_targets.take_in(row("A"), row("B"))
    with_targets.event("finished", "A", at="17/06/2019 16:00", now="17/06/2019 17:00")
    with_targets.event("finished", "B", at="18/06/2019 08:00", now="18/06/2019 09:00")
    met, missed = rows(made(with_targets, tmp_path / "p").pack, "muc-tieu")
    assert met[3:] == (Fraction(1, 2), 1, 2, Fraction(1, 2), "ĐẠT")
    assert missed[3:] == (Fraction(999, 1000), 1, 2, Fraction(1, 2), "KHÔNG ĐẠT")


def test_handling_times_stand_against_the_limit(office: OfficeAtWork, tmp_path: Path) -> None:
    office.take_in(row("A"), row("B"), row("C", procedure="1.002"))
    office.event("finished", "A", at="10/06/2019 16:00", now="10/06/2019 17:00")
    office.event("finished", "B", at="18/06/2019 08:00", now="18/06/2019 09:00")
    office.event("finished", "C", at="03/06/2019 11:00", now="03/06/2019 11:30")
    days, hours, whole = rows(made(office, tmp_path / "p").pack, "bach-phan-vi")
    assert (days[0], *days[4:8]) == ("1.001", 2, 5, 11, 11)
    assert days[8:11] == (Fraction(1, 2), Fraction(11, 10), Fraction(11, 10))
    assert (hours[0], str(hours[5]), hours[8]) == ("1.002", "3.0", Fraction(3, 4))
    assert whole[4] == 3


def test_a_treatment_recorded_after_the_cut_off_is_not_in_the_pack(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    office.take_in(row())
    plan = Treatment(cause="thiếu người", action="thêm người", role="head", due_on=date(2019, 7, 1))
    record_treatment(office.store, OFFICE, "HS-1", plan, actor="test", now=local("20/06/2019 08:00"))
    (found,) = rows(made(office, tmp_path / "p").pack, "so-qua-han")
    assert found[6:11] == ("thiếu người", "", "thêm người", "Lãnh đạo phòng", "01/07/2019")
    assert found[-1] == "quá hạn khắc phục"
    (before,) = rows(made(office, tmp_path / "q", known="19/06/2019 08:00").pack, "so-qua-han")
    assert (before[6], before[-1]) == ("", "chưa xử lý")


def test_an_apology_in_time_is_told_from_none(office: OfficeAtWork, tmp_path: Path) -> None:
    office.take_in(row("A"), row("B"))
    office.event(
        "reappointed", "A", at="14/06/2019 09:00", now="14/06/2019 10:00", appointed_on="2019-06-24",
        reason="chờ ý kiến",
    )  # fmt: skip
    pack = made(office, tmp_path / "p").pack
    assert [cells[:2] for cells in rows(pack, "xin-loi")] == [
        ("có, trong hạn", 1),
        ("có, muộn hơn luật cho phép", 0),
        ("chưa xin lỗi", 1),
    ]
    assert {cells[1]: cells[2] for cells in rows(pack, "nguyen-nhan")} == {
        "chờ ý kiến": 1,
        "Chưa ghi nguyên nhân": 1,
    }
    assert rows(pack, "so-qua-han")[0][6] == "(thư xin lỗi) chờ ý kiến"


def test_papers_asked_for_late_in_the_limit_are_listed(office: OfficeAtWork, tmp_path: Path) -> None:
    office.take_in(row("A"), row("B"))
    office.event("supplement_requested", "A", at="12/06/2019 16:00", now="12/06/2019 17:00")
    office.event("supplement_requested", "B", at="13/06/2019 08:00", now="13/06/2019 09:00")
    assert signs(made(office, tmp_path / "p").pack) == {("Yêu", "B"): 1}


def test_a_result_dated_back_is_listed_unless_it_was_told_the_next_day(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    office.take_in(row("A"), row("B"))
    office.event("finished", "A", at="17/06/2019 16:00", now="18/06/2019 17:00")
    office.event("finished", "B", at="17/06/2019 16:00", now="19/06/2019 08:00")
    assert signs(made(office, tmp_path / "p").pack) == {("Kết", "B"): 1}


def test_results_that_pile_up_on_the_last_working_day_are_listed(
    office: OfficeAtWork, tmp_path: Path
) -> None:
    codes = [f"HS-{number}" for number in range(10)]
    office.take_in(*(row(code, accepted="17/06/2019 08:00") for code in codes), now="17/06/2019 09:00")
    for code in codes:
        office.event("finished", code, at="28/06/2019 10:00", now="28/06/2019 11:00")
    assert signs(made(office, tmp_path / "p").pack) == Counter({("Nhiều", code): 1 for code in codes})


def test_the_same_applicant_who_comes_again_is_listed(office: OfficeAtWork, tmp_path: Path) -> None:
    def accept(code: str, at: str, key: str) -> None:
        said = {"procedure": "1.001", "unit": "land", "applicant_key": key}
        assert office.event("accepted", code, at=at, now=at, **said) is None

    accept("A", "03/06/2019 08:00", "k1")
    office.event("withdrawn", "A", at="14/06/2019 08:00", now="14/06/2019 08:00")
    accept("B", "14/06/2019 09:00", "k1")
    accept("C", "14/06/2019 09:00", "k2")
    assert signs(made(office, tmp_path / "p").pack) == {("Nộp", "B"): 1}


def test_a_key_that_could_be_the_number_of_a_card_is_refused(office: OfficeAtWork) -> None:
    said = {"procedure": "1.001", "unit": "land", "applicant_key": "079099001234"}
    refused = office.event("accepted", "A", at="03/06/2019 08:00", **said)
    assert refused is not None
    assert "applicant_key" in str(refused)


def test_a_folder_that_holds_anything_stays_as_it_is(office: OfficeAtWork, tmp_path: Path) -> None:
    office.take_in(row())
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "mine.txt").write_text("của tôi", encoding="utf-8")
    with pytest.raises(FileExistsError):
        made(office, tmp_path / "p")
    assert [path.name for path in (tmp_path / "p").iterdir()] == ["mine.txt"]


def test_a_period_without_dossiers_has_a_pack_that_says_so(office: OfficeAtWork, tmp_path: Path) -> None:
    pack = made(office, tmp_path / "p", period="2019-01").pack
    assert rows(pack, "so-qua-han") == []
    assert rows(pack, "don-vi")[-1][1] == 0


def test_a_pack_can_be_made_again_for_any_period_and_moment(office: OfficeAtWork, tmp_path: Path) -> None:
    office.take_in(row())
    loaded = load_office(office.store, OFFICE)

    def make(period: str, as_of: str | None = None) -> Path:
        folder = make_pack_of(office.store, loaded, period, as_of, reports=tmp_path, now=NOW)
        assert folder is not None
        return folder

    folder = make("admin:2019-06", "2019-06-20T08:00:00+07:00")
    assert folder == tmp_path / OFFICE / "iso-admin-2019-06-20190620T010000Z"
    before = (folder / "manifest.json").stat().st_mtime_ns
    assert make("admin:2019-06", "2019-06-20T08:00:00+07:00") == folder
    assert (folder / "manifest.json").stat().st_mtime_ns == before
    for period, as_of in (
        ("2019-13", None),
        ("2019-08", None),
        (JUNE, "2019-06-20"),
        (JUNE, "2020-01-01T00:00Z"),
        (JUNE, "mai"),
    ):
        with pytest.raises(LimitError):
            make(period, as_of)
