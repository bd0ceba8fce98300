"""The files of an audit pack: pdf, workbook, csv and the list of their hashes, all in one folder or none."""

from __future__ import annotations

import fcntl
import glob
import json
import shutil
import tempfile
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workers.reports.pack import shown
from workers.reports.pack_pdf import write_pack_pdf
from workers.reports.pack_xlsx import write_pack_xlsx
from workers.reports.rows import RowFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workers.reports.pack import Pack, Table

PDF: Final = "bo-ho-so-iso.pdf"
XLSX: Final = "bo-ho-so-iso.xlsx"
DOSSIERS: Final = "ho-so.csv"
SCORES: Final = "cham-diem-ho-so.csv"
MANIFEST: Final = "manifest.json"
FORMAT: Final = 1


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Say whether nobody else is making `folder`, whose parent has to be there, until the block ends.

    Of its own machine that is certain: the system lets go of what a maker held, however it ends. What a
    maker left behind that was killed is taken away.
    """
    lock = folder.with_name(f".{folder.name}.lock")
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        for left in folder.parent.glob(f".{glob.escape(folder.name)}.*.part"):
            shutil.rmtree(left, ignore_errors=True)
        try:
            yield True
        finally:
            # Whoever opened it meanwhile holds a file without a name, and finds the folder there.
            lock.unlink(missing_ok=True)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """Give a place to write to; it becomes `folder` when the block ends, or is taken away if it raises.

    `folder` may be missing or empty; its parent has to be there. Raises FileExistsError where it holds
    anything.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FileExistsError(f"{folder} is not empty")
    part = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.absolute().parent))
    try:
        yield part
        part.chmod(0o755)  # mkdtemp keeps it to itself; a pack is for the office
        part.replace(folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def write_pack(pack: Pack, folder: Path, about: Mapping[str, Any]) -> None:
    """Write a pack beside what is in a folder already, and last the list of all files with their SHA-256.

    `about` is what the list says of the pack. Raises LookupError where a library of the extra `reports` is
    missing, OSError when a file cannot be written.
    """
    for table in pack.tables:
        _write_csv(table, folder / f"{table.code}.csv")
    write_pack_xlsx(pack, folder / XLSX)
    write_pack_pdf(pack, folder / PDF)
    files = [_listed(path) for path in sorted(folder.iterdir())]
    text = json.dumps({"format": FORMAT, **about, "files": files}, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _listed(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {
            "name": path.name,
            "bytes": path.stat().st_size,
            "sha256": file_digest(file, "sha256").hexdigest(),
        }


def _write_csv(table: Table, path: Path) -> None:
    names = {str(place): head.text for place, head in enumerate(table.heads)}
    with RowFile(path, names) as file:
        for row in table.rows:
            file.write({str(place): "" if cell is None else shown(cell) for place, cell in enumerate(row)})
