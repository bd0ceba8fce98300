"""The legal basis of what an event does to the clock, in one sentence for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from domain.event import (
    AFTER_DUE,
    BEFORE_HAND_OVER,
    DATED_BACK,
    EFFECT,
    LATE_APOLOGY,
    LATE_REQUEST,
    NO_APOLOGY,
    NO_BASIS,
    RECORDED_AFTER_DUE,
    SECOND_SUPPLEMENT,
)
from domain.time_limit import CIVIL_CODE, Unit

if TYPE_CHECKING:
    from domain.deadline import Language
    from domain.event import Event
    from domain.time_limit import CountingRules, TimeLimit

_DAYS: Final = (
    "BLDS 2015 Đ.147–148: ngày tiếp nhận không tính; ngày cuối là ngày nghỉ thì chuyển; hết hạn lúc 24:00",
    "Civil Code 2015 art. 147–148: the day of receipt is not counted; a last day off moves on; ends at 24:00",
)
_HOURS: Final = (
    "BLDS 2015 Đ.146: giờ làm việc tính từ lúc tiếp nhận, theo lịch làm việc",
    "Civil Code 2015 art. 146: working hours count from the moment of receipt, by the working calendar",
)
_SAME_DAY: Final = (
    "trả trong ngày làm việc; tiếp nhận sau {cut_off} thì ngày làm việc tiếp theo (NĐ 63/2010)",
    "on the same working day; received after {cut_off}, on the next working day (Decree 63/2010)",
)
_NO_LIMIT: Final = ("không quy định thời hạn", "no time limit is laid down")
_OWN: Final = ("theo quy định riêng của cơ quan", "as laid down by the office")
_SAID: Final = {
    "accepted": (
        "tính từ lúc tiếp nhận đủ hồ sơ hợp lệ (NĐ 61/2018 Đ.17)",
        "counted from the receipt of a complete dossier (Decree 61/2018 art. 17)",
    ),
    "restart": (
        "đủ hồ sơ bổ sung thì thời hạn tính lại từ đầu (NĐ 61/2018 Đ.19.4)",
        "once the papers are complete the limit is counted anew (Decree 61/2018 art. 19.4)",
    ),
    "pause": (
        "thời gian dừng không tính vào thời hạn",
        "the time of the stop does not count",
    ),
    "none": (
        "không làm dừng đồng hồ",
        "does not stop the clock",
    ),
    "after_due": (
        "đã quá hạn khi dừng: việc dừng không làm hồ sơ hết trễ",
        "the due date had passed: the stop does not make the dossier timely",
    ),
    "consultation": (
        "lấy ý kiến không làm dừng đồng hồ (NĐ 61/2018 Đ.19.5)",
        "consulting others does not stop the clock (Decree 61/2018 art. 19.5)",
    ),
    "reappointed": (
        "hẹn lại một lần, kèm thư xin lỗi; hạn theo luật giữ nguyên (NĐ 61/2018 Đ.19.9)",
        "appointed anew once, with an apology; the lawful date stays (Decree 61/2018 art. 19.9)",
    ),
    "late_apology": (
        "xin lỗi, hẹn lại muộn hơn luật cho phép (NĐ 61/2018 Đ.19.9)",
        "apologised and re-appointed later than the law allows (Decree 61/2018 art. 19.9)",
    ),
    "no_apology": (
        "quá hạn mà chưa xin lỗi trong hạn (NĐ 61/2018 Đ.19.9); cần kiểm tra",
        "late, and nobody apologised while the law allowed it (Decree 61/2018 art. 19.9); to be checked",
    ),
    "calendar_changed": (
        "lịch làm việc thay đổi: hồ sơ đang mở tính lại, không phải là hẹn lại",
        "the working calendar changed: open dossiers are counted anew; it is no re-appointment",
    ),
    "terms_changed": (
        "thủ tục thay đổi, áp dụng cả cho hồ sơ đang mở theo quyết định ghi ở lý do; không phải là hẹn lại",
        "the procedure changed, for open dossiers too as the reason says; it is no re-appointment",
    ),
    "dated_back": (
        "báo muộn hơn ngày làm việc tiếp theo: trước đó đồng hồ vẫn chạy; cần kiểm tra",
        "told later than the next working day: until then the clock ran; to be checked",
    ),
    "second_supplement": (
        "yêu cầu bổ sung lần thứ hai (NĐ 61/2018 Đ.5.1, 11.2c: một lần); cần kiểm tra",
        "papers asked for a second time (Decree 61/2018 art. 5.1, 11.2c: once); to be checked",
    ),
    "late_request": (
        "yêu cầu bổ sung sau 3 ngày làm việc kể từ ngày tiếp nhận (NĐ 61/2018 Đ.19.4); cần kiểm tra",
        "papers asked for later than 3 working days after receipt (Decree 61/2018 art. 19.4); to be checked",
    ),
    "no_basis": (
        "danh sách không ghi căn cứ tạm dừng; cần kiểm tra",
        "the list tells no legal basis of the suspension; to be checked",
    ),
    "before_hand_over": (
        "kết quả ghi trước lần chuyển xử lý cuối: cần kiểm tra",
        "the result is dated before the last hand-over: to be checked",
    ),
    "recorded_after_due": (
        "ghi sau khi hạn đã qua, lùi về trước hạn: cần kiểm tra",
        "recorded after the due date had passed, dated before it: to be checked",
    ),
}
MARKS: Final = (
    *(AFTER_DUE, NO_APOLOGY, LATE_APOLOGY, RECORDED_AFTER_DUE, BEFORE_HAND_OVER),
    *(DATED_BACK, SECOND_SUPPLEMENT, LATE_REQUEST, NO_BASIS),
)
"""What the house keeps beside an event for whoever audits it, in the order an inspector reads them."""
_STOPS: Final = {
    "suspended": "pause",
    "supplement_requested": "restart",
    "consultation_requested": "none",
}


def counting(limit: TimeLimit, rules: CountingRules, lang: Language = "vi") -> str:
    """Return by what rule a limit is counted: days, hours, the same day, none, or the office's own."""
    english = lang == "en"
    if limit.unit is Unit.NONE:
        return _NO_LIMIT[english]
    if rules != CIVIL_CODE:
        return _OWN[english]
    if limit.unit is Unit.SAME_DAY:
        hour, minute = divmod(rules.same_day_cutoff // 60, 60)
        return _SAME_DAY[english].format(cut_off=f"{hour:02}:{minute:02}")
    return (_DAYS if limit.in_days else _HOURS)[english]


def basis_of(event: Event, lang: Language = "vi") -> tuple[str, ...]:
    """Return what the law says of an event, and what an inspector should look at; empty where nothing is."""
    return tuple(_SAID[key][lang == "en"] for key in _keys(event))


def marks_of(event: Event, lang: Language = "vi") -> tuple[str, ...]:
    """Return only what an inspector should look at: a late apology, what was dated back, a stop too late."""
    return tuple(_SAID[key][lang == "en"] for key in MARKS if key in event.data)


def words_of_mark(mark: str, lang: Language = "vi") -> str:
    """Return what a mark says to an inspector."""
    return _SAID[mark][lang == "en"]


def _keys(event: Event) -> list[str]:
    marks = [key for key in MARKS if key in event.data]
    if event.kind in _STOPS and AFTER_DUE not in event.data:
        effect = event.data.get(EFFECT, _STOPS[event.kind])
        asked = event.kind == "consultation_requested" and effect == "none"
        return ["consultation" if asked else effect, *marks]
    return [event.kind, *marks] if event.kind in _SAID else marks
