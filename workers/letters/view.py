"""What a form may say: everything its template can use. What the house does not store is left for a pen."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final, Literal, NamedTuple, get_args

FormKind = Literal["receipt", "supplement", "apology", "chasing", "control", "rescheduled"]
KINDS: Final[tuple[FormKind, ...]] = get_args(FormKind)
TITLES: Final[dict[FormKind, str]] = {
    "receipt": "Giấy tiếp nhận hồ sơ và hẹn trả kết quả",
    "supplement": "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ",
    "apology": "Phiếu xin lỗi và hẹn lại ngày trả kết quả",
    "chasing": "Phiếu đôn đốc trả lời ý kiến",
    "control": "Phiếu kiểm soát quá trình giải quyết hồ sơ",
    "rescheduled": "Thông báo thay đổi ngày hẹn trả kết quả",
}
"""Forms 01, 02, 04, 05 of Circular 01/2018/TT-VPCP; the others are an office's own."""

_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]+")


class HandOver(NamedTuple):
    """Hold one row of the control slip: who gave the dossier to whom, when, and how the giver was on time."""

    giver: str
    taker: str
    at: datetime
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """Hold what one form says of one dossier; each field is a placeholder of the same name.

    A text that is not known is empty, a day None: the template leaves room for a pen there. Moments are aware
    and in the office's zone; `accepted` and `promised` are dates where no hour was told. `limit` is the limit
    in words. `promised` is what the slip says, `due_on` and `appointment` are the lawful due date, which a
    new appointment (`appointed`) does not move. `agency` to `days_late` are about a consultation that is
    late; `handovers` are those of the control slip; `moved_from` is the day before other rules moved it.
    `applicant` to `email` are typed for this one document and stored nowhere. Raises ValueError for a naive
    moment.
    """

    kind: FormKind
    code: str
    office_name: str
    unit_name: str
    procedure_name: str
    field: str
    written_on: date
    accepted: date
    place: str = ""
    limit: str = ""
    promised: date | None = None
    due_on: date | None = None
    appointment: datetime | None = None
    appointed: datetime | None = None
    document: str = ""
    reason: str = ""
    items: tuple[str, ...] = ()
    officer_role: str = ""
    signer_role: str = ""
    agency: str = ""
    asked_on: date | None = None
    asked_document: str = ""
    reply_by: date | None = None
    days_late: int = 0
    handovers: tuple[HandOver, ...] = ()
    moved_from: date | None = None
    applicant: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        for name in ("accepted", "promised", "appointment", "appointed", "moved_from"):
            moment = getattr(self, name)
            if isinstance(moment, datetime) and moment.tzinfo is None:
                raise ValueError(f"{name} of dossier {self.code} has no time zone")

    @property
    def title(self) -> str:
        """Return the name of the form."""
        return TITLES[self.kind]

    def placeholders(self) -> dict[str, Any]:
        """Return every field by its name, each text on one line and without what no document can hold."""
        found = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: _fit(value) for name, value in found.items()}


def _fit(value: Any) -> Any:
    if isinstance(value, HandOver):
        return HandOver(*(_fit(each) for each in value))
    if isinstance(value, tuple):
        return tuple(_fit(each) for each in value)
    return _UNFIT.sub(" ", value).strip() if isinstance(value, str) else value
