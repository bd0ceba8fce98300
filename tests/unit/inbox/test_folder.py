from __future__ import annotations

import multiprocessing
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workers.inbox.folder import InboxError, finish, give_back, ready_files, reject_path, renew, take

NOW = datetime.now(UTC) + timedelta(minutes=1)  # files written by a test are a minute old at NOW


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def dropped(inbox: Path, name: str = "ds.csv", text: str = "x\n") -> Path:
    path = inbox / name
    path.write_text(text, encoding="utf-8")
    return path


def everything(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def taken(inbox: Path, name: str = "ds.csv") -> Path:
    path = take(inbox, dropped(inbox, name))
    assert path
    return path


def test_a_file_is_ready_when_it_has_not_changed_for_a_while(inbox: Path) -> None:
    path = dropped(inbox)
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    assert ready_files(inbox, now=changed + timedelta(seconds=4.9)) == []
    assert ready_files(inbox, now=changed + timedelta(seconds=5.1)) == [path]
    assert ready_files(inbox, now=changed + timedelta(seconds=9), settle=timedelta(seconds=10)) == []


@pytest.mark.parametrize("name", ["ds.csv", "ds.xlsx"])
def test_a_file_without_its_end_is_given_two_minutes_to_get_it(inbox: Path, name: str) -> None:
    path = dropped(inbox, name, "Mã hồ sơ;Ngày tiếp nh")
    for age, found in ((30, []), (119, []), (126, [path])):
        os.utime(path, (NOW.timestamp() - age,) * 2)
        assert ready_files(inbox, now=NOW) == found


def test_a_file_that_grew_while_it_was_read_is_put_back_whole(inbox: Path) -> None:
    path = dropped(inbox)
    taken = take(inbox, path)
    assert taken is not None
    reject_path(taken).write_text("half", encoding="utf-8")
    give_back(inbox, taken)
    assert everything(inbox) == {"ds.csv"}


def test_a_file_with_a_time_from_the_future_is_judged_by_its_arrival(inbox: Path) -> None:
    path = dropped(inbox)
    os.utime(path, (NOW.timestamp() + 9_000_000, NOW.timestamp() + 9_000_000))
    assert ready_files(inbox, now=datetime.now(UTC) + timedelta(minutes=1)) == [path]


def test_the_oldest_file_comes_first_whatever_its_ending(inbox: Path) -> None:
    for name, age in {"b.csv": 100, "a.pdf": 300, "c.xlsx": 200}.items():
        os.utime(dropped(inbox, name), (NOW.timestamp() - age,) * 2)
    assert [path.name for path in ready_files(inbox, now=NOW)] == ["a.pdf", "c.xlsx", "b.csv"]


@pytest.mark.parametrize("name", [".an.csv", "ds.csv.part", "ds.TMP", "~$ds.xlsx", "ds.csv.crdownload"])
def test_unfinished_and_hidden_files_are_left_alone(inbox: Path, name: str) -> None:
    dropped(inbox, name)
    assert ready_files(inbox, now=NOW) == []


def test_folders_and_symbolic_links_are_left_alone(inbox: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("x", encoding="utf-8")
    (inbox / "link.csv").symlink_to(secret)
    (inbox / "folder.csv").mkdir()
    assert ready_files(inbox, now=NOW) == []
    for name in ("link.csv", "folder.csv"):
        with pytest.raises(InboxError):
            take(inbox, inbox / name)
    assert secret.exists()


@pytest.mark.parametrize("name", ["../ds.csv", "..", "done/ds.csv", ".taking/../../ds.csv", ".taking/ds.csv"])
def test_a_name_that_leads_out_of_the_inbox_is_refused(inbox: Path, name: str) -> None:
    (inbox / "done").mkdir()
    (inbox / "done" / "ds.csv").write_text("x", encoding="utf-8")
    with pytest.raises(InboxError, match="không nằm trong"):
        take(inbox, inbox / name)
    with pytest.raises(InboxError):
        finish(inbox, inbox / name, "done", "", now=NOW)


def test_a_file_is_taken_once(inbox: Path) -> None:
    path = dropped(inbox)
    mine = take(inbox, path)
    assert mine
    assert mine.name == "ds.csv"
    assert mine.read_text(encoding="utf-8") == "x\n"
    assert take(inbox, path) is None
    assert ready_files(inbox, now=NOW) == []
    assert len(list((inbox / ".taking").iterdir())) == 1


def _take_all(inbox: Path, names: list[str]) -> int:
    return sum(take(inbox, inbox / name) is not None for name in names)


def test_of_many_workers_only_one_gets_each_file(inbox: Path) -> None:
    names = [dropped(inbox, f"{number}.csv").name for number in range(60)]
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        counts = pool.starmap(_take_all, [(inbox, names), (inbox, names[::-1]), (inbox, names)])
    assert sum(counts) == 60
    assert len(everything(inbox / ".taking")) == 60


def test_a_new_file_of_the_same_name_does_not_overwrite_the_one_in_work(inbox: Path) -> None:
    first, second = taken(inbox), taken(inbox)
    assert first != second
    assert first.exists()
    assert second.exists()


def test_a_finished_file_is_moved_with_its_report(inbox: Path) -> None:
    moved = finish(inbox, taken(inbox), "done", "2 dòng mới", now=datetime(2019, 5, 31, 7, 5, 9, tzinfo=UTC))
    assert moved == inbox / "done" / "20190531-070509-ds.csv"
    assert everything(inbox) == {"done/20190531-070509-ds.csv", "done/20190531-070509-ds.csv.txt"}
    assert Path(f"{moved}.txt").read_text(encoding="utf-8") == "2 dòng mới"
    assert list((inbox / ".taking").iterdir()) == []


def test_two_files_of_one_name_in_one_second_are_both_kept(inbox: Path) -> None:
    places = {finish(inbox, taken(inbox), "rejected", "", now=NOW) for _ in range(3)}
    assert len(places) == 3
    assert all(place.exists() for place in places)


def test_a_file_already_in_done_is_never_overwritten(inbox: Path) -> None:
    first = finish(inbox, taken(inbox), "done", "", now=NOW)
    Path(f"{first}.txt").unlink()
    assert finish(inbox, taken(inbox), "done", "", now=NOW) != first
    assert first.exists()


def test_the_reject_file_goes_to_rejected_even_if_the_list_is_done(inbox: Path) -> None:
    path = taken(inbox)
    reject_path(path).write_text("bad", encoding="utf-8")
    finish(inbox, path, "done", "", now=datetime(2019, 5, 31, tzinfo=UTC))
    assert (inbox / "rejected" / "20190531-000000-ds-loi.csv").read_text(encoding="utf-8") == "bad"


def test_a_very_long_name_is_cut_and_keeps_its_ending(inbox: Path) -> None:
    moved = finish(inbox, taken(inbox, "ế" * 80 + ".csv"), "done", "", now=NOW)
    assert moved.suffix == ".csv"
    assert moved.exists()


def test_a_file_of_a_killed_worker_is_offered_again(inbox: Path) -> None:
    path = taken(inbox)
    reject_path(path).write_text("half", encoding="utf-8")
    begun = datetime.fromtimestamp(path.parent.stat().st_mtime, UTC)
    soon, late = begun + timedelta(minutes=50), begun + timedelta(minutes=70)
    assert ready_files(inbox, now=soon) == []
    assert ready_files(inbox, now=late) == [path]
    again = take(inbox, path)
    assert again
    assert again.read_text(encoding="utf-8") == "x\n"
    assert not path.parent.exists()
    with pytest.raises(InboxError, match="tiến trình khác"):
        finish(inbox, path, "done", "", now=late)
    finish(inbox, again, "done", "", now=late)
    assert not (inbox / "rejected").exists()


def test_a_worker_that_renews_its_claim_keeps_it(inbox: Path) -> None:
    path = taken(inbox)
    os.utime(path.parent, (0, 0))
    assert ready_files(inbox, now=NOW) == [path]
    renew(path)
    assert ready_files(inbox, now=NOW) == []


def test_an_empty_claim_of_a_killed_worker_is_cleared_away(inbox: Path) -> None:
    claim = inbox / ".taking" / "tmpx"
    claim.mkdir(parents=True)
    os.utime(claim, (0, 0))
    assert ready_files(inbox, now=NOW) == []
    assert not claim.exists()
