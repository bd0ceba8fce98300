"""The sentences of reports: periods there are not, figures that do not agree, what no register can hold."""

from __future__ import annotations

from typing import Final

FIGURES: Final[dict[str, tuple[str, str]]] = {
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
    "figures_unreadable": (
        "lịch sử hồ sơ {code} không diễn lại được: {why}",
        "the history of dossier {code} cannot be replayed: {why}",
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
