"""A change of people.toml and its version are one step: whatever fails, both are as they were."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import pytest

from config.errors import ConfigError
from config.people_file import with_absence
from domain.absence import Absence
from tests.builders import OFFICE, local
from tests.office_texts import office_files
from workers.store.unit_of_work import Store, UnitOfWork
from workers.use_cases.change_people import UnrecordedError, change_people
from workers.use_cases.office import load_office

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders import OfficeAtWork

NOW = local("03/06/2019 08:00")


def absent(person: str, substitute: str | None = None) -> Callable[[str], str]:
    absence = Absence(first=date(2019, 6, 3), last=date(2019, 6, 7), substitute=substitute)
    return lambda text: with_absence(text, person, absence)


@pytest.fixture
def folder(office: OfficeAtWork, tmp_path: Path) -> Path:
    folder = tmp_path / "sla"
    for name, text in office_files().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    assert load_office(office.store, OFFICE).version == 1
    return folder


def change(office: OfficeAtWork, folder: Path, edit: Callable[[str], str]) -> int:
    return change_people(office.store, folder, edit, author="ops", reason="thử", now=NOW).version


def agree(office: OfficeAtWork, folder: Path) -> bool:
    recorded = load_office(office.store, OFFICE).sla.files["people.toml"]
    return recorded == (folder / "people.toml").read_text(encoding="utf-8")


def test_file_and_version_change_together(office: OfficeAtWork, folder: Path) -> None:
    assert change(office, folder, absent("land.1", "land.2")) == 2
    found = load_office(office.store, OFFICE)
    told = found.sla.lines.recipients("officer", "land", "land.1", on=date(2019, 6, 3))
    assert [person.code for person in told] == ["land.2"]
    assert agree(office, folder)


def test_of_two_at_once_none_is_lost_and_file_and_version_agree(office: OfficeAtWork, folder: Path) -> None:
    people = ["land.1", "land.2", "land.head", "civil.1", "top.head"]
    with ThreadPoolExecutor(5) as threads:
        versions = list(threads.map(lambda person: change(office, folder, absent(person)), people))
    assert sorted(versions) == [2, 3, 4, 5, 6]
    assert all(person.absences for person in load_office(office.store, OFFICE).sla.lines.people)
    assert agree(office, folder)


def test_what_is_refused_writes_nothing(office: OfficeAtWork, folder: Path) -> None:
    with pytest.raises(ConfigError, match="nobody"):
        change(office, folder, absent("land.1", "nobody"))
    (folder / "calendar" / "2020.toml").write_text("year = 2020\n", encoding="utf-8")
    with pytest.raises(UnrecordedError) as caught:
        change(office, folder, absent("land.1"))
    assert caught.value.names == ["calendar/2020.toml"]
    assert load_office(office.store, OFFICE).version == 1
    assert agree(office, folder)


def test_a_version_that_cannot_be_recorded_leaves_the_file_as_it_was(
    office: OfficeAtWork, folder: Path
) -> None:
    before = (folder / "people.toml").read_bytes()

    def edit_and_die(text: str) -> str:
        return absent("land.1")(text) + "\n# \ud800"  # a letter that no database and no file takes

    with pytest.raises(UnicodeEncodeError):
        change(office, folder, edit_and_die)
    assert (folder / "people.toml").read_bytes() == before
    assert load_office(office.store, OFFICE).version == 1


class GoneAtTheEnd(Store):
    """A database that goes away when a transaction is about to be made true."""

    def begin(self, office: str) -> UnitOfWork:
        class Work(UnitOfWork):
            def commit(self) -> None:
                raise ConnectionError("the server went away")

        return Work(self._writer, office)


def test_a_database_that_goes_away_at_the_end_leaves_the_file_as_it_was(
    office: OfficeAtWork, folder: Path
) -> None:
    before = (folder / "people.toml").read_bytes()
    store = GoneAtTheEnd(office.store.url)
    with pytest.raises(ConnectionError):
        change_people(store, folder, absent("land.1"), author="ops", reason="thử", now=NOW)
    store.dispose()
    assert (folder / "people.toml").read_bytes() == before
    assert load_office(office.store, OFFICE).version == 1
    assert sorted(path.name for path in folder.glob("*people*")) == ["people.toml"]


def test_a_file_that_cannot_be_replaced_leaves_the_version_as_it_was(
    office: OfficeAtWork, folder: Path
) -> None:
    def take_the_file_away(text: str) -> str:
        (folder / "people.toml").rename(folder / "people.txt")
        return absent("land.1")(text)

    with pytest.raises(FileNotFoundError):
        change(office, folder, take_the_file_away)
    assert load_office(office.store, OFFICE).version == 1
    assert not (folder / "people.toml").exists()
