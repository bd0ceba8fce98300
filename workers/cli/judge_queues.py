"""Beat and the queues: who lives, who is silent, and whose fault it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workers.cli.findings import Finding
from workers.cli.screen import decimal, moment_words, number
from workers.queues import QUEUES
from workers.use_cases.machinery import is_fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from workers.runtime.broker_look import BrokerLook
    from workers.schedule import Patience
    from workers.use_cases.machinery import Machinery, Probe

START: Final = "Hãy chạy dunghan up (hoặc các dịch vụ worker và beat)."
_BACKWARDS: Final = timedelta(seconds=-2)


def judge_queues(
    machinery: Machinery, patience: Patience, broker: BrokerLook | None, *, now: datetime
) -> list[Finding]:
    """Return a finding for beat, and for each queue; `broker` is what was seen of it, None if nothing was.

    Beat is heard through a worker: where no worker answers, its silence says nothing of beat itself. A queue
    is heard by the probes of beat: where beat is silent and nothing waits, its silence says nothing of it.
    """
    judge = _Judge(machinery, patience, broker, now)
    return [judge.beat(), *(judge.queue(name) for name in QUEUES), *judge.clocks()]


class _Judge:
    def __init__(
        self, machinery: Machinery, patience: Patience, broker: BrokerLook | None, now: datetime
    ) -> None:
        self.machinery, self.patience, self.broker, self.now = machinery, patience, broker, now
        self.beat_is_heard = is_fresh(machinery.last_tick, now=now, within=patience.ticks)
        self.is_deaf = broker is not None and not broker.workers

    def beat(self) -> Finding:
        last = self.machinery.last_tick
        if last is not None and self.beat_is_heard:
            return self._ticking(last)
        since = f"im lặng, nhịp cuối {self._ago(last)}" if last else "chưa có nhịp nào"
        if self.is_deaf:
            text = f"Beat: {since}; nhịp đi qua worker, mà không worker nào trả lời."
            return Finding(check="beat", level="unknown", text=text)
        advice = "Hãy chạy beat; xem var/log/beat.log." if self.broker and self.broker.workers else START
        return Finding(check="beat", level="trouble", text=f"Beat: {since}.", advice=advice)

    def _ticking(self, last: datetime) -> Finding:
        beats = self.machinery.ticking(now=self.now, silence=self.patience.ticks)
        names = ", ".join(beat.name for beat in beats)
        if len(beats) > 1:
            return Finding(
                check="beat",
                level="warning",
                text=f"Có {len(beats)} beat cùng chạy: {names}. Không việc nào bị gửi hai lần.",
                advice="Một là đủ: hãy dừng beat thừa.",
            )
        who = f"Beat {names}" if names else "Beat"
        return Finding(check="beat", level="ok", text=f"{who}: nhịp cuối {self._ago(last)}.")

    def queue(self, name: str) -> Finding:
        probe = self.machinery.probes.get(name)
        waiting = self.broker.waiting.get(name, 0) if self.broker else 0
        if probe is not None and is_fresh(probe.at, now=self.now, within=self.patience.probes):
            return Finding(check=f"queue:{name}", level="ok", text=self._answered(name, probe, waiting))
        since = f"im lặng, lượt dò cuối về {self._ago(probe.at)}" if probe else "chưa lượt dò nào quay về"
        waits = f"; {number(waiting)} việc đang chờ" if waiting else ""
        said = Finding(check=f"queue:{name}", level="trouble", text=f"Hàng đợi {name}: {since}{waits}.")
        return self._whose_fault(said, name, waiting, is_new=probe is None)

    def _whose_fault(self, said: Finding, name: str, waiting: int, *, is_new: bool) -> Finding:
        if self.broker is not None and not self.broker.workers:
            return replace(said, advice="Không worker nào trả lời: hãy chạy worker; xem var/log/worker.log.")
        if self.broker is not None and waiting:
            workers = ", ".join(self.broker.workers)
            return replace(said, advice=f"{workers} sống nhưng không đọc: hãy chạy lại, có -Q {name}.")
        if not self.beat_is_heard:
            return self._unknown(name, "beat không gửi lượt dò nào")
        if is_new and not self._has_had_time():
            return self._unknown(name, "beat mới chạy, lượt dò đầu chưa về")
        return replace(said, advice=f"Hãy chạy lại worker đọc hàng đợi {name}; xem var/log/worker.log.")

    def _has_had_time(self) -> bool:
        beats = self.machinery.ticking(now=self.now, silence=self.patience.ticks)
        return any(self.now - beat.since > self.patience.probes for beat in beats)

    @staticmethod
    def _unknown(name: str, why: str) -> Finding:
        return Finding(check=f"queue:{name}", level="unknown", text=f"Hàng đợi {name}: không biết, {why}.")

    def _answered(self, name: str, probe: Probe, waiting: int) -> str:
        trip = probe.round_trip
        took = f", đi về {decimal(max(0.0, trip.total_seconds()))} giây" if trip is not None else ""
        waits = f", {number(waiting)} việc đang chờ" if waiting else ""
        return f"Hàng đợi {name}: thông{took}, {self._ago(probe.at)}{waits}."

    def clocks(self) -> Iterator[Finding]:
        back = [probe for probe in self.machinery.probes.values() if (probe.round_trip or _NONE) < _BACKWARDS]
        if back:
            host, trip = back[0].host, back[0].round_trip or _NONE
            yield Finding(
                check="worker_clock",
                level="warning",
                text=f"Đồng hồ của máy {host} chậm hơn máy chạy beat {decimal(-trip.total_seconds())} giây.",
                advice="Hãy bật đồng bộ giờ (NTP) trên cả hai máy.",
            )

    def _ago(self, at: datetime) -> str:
        return moment_words(at, self.now)


_NONE: Final = timedelta()
