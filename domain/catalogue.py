"""The catalogue: every sentence the office reads about a dossier, in Vietnamese and in English."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from domain.counting_sentences import COUNTING
from domain.doubt_sentences import DOUBTS
from domain.sentences import MESSAGES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

SENTENCES: Final = MESSAGES | DOUBTS | COUNTING
WORDS: Final[dict[str, tuple[str, str]]] = {
    "accepted": ("tiếp nhận", "accepted"),
    "handed_over": ("chuyển xử lý", "handed over"),
    "officer_changed": ("đổi người thụ lý", "officer changed"),
    "promise_changed": ("đổi ngày hẹn trên phiếu", "date on the slip changed"),
    "suspended": ("tạm dừng", "suspended"),
    "resumed": ("tiếp tục", "resumed"),
    "supplement_requested": ("yêu cầu bổ sung", "supplement requested"),
    "supplemented": ("đã bổ sung", "supplemented"),
    "consultation_requested": ("lấy ý kiến cơ quan khác", "other agency consulted"),
    "consultation_answered": ("cơ quan khác đã trả lời", "other agency answered"),
    "reappointed": ("xin lỗi và hẹn lại", "re-appointed with an apology"),
    "calendar_changed": ("lịch làm việc thay đổi", "working calendar changed"),
    "terms_changed": ("quy định thay đổi", "rules changed"),
    "finished": ("có kết quả", "finished"),
    "refused": ("từ chối giải quyết", "refused"),
    "withdrawn": ("rút hồ sơ", "withdrawn"),
    "returned": ("trả kết quả", "returned"),
    "acknowledged": ("xác nhận báo cáo quá hạn", "escalation acknowledged"),
    "supplement": ("chờ bổ sung", "waiting for papers"),
    "financial_obligation": ("thực hiện nghĩa vụ tài chính", "financial obligation"),
    "consultation": ("chờ ý kiến cơ quan khác", "waiting for another agency"),
    "status": ("chuyển trạng thái", "status changed"),
    "early": ("trước hạn", "early"),
    "on_time": ("đúng hạn", "on time"),
    "late": ("quá hạn", "late"),
    "no_limit": ("không quy định thời hạn", "no limit"),
    "resolved_no_limit": ("có kết quả, không quy định thời hạn", "resolved, no limit"),
    "pending_no_limit": ("đang giải quyết, không quy định thời hạn", "pending, no limit"),
    "pending_in_time": ("đang giải quyết trong hạn", "pending in time"),
    "pending_overdue": ("đang giải quyết quá hạn", "pending overdue"),
    "waiting": ("chờ bổ sung, tạm dừng", "waiting or suspended"),
    "reminder": ("nhắc việc", "reminder"),
    "apology": ("hoàn thành hay xin lỗi?", "finish or apologise?"),
    "escalation": ("báo cáo quá hạn", "escalation"),
    "received": ("tiếp nhận", "received"),
    "resolved": ("đã giải quyết", "resolved"),
    "pending": ("đang giải quyết", "pending"),
    "unit": ("đơn vị", "unit"),
    "code": ("mã hồ sơ", "code"),
    "officer": ("cán bộ thụ lý", "officer"),
    "channel": ("hình thức tiếp nhận", "channel"),
    "direct": ("trực tiếp", "direct"),
    "online": ("trực tuyến", "online"),
    "post": ("bưu chính", "post"),
    "processing": ("đang xử lý", "processing"),
    "nobody": ("không cơ quan nào", "nobody"),
    "not_accepted": ("không được tiếp nhận", "not accepted"),
    "not_started": ("chưa thực hiện", "not started"),
    "in_progress": ("đang thực hiện", "in progress"),
    "done": ("hoàn thành", "done"),
    "not_done": ("không thực hiện", "not done"),
    "removed": ("đưa ra khỏi kế hoạch", "removed from the plan"),
    "no_unit": ("không đơn vị đếm nào", "no unit"),
    "no_cases": ("không có", "none"),
    "reform_task": ("nhiệm vụ CCHC", "reform task"),
    "action": ("hành động khắc phục", "corrective action"),
}


def say(key: str, lang: str = "vi") -> str:
    """Return a word of the catalogue in a language ("vi" or "en"); an unknown key comes back as it is."""
    pair = WORDS.get(key)
    if pair is None:
        return key
    return pair[0] if lang == "vi" else pair[1]


def sentence(key: str, lang: str, found: Mapping[str, object], zone: tzinfo | None = None) -> str:
    """Return a sentence of the catalogue with what was found in it; other text comes back as it is.

    Instants are shown in `zone`, or in their own.
    """
    pair = SENTENCES.get(key)
    if pair is None:
        return key
    shown = {name: _shown(value, lang, zone) for name, value in found.items()}
    return pair[0 if lang == "vi" else 1].format(**shown)


def _shown(value: object, lang: str, zone: tzinfo | None) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(zone) if zone else value:%H:%M %d/%m/%Y}"
    return say(str(value), lang)
