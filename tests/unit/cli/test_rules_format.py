from __future__ import annotations

from typing import TYPE_CHECKING

from config.sla import parse, read_folder

if TYPE_CHECKING:
    from tests.unit.cli.conftest import Line


def test_a_laid_out_office_is_set_the_houses_way_already(office: Line) -> None:
    answer = office("sla", "format", "--check")
    assert (answer.code, answer.out) == (0, "Các tệp đã đúng cách trình bày.\n")


def test_an_untidy_file_is_told_of_and_set_anew_with_the_same_meaning(office: Line) -> None:
    path = office.home / "sla" / "quality.toml"
    untidy = path.read_text(encoding="utf-8").replace("at_least = 98", "at_least=98   # phê duyệt")
    path.write_bytes(b"\xef\xbb\xbf" + untidy.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    told = office("sla", "format", "--check", "--json")
    assert (told.code, told.json) == (1, {"changed": ["quality.toml"], "written": False})
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    before = parse(read_folder(office.home / "sla"))
    assert office("sla", "format").out == "Đã trình bày lại: quality.toml\n"
    assert "\nat_least = 98  # phê duyệt\n" in path.read_bytes().decode("utf-8"), "no byte before, no \\r"
    assert path.stat().st_mode & 0o777 == 0o640
    assert parse(read_folder(office.home / "sla")).targets == before.targets
    assert office("sla", "format", "--check").code == 0
    assert [name.name for name in path.parent.iterdir() if name.name.endswith(".new")] == []


def test_where_one_file_is_no_toml_none_is_written(office: Line) -> None:
    rules = office.home / "sla"
    (rules / "quality.toml").write_text("[targets\n", encoding="utf-8")
    (rules / "bundles.toml").write_text("[bundles]   \n", encoding="utf-8")
    answer = office("sla", "format")
    assert answer.code == 2
    assert answer.err.startswith("quality.toml:1:9: tên bảng thiếu dấu ]")
    assert (rules / "bundles.toml").read_text(encoding="utf-8") == "[bundles]   \n"
