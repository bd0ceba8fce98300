"""The sentences of reports: no such period, figures that do not agree, what no seal or register holds."""

from __future__ import annotations

from typing import Final

from domain.reform_sentences import REFORM

FIGURES: Final[dict[str, tuple[str, str]]] = REFORM | {
    "unknown_period": (
        "không có kỳ “{found}”; cần 2019-05, 2019-Q2, 2019-H1 hoặc 2019, trước đó có thể thêm admin:",
        "there is no period {found!r}; expected 2019-05, 2019-Q2, 2019-H1 or 2019, perhaps after admin:",
    ),
    "unknown_cut_off": (
        "thời điểm chốt “{found}” không có múi giờ hoặc chưa đến",
        "the cut-off {found!r} has no time zone or has not come",
    ),
    "period_to_come": (
        "kỳ {found} chưa bắt đầu",
        "the period {found} has not begun",
    ),
    "figures_nowhere": (
        "{number} hồ sơ không xếp được vào cột nào: {codes}; hãy chạy dunghan db rebuild --check",
        "{number} dossiers fit in no column: {codes}; run dunghan db rebuild --check",
    ),
    "figures_disagree": (
        "đẳng thức {identity} không đúng vì {number} hồ sơ: {codes}; hãy chạy dunghan db rebuild --check",
        "{identity} does not hold because of {number} dossiers: {codes}; run dunghan db rebuild --check",
    ),
    "figures_no_place": (
        "{dimension}: không có “{found}”; gần giống: {near}",
        "{dimension}: there is no {found!r}; near: {near}",
    ),
    "figures_unreadable": (
        "lịch sử hồ sơ {code} không diễn lại được: {why}",
        "the history of dossier {code} cannot be replayed: {why}",
    ),
    "sealed_before": (
        "báo cáo này đã niêm phong, số {number}; số liệu đã khác thì sửa: dunghan seal correct {number}",
        "this report is sealed as number {number}; correct it by: dunghan seal correct {number}",
    ),
    "no_seal": (
        "không có niêm phong số {number}; xem: dunghan seal list",
        "there is no seal {number}; see: dunghan seal list",
    ),
    "corrected_before": (
        "niêm phong số {number} đã có bản sửa, số {by}; hãy sửa bản ấy",
        "seal {number} was corrected by seal {by}; correct that one",
    ),
    "nothing_to_correct": (
        "niêm phong số {number} vẫn đúng với những gì đang ghi, không có gì để sửa",
        "seal {number} still agrees with what is recorded; there is nothing to correct",
    ),
    "no_reason": (
        "niêm phong cần ghi lý do hay căn cứ, ví dụ “báo cáo số 12/BC-UBND”",
        "a seal needs its reason, say the number of the report",
    ),
    "events_under_way": (
        "đang có hồ sơ được ghi vào, chưa chốt được; hãy thử lại sau ít phút",
        "events are being recorded; try again in some minutes",
    ),
    "other_definitions": (
        "niêm phong theo định nghĩa phiên bản {found}, chương trình này tính theo phiên bản {expected}",
        "it was sealed by definitions of version {found}, this program counts by version {expected}",
    ),
    "nothing_said": (
        "chưa nói gì: cần nguyên nhân, khắc phục, hành động, chức danh, thời hạn hoặc kết quả kiểm tra",
        "nothing was said: give a cause, a correction, an action, a role, a deadline or a check of effect",
    ),
    "effect_without_action": (
        "chưa có hành động khắc phục nào để kiểm tra hiệu lực; hãy ghi hành động trước",
        "there is no corrective action whose effect could be checked; say the action first",
    ),
    "unknown_matter": (
        "không có mục {found}; có: {known}",
        "there is no {found}; known: {known}",
    ),
    "unknown_effect": (
        "effective: có {found}, cần yes hoặc no",
        "effective: found {found}, expected yes or no",
    ),
    "unfit_matter": (
        "{what}: có “{found}”, cần một đoạn chữ trên một dòng, nhiều nhất {most} ký tự",
        "{what}: found {found!r}, expected a text of one line and at most {most} letters",
    ),
    "no_such_dossier": (
        "không có hồ sơ {code}",
        "there is no dossier {code}",
    ),
    "not_overdue": (
        "hồ sơ {code} không quá hạn: không phải sự không phù hợp phải xử lý",
        "{code} is not overdue: it is no nonconformity to be treated",
    ),
    "unknown_role": (
        "không có chức danh {found}; có: {known}",
        "there is no role {found}; known: {known}",
    ),
}
