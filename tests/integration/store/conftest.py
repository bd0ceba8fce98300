from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import OfficeAtWork

if TYPE_CHECKING:
    from pathlib import Path

    from workers.store.unit_of_work import Store


@pytest.fixture
def office(store: Store, tmp_path: Path) -> OfficeAtWork:
    """A small office with its configuration recorded, on each kind of database."""
    office = OfficeAtWork(store, tmp_path)
    office.configure()
    return office
