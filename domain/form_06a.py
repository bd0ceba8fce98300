"""Form II.06a (biểu II.06a): its columns, what a dossier adds to which, and the identities that must hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from domain.tally import stand_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from domain.tally import Counted, Stand

Column = Literal[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
RECEIVED: Final = 3
LATE: Final = 10
PAST_DUE: Final = 13
OVERDUE: Final[frozenset[Column]] = frozenset({LATE, PAST_DUE})
COLUMNS: Final[Mapping[Column, str]] = {
    3: "Tiếp nhận: tổng số",
    4: "Tiếp nhận trong kỳ: trực tuyến",
    5: "Tiếp nhận trong kỳ: trực tiếp, dịch vụ bưu chính",
    6: "Tiếp nhận: từ kỳ trước chuyển qua",
    7: "Đã giải quyết: tổng số",
    8: "Đã giải quyết: trước hạn",
    9: "Đã giải quyết: đúng hạn",
    10: "Đã giải quyết: quá hạn",
    11: "Đang giải quyết: tổng số",
    12: "Đang giải quyết: trong hạn",
    13: "Đang giải quyết: quá hạn",
}
SUMS: Final[tuple[tuple[Column, tuple[Column, ...]], ...]] = (
    (3, (4, 5, 6)),
    (7, (8, 9, 10)),
    (11, (12, 13)),
    (3, (7, 11)),
)
"""Each column, and those whose sum it is: DOMAIN 3.2."""
_RESOLVED: Final[Mapping[Stand, Column]] = {"early": 8, "on_time": 9, "late": 10, "resolved_no_limit": 9}
_PENDING: Final[Mapping[Stand, Column]] = {
    "pending_in_time": 12,
    "pending_no_limit": 12,
    "waiting": 12,
    "pending_overdue": 13,
}
Annex = Literal["withdrawn", "no_limit", "refused"]


_JUDGED: Final = (
    "Đúng hay quá hạn xét lúc có kết quả tại Bộ phận Một cửa, theo hạn của pháp luật; hẹn lại ngày trả kèm "
    "xin lỗi không làm hồ sơ trễ thành đúng hạn."
)
_WORDS: Final = {
    ("waiting", "in_time"): "Chờ bổ sung, tạm dừng khi còn hạn: đang giải quyết, trong hạn (cột 12).",
    ("waiting", "by_date"): "Chờ bổ sung, tạm dừng: xét theo ngày hết hạn như hồ sơ khác (cột 12, 13).",
    ("refused", "resolved"): "Từ chối khi thẩm định là một kết quả: cột 7, xếp theo thời gian.",
    ("refused", "outside"): "Từ chối khi thẩm định: không tính vào cột 3, 7, 11; chỉ ghi số dưới biểu.",
    ("no_limit", "same_day"): (
        "Thủ tục không quy định thời hạn: đang giải quyết ở cột 12; xong trong ngày tiếp nhận ở cột 9, xong "
        "ngày khác chỉ ghi số dưới biểu."
    ),
    ("no_limit", "outside"): (
        "Thủ tục không quy định thời hạn: đang giải quyết ở cột 12; đã giải quyết chỉ ghi số dưới biểu."
    ),
}
_WITHDRAWN: Final = "Rút hồ sơ, dừng giải quyết: không tính vào cột 3, 7, 11; chỉ ghi số dưới biểu."
_NO_CHANNEL: Final = "Hồ sơ không ghi hình thức tiếp nhận: cột 5."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """Hold the stands an office takes where the form leaves them open (DOMAIN decision 9).

    `waiting`: a dossier that waits is pending in time, or judged by its date like any other. `refused`: a
    refusal on appraisal is a result, or stands outside. `no_limit`: a result of a procedure without a limit
    is on time if it came on the local day of receipt and outside otherwise, or always outside. Withdrawn ones
    are always outside: neither resolved nor owed.
    """

    waiting: Literal["in_time", "by_date"] = "in_time"
    refused: Literal["resolved", "outside"] = "resolved"
    no_limit: Literal["same_day", "outside"] = "same_day"

    def stand_of(self, counted: Counted, *, at: datetime) -> Stand | None:
        """Return where a dossier stands on the form at an aware instant; None where it fits nowhere."""
        waits = self.waiting == "by_date" and counted.outcome is None
        return stand_of(counted._replace(stopped_since=None) if waits else counted, at=at)

    def annex(self, counted: Counted, stand: Stand | None, zone: ZoneInfo) -> Annex | None:
        """Return the line under the form on which a dossier stands instead of in its columns, if any."""
        if stand == "withdrawn":
            return "withdrawn"
        if self.refused == "outside" and counted.outcome == "refused":
            return "refused"
        outside = stand == "resolved_no_limit" and not (
            self.no_limit == "same_day" and _same_day(counted, zone)
        )
        return "no_limit" if outside else None

    def words(self) -> tuple[str, ...]:
        """Return the stands as sentences, to be printed under the form."""
        chosen = ("waiting", self.waiting), ("refused", self.refused), ("no_limit", self.no_limit)
        return (_JUDGED, *(_WORDS[choice] for choice in chosen), _WITHDRAWN, _NO_CHANNEL)


USUAL: Final = Stands()


def _same_day(counted: Counted, zone: ZoneInfo) -> bool:
    finished = counted.finished_at
    day = counted.accepted_at.astimezone(zone).date()
    return finished is not None and finished.astimezone(zone).date() == day


def columns_of(counted: Counted, stand: Stand | None, *, begin: datetime | None) -> tuple[Column, ...]:
    """Return the columns a dossier inside the form adds one to; each follows from a fact of its own.

    The sums are not added up but found anew: received, a result, none yet. So the identities can fail, and a
    dossier whose stored facts do not agree is found out.
    """
    closed = counted.outcome is not None
    origin: Column = 4 if counted.channel == "online" else 5
    if begin is not None and counted.accepted_at < begin:
        origin = 6
    found: list[Column] = [3, origin, 7 if closed else 11]
    part = None if stand is None else (_RESOLVED if closed else _PENDING).get(stand)
    return tuple(found if part is None else [*found, part])


def broken(cells: Mapping[Column, int]) -> tuple[str, ...]:
    """Return the identities that do not hold, as they are printed: "3=4+5+6"; none is the promise."""
    return tuple(
        f"{column}={'+'.join(map(str, parts))}"
        for column, parts in SUMS
        if cells.get(column, 0) != sum(cells.get(part, 0) for part in parts)
    )
