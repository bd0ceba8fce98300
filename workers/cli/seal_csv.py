"""The list of a seal for a spreadsheet: every dossier, and where in the report it was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers.cli.csv_file import CsvFile
from workers.cli.seal_words import place_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from workers.use_cases.office import Office


def write_list(
    path: Path, places: Iterable[tuple[str, str]], document: Mapping[str, Any], office: Office
) -> None:
    """Write the dossiers of a seal in the order of its list."""
    by = document["question"]["by"]
    words: dict[str, str] = {}
    with CsvFile(path, ("Mã hồ sơ", "Ở đâu trong báo cáo", "Như đã niêm phong")) as file:
        for code, place in places:
            if place not in words:
                words[place] = place_words(place, by, office)
            file.line((code, words[place], place))
