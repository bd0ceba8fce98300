"""A message that comes back while its first run still works does no harm: packs and facts made at once."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tests.builders import OFFICE, local, row
from tests.office_texts import OFFICE_FILE
from workers.reports.pack_files import alone
from workers.use_cases.due_packs import make_due_packs
from workers.use_cases.facts import refresh, unlike
from workers.use_cases.office import load_office
from workers.use_cases.pack_by_itself import make_pack_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork

NOW = local("15/07/2019 08:00")
AS_OF = "2019-07-05T00:00:00+07:00"
NAME = "iso-2019-06-20190704T170000Z"
MANY = 4


def make(office: OfficeAtWork, folder: Path) -> Path | None:
    loaded = load_office(office.store, OFFICE)
    return make_pack_of(office.store, loaded, "2019-06", AS_OF, reports=folder, now=NOW)


def is_whole(folder: Path) -> bool:
    """Say whether a pack holds every file of its list, as it was written."""
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
    hashes = {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    return bool(listed) and all(hashes[each["name"]] == each["sha256"] for each in listed)


def test_packs_made_at_once_are_one_whole_pack(office: OfficeAtWork, tmp_path: Path) -> None:
    office.take_in(row())
    with ThreadPoolExecutor(MANY) as threads:
        found = list(threads.map(lambda _: make(office, tmp_path), range(MANY)))
    assert {folder for folder in found if folder} == {tmp_path / OFFICE / NAME}
    assert [path.name for path in (tmp_path / OFFICE).iterdir()] == [NAME]
    assert is_whole(tmp_path / OFFICE / NAME)


def test_who_finds_a_pack_in_the_making_leaves_it_to_its_maker(office: OfficeAtWork, tmp_path: Path) -> None:
    (tmp_path / OFFICE).mkdir()
    with alone(tmp_path / OFFICE / NAME) as mine:
        assert mine
        assert make(office, tmp_path) is None
    assert make(office, tmp_path) == tmp_path / OFFICE / NAME
    assert [path.name for path in (tmp_path / OFFICE).iterdir()] == [NAME]


def test_a_maker_that_died_keeps_nobody_from_making_it(office: OfficeAtWork, tmp_path: Path) -> None:
    (tmp_path / OFFICE).mkdir()
    (tmp_path / OFFICE / f".{NAME}.lock").touch()  # it was killed: what it held, the system let go
    (tmp_path / OFFICE / f".{NAME}.abc.part").mkdir()
    assert make(office, tmp_path) == tmp_path / OFFICE / NAME
    assert [path.name for path in (tmp_path / OFFICE).iterdir()] == [NAME]


@pytest.fixture
def due(office: OfficeAtWork) -> OfficeAtWork:
    office.configure(**{"office.toml": OFFICE_FILE, "quality.toml": "[packs]\nday = 5\nquarterly = false\n"})
    office.take_in(row())
    return office


def state(office: OfficeAtWork) -> str:
    with office.store.read(OFFICE) as work:
        found = work.journal.heartbeat("pack:2019-06")
    return str(found.data["state"]) if found else ""


def test_due_packs_made_at_once_are_made_once_and_told_as_made(due: OfficeAtWork, tmp_path: Path) -> None:
    at = local("05/07/2019 00:00")
    with ThreadPoolExecutor(MANY) as threads:
        found = list(
            threads.map(lambda _: make_due_packs(due.store, OFFICE, reports=tmp_path, now=at), range(MANY))
        )
    assert [each for one in found for each in one] == [("2019-06", "")]
    assert state(due) == "made"


def test_a_due_pack_in_the_making_elsewhere_is_no_failure(due: OfficeAtWork, tmp_path: Path) -> None:
    (tmp_path / OFFICE).mkdir()
    with alone(tmp_path / OFFICE / NAME):
        assert make_due_packs(due.store, OFFICE, reports=tmp_path, now=local("05/07/2019 00:00")) == []
    assert state(due) == "making"
    assert make_due_packs(due.store, OFFICE, reports=tmp_path, now=local("05/07/2019 01:00")) == [
        ("2019-06", "")
    ]


def test_a_due_pack_that_fails_for_any_reason_is_known_to_have_failed(
    due: OfficeAtWork, tmp_path: Path
) -> None:
    # Not one of the errors that are foreseen: what nobody foresaw must not look as if it were being made.
    with pytest.raises(ValueError, match="null"):
        make_due_packs(due.store, OFFICE, reports=tmp_path / "a\0b", now=local("05/07/2019 00:00"))
    assert state(due) == "failed"


def test_facts_refreshed_at_once_count_each_result_once(office: OfficeAtWork) -> None:
    office.configure()
    for number in range(8):
        code = f"HS-{number}"
        office.event("accepted", code, at="03/06/2019 08:00", procedure="1.001", unit="land")
        office.event("finished", code, at="04/06/2019 08:00")
    loaded = load_office(office.store, OFFICE)
    with ThreadPoolExecutor(MANY) as threads:
        found = list(threads.map(lambda _: refresh(office.store, loaded, now=NOW), range(MANY)))
    assert sum(done.results for done in found if done) == 8
    assert unlike(office.store, loaded) == []


def test_facts_counted_anew_at_once_are_those_of_one_count(office: OfficeAtWork) -> None:
    office.configure()
    office.event("accepted", at="03/06/2019 08:00", procedure="1.001", unit="land")
    office.event("finished", at="04/06/2019 08:00")
    loaded = load_office(office.store, OFFICE)
    with ThreadPoolExecutor(MANY) as threads:
        done = [threads.submit(refresh, office.store, loaded, now=NOW, anew=n % 2 == 0) for n in range(MANY)]
    assert any(each.result() for each in done)
    assert unlike(office.store, loaded) == []


def test_a_due_pack_that_fails_unforeseen_holds_up_no_other(due: OfficeAtWork, tmp_path: Path) -> None:
    due.configure(**{"office.toml": OFFICE_FILE, "quality.toml": "[packs]\nday = 5\n"})
    at = local("05/07/2019 00:00")
    with pytest.raises(ValueError, match="null"):
        make_due_packs(due.store, OFFICE, reports=tmp_path / "a\0b", now=at)
    assert make_due_packs(due.store, OFFICE, reports=tmp_path, now=local("05/07/2019 00:01")) == [
        ("2019-Q2", "")
    ]
