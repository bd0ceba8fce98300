"""A matter of the office itself: what its caretakers must hear of, and which of its marks have passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from domain.caretakers import OPS
from workers.use_cases.letter_view import person_of

if TYPE_CHECKING:
    from datetime import datetime

    from domain.deadline import Language
    from workers.store.notices import Notice
    from workers.use_cases.office import Office


class Addressed(TypedDict):
    """Hold what every letter about the office says of itself and of whom it goes to."""

    topic: str
    role_title: str
    office_name: str
    sla_version: int
    stands_in: bool
    lang: Language


def addressed(notice: Notice, office: Office) -> Addressed:
    """Return what the letter of a notice about the office says of itself under the configuration in force."""
    person = person_of(notice, office)
    return Addressed(
        topic=notice.code,
        role_title=office.sla.role_titles.get(notice.role, notice.role),
        office_name=office.sla.name,
        sla_version=office.version,
        stands_in=person.role != notice.role,
        lang=person.lang,
    )


class Passed(NamedTuple):
    """Hold one mark that has passed: its code, how pressing it is, and since when."""

    code: str
    level: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """Hold one matter: the topic and kind its notices bear, and the marks passed, in order; never none.

    The same topic is told again only at a mark that is new. `role` is whose matter it is.
    """

    topic: str
    kind: str
    marks: tuple[Passed, ...]
    role: str = OPS
