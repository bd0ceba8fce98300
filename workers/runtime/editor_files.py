"""What makes an editor know the rules while they are typed, laid beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from config.sla_editor import editor_files

if TYPE_CHECKING:
    from pathlib import Path


def write_editor_files(folder: Path) -> list[Path]:
    """Write the schemas and the settings of the editor into a folder of rules and return what is new.

    What stands there already with the same text is left alone; anything older is written over.
    """
    written = []
    for name, text in editor_files().items():
        path = folder / name
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    return written
