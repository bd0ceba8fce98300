"""A small office, lists and events with dull defaults: a test says only what it is about."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from tests.office_texts import office_files
from workers.notify.factory import Channels
from workers.use_cases.act import Acted, act_on_batch
from workers.use_cases.deliver import Delivery
from workers.use_cases.import_file import Imported, import_file
from workers.use_cases.office import record_configuration
from workers.use_cases.record_event import record_event
from workers.use_cases.sweep import sweep_dossiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from domain.errors import DomainError
    from workers.notify.channel import Channel
    from workers.store.clocks import Clock
    from workers.store.dossiers import Stored
    from workers.store.events import Entry
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store

ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE: Final = "office"
LEASE: Final = timedelta(minutes=2)

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
    "commune": "Xã",
    "limit_case": "Trường hợp",
    "step": "Bước",
    "bundle": "Nhóm",
}


# What some events must say, where a test is about something else.
_SAID: Final[Mapping[str, dict[str, str]]] = {
    "suspended": {"reason": "thử", "legal_basis": "thử", "document": "01/TB"},
    "reappointed": {"reason": "thử", "document": "01/PXL"},
    "refused": {"reason": "thử", "document": "01/TB"},
    "consultation_requested": {"agency": "Sở thử"},
    "consultation_answered": {"agency": "Sở thử"},
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


def mail_by(channel: Channel) -> Channels:
    """Return the channels of an office that tells people by mail alone."""
    return Channels(by_way={"mail": channel}, leaving=frozenset({"mail"}))


def delivery(store: Store, channels: Channels, clock: Callable[[], datetime], **more: Any) -> Delivery:
    """Return a delivery that claims for a lease, works for ten minutes and tries again without jitter."""
    plain: dict[str, Any] = {
        "sender": "dunghan@example.invalid",
        "templates": None,
        "claim": LEASE,
        "budget": timedelta(minutes=10),
        "spread": lambda _: 0.0,
    }
    return Delivery(store=store, channels=channels, clock=clock, **(plain | more))


def message(kind: str, code: str = "HS-1", *, at: str, key: str = "", **data: str) -> dict[str, Any]:
    """Return a message of version 1 of the schema; the key is made of its content unless one is given."""
    data = _SAID.get(kind, {}) | data
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
