"""An office that runs as `dunghan up` runs it, and all that a test may turn against it."""

from __future__ import annotations

import logging
import os
import signal
import struct
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import psutil

from tests.builders import OFFICE, ZONE, OfficeAtWork, row
from tests.functional.faults.post import written
from workers.runtime.processes import wait_until
from workers.store.errors import StoreError
from workers.use_cases.office_letter import is_of_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from tests.databases import EmbeddedServer
    from tests.functional.faults.line import Line
    from tests.functional.faults.post import Post, Taken
    from tests.functional.faults.servers import Broker
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store

log = logging.getLogger("faults")

RUNG: Final = "t-2"
CLAIMS_END: Final = timedelta(minutes=6)
"""After this a claim of a dead sender has ended, by the office's clock."""
LEASE: Final = timedelta(minutes=3)
"""After this a sweep finds again what it has handed out and nobody has acted on."""
IS_LONG: Final = os.environ.get("TEST_FAULTS") == "long"
"""Whether faults last as long as in life; else they are shorter, and as many."""
PEOPLE: Final = 400
BACK_WITHIN: Final = 90
"""Seconds within which workers consume again, by themselves, after the broker has come back."""


@dataclass
class MovedClock:
    """The clock of all processes of an office."""

    file: Path

    def set(self, moment: datetime) -> None:
        self._write((moment - datetime.now(UTC)).total_seconds())

    def advance(self, by: timedelta) -> None:
        self._write(self._ahead() + by.total_seconds())

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._ahead())

    def _ahead(self) -> float:
        seconds: float = struct.unpack("d", self.file.read_bytes())[0]
        return seconds

    def _write(self, seconds: float) -> None:
        # In place: the processes have mapped this very file.
        with self.file.open("r+b" if self.file.exists() else "wb", buffering=0) as file:
            file.write(struct.pack("d", seconds))


@dataclass
class RunningOffice:
    """Hold a running office and the ledger of what it should have told to whom."""

    home: Path
    clock: MovedClock
    store: Store
    post: Post
    launcher: psutil.Process
    broker: Broker
    line: Line | None
    database: EmbeddedServer | None
    files: Path | None = None
    should: set[tuple[str, str, str]] = field(default_factory=set)
    hit: set[str] = field(default_factory=set)
    number: int = 0

    @property
    def postgresql(self) -> EmbeddedServer:
        """Return its PostgreSQL, which the embedded defaults do without."""
        assert self.database is not None
        return self.database

    def let_claims_end(self) -> None:
        """Let the claims of a worker that was killed as a whole end: by the clock, if there may be others.

        On the embedded defaults there is one worker, and who launched it knows that it has died.
        """
        if self.database is not None:
            self.clock.advance(CLAIMS_END)

    def codes_to_come(self, many: int) -> list[str]:
        """Return the codes of the next dossiers that will be taken in."""
        return [f"HS-{number}" for number in range(self.number, self.number + many)]

    def take_in(self, many: int, *, accepted: str = "03/06/2019 08:00", told: bool = True) -> list[str]:
        """Take in dossiers of an officer each; accepted on 3 June, each has one rung behind it today."""
        codes = self.codes_to_come(many)
        now = f"{self.clock.now().astimezone(ZONE):%d/%m/%Y %H:%M}"
        rows = (row(code, officer=officer_of(code), accepted=accepted) for code in codes)
        self.number += many
        if told:
            self.should |= {told_of(code) for code in codes}
        done = OfficeAtWork(self.store, self.home.parent).take_in(*rows, now=now)
        assert not done.report.refused
        return codes

    def take_in_slowly(self, many: int) -> list[str]:
        """Take in dossiers whose letters the mail server answers only after a while."""
        self.post.slow |= {address_of(code): 0.3 for code in self.codes_to_come(many)}
        return self.take_in(many)

    def notices(self) -> list[Notice]:
        """Return every notice about a dossier."""
        with self.store.read(OFFICE) as work:
            return [notice for notice in work.notices.of_office() if not is_of_office(notice)]

    def about(self, codes: Sequence[str]) -> list[Notice]:
        return [notice for notice in self.notices() if notice.code in codes]

    def states(self, codes: Sequence[str]) -> set[str]:
        """Return the states of these dossiers' notices; "none" for a dossier that has no notice yet."""
        found = self.about(codes)
        return {notice.state for notice in found} | ({"none"} if len(found) < len(codes) else set())

    def tried(self, codes: Sequence[str]) -> set[tuple[str, int]]:
        """Return in which states these dossiers' notices are, after how many attempts."""
        return {(notice.state, notice.attempts) for notice in self.about(codes)}

    def waits_for(self, codes: Sequence[str], state: str, tried: int) -> None:
        """Wait until all of these dossiers' notices are in a state after so many attempts."""
        assert wait_until(lambda: self.tried(codes) == {(state, tried)}, 30), self.why()

    def part(self, name: str) -> psutil.Process:
        """Return the launcher's process of that name: worker or beat."""
        (found,) = (one for one in self.launcher.children() if name in _words(one))
        return found

    def kill_worker(self) -> None:
        """Send SIGKILL to the worker and all its processes at once."""
        os.killpg(self.part("worker").pid, signal.SIGKILL)

    def stop_worker(self) -> None:
        """Send SIGSTOP to the worker and all its processes at once."""
        os.killpg(self.part("worker").pid, signal.SIGSTOP)

    def kill_senders(self) -> None:
        """Send SIGKILL to the processes that do the worker's work, as a system short of memory does."""
        for one in self.part("worker").children():
            one.kill()

    @contextmanager
    def at_rest(self) -> Iterator[psutil.Process]:
        """Stop beat and wait until the workers have nothing in hand; gives beat."""
        beat = self.part("beat")
        beat.suspend()
        try:
            assert wait_steady(self.broker.messages_out), "the workers do not come to rest"
            yield beat
        finally:
            beat.resume()

    def swept_since(self, moment: datetime) -> bool:
        """Tell whether beat, broker, worker and database have worked together since a moment."""
        try:
            with self.store.read(OFFICE) as work:
                beats = work.journal.heartbeats()
        except StoreError:
            return False
        return all(name in beats and beats[name].at > moment for name in ("beat", "sweep_notices"))

    def consumes_again(self, what: str) -> None:
        """Wait until workers consume again, by themselves; how long it took is logged."""
        begin, moment = time.monotonic(), self.clock.now()
        assert wait_until(lambda: self.swept_since(moment), BACK_WITHIN), self.why()
        log.info("%s: consuming again after %.1f s", what, time.monotonic() - begin)

    def note_hits(self) -> set[str]:
        """Write down the letters that the server has and the table does not know of.

        To be called before their claims end: whoever sent them has been killed.
        """
        assert wait_steady(lambda: (self.post.in_hand, len(self.post.taken)))
        marked = {notice.message_id for notice in self.notices() if notice.state == "sent"}
        hit = {letter.message_id for letter in self.post.taken} - marked
        self.hit |= hit
        return hit

    def all_told(self, seconds: float = 60) -> None:
        """Wait until everything that should be told is; then nothing may be missing, double or unknown."""
        assert wait_until(self._is_told, seconds), self.why()
        notices = self.notices()
        assert len(notices) == len(self.should)
        assert {(one.code, one.rung, one.recipient) for one in notices} == self.should
        names = {one.message_id: one.recipient for one in notices}
        mine = {f"{recipient}@example.invalid" for recipient in names.values()}
        letters = [letter for letter in self.letters() if letter.recipient in mine]
        assert {letter.message_id for letter in letters} == set(names), "each is delivered, under its name"
        assert all(letter.recipient.startswith(f"{names[letter.message_id]}@") for letter in letters)
        assert self.twice() <= self.hit, "more than once only where the fault hit between 250 and our mark"

    def letters(self) -> list[Taken]:
        """Return the letters that have arrived."""
        return list(self.post.taken) if self.files is None else written(self.files)

    def twice(self) -> set[str]:
        """Return the names of the letters that have arrived more than once."""
        times = Counter(letter.message_id for letter in self.letters())
        return {name for name, number in times.items() if number > 1}

    def _is_told(self) -> bool:
        notices = self.notices()
        return len(notices) >= len(self.should) and {notice.state for notice in notices} == {"sent"}

    def why(self) -> str:
        waiting = [one for one in self.notices() if one.state != "sent"]
        log = (self.home / "var" / "log" / "worker.log").read_text(encoding="utf-8")
        return f"{len(self.notices())} of {len(self.should)}; waiting: {waiting[:3]}\n{log[-1500:]}"


def officer_of(code: str) -> str:
    """Return whom a dossier is told to: for each another person, as far as they go."""
    return f"p.{int(code.removeprefix('HS-')) % PEOPLE}"


def told_of(code: str) -> tuple[str, str, str]:
    """Return the first thing that is to be told of a dossier: dossier, rung, recipient."""
    return (code, RUNG, officer_of(code))


def address_of(code: str) -> str:
    """Return the address its notice goes to."""
    return f"{officer_of(code)}@example.invalid"


def wait_steady(measure: Callable[[], object], *, still: float = 0.8, seconds: float = 30) -> bool:
    """Wait until a measure has not changed for a while."""
    last, since = measure(), time.monotonic()

    def is_steady() -> bool:
        nonlocal last, since
        if (now := measure()) != last:
            last, since = now, time.monotonic()
        return time.monotonic() - since >= still

    return wait_until(is_steady, seconds)


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
