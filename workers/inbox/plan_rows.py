"""A reform plan, xlsx or csv: its head row found by meaning, its rows read, every fault at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from config.columns import ColumnMapping, fold
from domain.errors import LimitError
from domain.reform_deadline import read_deadline
from domain.reform_plan import PlanTask
from workers.inbox.faults import BadRow, CellProblem, SheetError
from workers.inbox.sheets import open_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from config.sla import Sla
    from workers.inbox.csv_records import Record
    from workers.inbox.sheets import Sheet

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("STT", "TT", "Số TT", "Số thứ tự"),
    "title": ("Nhiệm vụ", "Nội dung nhiệm vụ", "Tên nhiệm vụ", "Nội dung công việc", "Nội dung"),
    "area": ("Lĩnh vực", "Lĩnh vực cải cách", "Nội dung cải cách"),
    "product": ("Sản phẩm", "Sản phẩm/kết quả", "Sản phẩm, kết quả", "Kết quả", "Kết quả, sản phẩm"),
    "lead": ("Đơn vị chủ trì", "Cơ quan chủ trì", "Chủ trì", "Cơ quan, đơn vị chủ trì"),
    "cooperating": ("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp", "Cơ quan, đơn vị phối hợp"),
    "deadline": (
        "Thời gian hoàn thành",
        "Thời hạn hoàn thành",
        "Thời gian thực hiện",
        "Thời hạn",
        "Thời gian",
    ),
    "code": ("Mã nhiệm vụ",),
}
PLAN: Final = ColumnMapping(
    name="Kế hoạch cải cách hành chính",
    file="dunghan reform import --help",
    heads=HEADS,
    statuses={},
    channels={},
    required=("number", "title", "lead", "deadline"),
)
LONGEST: Final = 1_000
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,2}")
_CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]{0,63}")
_LEADING: Final = re.compile(r"^(?:[IVX]+|\d+|[A-ZĐ])[.)/]?\s+", re.IGNORECASE)


def heads_to_fill() -> tuple[str, ...]:
    """Return the heads of a plan that is filled in under headings, the preferred one of each field."""
    return tuple(HEADS[field][0] for field in HEADS if field not in ("area", "code"))


class ReadTask(NamedTuple):
    """Hold a task with the row it stands in (1-based)."""

    line: int
    task: PlanTask


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPlan:
    """Hold a plan as it was read; with any `bad` row it is no plan: its count would be wrong."""

    tasks: tuple[ReadTask, ...]
    bad: tuple[BadRow, ...]


def read_plan(path: Path, sla: Sla, year: int) -> ReadPlan:
    """Read the plan of a year; units and areas are those of the office, by code, name or alias.

    A row with a title but neither lead unit nor time is a heading: the area of the rows under it, where they
    name none. A task is known by "Mã nhiệm vụ", else by the year and its number (CCHC-2019-07). Raises
    SheetError for a file that is no plan, FileNotFoundError when it is gone.
    """
    reader = _Reader(open_sheet(path, [PLAN]), sla, year)
    tasks: list[ReadTask] = []
    bad: list[BadRow] = []
    for record in reader.sheet.records():
        read = reader.read(record)
        if isinstance(read, BadRow):
            bad.append(read)
        elif read is not None:
            tasks.append(read)
    if not tasks and not bad:
        raise SheetError(path.name, found="không có nhiệm vụ nào", expected="ít nhất một dòng nhiệm vụ")
    return ReadPlan(tasks=tuple(tasks), bad=tuple(bad))


class _Reader:
    """Read row after row; the heading above and the codes met so far are remembered."""

    def __init__(self, sheet: Sheet, sla: Sla, year: int) -> None:
        self.sheet, self.sla, self.year = sheet, sla, year
        self.heading = ""
        self.lines: dict[str, int] = {}

    def read(self, record: Record) -> ReadTask | BadRow | None:
        line, cells, fault = record
        if fault:
            return BadRow(line, tuple(cells), (CellProblem("", fault, "dòng đọc được"),))
        values = self._values(cells)
        if not any(values.values()):
            return None
        if self._is_heading(values):
            self.heading = values["title"] or values["number"]  # a merged row has its text in the first cell
            return None
        problems = [*self._problems(values), *self._twice(values, line)]
        if problems:
            return BadRow(line, tuple(cells), tuple(problems))
        return ReadTask(line, self._task(values))

    def _values(self, cells: Sequence[str]) -> dict[str, str]:
        """Return the text of each field on one line; a row shorter than its head has empty cells."""
        values = {}
        for field in HEADS:
            places = self.sheet.columns.get(field, ())
            found = (cells[place] for place in places if place < len(cells) and cells[place])
            values[field] = " ".join(next(found, "").split())
        return values

    @staticmethod
    def _is_heading(values: Mapping[str, str]) -> bool:
        others = (
            values["lead"],
            values["deadline"],
            values["product"],
            values["cooperating"],
            values["code"],
        )
        if any(others) or not (values["title"] or values["number"]):
            return False
        return not _NUMBER.fullmatch(values["number"])

    def _problems(self, values: Mapping[str, str]) -> Iterator[CellProblem]:
        for field in ("number", "title", "lead", "deadline"):
            if not values[field]:
                yield self._problem(field, values, _EXPECTED[field])
        for field, text in values.items():
            if len(text) > LONGEST or not text.isprintable():
                yield self._problem(field, values, f"không quá {LONGEST} chữ, không có ký tự lạ")
        if values["number"] and not values["code"] and not _NUMBER.fullmatch(values["number"]):
            yield self._problem("number", values, _EXPECTED["number"])
        if values["code"] and not _CODE.fullmatch(values["code"]):
            yield self._problem("code", values, "mã gồm chữ không dấu, số, dấu . - /, không quá 64 ký tự")
        if values["lead"] and self.sla.unit_code(values["lead"]) is None:
            near = _near(values["lead"], self.sla.spellings.units, _unit_names(self.sla))
            yield self._problem("lead", values, _EXPECTED["lead"] + near)
        yield from self._area_problems(values)
        yield from self._deadline_problems(values)

    def _area_problems(self, values: Mapping[str, str]) -> Iterator[CellProblem]:
        text = values["area"] or self.heading
        if self._area(text) is not None:
            return
        near = _near(_bare(text), self.sla.spellings.areas, self.sla.areas)
        where = "" if values["area"] else ", ghi ở cột này hoặc ở dòng đề mục phía trên"
        expected = f"một lĩnh vực khai trong [areas] của office.toml{where}{near}"
        yield CellProblem(self.sheet.head_of("area"), text, expected)

    def _deadline_problems(self, values: Mapping[str, str]) -> Iterator[CellProblem]:
        if not values["deadline"]:
            return
        try:
            read_deadline(values["deadline"], self.year)
        except LimitError as error:
            said = error.said(self.sla.zone)
            yield self._problem("deadline", values, said.partition("; cần ")[2] or said)

    def _twice(self, values: Mapping[str, str], line: int) -> Iterator[CellProblem]:
        code = self._code(values)
        first = self.lines.setdefault(code, line)
        if first != line and code:
            field = "code" if values["code"] else "number"
            yield self._problem(field, values, f"mỗi nhiệm vụ một số riêng (dòng {first} đã có số này)")

    def _task(self, values: Mapping[str, str]) -> PlanTask:
        return PlanTask(
            code=self._code(values),
            year=self.year,
            number=values["number"],
            title=values["title"],
            area=self._area(values["area"] or self.heading) or "",
            product=values["product"],
            lead=self.sla.unit_code(values["lead"]) or "",
            cooperating=values["cooperating"],
            deadline=read_deadline(values["deadline"], self.year),
        )

    def _code(self, values: Mapping[str, str]) -> str:
        if values["code"] or not values["number"]:
            return values["code"]
        first, dot, rest = values["number"].partition(".")
        return f"CCHC-{self.year}-{first.zfill(2)}{dot}{rest}"

    def _area(self, text: str) -> str | None:
        return self.sla.area_code(text) or self.sla.area_code(_bare(text))

    def _problem(self, field: str, values: Mapping[str, str], expected: str) -> CellProblem:
        return CellProblem(self.sheet.head_of(field), values[field], expected)


_EXPECTED: Final = {
    "number": "số thứ tự của nhiệm vụ, ví dụ 7",
    "title": "tên nhiệm vụ",
    "lead": "một đơn vị khai trong office.toml",
    "deadline": "thời gian hoàn thành, ví dụ Quý II",
}


def _bare(text: str) -> str:
    """Return a heading without its number: “II. Cải cách thể chế” names an area."""
    return _LEADING.sub("", text).strip(" .:")


def _near(text: str, spellings: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Name what a text that is no spelling was probably meant to be; nothing is near: nothing is said."""
    near = get_close_matches(fold(text), spellings, n=1)
    return f"; gần giống “{names[spellings[near[0]]]}”" if near else ""


def _unit_names(sla: Sla) -> dict[str, str]:
    return {code: unit.name for code, unit in sla.lines.units.items()}
