"""An office that writes forms of its dossiers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.builders import OFFICE, local
from tests.forms import text_of_docx
from workers.use_cases.asked_form import Asked
from workers.use_cases.write_form import Written, write_form

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork
    from workers.letters.view import FormKind


@dataclass
class Writer:
    """Ask for forms of the dossiers of an office at work."""

    office: OfficeAtWork
    folder: Path
    made: int = field(default=0)

    def __call__(
        self, kind: FormKind, code: str = "HS-1", *, now: str = "12/06/2019 09:00", **told: Any
    ) -> Written:
        self.made += 1
        asked = Asked(kind=kind, code=code, at=local(now), **told)
        return write_form(
            self.office.store,
            OFFICE,
            asked,
            [self.folder / f"{self.made}.docx"],
            templates=self.folder / "templates",
            actor="cli:test",
            now=local(now),
        )

    @property
    def text(self) -> str:
        """The text of the last form."""
        return text_of_docx((self.folder / f"{self.made}.docx").read_bytes())

    @property
    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir() if path.is_file())
