"""The sentences of reports: periods there are not, figures that do not agree."""

from __future__ import annotations

from typing import Final

FIGURES: Final[dict[str, tuple[str, str]]] = {
    "unknown_period": (
        "không có kỳ “{found}”; cần 2019-05, 2019-Q2, 2019-H1 hoặc 2019, trước đó có thể thêm admin:",
        "there is no period {found!r}; expected 2019-05, 2019-Q2, 2019-H1 or 2019, perhaps after admin:",
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
}
