"""The small office with all the law has: steps, a bundle, a remote commune, policies, a unit's own hours."""

from __future__ import annotations

from typing import Final

from tests.office_texts import INTAKE_FILE, LADDERS_FILE, OFFICE_FILE, procedure

STEPS: Final = """\
[[versions.steps]]
code = "nhan"
name = "Tiếp nhận"
unit = "civil"
role = "officer"
limit = "same_day"
[[versions.steps]]
code = "tham-dinh"
name = "Thẩm định"
unit = "land"
role = "officer"
limit = "4 working_days"
[[versions.steps]]
code = "ky"
name = "Ký"
unit = "top"
role = "head"
limit = "2 working_days"
"""
CASES: Final = """\
clock = { financial_obligation = "pause" }
[[versions.cases]]
code = "xa"
label = "Xã vùng xa"
add = "10 working_days"
remote = true
"""
BUNDLES: Final = """\
[bundles.hai]
name = "Hai thủ tục cùng lúc"
components = ["1.001", "1.005"]
policy = "fixed"
limit = "12 working_days"
from = 2018-01-01
"""
STEP_LADDER: Final = """
[ladders.steps]
name = "Thang bước"
[[ladders.steps.rungs]]
code = "b-0"
on = "due_day"
kind = "reminder"
roles = ["officer"]
level = 1
template = "step_due"
[[ladders.steps.rungs]]
code = "b+1"
after = "1 working_days"
kind = "escalation"
roles = ["head"]
level = 2
template = "step_late"
"""
COMMUNES: Final = """
[communes.xa-1]
name = "Xã Một"
remote = false
[communes.xa-2]
name = "Xã Hai"
remote = true
"""


def law_files() -> dict[str, str]:
    """Return what `OfficeAtWork.configure` is given for this office: procedure 1.005 has the steps."""
    heads = 'commune = "Xã"\nlimit_case = "Trường hợp"\nstep = "Bước"\nbundle = "Nhóm"\n'
    words = 'financial_obligation = ["Nghĩa vụ tài chính"]\n'
    return {
        "stepped": procedure("1.005", "8 working_days", more=CASES + STEPS),
        "bundles.toml": BUNDLES,
        "ladders.toml": LADDERS_FILE + STEP_LADDER,
        "office.toml": OFFICE_FILE + COMMUNES,
        "intake/list.toml": INTAKE_FILE.replace("[statuses]\n", f"{heads}[statuses]\n{words}"),
    }
