"""Files that appear all together, or not at all: written beside their place first, named last."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from workers.letters.filling import fill
from workers.letters.pdf import as_pdf
from workers.letters.templates import LIBRARIES, missing_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from workers.letters.view import LetterView


class Drafts:
    """Hold files that are written but do not bear their names yet."""

    def __init__(self, places: Sequence[Path]) -> None:
        self._parts = {place: place.with_name(f".{place.name}.part") for place in places}

    def write(self, view: LetterView, templates: Path | None) -> None:
        """Write a form in each kind of file that is wanted; a file that is there already is refused.

        Raises ConfigError for a template that cannot be used, OSError for a place that cannot be written,
        LookupError for a library that is not installed.
        """
        for place in self._parts:
            _check(place)
        document = fill(view, templates)
        for place, part in self._parts.items():
            pdf = place.suffix.lower() == ".pdf"
            part.write_bytes(as_pdf(view, document, templates) if pdf else document)

    def publish(self) -> None:
        """Give the files their names."""
        for place, part in self._parts.items():
            part.replace(place)

    def discard(self) -> None:
        """Take away what was not published."""
        for part in self._parts.values():
            part.unlink(missing_ok=True)


@contextmanager
def drafts(places: Sequence[Path]) -> Iterator[Drafts]:
    """Give drafts for some places; what is not published by the end is taken away."""
    made = Drafts(places)
    try:
        yield made
    finally:
        made.discard()


def _check(place: Path) -> None:
    """Refuse a place before anything is recorded: of another kind, taken, or without the library for it."""
    suffix = place.suffix.lower()
    if suffix not in LIBRARIES:
        raise LookupError(f"có “{place.name}”, cần tên tệp kết thúc bằng {' hoặc '.join(LIBRARIES)}")
    if missing := missing_for(suffix):
        names = ", ".join(missing)
        raise LookupError(
            f"chưa cài {names} để ghi tệp {suffix}; hãy cài phần reports: pip install -e '.[reports]'"
        )
    if not place.absolute().parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "không có thư mục này", str(place.parent))
    if place.exists():
        # Somebody may have written a name and an address into it by hand.
        raise FileExistsError(errno.EEXIST, "đã có tệp này, hãy đặt tên khác hoặc dời nó đi", str(place))
