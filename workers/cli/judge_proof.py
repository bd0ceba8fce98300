"""The work of every night: whether the notices were proven, the record verified and anchored, and how."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from workers.cli.findings import Finding
from workers.cli.screen import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from domain.working_calendar import WorkingCalendar
    from workers.use_cases.proof_record import ProofRecord
    from workers.use_cases.verify_record import Verified, VerifyRecord

UNPROVEN: Final = 3
"""Days after which notices nobody has audited are called unproven."""


def judge_proof(record: ProofRecord, calendar: WorkingCalendar, *, now: datetime) -> Iterator[Finding]:
    """Yield a finding for the last proof and one for its age; nothing before there was any."""
    last = record.last
    if last is None:
        return
    first, day = calendar.local(last.begin), day_before(last.end, calendar)
    unlike = last.unlike.total()
    yield Finding(
        check="proof",
        level="warning" if unlike else "ok",
        text=f"{number(unlike)} thông báo không khớp: xem dunghan audit notices "
        f"--from {first:%d/%m/%Y} --to {day:%d/%m/%Y}"
        if unlike
        else f"Thông báo đến hết ngày {day:%d/%m/%Y} đã được đối chiếu, không lệch.",
    )
    if (now - last.end).days >= UNPROVEN:
        text = f"Thông báo sau ngày {day:%d/%m/%Y} chưa được đối chiếu: xem var/log."
        yield Finding(check="unproven", level="trouble", text=text)


def judge_verified(record: VerifyRecord, calendar: WorkingCalendar, *, now: datetime) -> Iterator[Finding]:
    """Yield a finding for the last verification of the whole record; nothing before there was any.

    One under way that has found something is told at once.
    """
    known = [one for one in (record.last, record.running) if one is not None]
    for one in known:
        if one.found.total():
            text = f"{number(one.found.total())} chỗ trong sổ bị sửa sau khi ghi"
            at = f"{calendar.local(one.at):%d/%m/%Y}"
            advice = "Xem từng chỗ: dunghan audit verify; giữ nguyên cơ sở dữ liệu, sao lưu ngay."
            yield Finding(check="verified", level="trouble", text=f"{text} (kiểm tra {at}).", advice=advice)
        elif one is record.last:
            yield Finding(check="verified", level="ok", text=_all_right(one, calendar))
    worked = max((one.at for one in known), default=now)
    if (now - worked).days >= UNPROVEN:
        text = f"Toàn bộ sổ chưa được kiểm tra lại từ ngày {calendar.local(worked):%d/%m/%Y}: xem var/log."
        yield Finding(check="unverified", level="trouble", text=text)


def _all_right(one: Verified, calendar: WorkingCalendar) -> str:
    looked = f"{number(one.counted['dossiers'])} hồ sơ, {number(one.counted['events'])} sự kiện"
    return (
        f"Toàn bộ sổ được kiểm tra lần cuối {calendar.local(one.at):%d/%m/%Y %H:%M} ({looked}): không bị sửa."
    )


def judge_anchors(
    anchored_at: datetime | None, calendar: WorkingCalendar, *, now: datetime
) -> Iterator[Finding]:
    """Yield a finding for the last anchor; nothing before there was any."""
    if anchored_at is None:
        return
    at = f"{calendar.local(anchored_at):%d/%m/%Y}"
    if (now - anchored_at).days >= UNPROVEN:
        text = f"Lịch sử chưa được neo từ ngày {at}: xem var/log."
        yield Finding(check="anchors", level="trouble", text=text)
    else:
        yield Finding(check="anchors", level="ok", text=f"Lịch sử được neo lần cuối ngày {at}.")


def day_before(midnight: datetime, calendar: WorkingCalendar) -> date:
    """Return the last day of a window that ends at a midnight."""
    return calendar.local(midnight).date() - timedelta(days=1)
