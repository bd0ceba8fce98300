"""A command edits people.toml as a careful person would: what it was not asked to change stays."""

from __future__ import annotations

import tomllib
from datetime import date

import pytest

from config.people_file import back_from, with_absence
from config.sla import SAMPLE
from domain.absence import Absence

SAMPLE_TEXT = (SAMPLE / "people.toml").read_text(encoding="utf-8")
WEEK = Absence(first=date(2026, 12, 1), last=date(2026, 12, 5), substitute="b")
BLOCKS = """\
people = []   # ai

# nghỉ phép
[[absences]]  # của a
person = "a"
to     = 2026-12-05   # thứ Bảy
from   = 2026-12-01   # thứ Ba

# họp
[[absences]]
person = "b"
from = 2026-12-10
to = 2026-12-11
# hết
"""
LINES = """\
absences = [
  # nghỉ phép
  { person = "a", from = 2026-12-01, to = 2026-12-05 }, # của a
  { person = "b", from = 2026-12-10, to = 2026-12-11 },
]
people = []
"""


def test_an_absence_is_added_at_the_end_and_nothing_else_is_touched() -> None:
    changed = with_absence(SAMPLE_TEXT, "a", WEEK)
    assert changed == SAMPLE_TEXT + (
        '\n[[absences]]\nperson = "a"\nfrom = 2026-12-01\nto = 2026-12-05\nsubstitute = "b"\n'
    )
    again = with_absence(changed, "c", Absence(first=WEEK.first, last=WEEK.last))
    assert again == changed + '\n[[absences]]\nperson = "c"\nfrom = 2026-12-01\nto = 2026-12-05\n'


def test_a_list_in_lines_stays_a_list_in_lines() -> None:
    changed = with_absence(LINES, "c", WEEK)
    assert tomllib.loads(changed)["absences"][2] == {
        "person": "c",
        "from": WEEK.first,
        "to": WEEK.last,
        "substitute": "b",
    }
    assert "# nghỉ phép" in changed
    assert "# của a" in changed


@pytest.mark.parametrize("text", [BLOCKS, LINES])
def test_who_is_back_early_has_another_last_day_and_every_comment_stays(text: str) -> None:
    assert back_from(text, "a", date(2026, 12, 3)) == text.replace("2026-12-05", "2026-12-02")
    assert back_from(text, "b", date(2026, 12, 11)) == text.replace("2026-12-11", "2026-12-10")


def test_an_absence_that_never_began_goes_with_its_own_lines_alone() -> None:
    begin, end = BLOCKS.index("[[absences]]  # của a"), BLOCKS.index("\n# họp")
    assert back_from(BLOCKS, "a", date(2026, 12, 1)) == BLOCKS[:begin] + BLOCKS[end:]
    without = back_from(BLOCKS, "b", date(2026, 12, 10))
    assert without.endswith("# họp\n# hết\n")
    assert [entry["person"] for entry in tomllib.loads(without)["absences"]] == ["a"]
    assert back_from(with_absence(SAMPLE_TEXT, "a", WEEK), "a", WEEK.first) == SAMPLE_TEXT


def test_of_a_list_in_lines_too() -> None:
    changed = back_from(LINES, "a", date(2026, 12, 1))
    assert [entry["person"] for entry in tomllib.loads(changed)["absences"]] == ["b"]
    assert "# nghỉ phép" in changed


@pytest.mark.parametrize(("person", "day"), [("a", 6), ("a", 30), ("b", 1), ("c", 1)])
def test_who_is_not_away_cannot_be_back(person: str, day: int) -> None:
    for text in (BLOCKS, LINES, SAMPLE_TEXT):
        with pytest.raises(LookupError, match=f"{person} is not away on 2026-12-{day:02d}"):
            back_from(text, person, date(2026, 12, day))
