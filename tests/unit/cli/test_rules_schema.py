from __future__ import annotations

import json
from typing import TYPE_CHECKING

from config.sla_editor import editor_files

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.cli.conftest import Line


def test_init_lays_the_schemas_beside_the_rules_so_that_an_editor_knows_them(office: Line) -> None:
    for name, text in editor_files().items():
        assert (office.home / "sla" / name).read_text(encoding="utf-8") == text
    assert office("sla", "check").code == 0


def test_sla_schema_writes_what_is_old_anew_and_leaves_the_rest(office: Line) -> None:
    assert "không ghi gì" in office("sla", "schema").out
    old = office.home / "sla" / ".schemas" / "people.schema.json"
    old.write_text("{}", encoding="utf-8")
    assert office("sla", "schema", "--json").json["written"] == [str(old)]
    assert json.loads(old.read_text(encoding="utf-8"))["required"] == ["people"]


def test_sla_schema_needs_no_office_where_a_folder_is_named(line: Line, tmp_path: Path) -> None:
    answer = line.anywhere("sla", "schema", "--out", str(tmp_path / "rules"))
    assert answer.code == 0
    assert answer.out.count("Đã ghi ") == len(editor_files())
