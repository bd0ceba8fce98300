"""The sentences of the catalogue about counting: limits that cannot land, calendars that cannot answer."""

from __future__ import annotations

from typing import Final

COUNTING: Final[dict[str, tuple[str, str]]] = {
    "window_out_of_order": (
        (
            "khung giờ từ phút {begin} đến phút {end} trong ngày kết thúc trước khi bắt đầu hoặc chồng lên "
            "khung khác; các khung xếp theo thứ tự, ca đêm thì tách ra lúc nửa đêm"
        ),
        (
            "the window from minute {begin} to minute {end} of the day ends before it begins or overlaps "
            "another; windows are in order, night work is split at midnight"
        ),
    ),
    "never_works": (
        "lịch không bao giờ làm việc: không ngày nào trong tuần, không ngày đặc biệt nào có giờ",
        "the calendar never works: no weekday and no special day has a window",
    ),
    "day_without_hours": (
        "ngày {day} đã biết ngày nghỉ nhưng không có giờ làm việc nào có hiệu lực",
        "no hours are in force on {day}, a day whose days off are known",
    ),
    "instant_without_zone": (
        "thời điểm {at} không có múi giờ; cần một thời điểm có múi giờ",
        "{at} has no time zone; an aware instant is needed",
    ),
    "outside_the_years": (
        "{at} nằm ngoài các năm từ 1 đến 9999",
        "{at} lies outside the years 1 to 9999",
    ),
    "day_outside_the_years": (
        "{day} nằm ngoài các năm từ 1 đến 9999 mà một lịch có thể chứa",
        "{day} lies outside the years 1 to 9999 that a calendar can hold",
    ),
    "days_outside_the_years": (
        "{amount} ngày kể từ {day} nằm ngoài các năm từ 1 đến 9999",
        "{amount} days from {day} lie outside the years 1 to 9999",
    ),
    "months_outside_the_years": (
        "{amount} tháng kể từ {day} nằm ngoài các năm từ 1 đến 9999",
        "{amount} months from {day} lie outside the years 1 to 9999",
    ),
    "micros_outside_the_years": (
        "{amount} micrô giây kể từ năm 1970 nằm ngoài các năm từ 1 đến 9999",
        "{amount} microseconds from 1970 lie outside the years 1 to 9999",
    ),
    "no_working_moment": (
        "không có thời điểm làm việc như vậy: lịch không làm việc xa hay lâu đến thế",
        "no such working moment: the calendar does not work that far or that long",
    ),
    "too_many_days": (
        "thời hạn {amount} ngày dài hơn {most} ngày; hãy xem lại số lượng và đơn vị đếm",
        "a limit of {amount} days is longer than {most} days; check its amount and unit",
    ),
    "two_centuries": (
        "thời hạn {amount} {unit} dài hơn hai thế kỷ",
        "a limit of {amount} {unit} is longer than two centuries",
    ),
    "no_walk": (
        "thời hạn {amount} {unit} không thể đếm từng ngày",
        "a limit of {amount} {unit} cannot be walked day by day",
    ),
    "no_due_date": (
        "thủ tục không quy định thời hạn thì không có hạn trả kết quả",
        "a procedure without a limit has no due date",
    ),
    "pause_backwards": (
        "khoảng dừng từ {begin} kết thúc trước khi bắt đầu, lúc {end}",
        "the pause from {begin} ends before it begins, at {end}",
    ),
    "no_pause_backwards": (
        "thời hạn đếm ngược theo ngày thì không thể tạm dừng theo ngày",
        "a limit that counts days backwards cannot be paused in days",
    ),
    "no_such_case": (
        "thủ tục {code} không có trường hợp '{case}'; các trường hợp của nó: {known}",
        "procedure {code} has no limit case '{case}'; its cases: {known}",
    ),
    "not_added_up": (
        "không thể cộng các thời hạn tính theo {units}",
        "limits in {units} cannot be added up",
    ),
    "moment_without_zone": (
        "thời điểm {at} không có múi giờ; cần có múi giờ",
        "the moment {at} has no time zone; a zone is needed",
    ),
    "nobody_holds": (
        "ở đơn vị {unit} không ai giữ chức danh {role}, các chức danh cấp trên cũng vậy",
        "nobody holds the role '{role}' for unit '{unit}', nor any role above it",
    ),
    "no_people": (
        "không báo được cho ai giữ chức danh {role}: cơ quan không có người nào",
        "nobody can be told as '{role}': the office has no people",
    ),
}
