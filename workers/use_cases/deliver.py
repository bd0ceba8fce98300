"""Delivering: claim a handful of notices and what goes with them, send each letter, settle the handful."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workers.store.standing_in import telling_of
from workers.use_cases.act import OF_ONE_DOSSIER
from workers.use_cases.answer_time import told_before
from workers.use_cases.envelope import Envelope, sort_out
from workers.use_cases.letter_view import Case
from workers.use_cases.office import load_office
from workers.use_cases.office_letter import OfficeCase, is_of_office
from workers.use_cases.passing_on import leaving_to, pass_on
from workers.use_cases.sending import Sender
from workers.use_cases.settling import Delivered, Settling
from workers.use_cases.signs import DELIVER, Run, note_run
from workers.use_cases.sweep import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from workers.notify.factory import Channels
    from workers.store.dossiers import Stored
    from workers.store.notices import Notice
    from workers.store.unit_of_work import Store, UnitOfWork
    from workers.use_cases.office import Office
    from workers.use_cases.tokens import Tokens

AT_ONCE: Final = 50
"""How many are asked for together: a transaction for each letter would cost more than the letter."""
FRESH: Final = timedelta(seconds=2)
"""How long a handful may be in hand before the rest is claimed anew: a dossier may close meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Deliver notices of one office through the channels of the installation.

    `clock` is asked for each letter: a batch can take minutes. `claim` is how long a sender holds letters,
    longer than its task may live; `budget` is how long a batch may take before the rest is given back.
    `spread(n)` gives the jitter of the n-th retry as a fraction from 0 to 1. `gather` is for how long notices
    of one person are gathered: what may go so much later goes with what may go now. `tokens` sign what can
    be acknowledged; None: mails have no token.
    """

    store: Store
    channels: Channels
    sender: str
    templates: Path | None
    claim: timedelta
    budget: timedelta
    clock: Callable[[], datetime]
    spread: Callable[[int], float]
    gather: timedelta = timedelta()
    tokens: Tokens | None = None

    def deliver(self, office_code: str, ids: Sequence[int]) -> Delivered:
        """Deliver those of the notices that still wait and may go; whoever else holds one delivers it.

        With a notice go all that wait for the same person: one letter. A claim that is never settled (the
        process was killed) ends, and the same letter is sent again under the same Message-ID: more than once
        only where the fault hit between the server's word and our mark. A message that comes again after all
        has gone costs a look.
        """
        result = Delivered()
        with self.store.read(office_code) as work:
            if not work.pools.any_waits(ids, now=self.clock()):
                return result
        office = load_office(self.store, office_code)
        begun = self.clock()
        until = begun + self.budget
        waiting = deque(batches(ids, AT_ONCE))
        while waiting:
            handful = waiting.popleft()
            if self.clock() >= until:
                self._give_back(office, [*handful, *(one for more in waiting for one in more)])
                break
            envelopes, apart = self._claim(office, handful)
            if untried := self._send(envelopes, office, result):
                waiting.appendleft(untried)
            waiting.extend(apart)
            office = self._in_force(office) if waiting else office
        self._note(office, len(ids), result, begun)
        return result

    def _in_force(self, office: Office) -> Office:
        """Return the office under the configuration in force: another may have come while a batch is sent."""
        with self.store.read(office.sla.code) as work:
            if work.versions.active_number() == office.version:
                return office
        return load_office(self.store, office.sla.code)

    def _note(self, office: Office, asked: int, result: Delivered, begun: datetime) -> None:
        now, tried = self.clock(), result.sent + result.failed + result.dead + result.cancelled
        failed, seconds = result.failed + result.dead, round((now - begun).total_seconds(), 3)
        run = Run(seen=max(asked, tried), due=tried, claimed=result.sent, failed=failed, seconds=seconds)
        with self.store.begin(office.sla.code) as work:
            note_run(work, DELIVER, run, now=now)
            work.commit()

    def _claim(self, office: Office, ids: Sequence[int]) -> tuple[list[Envelope], list[list[int]]]:
        now = self.clock()
        with self.store.begin(office.sla.code) as work:
            near, to = now + self.gather, leaving_to(office, now)
            found, left = work.pools.waiting(ids, now=now, near=near, leaving_to=to)
            found = pass_on(found, work, office, now=now, gather=self.gather)
            sorted_out = sort_out(found, office, now=now, gather=self.gather)
            work.outbox.put_off(sorted_out.later)
            claimed = work.outbox.claim(sorted_out.letters, until=now + self.claim)
            envelopes = list(_envelopes(claimed, work, office))
            work.commit()
        return envelopes, [*sorted_out.apart, *([left] if left else [])]

    def _send(self, envelopes: Sequence[Envelope], office: Office, result: Delivered) -> list[int]:
        """Send the letters one after the other; return those there was no time for, let go of again."""
        sender, sent, begun = self._sender(), 0, self.clock()
        with Settling(self.store, office.sla.code, result, clock=self.clock) as settling:
            for envelope in envelopes:
                if sent and self.clock() - begun >= FRESH:
                    break
                settling.add(sender.send(envelope))
                sent += 1
        rest = [case.notice for envelope in envelopes[sent:] for case in envelope.cases]
        return self._put_back(rest, office)

    def _put_back(self, rest: Sequence[Notice], office: Office) -> list[int]:
        if rest:
            with self.store.begin(office.sla.code) as work:
                work.outbox.put_back(rest)
                work.commit()
        return [notice.id for notice in rest]

    def _sender(self) -> Sender:
        return Sender(
            store=self.store,
            channels=self.channels,
            sender=self.sender,
            templates=self.templates,
            clock=self.clock,
            spread=self.spread,
            gather=self.gather,
            tokens=self.tokens,
        )

    def _give_back(self, office: Office, ids: Sequence[int]) -> None:
        with self.store.begin(office.sla.code) as work:
            work.outbox.give_back(ids)
            work.commit()


def _envelopes(
    claimed: Mapping[str, Sequence[Notice]], work: UnitOfWork, office: Office
) -> Iterator[Envelope]:
    held = [notice for letter in claimed.values() for notice in letter]
    codes = sorted({notice.code for notice in held if not is_of_office(notice)})
    stored = _readable(codes, work) if codes else {}
    clocks = work.clocks.load(codes) if codes else {}
    covered = work.notices.covered(codes) if codes else {}
    in_place_of = work.standing_in.in_place_of(codes) if codes else {}
    asked = told_before(held, work)

    def case_of(notice: Notice) -> Case | OfficeCase:
        if is_of_office(notice) or notice.code not in stored:
            return OfficeCase(notice=notice, office=office)
        return Case(
            notice=notice,
            stored=stored[notice.code],
            clock=clocks.get(notice.code),
            merged=tuple(covered.get((notice.code, notice.step, notice.recipient), ())),
            in_place_of=tuple(in_place_of.get(telling_of(notice), ())),
            office=office,
        )

    for name, letter in claimed.items():
        yield Envelope(name=name, cases=[case_of(notice) for notice in letter], asked=asked)


def _readable(codes: Sequence[str], work: UnitOfWork) -> dict[str, Stored]:
    """Return the dossiers without those that cannot be read: a notice of such a one dies with its reason."""
    try:
        return work.dossiers.load(codes)
    except OF_ONE_DOSSIER:
        found: dict[str, Stored] = {}
        for code in codes:
            with suppress(*OF_ONE_DOSSIER):
                found |= work.dossiers.load([code])
        return found


def release_claims(store: Store) -> None:
    """Plan again what the only worker held when it died, sooner than its claims would end by themselves."""
    for office in store.offices():
        with store.begin(office) as work:
            work.outbox.release_claims()
            work.commit()
