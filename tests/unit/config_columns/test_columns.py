from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from config.columns import FIELDS, ColumnMapping, fold, load_mapping, load_mappings
from config.errors import ConfigError, Problem
from domain.snapshot import CHANNELS, STATUSES
from tests.unit.config_sla.saying import english_left_in

SHIPPED = sorted((Path(__file__).parents[3] / "config" / "sla" / "intake").glob("*.toml"))
SMALL = 'name = "x"\n[columns]\ncode = "Mã"\nprocedure = ["TT"]\naccepted_at = "Nhận"\n'


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ConfigError) as caught:
        load_mapping(text, file="sla/intake/x.toml")
    assert english_left_in(caught.value.problems) == []
    return caught.value.problems


def shipped() -> tuple[ColumnMapping, ...]:
    return load_mappings({path.name: path.read_text(encoding="utf-8") for path in SHIPPED})


def test_the_shipped_mappings_know_every_field_status_and_channel() -> None:
    assert [path.name for path in SHIPPED] == ["mot-cua.toml", "phan-mem-khac.toml"]
    for mapping in shipped():
        assert tuple(mapping.heads) == FIELDS
        assert set(mapping.statuses.values()) == set(STATUSES)
        assert set(mapping.channels.values()) == set(CHANNELS)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Được tiếp nhận", "processing"),
        ("Đang xử lý", "processing"),
        ("Yêu cầu bổ sung giấy tờ", "supplement"),
        ("Yêu cầu thực hiện nghĩa vụ tài chính", "financial_obligation"),
        ("Tạm dừng", "suspended"),
        ("Công dân yêu cầu rút hồ sơ", "withdrawn"),
        ("Dừng xử lý", "withdrawn"),
        ("Đã xử lý xong", "finished"),
        ("Đã trả kết quả", "returned"),
        ("Không được tiếp nhận", "not_accepted"),
        ("Từ chối giải quyết", "refused"),
    ],
)
def test_the_statuses_of_the_national_portal_are_known(word: str, status: str) -> None:
    assert shipped()[0].statuses[fold(word)] == status


def test_a_dossier_that_was_only_registered_is_not_taken_for_an_accepted_one() -> None:
    assert shipped()[0].statuses[fold("Mới đăng ký")] == "not_accepted"


def test_a_column_of_where_the_applicant_lives_is_not_taken_for_that_of_the_parcel() -> None:
    for mapping in shipped():
        assert "commune" not in mapping.columns_of(["Xã/phường", "Địa chỉ", "Nơi cư trú", "Xã", "MaXa"])
    assert shipped()[0].columns_of(["Xã/phường của thửa đất"]) == {"commune": (0,)}


def test_heads_are_compared_without_case_spaces_and_form_of_accents() -> None:
    written = unicodedata.normalize("NFD", "  MÃ   HỒ SƠ ")
    columns = shipped()[0].columns_of([written, "Tên thủ tục", "Ngày tiếp nhận", "Mã thủ tục"])
    assert columns == {"code": (0,), "procedure": (3, 1), "accepted_at": (2,)}


def test_a_mapping_does_not_fit_without_its_required_columns() -> None:
    assert shipped()[0].missing_in(["Mã hồ sơ", "Đơn vị xử lý"]) == ("procedure", "accepted_at")


def test_an_unknown_column_key_names_its_place_and_the_right_spelling() -> None:
    [problem] = problems_of(SMALL + 'finishd_at = "Xong"\n')
    assert (problem.file, problem.line, problem.column) == ("sla/intake/x.toml", 6, 1)
    assert problem.key == "columns.finishd_at"
    assert "finished_at" in problem.advice
    assert "returned_at" in problem.expected


@pytest.mark.parametrize(
    ("text", "line", "key", "near"),
    [
        (SMALL + '[statuses]\nfinishd = "x"\n', 7, "statuses.finishd", "'finished'"),
        (SMALL + '[channels]\nonlin = "x"\n', 7, "channels.onlin", "'online'"),
        (SMALL + '[status]\nfinished = "x"\n', 6, "status", "'statuses'"),
        ('date_ordr = "dmy"\n' + SMALL, 1, "date_ordr", "'date_order'"),
    ],
)
def test_an_unknown_key_anywhere_is_an_error(text: str, line: int, key: str, near: str) -> None:
    [problem] = problems_of(text)
    assert (problem.line, problem.key) == (line, key)
    assert near in problem.advice


def test_all_problems_come_at_once() -> None:
    problems = problems_of('name = 3\ndate_order = "dym"\n[columns]\ncode = ""\nprocedure = []\nunit = 7\n')
    keys = {problem.key for problem in problems}
    assert {"name", "date_order", "columns.code.0", "columns.procedure", "columns.accepted_at"} <= keys
    assert all(problem.line for problem in problems)


def test_one_head_for_two_fields_is_an_error() -> None:
    [problem] = problems_of(SMALL + 'unit = ["Phòng", "MÃ"]\n')
    assert (problem.line, problem.column) == (6, 18)
    assert "columns.code" in problem.found


def test_one_word_for_two_statuses_is_an_error() -> None:
    [problem] = problems_of(SMALL + '[statuses]\nfinished = "Xong"\nreturned = "xong"\n')
    assert problem.line == 8


def test_broken_toml_is_an_error_with_its_place() -> None:
    [problem] = problems_of(SMALL + "unit = \n")
    assert (problem.line, problem.column) == (6, 8)


def test_the_problems_of_several_files_are_told_together() -> None:
    with pytest.raises(ConfigError) as caught:
        load_mappings({"a.toml": "x = 1", "b.toml": "="})
    assert {problem.file for problem in caught.value.problems} == {"a.toml", "b.toml"}


def test_no_mapping_at_all_is_an_error() -> None:
    with pytest.raises(ConfigError, match="no file"):
        load_mappings({})
