"""What a mail may say: everything the templates can use, and nothing of any applicant.

`NoticeView` is a mail about one dossier, `DigestView` one about several. `OfficeView` is one about the office
itself, whose kinds are in `office_views`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from workers.notify.channel import DIGEST, DOSSIER, TOPIC

if TYPE_CHECKING:
    from domain.deadline import Language
    from domain.ladder import RungKind

SectionKind = Literal["overdue", "today", "soon", "steps"]
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_MOMENTS: Final = (
    *("accepted", "appointment", "apology_by", "step_appointment"),
    *("asked_until", "acknowledged_at", "went_up_at"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """Hold what one notice tells one person; each field is a placeholder of the same name.

    Moments are aware and already in the office's zone: they are printed as they stand. `accepted` is a date
    where the one-stop software gave no hour. `words` is the time left or over (`domain.deadline.in_words`).
    `merged` are the codes of earlier rungs told by this same mail; `delayed` says that it goes later than its
    rung. `overdue`: the date that `words` speak of has passed. `apology_by` is the last lawful moment of an
    apology (Decree 61/2018 art. 19.9), if there is one. `promised` is the day on the citizen's slip where
    that is another than the due day. `in_place_of` are the codes of those away in whose place one is
    told. `apology_missed`: late, and nobody apologised while the law allowed it.
    `step_name` and `step_appointment` are set when the notice is about a step; `words` then speak of the
    step. `template` names the file, by default that of the kind; `subject` is the rung's own, empty for the
    template's. `asks`: an acknowledgement is asked for, until `asked_until` if there is such a moment, with
    its `token` and the page for it where the office has them; `acknowledged_by` and `acknowledged_at` say who
    gave it already. Of a rung that went up a level `unanswered_by` are the titles of those who did not answer
    by `went_up_at`. Raises ValueError for a naive moment.
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
    in_place_of: tuple[str, ...] = ()
    apology_missed: bool = False
    overdue: bool = False
    asks: bool = False
    asked_until: datetime | None = None
    token: str = ""
    acknowledge_url: str = ""
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    unanswered_by: tuple[str, ...] = ()
    went_up_at: datetime | None = None

    def __post_init__(self) -> None:
        for name in _MOMENTS:
            moment = getattr(self, name)
            if isinstance(moment, datetime) and moment.tzinfo is None:
                raise ValueError(f"{name} of dossier {self.code} has no time zone")

    @property
    def due(self) -> datetime:
        """Return the moment it is about: of the step, or of the dossier."""
        return self.step_appointment or self.appointment

    @property
    def file(self) -> str:
        """Return the name of its template, without the folder of its language."""
        return self.template or self.kind

    @property
    def reference(self) -> tuple[str, str]:
        """Return the header line that tells what the mail is about."""
        return DOSSIER, " ".join(self.code.split())

    def placeholders(self) -> dict[str, Any]:
        """Return every field by its name, each text on one line: no value can begin a line of its own."""
        return _by_name(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSection:
    """Hold one part of a table: `count` lines in all, of which `lines` are shown, the most pressing first."""

    kind: SectionKind
    count: int
    lines: tuple[NoticeView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestView:
    """Hold what several notices tell one person together; each field is a placeholder of the same name.

    `count` notices about `dossiers` dossiers, `more` of them beyond what is shown; `letter` is the name by
    which the command shows them all. `delayed` counts those that go later than their rungs. `role_titles` are
    the roles as which the person is told. `last_calls` counts the dossiers whose applicants may be told of
    the delay in time today at last. `asking` counts the lines that ask for an acknowledgement, `asking_more`
    those of them beyond what is shown; `by_token` and `by_page` say whether lines have a token and the
    office's page for it.
    """

    count: int
    dossiers: int
    sections: tuple[DigestSection, ...]
    more: int
    delayed: int
    provisional: bool
    letter: str
    role_titles: tuple[str, ...]
    office_name: str
    sla_version: int
    lang: Language = "vi"
    last_calls: int = 0
    asking: int = 0
    asking_more: int = 0
    by_token: bool = False
    by_page: bool = False

    @property
    def file(self) -> str:
        """Return the name of its template, without the folder of its language."""
        return "digest"

    @property
    def reference(self) -> tuple[str, str]:
        """Return the header line that tells what the mail is about."""
        return DIGEST, str(self.count)

    def placeholders(self) -> dict[str, Any]:
        """Return every field by its name; a line has those of a mail about one dossier, and `due`."""
        sections = [
            {
                "kind": section.kind,
                "count": section.count,
                "lines": [line.placeholders() | {"due": line.due} for line in section.lines],
            }
            for section in self.sections
        ]
        return _by_name(self) | {"sections": sections}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeView:
    """Hold what every mail about the office itself tells one person; a kind of it adds its own fields.

    `topic` names what it is about, as the notice does. `role_title` is the role it is addressed to;
    `stands_in` says that nobody holds it and this person is told in its place.
    """

    kind: ClassVar[str]

    topic: str
    role_title: str
    office_name: str
    sla_version: int
    stands_in: bool = False
    lang: Language = "vi"

    @property
    def file(self) -> str:
        """Return the name of its template, without the folder of its language."""
        return self.kind

    @property
    def reference(self) -> tuple[str, str]:
        """Return the header line that tells what the mail is about."""
        return TOPIC, " ".join(self.topic.split())

    def placeholders(self) -> dict[str, Any]:
        """Return every field by its name, each text on one line."""
        return _by_name(self)


View = NoticeView | DigestView | OfficeView


def _by_name(view: View) -> dict[str, Any]:
    found = {field.name: getattr(view, field.name) for field in fields(view)}
    return {name: _one_line(value) for name, value in found.items()}


def _one_line(value: Any) -> Any:
    """Return a text, or each of several, on one line; anything else as it is."""
    if isinstance(value, tuple):
        return tuple(_one_line(entry) for entry in value)
    return _CONTROL.sub(" ", value).strip() if type(value) is str else value
