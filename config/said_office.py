"""The sentences of the catalogue about the office: names, units, people, calendars, hours, days off."""

from __future__ import annotations

from typing import Final

OFFICE: Final[dict[str, tuple[str, str]]] = {
    "unit": ("đơn vị", "unit"),
    "role": ("chức danh", "role"),
    "calendar": ("lịch làm việc", "calendar"),
    "ladder": ("thang nhắc", "ladder"),
    "person": ("người", "person"),
    "source": ("văn bản", "source"),
    "template": ("mẫu thư", "template"),
    "procedure": ("thủ tục", "procedure"),
    "step": ("bước", "step"),
    "field": ("lĩnh vực", "field"),
    "commune": ("xã, phường", "commune"),
    "area": ("lĩnh vực cải cách", "area"),
    "unknown_name": ("{what} {name!r} chưa khai báo", "the unknown {what} {name!r}"),
    "known_name": ("{what} đã khai báo: {names}", "a known {what}: {names}"),
    "no_known_name": ("{what} đã khai báo; chưa có {what} nào", "a known {what}; there is none"),
    "spelled_already": (
        "{text!r} đã là cách viết của {what} {owner!r}",
        "{text!r}, which is the {what} {owner!r} already",
    ),
    "spelled_once": ("mỗi {what} một cách viết riêng", "one {what} each"),
    "code_twice": ("{code!r} ghi lần thứ hai", "{code!r} a second time"),
    "code_once": ("mỗi mã một lần", "each code once"),
    "zone": (
        'múi giờ trong danh mục tz, như "Asia/Ho_Chi_Minh"',
        'a zone of the tz list such as "Asia/Ho_Chi_Minh"',
    ),
    "unit_above_itself": ("đơn vị {code!r} là cấp trên của chính nó", "the unit {code!r} above itself"),
    "line_that_ends": ("đường cấp trên có điểm cuối", "a line that ends at the top"),
    "role_twice": ("chức danh {code!r} ghi lần thứ hai", "the role {code!r} a second time"),
    "role_once": ("mỗi chức danh một lần", "each role once"),
    "role_unheld": ("chức danh {code!r} không ai giữ", "the role {code!r}, which nobody holds"),
    "role_holder": (
        "ít nhất một người giữ chức danh này trong {file}",
        "at least one person with this role in {file}",
    ),
    "role_goes_up": (
        "thông báo cho chức danh này chuyển lên chức danh trên",
        "its notices go to the next role up",
    ),
    "person_once": ("mỗi người một lần", "each person once"),
    "way_twice": ("một đường báo ghi hai lần", "a channel a second time"),
    "way_once": ("mỗi đường báo một lần", "each channel once"),
    "phone_and_id": ("cả phone và gateway_id", "a phone and a gateway_id"),
    "one_of_them": ("một trong hai", "one of them"),
    "sms_without_address": ('"sms" mà không có địa chỉ', '"sms" without an address'),
    "phone_or_id": ("khóa “phone” hoặc “gateway_id”", "the key 'phone' or 'gateway_id'"),
    "unused_address": ("địa chỉ không gửi gì tới", "an address nothing is sent to"),
    "ways_with_sms": (
        'channels = ["sms"] hoặc ["mail", "sms"]',
        'channels = ["sms"] or ["mail", "sms"]',
    ),
    "told_by_mail": ("{person} chỉ được báo bằng thư", "{person} is told by mail only"),
    "sms_without_gateway": (
        'kênh "sms" của {people}',
        'channels with "sms" for {people}',
    ),
    "sms_gateway": ("DUNGHAN_WEBHOOK_URL trong .env", "DUNGHAN_WEBHOOK_URL in .env"),
    "sms_by_mail": (
        "chưa có thì họ được báo bằng thư, hoặc không được báo",
        "until then they are told by mail, or not at all",
    ),
    "absence_last_day": (
        "một ngày không trước {first}, ngày đầu vắng mặt",
        "a day not before {first}, the first day of the absence",
    ),
    "own_substitute": ("{person!r} thay cho chính mình", "{person!r} standing in for nobody else"),
    "another_substitute": (
        "một người khác, hoặc không ghi người thay: người giữ chức danh tiếp theo",
        "somebody else, or no substitute: the next holder of the role",
    ),
    "absent_twice": (
        "{person!r} vắng mặt lần nữa, đã vắng từ {first} đến {last}",
        "{person!r} away a second time, from {first} to {last} already",
    ),
    "absences_apart": (
        "các lần vắng của một người không trùng ngày nào",
        "absences of a person that share no day",
    ),
    "substitutes_in_circle": (
        "những người cùng vắng lại thay cho nhau: {people}",
        "people away at the same time who stand in for each other: {people}",
    ),
    "substitute_at_work": (
        "người thay có mặt, hoặc có người khác thay",
        "a substitute who is at work, or whose own substitute is",
    ),
    "working_calendar": (
        "lịch có ngày làm việc, các khung giờ theo thứ tự",
        "a calendar that works, with windows in order",
    ),
    "calendar_without_year": (
        "lịch {code!r} không có năm nào",
        "no year for the calendar {code!r}",
    ),
    "calendar_file": ("một tệp calendar/NĂM.toml", "a file calendar/YEAR.toml"),
    "calendar_hole": (
        "lịch {code!r} bị hở: không có tệp cho năm {years}",
        "a hole in the calendar {code!r}: no file for {years}",
    ),
    "every_year": (
        "mọi năm từ {first} đến {last} trong calendar/",
        "every year from {first} to {last} under calendar/",
    ),
    "year_as_weekends": (
        "năm không ghi ngày nghỉ sẽ bị tính như chỉ nghỉ cuối tuần",
        "a year without days off would be counted as weekends only",
    ),
    "calendar_ends": (
        "lịch {code!r} chỉ có ngày nghỉ đến hết {until}",
        "the calendar {code!r}, which ends on {until}",
    ),
    "days_off_of": ("ngày nghỉ của năm {year}", "the days off of {year}"),
    "provisional": ("hạn tính quá ngày đó chỉ là tạm tính", "due dates beyond it are provisional"),
    "hole_in_hours": ("không có giờ làm việc cho {day}", "no hours for {day}"),
    "hours_every_day": (
        "giờ cho mọi ngày từ {first} đến {last}",
        "hours for every day from {first} to {last}",
    ),
    "ordinary_hours_first": (
        "ghi giờ thường trước, không có “from”, “until”, “season”; các khối khác ghi dưới",
        "write the ordinary hours first, without 'from', 'until' and 'season', and the others below",
    ),
    "day_not_before": ("một ngày không trước {day}", "a day not before {day}"),
    "hours_hide_all": (
        "giờ phủ hết mọi ngày của khối {number} ở trên",
        "hours that hide the block {number} above on all its days",
    ),
    "part_of_its_days": (
        "một phần các ngày của khối đó, hoặc bỏ khối đó đi",
        "a part of its days, or the block above taken out",
    ),
    "hours_without_first_day": ("giờ không có ngày đầu", "hours without a first day"),
    "from_after_above": (
        "khóa “from” ghi ngày sau ngày đầu của giờ ở trên",
        "the key 'from' with a date after that of the hours above",
    ),
    "or_until_or_season": ("hoặc “until”, hoặc “season”", "or 'until', or 'season'"),
    "hours_not_after": (
        "giờ không bắt đầu sau giờ ở trên",
        "hours that do not begin after those above",
    ),
    "hours_hide_from": (
        "giờ phủ hết khối {number} ở trên từ {day} trở đi",
        "hours that hide the block {number} above from {day} on",
    ),
    "lasting_above": (
        "giờ lâu dài ghi trên, giờ theo mùa hoặc có ngày cuối ghi dưới",
        "lasting hours above those of a season or with an end",
    ),
    "move_block_up": (
        "chuyển khối này lên trên, hoặc ghi “until” cho khối ở trên",
        "move this block up, or end the one above with 'until'",
    ),
    "day": ("{day} ({weekday})", "{day} ({weekday})"),
    "weekday_0": ("thứ Hai", "Monday"),
    "weekday_1": ("thứ Ba", "Tuesday"),
    "weekday_2": ("thứ Tư", "Wednesday"),
    "weekday_3": ("thứ Năm", "Thursday"),
    "weekday_4": ("thứ Sáu", "Friday"),
    "weekday_5": ("thứ Bảy", "Saturday"),
    "weekday_6": ("Chủ nhật", "Sunday"),
    "day_of_year": ("một ngày của năm {year}", "a day of the year {year}"),
    "day_twice": ("{day} ghi lần thứ hai", "{day} a second time"),
    "day_once": ("mỗi ngày một lần trong một lịch", "each day once in a calendar"),
    "make_up_day": ("ngày làm bù {day}", "the make-up day {day}"),
    "otherwise_closed": (
        "một ngày lẽ ra cơ quan nghỉ",
        "a day on which the office is otherwise closed",
    ),
    "swapped_day": ("ngày nghỉ hoán đổi {day}", "the swapped day off {day}"),
    "otherwise_works": (
        "một ngày lẽ ra cơ quan làm việc",
        "a day on which the office otherwise works",
    ),
    "short_day_without_hours": ("ngày làm việc ngắn không có giờ", "a short day without hours"),
    "key_hours": (
        'khóa “hours”, như ["07:00-11:00"]',
        "the key 'hours', such as [\"07:00-11:00\"]",
    ),
    "hours_on_day_off": ("giờ trên một ngày nghỉ", "hours on a day off"),
    "no_hours": ("không ghi giờ", "no hours"),
    "confirmed_in_part": (
        "{day} ({name}) mới xác nhận một phần",
        "{day} ({name}) confirmed only in part",
    ),
    "announcement": (
        "văn bản thông báo, có người đã đọc",
        "the announcement, read by a person",
    ),
}
