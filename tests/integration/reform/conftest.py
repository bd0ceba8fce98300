from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.office_texts import office_files
from tests.reform_office import FILES, ReformOffice

if TYPE_CHECKING:
    from pathlib import Path

    from workers.store.unit_of_work import Store


@pytest.fixture
def office(store: Store, tmp_path: Path) -> ReformOffice:
    """An office with areas of reform and a ladder for its plan, on each kind of database."""
    return ReformOffice(store, tmp_path, office_files(**FILES))
