"""The configuration of the small office of the tests, as its files would say it."""

from __future__ import annotations

from typing import Final

OFFICE_FILE: Final = """\
code = "office"
name = "Văn phòng thử"
agency = "000.00.01.H01"
zone = "Asia/Ho_Chi_Minh"
calendar = "main"

[calendars.main]
name = "Lịch chính"
[[calendars.main.hours]]
weekdays = ["07:00-11:00", "13:00-17:00"]

[units.top]
name = "Lãnh đạo"

[units.land]
name = "Phòng Đất đai"
aliases = ["P. Đất đai"]
parent = "top"

[units.civil]
name = "Phòng Tư pháp"
parent = "top"

[[roles]]
code = "officer"
title = "Công chức thụ lý"

[[roles]]
code = "head"
title = "Lãnh đạo phòng"
"""
PEOPLE: Final = (
    ("land.1", "officer", "land", "at_once"),
    ("land.2", "officer", "land", "at_once"),
    ("land.head", "head", "land", "at_once"),
    ("civil.1", "officer", "civil", "working_hours"),
    ("top.head", "head", "top", "next_morning"),
)
PEOPLE_FILE: Final = "".join(
    f"""\
[[people]]
code = "{code}"
role = "{role}"
unit = "{unit}"
email = "{code}@example.invalid"
delivery = "{delivery}"
"""
    for code, role, unit, delivery in PEOPLE
)
YEAR_FILE: Final = """\
year = 2019
days = [
  { date = 2019-09-02, kind = "off", name = "Quốc khánh", source = "luat", verified = "yes" },
]
[sources]
luat = "Bộ luật Lao động"
"""
FIRST_RUNGS: Final = """\
[ladders.default]
name = "Thang chung"

[[ladders.default.rungs]]
code = "t-2"
before = "2 working_days"
kind = "apology"
roles = ["officer"]
level = 1
template = "apology"

[[ladders.default.rungs]]
code = "due"
on = "due_day"
kind = "reminder"
roles = ["officer"]
level = 2
template = "due_today"

[[ladders.default.rungs]]
code = "t+1"
after = "1 working_days"
kind = "escalation"
roles = ["officer", "head"]
level = 3
template = "escalation"
"""
LADDERS_FILE: Final = f"""\
{FIRST_RUNGS}
[[ladders.default.rungs]]
code = "t+3"
after = "3 working_days"
kind = "escalation"
roles = ["head"]
level = 4
template = "escalation"

[ladders.short]
name = "Thang ngắn"

[[ladders.short.rungs]]
code = "h-1"
before = "1 hours"
kind = "reminder"
roles = ["officer"]
level = 1
template = "due_today"
"""
EACH_ALONE: Final = {"ladders.toml": LADDERS_FILE.replace("level = ", "alone = true\nlevel = ")}
"""For `office_files`: every notice is a letter of its own."""
INTAKE_FILE: Final = """\
name = "Danh sách"
[columns]
code = "Mã hồ sơ"
procedure = "Mã thủ tục"
unit = "Đơn vị xử lý"
officer = "Cán bộ thụ lý"
channel = "Hình thức"
accepted_at = "Ngày tiếp nhận"
promised_at = "Ngày hẹn trả"
finished_at = "Ngày có kết quả"
returned_at = "Ngày trả kết quả"
status = "Trạng thái"
status_at = "Ngày chuyển trạng thái"
[statuses]
processing = ["Đang xử lý"]
suspended = ["Tạm dừng"]
supplement = ["Chờ bổ sung"]
finished = ["Đã xử lý xong"]
returned = ["Đã trả"]
withdrawn = ["Đã rút"]
refused = ["Từ chối"]
[channels]
direct = ["Trực tiếp"]
online = ["Trực tuyến"]
"""


def procedure(code: str, limit: str, *, unit: str = "land", ladder: str = "default", more: str = "") -> str:
    """Return the file of a procedure in force since 2018."""
    return f"""\
code = "{code}"
name = "Thủ tục {code}"
field = "Thử"
unit = "{unit}"
ladder = "{ladder}"
[[versions]]
from = 2018-01-01
limit = "{limit}"
legal_basis = "Luật"
verified = "yes"
{more}"""


def office_files(**procedures: str) -> dict[str, str]:
    """Return the files of the office; `procedures` replace or add files by name ("" takes one away).

    A name that ends in ".toml" is that of a whole file beside them.
    """
    whole = {name: text for name, text in procedures.items() if name.endswith(".toml")}
    files = {
        "ten": procedure("1.001", "10 working_days"),
        "hours": procedure("1.002", "4 hours", ladder="short"),
        "none": procedure("1.003", "none"),
        "calendar": procedure("1.004", "5 calendar_days", unit="civil"),
    } | {name: text for name, text in procedures.items() if name not in whole}
    return {
        "office.toml": OFFICE_FILE,
        "people.toml": PEOPLE_FILE,
        "calendar/2019.toml": YEAR_FILE,
        "ladders.toml": LADDERS_FILE,
        "intake/list.toml": INTAKE_FILE,
        **{f"procedures/{name}.toml": text for name, text in files.items() if text},
        **whole,
    }
