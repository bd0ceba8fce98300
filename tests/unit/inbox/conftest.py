from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from config.columns import ColumnMapping, load_mappings
from workers.inbox.rows import read_rows
from workers.inbox.sheets import open_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.snapshot import SnapshotRow
    from workers.inbox.faults import BadRow

INTAKE = Path(__file__).parents[3] / "config" / "sla" / "intake"


@pytest.fixture(scope="session")
def mappings() -> tuple[ColumnMapping, ...]:
    return load_mappings(
        {path.name: path.read_text(encoding="utf-8") for path in sorted(INTAKE.glob("*.toml"))}
    )


@pytest.fixture
def read(mappings: tuple[ColumnMapping, ...]) -> Callable[[Path], list[SnapshotRow | BadRow]]:
    """Read a whole list as an office in Vietnam would."""

    def read_list(path: Path) -> list[SnapshotRow | BadRow]:
        sheet = open_sheet(path, mappings)
        return list(read_rows(sheet, sheet.mapping, ZoneInfo("Asia/Ho_Chi_Minh")))

    return read_list
