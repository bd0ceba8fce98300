"""What the forms of these tests say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from workers.letters.view import HandOver, LetterView

if TYPE_CHECKING:
    from workers.letters.view import FormKind

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
SLIP: Final = datetime(2019, 6, 14, 17, tzinfo=ZONE)
FULL: Final = LetterView(
    kind="apology",
    code="000.00.19.H51-190531-0001",
    office_name="Ủy ban nhân dân huyện Mỹ Xuyên",
    unit_name="Phòng Tài nguyên và Môi trường",
    procedure_name="Cấp đổi Giấy chứng nhận quyền sử dụng đất",
    field="Đất đai",
    written_on=date(2019, 6, 10),
    accepted=datetime(2019, 5, 31, 8, 30, tzinfo=ZONE),
    place="Mỹ Xuyên",
    limit="10 ngày làm việc",
    promised=SLIP,
    due_on=SLIP.date(),
    appointment=SLIP,
    appointed=datetime(2019, 6, 21, 17, tzinfo=ZONE),
    document="12/PXL",
    reason="chờ kết quả đo đạc",
    items=("Trích lục bản đồ địa chính", "Giấy ủy quyền"),
    officer_role="Công chức thụ lý",
    signer_role="Trưởng phòng",
    agency="Chi cục Thuế",
    asked_on=date(2019, 6, 3),
    asked_document="45/TNMT",
    reply_by=date(2019, 6, 6),
    days_late=2,
    handovers=(
        HandOver("Bộ phận Một cửa", "Phòng TNMT", datetime(2019, 5, 31, 8, 30, tzinfo=ZONE)),
        HandOver(
            "Phòng TNMT", "Chi cục Thuế", datetime(2019, 6, 3, 9, tzinfo=ZONE), "quá hạn", "chậm 1 ngày"
        ),
    ),
    moved_from=date(2019, 6, 13),
    applicant="Người nộp & Công ty <Ví Dụ>",
    address="số 1, ấp Ví Dụ",
    phone="0299 000 000",
    email="vidu@example.invalid",
)
UNKNOWN: Final[dict[str, Any]] = {
    "accepted": date(2019, 5, 31),
    "due_on": None,
    "items": (),
    "handovers": (),
    "asked_on": None,
    "reply_by": None,
    "moved_from": None,
    "days_late": 0,
    **dict.fromkeys(("promised", "appointment", "appointed")),
    **dict.fromkeys(("place", "limit", "document", "reason", "officer_role", "signer_role"), ""),
    **dict.fromkeys(("agency", "asked_document", "applicant", "address", "phone", "email"), ""),
}


def full(kind: FormKind = "apology", **changes: Any) -> LetterView:
    """Return a view that knows everything."""
    return replace(FULL, kind=kind, **changes)


def least(kind: FormKind = "apology", **changes: Any) -> LetterView:
    """Return a view that knows only what every dossier has."""
    return replace(FULL, **{**UNKNOWN, "kind": kind, **changes})
