"""Why a slip differs from the law, in Vietnamese and in English: the words of every miscount."""

from __future__ import annotations

from typing import Final

CALENDAR_CHANGED: Final = "calendar_changed"
UNKNOWN: Final = "unknown"
WORDS: Final[dict[str, tuple[str, str]]] = {
    "make_up_ignored": ("không tính ngày làm bù", "make-up day not counted"),
    "swap_ignored": ("không biết hoán đổi ngày làm việc", "swap of working days not known"),
    "swap_off_ignored": ("tính cả ngày nghỉ hoán đổi", "swapped day off counted"),
    "end_not_rolled": (
        "ngày cuối là ngày nghỉ mà không chuyển sang ngày làm việc sau",
        "last day is off and was not moved to the next working day",
    ),
    "holiday_missing": ("thiếu ngày nghỉ", "day off missing"),
    "weekends_only": (
        "chỉ trừ thứ Bảy, Chủ nhật, không biết ngày nghỉ và làm bù",
        "weekends only: no day off and no make-up day known",
    ),
    "receipt_counted": ("tính cả ngày tiếp nhận", "day of receipt counted"),
    "counted_calendar_days": (
        "thời hạn là ngày làm việc mà đếm cả ngày nghỉ",
        "limit in working days, counted in calendar days",
    ),
    "counted_working_days": (
        "thời hạn tính cả ngày nghỉ mà chỉ đếm ngày làm việc",
        "limit in calendar days, counted in working days",
    ),
    "months_of_30_days": ("một tháng tính thành 30 ngày", "month taken for 30 days"),
    "same_day_as_one_day": (
        "trả trong ngày mà tính thành một ngày làm việc",
        "same day taken for one working day",
    ),
    "hours_as_days": (
        "thời hạn theo giờ mà đếm theo ngày (8 giờ là một ngày)",
        "limit in hours, counted in days of eight hours",
    ),
    "clock_hours": ("đếm giờ liên tục, cả ngoài giờ làm việc", "hours counted day and night"),
    "cutoff_ignored": (
        "nhận quá giờ chốt mà vẫn hẹn trong ngày",
        "received after the cut-off, still same day",
    ),
    "receipt_moved": (
        "nhận vào ngày nghỉ, tính như nhận ngày làm việc sau",
        "received on a day off, taken for the next working day",
    ),
    "late_receipt": (
        "nhận quá giờ chốt, tính như nhận ngày làm việc sau",
        "received after the cut-off, taken for the next working day",
    ),
    "next_day_as_receipt": (
        "bắt đầu đếm chậm một ngày làm việc",
        "counting began one working day late",
    ),
    "other_limit": ("dùng thời hạn khác", "another limit used"),
    CALENDAR_CHANGED: (
        "lịch nghỉ đổi sau khi in phiếu, không phải đếm sai",
        "the calendar changed after the slip was printed; not miscounted",
    ),
    UNKNOWN: (
        "không rõ, có thể ghi tay",
        "unknown, perhaps written by hand",
    ),
}


def words_of(code: str, lang: str = "vi") -> str:
    """Return in general words what the code of a reason means."""
    return " + ".join(WORDS[part][lang == "en"] for part in code.split("+"))
