"""Nonconformity and corrective action (sự không phù hợp, hành động khắc phục): ISO 9001:2015, clause 10.2.

Each overdue dossier is one. What is said of it is added, never changed: the last word on each matter counts.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from domain.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

State = Literal["untreated", "incomplete", "in_hand", "overdue", "effective", "not_effective"]
STATES: Final[Mapping[State, str]] = {
    "untreated": "chưa xử lý",
    "incomplete": "chưa đủ nội dung",
    "in_hand": "đang thực hiện",
    "overdue": "quá hạn khắc phục",
    "effective": "đã kiểm tra, có hiệu lực",
    "not_effective": "đã kiểm tra, chưa có hiệu lực",
}
NAMES: Final[Mapping[str, str]] = {
    "cause": "Nguyên nhân",
    "correction": "Khắc phục",
    "action": "Hành động khắc phục",
    "role": "Chức danh",
    "due_on": "Thời hạn",
    "effective": "Có hiệu lực",
    "checked_on": "Ngày kiểm tra",
    "evidence": "Bằng chứng",
}
"""What can be said, as the office calls it; the heads of the register's columns."""
FROM_APOLOGY: Final = "(thư xin lỗi) "
"""Stands before a cause nobody said of the nonconformity itself: the reason of its apology."""
TEXTS: Final = ("cause", "correction", "action", "role", "evidence")
LONGEST: Final = 500
_NEEDED: Final = ("cause", "correction", "action", "role", "due_on")
_PLAN: Final = ("cause", "correction", "action", "role", "due_on")


class NonconformityError(DomainError):
    """Refuse what cannot be said of a nonconformity."""

    code = "nonconformity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """Hold what is said of one overdue dossier; None where nothing was.

    `correction` is what was done for this dossier, `action` what shall keep it from happening again, `role`
    answers for it until the end of the local day `due_on`. `effective` says whether it helped, checked on
    `checked_on`, with `evidence`.
    """

    cause: str | None = None
    correction: str | None = None
    action: str | None = None
    role: str | None = None
    due_on: date | None = None
    effective: bool | None = None
    checked_on: date | None = None
    evidence: str | None = None

    def then(self, said: Treatment) -> Treatment:
        """Return what holds after something more was said.

        A new plan after a check that found no effect opens the matter again. Raises NonconformityError for
        an effect checked before there was any action.
        """
        check_texts(said)
        names = [name for name in _names() if getattr(said, name) is not None]
        if not names:
            raise NonconformityError("nothing_said")
        anew = self.effective is not None and said.effective is None and any(name in _PLAN for name in names)
        before = replace(self, effective=None, checked_on=None, evidence=None) if anew else self
        after = replace(before, **{name: getattr(said, name) for name in names})
        if after.effective is not None and after.action is None:
            raise NonconformityError("effect_without_action")
        return after

    def beyond(self, before: Treatment) -> Treatment:
        """Return only what is said here otherwise than before."""
        said = {name: getattr(self, name) for name in _names()}
        return Treatment(**{name: text for name, text in said.items() if text != getattr(before, name)})

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what the clause asks for and nobody has said yet."""
        return tuple(name for name in _NEEDED if getattr(self, name) is None)

    def state(self, *, today: date) -> State:
        """Return how far the matter is on a local day; it is overdue from the day after `due_on`."""
        if self.effective is not None:
            return "effective" if self.effective else "not_effective"
        if self.due_on is not None and today > self.due_on:
            return "overdue"
        if self == Treatment():
            return "untreated"
        return "incomplete" if self.missing else "in_hand"


NOTHING: Final = Treatment()


def treatment_of(said: Iterable[Treatment]) -> Treatment:
    """Return what holds after everything that was said, in that order."""
    found = NOTHING
    for each in said:
        found = found.then(each)
    return found


def as_texts(said: Treatment) -> dict[str, str]:
    """Return what was said as texts by name, days in ISO form, to be kept."""
    return {name: _text(value) for name in _names() if (value := getattr(said, name)) is not None}


def from_texts(texts: Mapping[str, str]) -> Treatment:
    """Return what was kept as texts; raises NonconformityError for a name or a text that cannot be meant."""
    unknown = sorted(set(texts) - set(_names()))
    if unknown:
        raise NonconformityError("unknown_matter", found=", ".join(unknown), known=", ".join(_names()))
    effective = texts.get("effective")
    if effective not in (None, "yes", "no"):
        raise NonconformityError("unknown_effect", found=effective)
    return Treatment(
        **{name: texts.get(name) for name in TEXTS},
        due_on=_day(texts, "due_on"),
        checked_on=_day(texts, "checked_on"),
        effective=None if effective is None else effective == "yes",
    )


def check_texts(said: Treatment) -> None:
    """Refuse a text that is empty, too long or holds what cannot be printed."""
    for name in TEXTS:
        text = getattr(said, name)
        if text is not None and (not text.strip() or len(text) > LONGEST or not text.isprintable()):
            raise NonconformityError("unfit_matter", what=name, found=text[:40], most=LONGEST)


def _names() -> list[str]:
    return [field.name for field in fields(Treatment)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _day(texts: Mapping[str, str], name: str) -> date | None:
    text = texts.get(name)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise NonconformityError("unfit_date", what=name, found=text) from None
