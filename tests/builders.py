"""A small office, lists and events with dull defaults: a test says only what it is about."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from workers.use_cases.act import Acted, act_on_batch
from workers.use_cases.import_file import Imported, import_file
from workers.use_cases.office import record_configuration
from workers.use_cases.record_event import record_event
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from domain.errors import DomainError
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE: Final = "office"
LEASE: Final = timedelta(minutes=2)

OFFICE_FILE: Final = """\
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
aliases = ["P. Đất đai"]
parent = "top"

[units.civil]
name = "Phòng Tư pháp"
parent = "top"

[[roles]]
code = "officer"
title = "Công chức thụ lý"

[[roles]]
code = "head"
title = "Lãnh đạo phòng"
"""
PEOPLE: Final = (
    ("land.1", "officer", "land", "at_once"),
    ("land.2", "officer", "land", "at_once"),
    ("land.head", "head", "land", "at_once"),
    ("civil.1", "officer", "civil", "working_hours"),
    ("top.head", "head", "top", "next_morning"),
)
PEOPLE_FILE: Final = "".join(
    f"""\
[[people]]
code = "{code}"
role = "{role}"
unit = "{unit}"
email = "{code}@example.invalid"
delivery = "{delivery}"
"""
    for code, role, unit, delivery in PEOPLE
)
YEAR_FILE: Final = """\
year = 2019
days = [
  { date = 2019-09-02, kind = "off", name = "Quốc khánh", source = "luat", verified = "yes" },
]
[sources]
luat = "Bộ luật Lao động"
"""
LADDERS_FILE: Final = """\
[ladders.default]
name = "Thang chung"

[[ladders.default.rungs]]
code = "t-2"
before = "2 working_days"
kind = "apology"
roles = ["officer"]
level = 1
template = "apology"

[[ladders.default.rungs]]
code = "due"
on = "due_day"
kind = "reminder"
roles = ["officer"]
level = 2
template = "due_today"

[[ladders.default.rungs]]
code = "t+1"
after = "1 working_days"
kind = "escalation"
roles = ["officer", "head"]
level = 3
template = "escalation"

[[ladders.default.rungs]]
code = "t+3"
after = "3 working_days"
kind = "escalation"
roles = ["head"]
level = 4
template = "escalation"

[ladders.short]
name = "Thang ngắn"

[[ladders.short.rungs]]
code = "h-1"
before = "1 hours"
kind = "reminder"
roles = ["officer"]
level = 1
template = "due_today"
"""
INTAKE_FILE: Final = """\
name = "Danh sách"
[columns]
code = "Mã hồ sơ"
procedure = "Mã thủ tục"
unit = "Đơn vị xử lý"
officer = "Cán bộ thụ lý"
channel = "Hình thức"
accepted_at = "Ngày tiếp nhận"
promised_at = "Ngày hẹn trả"
finished_at = "Ngày có kết quả"
returned_at = "Ngày trả kết quả"
status = "Trạng thái"
status_at = "Ngày chuyển trạng thái"
[statuses]
processing = ["Đang xử lý"]
suspended = ["Tạm dừng"]
supplement = ["Chờ bổ sung"]
finished = ["Đã xử lý xong"]
returned = ["Đã trả"]
withdrawn = ["Đã rút"]
refused = ["Từ chối"]
[channels]
direct = ["Trực tiếp"]
online = ["Trực tuyến"]
"""
HEADS: Final = {
    "code": "Mã hồ sơ",
    "procedure": "Mã thủ tục",
    "unit": "Đơn vị xử lý",
    "officer": "Cán bộ thụ lý",
    "channel": "Hình thức",
    "accepted": "Ngày tiếp nhận",
    "promised": "Ngày hẹn trả",
    "finished": "Ngày có kết quả",
    "returned": "Ngày trả kết quả",
    "status": "Trạng thái",
    "status_at": "Ngày chuyển trạng thái",
}


def procedure(code: str, limit: str, *, unit: str = "land", ladder: str = "default", more: str = "") -> str:
    """Return the file of a procedure in force since 2018."""
    return f"""\
code = "{code}"
name = "Thủ tục {code}"
field = "Thử"
unit = "{unit}"
ladder = "{ladder}"
[[versions]]
from = 2018-01-01
limit = "{limit}"
legal_basis = "Luật"
verified = "yes"
{more}"""


def office_files(**procedures: str) -> dict[str, str]:
    """Return the files of the office; `procedures` replace or add files by name ("" takes one away)."""
    files = {
        "ten": procedure("1.001", "10 working_days"),
        "hours": procedure("1.002", "4 hours", ladder="short"),
        "none": procedure("1.003", "none"),
        "calendar": procedure("1.004", "5 calendar_days", unit="civil"),
    } | procedures
    return {
        "office.toml": OFFICE_FILE,
        "people.toml": PEOPLE_FILE,
        "calendar/2019.toml": YEAR_FILE,
        "ladders.toml": LADDERS_FILE,
        "intake/list.toml": INTAKE_FILE,
        **{f"procedures/{name}.toml": text for name, text in files.items() if text},
    }


def local(text: str) -> datetime:
    """Return a local moment of the office, "03/06/2019 08:00", as an aware instant in UTC."""
    form = "%d/%m/%Y %H:%M" if ":" in text else "%d/%m/%Y"
    return datetime.strptime(text, form).replace(tzinfo=ZONE).astimezone(UTC)


def row(code: str = "HS-1", **cells: str) -> dict[str, str]:
    """Return a row of the list: received on Monday 3 June 2019 at 8, ten working days, due 17 June."""
    plain = {
        "procedure": "1.001",
        "unit": "land",
        "officer": "land.1",
        "accepted": "03/06/2019 08:00",
        "status": "Đang xử lý",
    }
    return {"code": code, **plain, **cells}


def write_list(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write rows as the one-stop software exports them."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(HEADS.values())
        writer.writerows([entry.get(name, "") for name in HEADS] for entry in rows)
    return path


@dataclass
class OfficeAtWork:
    """Drive one office through its use cases; facts are read back from the database."""

    store: Store
    folder: Path
    lists: int = field(default=0)

    def configure(self, *, now: str = "01/06/2019 07:00", **procedures: str) -> int | None:
        """Record the configuration of the office, or a changed one."""
        files = office_files(**procedures)
        return record_configuration(self.store, files, author="ops", reason="thử", now=local(now))[1]

    def take_in(self, *rows: Mapping[str, str], now: str = "03/06/2019 09:00", **more: Any) -> Imported:
        """Import a list of rows at a moment."""
        self.lists += 1
        return self.import_path(write_list(self.folder / f"list-{self.lists}.csv", rows), now=now, **more)

    def import_path(self, path: Path, *, now: str, **more: Any) -> Imported:
        """Import a file at a moment; the refused rows go beside it."""
        rejects = path.with_name(f"{path.stem}.loi.csv")
        return import_file(self.store, OFFICE, path, rejects=rejects, actor="test", now=local(now), **more)

    def event(
        self,
        kind: str,
        code: str = "HS-1",
        *,
        at: str,
        now: str = "30/06/2019 08:00",
        key: str = "",
        **data: str,
    ) -> DomainError | None:
        """Send one event as another system does."""
        payload = message(kind, code, at=at, key=key, **data)
        return record_event(self.store, OFFICE, payload, actor="test", now=local(now))

    def act(self, *codes: str, now: str) -> Acted:
        """Act on dossiers that have come due."""
        return act_on_batch(self.store, OFFICE, codes or ("HS-1",), now=local(now), lease=LEASE)

    def sweep(self, *, now: str) -> list[str]:
        """Find what has come due."""
        return sweep_dossiers(self.store, OFFICE, now=local(now), lease=LEASE)

    def stored(self, code: str = "HS-1") -> Stored:
        """Return a dossier as the projection has it."""
        with self.store.read(OFFICE) as work:
            return work.dossiers.load([code])[code]

    def clock(self, code: str = "HS-1") -> Clock | None:
        """Return the clock of a dossier, None once it is closed."""
        with self.store.read(OFFICE) as work:
            return work.clocks.load([code]).get(code)

    def history(self, code: str = "HS-1") -> list[Entry]:
        """Return a dossier's recorded events."""
        with self.store.read(OFFICE) as work:
            return work.events.history(code)

    def kinds(self, code: str = "HS-1") -> list[str]:
        """Return the kinds of a dossier's events in order."""
        return [entry.event.kind for entry in self.history(code)]

    def moments(self, code: str = "HS-1") -> list[tuple[str, str]]:
        """Return (kind, local moment) of a dossier's events in order."""
        return [
            (entry.event.kind, f"{entry.event.occurred_at.astimezone(ZONE):%d/%m/%Y %H:%M}")
            for entry in self.history(code)
        ]

    def notices(self, code: str = "HS-1") -> list[Notice]:
        """Return everything that was or will be told about a dossier."""
        with self.store.read(OFFICE) as work:
            return work.notices.of_dossier(code)

    def told(self, code: str = "HS-1") -> list[tuple[str, str, str]]:
        """Return (rung, recipient, state) of a dossier's notices, sorted."""
        return sorted((notice.rung, notice.recipient, notice.state) for notice in self.notices(code))


def message(kind: str, code: str = "HS-1", *, at: str, key: str = "", **data: str) -> dict[str, Any]:
    """Return a message of version 1 of the schema; the key is made of its content unless one is given."""
    return {
        "schema": 1,
        "key": key or f"{code}/{kind}/{at}",
        "code": code,
        "kind": kind,
        "occurred_at": local(at).isoformat(),
        "data": data,
    }


def refusals(imported: Imported) -> Sequence[str]:
    """Return what is wrong with the refused rows, in the order of their lines."""
    return [text for _, text in imported.report.refused]
