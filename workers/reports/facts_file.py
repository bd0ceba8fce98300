"""Facts as a file for whoever wants to count on: Parquet or csv, a row a cell, whole or not at all."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from workers.reports.paper import whole_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADS: Final = ("closed_in", "received_in", "unit", "channel", "outcome", "timing", "number")
"""Half months by their first local day, ISO; what a dossier does not say is empty."""
Row = tuple[str, str, str, str, str, str, int]


def write_facts(rows: Sequence[Row], path: Path) -> None:
    """Write rows to a .parquet or .csv file (UTF-8 with BOM, commas, figures as they are).

    Raises LookupError where the library for Parquet (the extra `facts`) is not installed, OSError when the
    file cannot be written.
    """
    if path.suffix.lower() == ".parquet":
        _write_parquet(rows, path)
        return
    with whole_file(path) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADS)
        writer.writerows(rows)


def _write_parquet(rows: Sequence[Row], path: Path) -> None:
    if find_spec("pyarrow") is None:
        raise LookupError(
            "chưa cài pyarrow để ghi tệp .parquet; hãy cài phần facts: pip install -e '.[facts]', hoặc .csv"
        )
    import pyarrow as pa
    from pyarrow import parquet

    kinds = [pa.string()] * (len(HEADS) - 1) + [pa.int64()]
    columns = zip(*rows, strict=True) if rows else [()] * len(HEADS)
    arrays = [pa.array(list(values), kind) for values, kind in zip(columns, kinds, strict=True)]
    with whole_file(path) as part:
        parquet.write_table(pa.Table.from_arrays(arrays, names=list(HEADS)), part)
