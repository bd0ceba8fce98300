"""What runs and what waits: the last runs with their counts, what was missed, what reached nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from workers.cli.findings import Finding
from workers.cli.screen import decimal, moment_words, number
from workers.use_cases.machinery import ON_DEMAND, SWEEPS, is_fresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from workers.schedule import Patience
    from workers.use_cases.machinery import Machinery, Ran
    from workers.use_cases.signs import Run

TITLES: Final = {
    "beat": "Nhịp của beat",
    "watch_inbox": "Lượt xem hộp nhận",
    "follow": "Lượt theo cấu hình",
    "sweep_dossiers": "Lượt rà hồ sơ",
    "sweep_notices": "Lượt rà thông báo",
    "warn_ops": "Lượt xem việc vận hành",
    "tell_returned": "Lượt báo người hết vắng",
    "remind_of_tasks": "Lượt nhắc nhiệm vụ CCHC",
    "act_on_batch": "Lô hồ sơ gần nhất",
    "deliver": "Lô thư gần nhất",
}
_SHOWN: Final = 3


def judge_runs(machinery: Machinery, patience: Patience, *, now: datetime) -> list[Finding]:
    """Return a finding for everything that runs, and for each thing that waits for somebody."""
    ran, tick = machinery.runs, machinery.last_tick
    # Where beat is not heard either, what to do stands there.
    advice = "Hãy xem var/log/worker.log." if is_fresh(tick, now=now, within=patience.ticks) else ""
    return [
        *(_swept(name, ran.get(name), patience, now, advice) for name in SWEEPS),
        *(_on_demand(name, ran.get(name), now) for name in ON_DEMAND),
        *_failing(machinery),
        _due(machinery.oldest_due, patience, now),
        _undelivered(machinery.oldest_undelivered, patience, now),
        _dead(machinery.dead_notices),
        _refused(machinery.dead_letters),
    ]


def run_words(run: Run | None) -> str:
    """Say what a run counted; a run that found nothing says so, it is not one that did not run."""
    if run is None:
        return ""
    if not run.due and not run.seen:
        return "đã rà, không có gì đến hạn"
    failed = f", hỏng {number(run.failed)}" if run.failed else ""
    more = f", còn {number(run.due - run.claimed)} chờ lượt sau" if run.truncated else ""
    return f"đọc {number(run.seen)}, đến hạn {number(run.due)}, nhận {number(run.claimed)}{failed}{more}"


def _swept(name: str, ran: Ran | None, patience: Patience, now: datetime, advice: str) -> Finding:
    check, title = f"run:{name}", TITLES[name]
    if ran is None:
        return Finding(check=check, level="trouble", text=f"{title}: chưa chạy lần nào.")
    ago = moment_words(ran.at, now)
    if not is_fresh(ran.at, now=now, within=patience.ticks):
        text = f"{title} đã im lặng, lần cuối {ago}."
        return Finding(check=check, level="trouble", text=text, advice=advice)
    more = ran.run is not None and ran.run.truncated
    return Finding(check=check, level="warning" if more else "ok", text=f"{title}: {_counted(ran, ago)}.")


def _on_demand(name: str, ran: Ran | None, now: datetime) -> Finding:
    said = "chưa có việc nào" if ran is None else _counted(ran, moment_words(ran.at, now))
    return Finding(check=f"run:{name}", level="ok", text=f"{TITLES[name]}: {said}.")


def _counted(ran: Ran, ago: str) -> str:
    words = run_words(ran.run)
    took = f" ({decimal(ran.run.seconds)} giây)" if ran.run is not None and ran.run.seconds else ""
    return f"{ago}, {words}{took}" if words else ago


def _failing(machinery: Machinery) -> Iterator[Finding]:
    codes = machinery.failing
    if codes:
        more = " …" if len(codes) > _SHOWN else ""
        yield Finding(
            check="failing",
            level="trouble",
            text=f"{number(len(codes))} hồ sơ không xét được: {', '.join(codes[:_SHOWN])}{more}.",
            advice="Lý do ở var/log/worker.log (dossier_failed); xem dunghan explain MÃ.",
        )


def _due(oldest: datetime | None, patience: Patience, now: datetime) -> Finding:
    if oldest is None or now - oldest <= patience.due:
        return Finding(check="due", level="ok", text="Không hồ sơ nào đến mốc mà chưa được rà.")
    ago = moment_words(oldest, now)
    return Finding(check="due", level="trouble", text=f"Có hồ sơ đến mốc mà chưa được rà, từ {ago}.")


def _undelivered(oldest: datetime | None, patience: Patience, now: datetime) -> Finding:
    if oldest is None:
        return Finding(check="undelivered", level="ok", text="Không thông báo nào đến giờ mà chưa gửi.")
    ago = moment_words(oldest, now)
    if now - oldest <= patience.undelivered:
        return Finding(check="undelivered", level="ok", text=f"Thông báo đang chờ gửi, cũ nhất {ago}.")
    return Finding(
        check="undelivered",
        level="trouble",
        text=f"Có thông báo lẽ ra đã gửi, chờ từ {ago}.",
        advice="Hãy xem hàng đợi notices và máy chủ thư (dunghan doctor --mail).",
    )


def _dead(count: int) -> Finding:
    if not count:
        return Finding(check="dead_notices", level="ok", text="Không thông báo nào hỏng.")
    text = f"{number(count)} thông báo không gửi được: xem dunghan notices dead."
    return Finding(check="dead_notices", level="warning", text=text)


def _refused(count: int) -> Finding:
    if not count:
        return Finding(check="dead_letters", level="ok", text="Không sự kiện nào bị từ chối.")
    text = f"{number(count)} sự kiện của phần mềm khác bị từ chối: xem dunghan letters."
    return Finding(check="dead_letters", level="warning", text=text)
