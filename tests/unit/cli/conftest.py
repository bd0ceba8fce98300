"""A command line in this process, with an office on disk and lists to take in."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.unit.config_sla.conftest import small_office
from workers import clock
from workers.cli.run import run

if TYPE_CHECKING:
    from pathlib import Path

HEADS = (
    "Mã hồ sơ;Mã thủ tục;Đơn vị xử lý;Cán bộ thụ lý;Hình thức tiếp nhận;Ngày tiếp nhận;Ngày hẹn trả;"
    "Ngày có kết quả;Trạng thái;Ngày chuyển trạng thái"
)
WORKING_DAYS_5 = "1.003583"


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Line:
    """Call `dunghan --home OFFICE …` and hand back what it said."""

    home: Path
    capsys: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str) -> Answer:
        return self.anywhere("--home", str(self.home), *arguments)

    def anywhere(self, *arguments: str) -> Answer:
        self.capsys.readouterr()
        code = run(arguments)
        said = self.capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return Answer(code, said.out, said.err)

    def write_list(self, *rows: str, name: str = "danh-sach.csv") -> Path:
        path = self.home.parent / name
        path.write_text("\n".join([HEADS, *rows]), encoding="utf-8")
        return path


def row(
    code: str = "H51-1",
    *,
    procedure: str = WORKING_DAYS_5,
    unit: str = "Phòng Tư pháp",
    accepted: str = "03/11/2025 08:00",
    promised: str = "",
    finished: str = "",
    status: str = "Đang xử lý",
    status_at: str = "",
) -> str:
    officer = "tu-phap.chuyen-vien-1"
    cells = (code, procedure, unit, officer, "Trực tiếp", accepted, promised, finished, status, status_at)
    return ";".join(cells)


@pytest.fixture
def line(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Line:
    """A command line whose folder is no office yet."""
    for name in list(os.environ):
        if name.startswith("DUNGHAN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    return Line(tmp_path / "office", capsys)


@pytest.fixture
def office(line: Line) -> Line:
    """A command line whose folder has been laid out."""
    assert line.anywhere("init", str(line.home)).code == 0
    return line


@pytest.fixture
def tiny_rules(tmp_path: Path) -> str:
    """A folder of the smallest rules, with nothing doubtful and days off known for years to come."""
    files = small_office()
    files |= {f"calendar/{year}.toml": f"year = {year}\n" for year in range(2020, clock.now().year + 3)}
    for name, text in files.items():
        path = tmp_path / "tiny" / "sla" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return str(tmp_path / "tiny" / "sla")
