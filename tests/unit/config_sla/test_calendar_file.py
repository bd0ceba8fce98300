"""Days written into a year by a command stand where a person would have put them."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from config.calendar_file import NewDay, code_from, new_year, with_days

FILE = "calendar/2026.toml"
YEAR = """\
# Ngày nghỉ năm 2026

year = 2026

days = [
  # Tết Dương lịch
  { date = 2026-01-01, kind = "off", name = "Tết", source = "luat", verified = "yes" },
  { date = 2026-09-02, kind = "off", name = "Quốc khánh", source = "luat", verified = "yes" },  # hai
]

[sources]
luat = "Bộ luật Lao động 2019"  # Điều 112
"""


def day(text: str = "2026-01-02", source: str = "CV 127", **more: str) -> NewDay:
    given = {"kind": "swap_off", "name": 'Nghỉ "bù"', **more}
    return NewDay(day=date.fromisoformat(text), source=source, verified="yes", **given)  # type: ignore[arg-type]


WITH_TWO = """\
# Ngày nghỉ năm 2026

year = 2026

days = [
  # Tết Dương lịch
  { date = 2026-01-01, kind = "off",      name = "Tết",         source = "luat",   verified = "yes" },
  { date = 2026-01-02, kind = "swap_off", name = "Nghỉ \\"bù\\"", source = "cv-127", verified = "yes" },
  { date = 2026-09-02, kind = "off",      name = "Quốc khánh",  source = "luat",   verified = "yes" },  # hai
  { date = 2026-12-31, kind = "swap_off", name = "Nghỉ \\"bù\\"", source = "cv-127", verified = "yes" },
]

[sources]
luat   = "Bộ luật Lao động 2019"  # Điều 112
cv-127 = "CV 127"
"""


def test_days_come_in_the_order_of_their_dates_and_comments_stay_where_they_were() -> None:
    assert with_days(YEAR, [day("2026-12-31"), day()], file=FILE) == WITH_TWO


def test_a_document_that_is_known_keeps_its_code_and_a_code_that_is_taken_gets_a_number() -> None:
    found = with_days(
        YEAR, [day(source="Bộ luật Lao động 2019"), day("2026-01-05", source="Luật")], file=FILE
    )
    data = tomllib.loads(found)
    assert [entry["source"] for entry in data["days"]] == ["luat", "luat", "luat-2", "luat"]
    assert data["sources"]["luat-2"] == "Luật"


@pytest.mark.parametrize(
    "text",
    [
        "year = 2026\n",
        "year = 2026\n\n[sources]\n",
        'year = 2026\nsources = { luat = "Luật" }\n',
        'year = 2026\ndays = []\n\n[sources]\nluat = "Luật"\n',
        (
            '[[days]]\ndate = 2026-01-01\nkind = "off"\nname = "x"\nsource = "luat"\nverified = "yes"\n'
            '[sources]\nluat = "Luật"\n'
        ),
    ],
)
def test_a_year_written_another_way_takes_days_too(text: str) -> None:
    # The last one has its year below: a key before every table.
    whole = text if text.startswith("year") else f"year = 2026\n{text}"
    before, found = tomllib.loads(whole), tomllib.loads(with_days(whole, [day()], file=FILE))
    assert found["days"][-1]["date"] == date(2026, 1, 2)
    assert found["days"][:-1] == before.get("days", [])
    assert found["sources"] == {**before.get("sources", {}), "cv-127": "CV 127"}


def test_a_new_year_has_its_heading_its_calendar_and_its_days() -> None:
    text = new_year(2027, "trực".replace("ự", "u"), ["Một", "", "Hai"])
    assert text == '# Một\n#\n# Hai\n\nyear     = 2027\ncalendar = "truc"\n\ndays = [\n]\n'
    found = tomllib.loads(with_days(text, [day("2027-01-01", hours=("07:00-11:00",))], file=FILE))  # type: ignore[arg-type]
    assert found["days"][0]["hours"] == ["07:00-11:00"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Công văn 12729/VPCP-KGVX ngày 25/12/2025", "cong-van-12729-vpcp-kgvx-ngay-25-12-2025"),
        ("Gói Python holidays 0.109: suy từ luật", "goi-python-holidays-0-109"),
        ("Đ" * 50, "d" * 40),
        ("…", "nguon"),
    ],
)
def test_a_code_is_made_of_the_words_of_a_document(words: str, code: str) -> None:
    assert code_from(words) == code
