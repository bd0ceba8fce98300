"""A small office with dull defaults, as texts: a test changes what it is about."""

from __future__ import annotations

from typing import Final

import pytest

from tests.office_texts import FIRST_RUNGS

OFFICE: Final = """\
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
aliases = ["Đất đai", "P. Đất đai"]
parent = "top"

[[roles]]
code = "officer"
title = "Công chức thụ lý"

[[roles]]
code = "head"
title = "Lãnh đạo phòng"
"""
PEOPLE: Final = """\
[[people]]
code = "p1"
role = "officer"
unit = "land"
email = "p1@example.invalid"

[[people]]
code = "p2"
role = "head"
unit = "top"
email = "p2@example.invalid"
delivery = "next_morning"
"""
YEAR: Final = """\
year = 2019
days = [
  { date = 2019-04-29, kind = "swap_off", name = "Hoán đổi", source = "cv", verified = "yes" },
  { date = 2019-05-04, kind = "swap_work", name = "Làm bù", source = "cv", verified = "yes" },
]
[sources]
cv = "Công văn 1"
"""
PROCEDURE: Final = """\
code = "1.001"
name = "Thủ tục một"
field = "Đất đai"
unit = "land"

[[versions]]
from = 2018-01-01
until = 2018-12-31
limit = "5 working_days"
legal_basis = "Luật cũ"
verified = "yes"

[[versions]]
from = 2019-01-01
limit = "10 working_days"
legal_basis = "Luật mới"
verified = "yes"
[[versions.steps]]
code = "a"
name = "Thẩm định"
unit = "land"
role = "officer"
limit = "6 working_days"
[[versions.steps]]
code = "b"
name = "Ký"
unit = "top"
role = "head"
limit = "4 working_days"
"""
BUNDLES: Final = """\
[bundles.both]
name = "Cùng lúc"
components = ["1.001", "1.002"]
limit = "12 working_days"
from = 2019-01-01
"""
QUALITY: Final = """\
[targets.main]
name = "Đúng hạn"
rate = "rate_resolved"
at_least = 98.5
"""
SCORES: Final = """\
contacts = "supplement_requests"
[[criteria]]
code = "on-time"
name = "Đúng hạn"
rate = "rate_resolved"
most = 1.5
from = 2019-01-01
source = "Quyết định"
verified = "no"
brackets = [
  { at_least = 95, points = "proportional" },
  { at_least = 80, points = 0.25 },
  { at_least = 0, points = 0 },
]
"""
INTAKE: Final = """\
name = "Danh sách"
[columns]
code = "Mã hồ sơ"
procedure = "Mã thủ tục"
accepted_at = "Ngày tiếp nhận"
"""


@pytest.fixture
def files() -> dict[str, str]:
    return small_office()


def small_office() -> dict[str, str]:
    return {
        "office.toml": OFFICE,
        "people.toml": PEOPLE,
        "calendar/2019.toml": YEAR,
        "procedures/one.toml": PROCEDURE,
        "procedures/two.toml": PROCEDURE.replace("1.001", "1.002").replace("Thủ tục một", "Thủ tục hai"),
        "ladders.toml": FIRST_RUNGS,
        "bundles.toml": BUNDLES,
        "quality.toml": QUALITY,
        "scores.toml": SCORES,
        "intake/list.toml": INTAKE,
    }
