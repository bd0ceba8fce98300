"""What `status` and `metrics` say of the days off, whatever year it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.unit.cli.conftest import row
from workers import clock

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line

ZONE = timedelta(hours=7)


def today() -> date:
    return (clock.now() + ZONE).date()


def know_the_days_until(office: Line, last: int) -> None:
    folder = office.home / "sla" / "calendar"
    for path in folder.glob("*.toml"):
        if int(path.stem) > last:
            path.unlink()
    for year in range(int(max(folder.glob("*.toml")).stem) + 1, last + 1):
        (folder / f"{year}.toml").write_text(f"year = {year}\n", encoding="utf-8")
    assert office("sla", "apply", "--reason", "thử", "--yes").code == 0


def test_days_off_known_for_longer_are_not_spoken_of(office: Line) -> None:
    know_the_days_until(office, today().year + 1)
    assert "Lịch nghỉ hanh-chinh" not in office("status").out
    found = office("status", "--json").json
    assert found["warnings"] == []
    assert found["calendars"] == [
        {
            "calendar": "hanh-chinh",
            "known_until": f"{today().year + 1}-12-31",
            "days_left": (date(today().year + 1, 12, 31) - today()).days + 1,
        }
    ]


def test_days_off_that_have_run_out_are_a_trouble_with_what_to_write(office: Line) -> None:
    year = today().year
    know_the_days_until(office, year - 1)
    local = clock.now() + ZONE - timedelta(minutes=1)
    office("import", str(office.write_list(row("H51-1", accepted=f"{local:%d/%m/%Y %H:%M}"))))
    answer = office("status")
    assert answer.code == 1
    said = " ".join(answer.out.split())
    assert f"Lịch nghỉ hanh-chinh đã hết ngày 31/12/{year - 1}; 1 hồ sơ đang mở có hạn tạm tính" in said
    assert f"sla/calendar/{year}.toml" in said
    assert all(len(text) <= 80 for text in answer.out.splitlines())
    found = office("status", "--json").json
    assert found["warnings"] == []
    assert any(f"đã hết ngày 31/12/{year - 1}" in trouble for trouble in found["troubles"])


def test_prometheus_is_told_how_many_days_are_left(office: Line) -> None:
    know_the_days_until(office, today().year + 1)
    left = (date(today().year + 1, 12, 31) - today()).days + 1
    line = f'dunghan_calendar_days_left{{calendar="hanh-chinh",office="my-xuyen"}} {left}.0'
    assert line in office("metrics").out.splitlines()
