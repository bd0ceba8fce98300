"""What `doctor` asks of the surroundings: database, broker, disk, mail server, Flower; each fails alone."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workers.cli.exits import CommandError
from workers.cli.findings import Finding, Level
from workers.cli.here import open_store
from workers.cli.screen import decimal, number

if TYPE_CHECKING:
    from config.settings import Settings
    from workers.runtime.broker_look import BrokerLook
    from workers.use_cases.checkup import Checkup

_SKEW: Final = timedelta(seconds=5)
_MUCH_SKEW: Final = timedelta(seconds=60)
_GIGABYTE: Final = 1_000_000_000
_LITTLE_DISK: Final = 1.0
_NO_DISK: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseSeen:
    """Hold what the database told: whether its tables are of this version, its clock, its offices."""

    is_current: bool
    ahead: timedelta | None
    offices: tuple[Checkup, ...]


def look_at_database(settings: Settings, wanted: str | None) -> DatabaseSeen:
    """Return what the database tells of all offices or one; raises StoreError or CommandError."""
    from workers import clock
    from workers.cli.here import choose
    from workers.store.schema import is_current
    from workers.use_cases.checkup import check_up

    with open_store(settings) as store:
        current = is_current(store.url)
        offices = store.offices()
        chosen = [choose(offices, wanted, settings.home)] if wanted or not offices else offices
        before = clock.now()
        theirs, now = store.server_clock(), clock.now()
        found = tuple(check_up(store, office, now=now) for office in chosen)
    ahead = None if theirs is None else theirs - (before + (now - before) / 2)
    return DatabaseSeen(is_current=current, ahead=ahead, offices=found)


def judge_database(seen: DatabaseSeen | BaseException) -> list[Finding]:
    """Return whether it answers, whether its tables fit, whether its clock agrees."""
    if isinstance(seen, BaseException):
        return [Finding(check="database", level="trouble", text=_sentence("Cơ sở dữ liệu", seen))]
    found = [Finding(check="database", level="ok", text="Cơ sở dữ liệu trả lời, các bảng đúng phiên bản.")]
    if not seen.is_current:
        text = "Cơ sở dữ liệu trả lời, nhưng các bảng chưa đúng phiên bản này."
        found = [Finding(check="database", level="trouble", text=text, advice="Hãy chạy: dunghan db upgrade")]
    return found + ([_clock(seen.ahead)] if seen.ahead is not None else [])


def _clock(ahead: timedelta) -> Finding:
    apart = abs(ahead)
    if apart <= _SKEW:
        text = f"Đồng hồ máy này và cơ sở dữ liệu lệch {decimal(apart.total_seconds())} giây."
        return Finding(check="clock", level="ok", text=text)
    way = "nhanh" if ahead < timedelta() else "chậm"
    text = f"Đồng hồ máy này {way} hơn cơ sở dữ liệu {decimal(apart.total_seconds())} giây."
    level: Level = "trouble" if apart > _MUCH_SKEW else "warning"
    return Finding(check="clock", level=level, text=text, advice="Hãy bật đồng bộ giờ (NTP) trên cả hai máy.")


def judge_broker(seen: BrokerLook | BaseException) -> list[Finding]:
    """Return whether the broker answers, who reads it, and whether it may forget messages."""
    if isinstance(seen, BaseException):
        text = _sentence("Broker (hàng đợi)", seen)
        advice = "Hãy xem DUNGHAN_BROKER_URL và máy chủ; một máy thì chạy dunghan up."
        return [Finding(check="broker", level="trouble", text=text, advice=advice)]
    names = ", ".join(seen.workers) or "không worker nào trả lời"
    found = [Finding(check="broker", level="ok", text=f"Broker trả lời; worker: {names}.")]
    if seen.policy is not None and seen.policy != "noeviction":
        text = f"Redis được phép quên việc khi hết bộ nhớ (maxmemory-policy {seen.policy})."
        advice = "Hãy đặt: maxmemory-policy noeviction"
        found.append(Finding(check="redis_policy", level="warning", text=text, advice=advice))
    return found


def look_at_disk(settings: Settings) -> int | None:
    """Return how many bytes are free for what programs write; None where there is no such folder."""
    try:
        return shutil.disk_usage(settings.var if settings.var.is_dir() else settings.home).free
    except OSError:
        return None


def judge_disk(settings: Settings) -> Finding:
    """Return whether what programs write has room."""
    folder, found = settings.var, look_at_disk(settings)
    if found is None:
        return Finding(check="disk", level="unknown", text=f"Không có thư mục {folder}.")
    free = found / _GIGABYTE
    text = f"Đĩa của {folder} còn trống {decimal(free)} GB."
    if free >= _LITTLE_DISK:
        return Finding(check="disk", level="ok", text=text)
    level: Level = "trouble" if free < _NO_DISK else "warning"
    return Finding(check="disk", level=level, text=text, advice="Hãy dọn var/log, var/outbox hoặc thêm đĩa.")


def judge_files(settings: Settings, offices: tuple[Checkup, ...]) -> Finding:
    """Return whether the configuration on disk is the one in force."""
    from config.errors import ConfigError
    from config.sla import read_folder
    from config.sla_source import digest_of

    folder = settings.home / "sla"
    in_force = ", ".join(number(office.version) for office in offices)
    try:
        digest = digest_of(read_folder(folder))
    except ConfigError as error:
        text = (
            f"Không đọc được cấu hình ở {folder}: {error.problems[0].said()}; phiên bản {in_force} vẫn dùng."
        )
        return Finding(
            check="configuration", level="warning", text=text, advice="Hãy chạy: dunghan sla check"
        )
    if digest in {office.digest for office in offices}:
        text = f"Cấu hình trên đĩa là phiên bản {in_force} đang dùng."
        return Finding(check="configuration", level="ok", text=text)
    return Finding(
        check="configuration",
        level="warning",
        text=f"Cấu hình trên đĩa khác phiên bản {in_force} đang dùng.",
        advice='Hãy chạy: dunghan sla check, rồi dunghan sla apply --reason "…"',
    )


def judge_mail(settings: Settings, seen: BaseException | str | None) -> Finding:
    """Return how mails leave; `seen` is what the server answered, None when it was not asked."""
    if settings.smtp_url is None:
        text = "Thư nằm trong var/outbox, không gửi ra ngoài (chưa đặt DUNGHAN_SMTP_URL)."
        return Finding(check="mail", level="ok", text=text)
    if seen is None:
        return Finding(check="mail", level="ok", text="Máy chủ thư: chưa hỏi (thêm --mail để hỏi).")
    if isinstance(seen, BaseException):
        advice = "Hãy xem DUNGHAN_SMTP_URL; thư chờ trong cơ sở dữ liệu và được gửi lại."
        text = _sentence("Máy chủ thư", seen)
        return Finding(check="mail", level="trouble", text=text, advice=advice)
    return Finding(check="mail", level="ok", text=f"Máy chủ thư {seen} trả lời.")


def judge_flower(said: str | BaseException) -> Finding:
    """Return whether Flower answers; `said` is empty when it does."""
    if not said:
        return Finding(check="flower", level="ok", text="Flower trả lời.")
    text = _sentence("Flower", said) if isinstance(said, BaseException) else f"Flower: {said}."
    return Finding(
        check="flower", level="warning", text=text, advice="Nhắc việc vẫn chạy, chỉ không xem được."
    )


def _sentence(what: str, error: BaseException) -> str:
    from config.errors import ConfigError
    from workers.store.errors import StoreError

    if isinstance(error, StoreError | CommandError):
        return str(error)
    if isinstance(error, TimeoutError):
        return f"{what} không trả lời trong thời gian chờ."
    if isinstance(error, ConfigError):
        return f"{what}: không biết địa chỉ; chưa đặt DUNGHAN_BROKER_URL và dunghan up không chạy."
    line = (str(error).splitlines() or [""])[0].rstrip(".")[:160]
    return f"{what} không trả lời ({line or type(error).__name__})."
