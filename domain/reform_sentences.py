"""The sentences of the reform plan: what its words, its states and its answers do not allow."""

from __future__ import annotations

from typing import Final

REFORM: Final[dict[str, tuple[str, str]]] = {
    "unknown_plan_time": (
        "có “{found}”; cần Quý II, Tháng 12, 6 tháng đầu năm, Năm {year}, 30/6/{year} hoặc Thường xuyên",
        "found {found!r}; expected Quý II, Tháng 12, 6 tháng đầu năm, Năm {year}, 30/6/{year}, Thường xuyên",
    ),
    "reform_unknown": (
        "không có nhiệm vụ {code} trong kế hoạch; xem dunghan reform list",
        "there is no task {code} in the plan; see dunghan reform list",
    ),
    "reform_no_reason": (
        "nhiệm vụ {code}: cần lý do của trạng thái “{state}”",
        "task {code}: the state {state!r} needs a reason",
    ),
    "reform_no_document": (
        "nhiệm vụ {code} đang ghi “{before}”; đổi thành “{state}” thì cần số văn bản (--document)",
        "task {code} is recorded as {before!r}; changing it to {state!r} needs a document (--document)",
    ),
    "reform_future": (
        "nhiệm vụ {code}: ngày {on} chưa đến",
        "task {code}: the day {on} has not come yet",
    ),
    "reform_too_early": (
        "nhiệm vụ {code}: ngày {on} trước năm {year} của kế hoạch",
        "task {code}: the day {on} lies before {year}, the year of the plan",
    ),
    "reform_closed": (
        "nhiệm vụ {code} đã ghi “{state}” ngày {on}: không còn gì để xác nhận",
        "task {code} is recorded as {state!r} since {on}: there is nothing to acknowledge any more",
    ),
    "reform_not_asked": (
        "nhiệm vụ {code}: chưa có báo cáo quá hạn nào để xác nhận",
        "task {code}: no escalation has been told that could be acknowledged",
    ),
}
