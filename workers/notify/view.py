"""What a mail about one dossier may say: everything the templates can use, and nothing of the applicant."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from domain.deadline import Language
    from domain.ladder import RungKind

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """Hold what one notice tells one person; each field is a placeholder of the same name.

    Moments are aware and already in the office's zone: they are printed as they stand. `accepted` is a date
    where the one-stop software gave no hour. `words` is the time left or over (`domain.deadline.in_words`).
    `merged` are the codes of earlier rungs told by this same mail; `delayed` says that it goes later than its
    rung. `apology_by` is the last lawful moment of an apology (Decree 61/2018 art. 19.9), if there is one.
    `promised` is the day on the citizen's slip where that is another than the due day.
    `step_name` and `step_appointment` are set when the notice is about a step; `words` then speak of the
    step. `template` names the file, by default that of the kind; `subject` is the rung's own, empty for the
    template's. Raises ValueError for a naive moment.
    """

    code: str
    procedure_name: str
    unit_name: str
    role_title: str
    kind: RungKind
    rung: str
    level: int
    accepted: date
    due_on: date
    appointment: datetime
    words: str
    sla_version: int
    office_name: str
    lang: Language = "vi"
    template: str = ""
    subject: str = ""
    merged: tuple[str, ...] = ()
    delayed: bool = False
    apology_by: datetime | None = None
    promised: date | None = None
    provisional: bool = False
    step_name: str = ""
    step_appointment: datetime | None = None

    def __post_init__(self) -> None:
        for name in ("accepted", "appointment", "apology_by", "step_appointment"):
            moment = getattr(self, name)
            if isinstance(moment, datetime) and moment.tzinfo is None:
                raise ValueError(f"{name} of dossier {self.code} has no time zone")

    def placeholders(self) -> dict[str, Any]:
        """Return every field by its name, each text on one line: no value can begin a line of its own."""
        found = {name: getattr(self, name) for name in _FIELDS}
        return {name: _one_line(value) if type(value) is str else value for name, value in found.items()}


_FIELDS: Final = tuple(field.name for field in fields(NoticeView))


def _one_line(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
