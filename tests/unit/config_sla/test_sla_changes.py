"""What differs between two configurations is told value by value, by the names the office knows."""

from __future__ import annotations

from config.sla_changes import ValueChange, changes_of
from tests.office_texts import LADDERS_FILE, PEOPLE_FILE, YEAR_FILE, office_files, procedure


def changes(**files: str) -> list[ValueChange]:
    return list(changes_of(office_files(), office_files(**files)))


def test_the_same_texts_differ_in_nothing() -> None:
    assert changes() == []


def test_a_limit_is_told_in_words_under_the_version_it_stands_in() -> None:
    assert changes(ten=procedure("1.001", "12 working_days")) == [
        ValueChange(
            "procedures/ten.toml",
            "phiên bản › 01/01/2018 › thời hạn",
            "10 ngày làm việc",
            "12 ngày làm việc",
        )
    ]


def test_a_rung_is_told_by_its_code_wherever_it_stands() -> None:
    later = LADDERS_FILE.replace('before = "2 working_days"', 'before = "3 working_days"')
    (change,) = changes(**{"ladders.toml": later})
    assert (change.what, change.old, change.new) == (
        "thang › default › mốc › t-2 › trước hạn",
        "2 ngày làm việc",
        "3 ngày làm việc",
    )


def test_a_new_day_off_and_a_person_gone_stand_with_all_they_say() -> None:
    day = '  { date = 2019-06-12, kind = "off", name = "Bão", source = "luat", verified = "yes" },\n'
    gone = PEOPLE_FILE.split("[[people]]\n")
    people = "[[people]]\n".join(part for part in gone if '"land.2"' not in part)
    year = YEAR_FILE.replace("days = [\n", f"days = [\n{day}")
    of_year, of_people = changes(**{"calendar/2019.toml": year, "people.toml": people})
    assert of_year == ValueChange(
        "calendar/2019.toml",
        "ngày › 12/06/2019",
        "",
        "ngày 12/06/2019, loại nghỉ, tên Bão, văn bản luat, đã đối chiếu yes",
    )
    assert (of_people.what, of_people.new) == ("người › land.2", "")
    assert "thư điện tử land.2@example.invalid" in of_people.old


def test_a_file_that_comes_or_goes_is_one_line() -> None:
    assert changes(none="", more=procedure("1.009", "2 months")) == [
        ValueChange("procedures/more.toml", "cả tệp", "", "Thủ tục 1.009"),
        ValueChange("procedures/none.toml", "cả tệp", "Thủ tục 1.003", ""),
    ]


def test_order_and_comments_are_no_other_value() -> None:
    parts = PEOPLE_FILE.split("[[people]]\n")[1:]
    turned = "# ai giữ chức danh nào\n" + "".join(f"[[people]]\n{part}" for part in reversed(parts))
    assert changes(**{"people.toml": turned}) == [
        ValueChange("people.toml", "chú thích, trình bày", "như cũ", "như cũ")
    ]


def test_a_long_text_is_cut() -> None:
    more = procedure("1.001", "10 working_days").replace('"Luật"', f'"{"rất dài " * 40}"')
    (change,) = changes(ten=more)
    assert len(change.new) == 160
    assert change.new.endswith("…")
