"""The sentences of the catalogue about the small texts of a file: limits, hours, codes, addresses, parts."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "text_limit": (
        'thời hạn như "10 working_days", "8 hours", "same_day" hoặc "none"',
        'a limit such as "10 working_days", "8 hours", "same_day" or "none"',
    ),
    "text_no_amount": ("không ghi số lượng trước đơn vị này", "no amount"),
    "text_some_amount": ("số lớn hơn 0 trước {unit}", "more than 0 {unit}"),
    "text_two_centuries": ("thời hạn ngắn hơn hai thế kỷ", "a limit shorter than two centuries"),
    "text_unit": ("một trong các đơn vị đếm {units}", "a unit of {units}"),
    "text_addition": (
        'số lượng cộng thêm, như "10 working_days"',
        'an amount to add, such as "10 working_days"',
    ),
    "text_offset": (
        'working_days, hours hoặc minutes, như "2 working_days"',
        'working_days, hours or minutes, such as "2 working_days"',
    ),
    "text_part": (
        'phần thời hạn như "75 %" hoặc "150 %", nhiều nhất {most} %',
        'a part of the limit such as "75 %" or "150 %", at most {most} %',
    ),
    "text_part_whole": (
        'đúng ngày hạn thì ghi on = "due_day"',
        'the due day itself is on = "due_day"',
    ),
    "text_window": ('giờ làm việc như "07:00-11:00"', 'office hours such as "07:00-11:00"'),
    "text_window_order": (
        "giờ kết thúc sau giờ bắt đầu; ca đêm thì tách ra lúc nửa đêm",
        "hours that end after they begin; night work is split at midnight",
    ),
    "text_clock": ('giờ trong ngày như "15:00"', 'a time of day such as "15:00"'),
    "text_season": (
        'hai ngày trong năm, tháng trước ngày sau, như ["04-16", "10-15"]',
        'two days of the year, month first, such as ["04-16", "10-15"]',
    ),
    "text_midnight": ("giờ từ 00:00 đến 24:00", "a time between 00:00 and 24:00"),
    "text_mail": (
        "một địa chỉ thư như van-thu@example.invalid",
        "one mail address such as van-thu@example.invalid",
    ),
    "text_phone": (
        'số điện thoại 9 đến 15 chữ số trong ngoặc kép, như "+84900000000"',
        'a phone number of 9 to 15 digits in quotes, such as "+84900000000"',
    ),
    "text_gateway_id": (
        "mã nhiều nhất 128 ký tự: chữ không dấu, chữ số và . _ : @ + -",
        "an id of at most 128 Latin letters, digits and . _ : @ + -",
    ),
    "text_code": (
        "mã gồm chữ không dấu, chữ số và . _ + -",
        "a code of Latin letters, digits and . _ + -",
    ),
    "text_case_code": (
        "mã nhiều nhất {most} ký tự: chữ không dấu, chữ số và . _ -",
        "a code of at most {most} Latin letters, digits and . _ -",
    ),
    "text_filled": ("chữ trong ngoặc kép, không để trống", "a text in quotes that is not empty"),
    "text_line": ("một dòng nhiều nhất {most} ký tự", "one line of at most {most} characters"),
    "text_percent": ("số phần trăm từ 0 đến 100", "a percentage between 0 and 100"),
    "text_share": ("số phần trăm nguyên từ 1 đến {most}", "a whole percentage from 1 to {most}"),
    "text_points": ("số điểm từ 0 đến {most}", "points from 0 to {most}"),
    "text_bracket_points": (
        'số điểm từ 0 đến {most}, hoặc "{word}"',
        'points from 0 to {most}, or "{word}"',
    ),
}
