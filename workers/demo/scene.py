"""The play: a list comes in, people are told, a dossier is finished and its notices vanish."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from config.sla import read_folder
from workers import clock
from workers.demo.lists import Listed, dirt, finished_now, numbered, row_of, write_list
from workers.demo.stories import Storyteller
from workers.store import schema
from workers.store.unit_of_work import Store
from workers.use_cases.import_file import import_file
from workers.use_cases.office import record_configuration

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from config.settings import Settings
    from config.sla import Sla
    from workers.runtime.supervisor import ProcessGroup
    from workers.store.notices import Notice
    from workers.use_cases.import_file import Imported
    from workers.use_cases.intake import ImportReport

PATIENCE: Final = 90.0
"""Seconds a part of the play may take before it counts as failed."""
_GLANCE: Final = 0.3


@dataclass(kw_only=True)
class Scene:
    """Hold what the play needs and what it has come to.

    `say(part, done, total)` is told how each part goes. `missing` collects what was expected and never came.
    """

    settings: Settings
    group: ProcessGroup
    say: Callable[[str, int, int], None]
    store: Store = field(init=False)
    sla: Sla = field(init=False)
    cast: list[Listed] = field(default_factory=list)
    dirty: int = 0
    report: ImportReport | None = None
    closing: list[Listed] = field(default_factory=list)
    vanished: int = 0
    missing: list[str] = field(default_factory=list)

    def play(self) -> None:
        """Play it from beginning to end; what does not come in time is in `missing`, the rest goes on."""
        self.prepare()
        self.take_in()
        self.start()
        self.tell()
        self.finish()

    def prepare(self) -> None:
        """Make the database and record the configuration."""
        url = self.settings.database_url.get_secret_value()
        schema.upgrade(url)
        self.store = Store(url)
        files = read_folder(self.settings.home / "sla")
        self.sla, _ = record_configuration(
            self.store, files, author="demo", reason="dunghan demo", now=clock.now()
        )

    def take_in(self) -> None:
        """Write the first list, with dirt in it, and import it."""
        now = clock.now()
        self.cast = numbered(Storyteller(sla=self.sla, now=now).stories(), self.sla)
        rows = [row_of(entry, self.sla) for entry in self.cast]
        bad = dirt(rows)
        self.dirty = len(bad)
        path = self.settings.home / "danh-sach-1.csv"
        write_list(path, rows[:100] + bad + rows[100:])
        self.report = self._import(path, now).report
        self.say("intake", self.report.accepted, len(self.cast))
        if self.report.accepted != len(self.cast) or len(self.report.refused) != self.dirty:
            wanted = f"{len(self.cast)} hồ sơ và {self.dirty} dòng lỗi"
            self.missing.append(f"danh sách: {self.report.counts()}, chờ {wanted}")

    def start(self) -> None:
        """Start broker, worker, beat and Flower."""
        self.say("processes", 0, 4)
        self.group.start()
        self._wait("processes", self._processes_ready, 4, "một tiến trình không chạy")

    def tell(self) -> None:
        """Wait until everybody who must hear of a dossier has heard of it."""
        codes = {entry.code for entry in self.cast if entry.story.told != "nothing"}
        self._wait(
            "told", lambda: len(codes & self.told()) - self._in_hand(), len(codes), "hồ sơ không có thư"
        )

    def finish(self) -> None:
        """Drop a later list into the inbox: some dossiers have a result, what waited for them must vanish."""
        waiting = self.waiting()
        self.closing = [entry for entry in self.cast if entry.code in waiting][:2]
        before = sum(waiting[entry.code] for entry in self.closing)
        self.say("closing", 0, len(self.closing))
        self._drop_second_list()
        closing = {entry.code for entry in self.closing}
        self._wait("closing", lambda: len(closing - self._open(closing)), len(closing), "hồ sơ chưa kết thúc")
        left = sum(self.waiting().get(code, 0) for code in closing)
        self.vanished = before - left
        if left or not before:
            self.missing.append(f"thông báo chờ của hồ sơ đã xong: trước {before}, sau {left}")

    def _in_hand(self) -> bool:
        # A letter somebody is sending, or was sending when it was killed, is not told yet.
        return any(notice.state == "claimed" for notice in self.notices())

    def told(self) -> set[str]:
        """Return the codes of the dossiers somebody was sent a mail about."""
        return {notice.code for notice in self.notices() if notice.state == "sent"}

    def waiting(self) -> dict[str, int]:
        """Count by dossier the notices that wait for their moment."""
        found: dict[str, int] = {}
        for notice in self.notices():
            if notice.state in ("planned", "failed", "claimed"):
                found[notice.code] = found.get(notice.code, 0) + 1
        return found

    def notices(self) -> list[Notice]:
        """Return every notice of the office."""
        with self.store.read(self.sla.code) as work:
            return work.notices.of_office()

    def _import(self, path: Path, now: datetime) -> Imported:
        rejects = self.settings.home / "dong-loi.csv"
        return import_file(self.store, self.sla.code, path, rejects=rejects, actor="demo", now=now)

    def _drop_second_list(self) -> None:
        moment = clock.now() - timedelta(minutes=1)
        codes = {entry.code for entry in self.closing}
        later = [finished_now(entry, moment) if entry.code in codes else entry for entry in self.cast]
        path = self.settings.home / "inbox" / "danh-sach-2.csv"
        write_list(path, [row_of(entry, self.sla) for entry in later])

    def _open(self, codes: set[str]) -> set[str]:
        with self.store.read(self.sla.code) as work:
            return set(work.clocks.load(sorted(codes)))

    def _processes_ready(self) -> int:
        with self.store.read(self.sla.code) as work:
            beaten = "beat" in work.journal.heartbeats()
        # The heartbeat proves beat, broker and worker at once: a tick went all the way round.
        alive = sum(self.group.alive().values())
        return alive if beaten else min(alive, 3)

    def _wait(self, part: str, count: Callable[[], int], total: int, failure: str) -> None:
        until = clock.monotonic() + PATIENCE
        done = count()
        while done < total and clock.monotonic() < until:
            self.say(part, done, total)
            self.group.watch()
            clock.sleep(_GLANCE)
            done = count()
        self.say(part, done, total)
        if done < total:
            self.missing.append(f"{failure}: {total - done} trên {total}")
