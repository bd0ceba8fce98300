from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.unit.cli.conftest import row
from workers.cli.audit_notices_facts import AuditedNotices, UnlikeFile, found_words
from workers.cli.audit_notices_view import show_notices
from workers.cli.period import Period
from workers.store.notices import Notice
from workers.store.unit_of_work import Store
from workers.use_cases.audit_notices import Proven
from workers.use_cases.office import load_office
from workers.use_cases.outages import NEVER, Outage
from workers.use_cases.proof_record import Proof, ProofRecord, keep_record
from workers.use_cases.unlike import KINDS, Unlike

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.unit.cli.conftest import Line
    from workers.use_cases.office import Office

AT = datetime(2019, 6, 13, 0, 0, tzinfo=UTC)
BY = AT + timedelta(minutes=15)
TOLD = Notice(
    code="000.00.19.H51-190603-0001",
    rung="t-2",
    epoch=0,
    recipient="tu-phap.truong-phong",
    kind="apology",
    level=1,
    role="officer",
    planned_at=AT,
    created_at=AT,
    deliver_at=AT,
    sla_version=1,
)
LATE = replace(TOLD, created_at=AT + timedelta(days=1), sent_at=AT + timedelta(days=2))
EVERY = (
    Unlike(kind="missing", code=TOLD.code, expected=TOLD, by=BY),
    Unlike(kind="extra", code=TOLD.code, found=TOLD),
    Unlike(kind="late", code=TOLD.code, expected=TOLD, found=LATE, by=BY),
    Unlike(kind="moment", code=TOLD.code, expected=TOLD, found=replace(TOLD, planned_at=BY)),
    Unlike(kind="undelivered", code=TOLD.code, found=replace(TOLD, state="dead"), by=BY, reason="từ chối"),
    Unlike(kind="delivered_late", code=TOLD.code, expected=TOLD, found=LATE, by=BY),
    Unlike(kind="unreadable", code=TOLD.code, reason="configuration 1 is gone"),
)


def open_office(office: Line) -> Store:
    return Store(f"sqlite:///{office.home / 'var' / 'dunghan.db'}")


def audited(found: Office) -> AuditedNotices:
    return AuditedNotices(
        office=found,
        totals=Proven(1, 7, Counter(entry.kind for entry in EVERY)),
        outages=[Outage(NEVER, AT), Outage(AT, BY)],
        rows=EVERY[:6],
        period=Period(first=None, last=AT.date(), begin=None, end=None),
        slack=timedelta(minutes=15),
        csv=None,
    )


def test_an_office_that_told_nothing_wrong_ends_well(office: Line) -> None:
    assert office("import", str(office.write_list(row()))).code == 0
    answer = office("audit", "notices", "--from", "01/11/2025")
    assert answer.code == 0
    assert "Không có chỗ nào lệch." in answer.out
    assert office("audit", "notices", "--json").json["total"] == 0


def test_a_notice_no_rule_asks_for_is_named_with_its_dossier(office: Line, tmp_path: Path) -> None:
    assert office("import", str(office.write_list(row()))).code == 0
    store = open_office(office)
    with store.begin(store.offices()[0]) as work:
        work.notices.claim_rungs([replace(TOLD, code="H51-1", rung="t-9")])
        work.commit()
    store.dispose()
    answer = office("audit", "notices", "--csv", str(tmp_path / "lech.csv"))
    assert answer.code == 1
    assert "H51-1  thừa  bậc t-9" in answer.out
    found = office("audit", "notices", "--from", "13/06/2019", "--to", "13/06/2019", "--json")
    assert (found.code, found.json["kinds"]["extra"]) == (1, 1)
    assert office("audit", "notices", "--from", "14/06/2019", "--to", "15/06/2019").code == 0
    with (tmp_path / "lech.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter=";"))
    assert {(line["Mã hồ sơ"], line["Lệch thế nào"], line["Bậc"]) for line in lines} >= {
        ("H51-1", "thừa", "t-9")
    }
    said = office("audit", "notices", "--json").json
    first = said["differences"][0]
    assert (said["total"], said["kinds"]["extra"]) == (len(lines), 1)
    assert (first["kind"], first["code"], first["rung"]) == ("extra", "H51-1", "t-9")


def test_every_kind_of_difference_says_what_was_expected_and_what_was_found(office: Line) -> None:
    store = open_office(office)
    found = load_office(store, store.offices()[0])
    said = [found_words(entry, found) for entry in EVERY]
    assert said == [
        "chậm nhất 13/06/2019 07:15, không có trong sổ",
        "không bậc nào cần, ghi 13/06/2019 07:00 cho mốc 13/06/2019 07:00",
        "chậm nhất 13/06/2019 07:15, ghi 14/06/2019 07:00",
        "phải là 13/06/2019 07:00, ghi 13/06/2019 07:00 cho mốc 13/06/2019 07:15",
        "chậm nhất 13/06/2019 07:15, hỏng, từ chối",
        "chậm nhất 13/06/2019 07:15, gửi 15/06/2019 07:00",
        "configuration 1 is gone",
    ]
    store.dispose()


def test_the_sums_outages_and_what_was_left_out_are_shown(
    office: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_office(office)
    show_notices(audited(load_office(store, store.offices()[0])))
    store.dispose()
    out = capsys.readouterr().out
    assert "đến hết 13/06/2019" in out
    assert "Ngừng chạy từ đầu đến 13/06/2019 07:00" in out
    assert all(words in out for words, _ in KINDS.values())
    assert "và 1 chỗ nữa" in out


def test_a_file_has_a_line_for_every_difference(office: Line, tmp_path: Path) -> None:
    store = open_office(office)
    with UnlikeFile(tmp_path / "lech.csv", load_office(store, store.offices()[0])) as file:
        for entry in EVERY:
            file.write(entry)
    store.dispose()
    with (tmp_path / "lech.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter=";"))
    assert [line["Lệch thế nào"] for line in lines] == [words for words, _ in KINDS.values()]
    assert lines[-1]["Lý do"] == "configuration 1 is gone"


def test_a_folder_that_is_not_there_is_refused(office: Line, tmp_path: Path) -> None:
    answer = office("audit", "notices", "--csv", str(tmp_path / "không" / "lech.csv"))
    assert answer.code == 2
    assert "--csv" in answer.err


def test_status_shows_the_last_proof_and_warns_of_what_differed(office: Line) -> None:
    assert office("status", "--json").json["proof"] is None
    store, now = open_office(office), datetime.now(UTC)
    first = (("missing", TOLD.code, TOLD.rung),)
    last = Proof(begin=AT, end=now, at=now, after=None, due=7, unlike=Counter(missing=1), first=first)
    with store.begin(store.offices()[0]) as work:
        keep_record(ProofRecord().finished(last), work, now=now)
        work.commit()
    store.dispose()
    shown = office("status", "--json").json
    assert (shown["proof"]["due"], shown["proof"]["differences"]) == (7, {"missing": 1})
    assert "dunghan audit notices --from 13/06/2019" in " ".join(shown["warnings"])
    assert "7 phải có, 1 chỗ lệch" in office("status").out


def test_status_says_when_nobody_has_proven_anything_for_days(office: Line) -> None:
    store = open_office(office)
    last = Proof(begin=AT, end=BY, at=BY, after=None)
    with store.begin(store.offices()[0]) as work:
        keep_record(ProofRecord(last=last), work, now=BY)
        work.commit()
    store.dispose()
    assert any("chưa được đối chiếu" in trouble for trouble in office("status", "--json").json["troubles"])
