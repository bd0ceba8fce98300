from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OfficeAtWork, row

if TYPE_CHECKING:
    from pathlib import Path

    from tests.form_writer import Writer
    from workers.store.unit_of_work import Store


@pytest.fixture
def office(store: Store, tmp_path: Path) -> OfficeAtWork:
    """A small office with its configuration recorded, on each kind of database."""
    office = OfficeAtWork(store, tmp_path)
    office.configure()
    return office


@pytest.fixture
def write(office: OfficeAtWork, tmp_path: Path) -> Writer:
    """Writes forms of a dossier received on 3 June 2019, promised for the 17th."""
    from tests.form_writer import Writer

    office.take_in(row(promised="17/06/2019"))
    folder = tmp_path / "forms"
    folder.mkdir()
    return Writer(office, folder)
