"""The sentences of the catalogue about ladders: rungs, whom they tell, when and by which mail."""

from __future__ import annotations

from typing import Final

LADDERS: Final[dict[str, tuple[str, str]]] = {
    "steps": ("bước", "steps"),
    "dossiers": ("hồ sơ", "dossiers"),
    "the_reform_plan": ("kế hoạch CCHC", "the reform plan"),
    "a_reform_task": ("một nhiệm vụ CCHC", "a reform task"),
    "a_task": ("một nhiệm vụ", "a task"),
    "corrective_actions": ("hành động khắc phục", "corrective actions"),
    "a_corrective_action": ("một hành động khắc phục", "a corrective action"),
    "ladder_of": (
        "thang nhắc {name!r}, thư của nó nói về {what}",
        "the ladder {name!r}, whose mails tell of {what}",
    ),
    "a_ladder_of": ("thang nhắc có thư nói về {what}", "a ladder whose mails tell of {what}"),
    "packaged_template": (
        "mẫu thư {name!r} của chương trình",
        "the template {name!r}, which comes with the program",
    ),
    "own_template": ("một tên riêng", "a name of your own"),
    "copy_is_used": (
        "bản sửa templates/mails/vi/{name}.j2 được dùng mà không cần ghi ở đây",
        "your copy templates/mails/vi/{name}.j2 is used without being named here",
    ),
    "rung_twice": ("mốc {code!r} ghi lần thứ hai", "the rung {code!r} a second time"),
    "rung_once": ("mỗi mốc một lần", "each rung once"),
    "template_in_ladder": (
        "mẫu thư {name!r} trong thang nhắc của {what}",
        "the template {name!r} in a ladder of {what}",
    ),
    "own_ladders": (
        "bước và hồ sơ có thang nhắc riêng",
        "steps and dossiers have ladders of their own",
    ),
    "apology_for_step": ("đề nghị xin lỗi cho một bước", "an apology for a step"),
    "no_apology_for_step": (
        "“reminder” hoặc “escalation”: lời hẹn với người dân là về hồ sơ, không phải về một bước",
        "'reminder' or 'escalation': the applicant is promised the dossier, not a step",
    ),
    "template_in_own_ladder": (
        "mẫu thư {name!r} trong thang nhắc của {what}",
        "the template {name!r} in the ladder of {what}",
    ),
    "apology_for": ("đề nghị xin lỗi cho {what}", "an apology for {what}"),
    "no_apology_for": (
        "“reminder” hoặc “escalation”: không người dân nào chờ {what}",
        "'reminder' or 'escalation': no applicant waits for {what}",
    ),
    "condition_on": ("điều kiện đặt cho {what}", "a condition on {what}"),
    "question_about": ("đề nghị xác nhận về {what}", "a question about {what}"),
    "no_question_about_action": (
        "không có “acknowledge_within”: việc kiểm tra hiệu lực trả lời thay cho một hành động",
        "no 'acknowledge_within': what answers for an action is the check of its effect",
    ),
    "no_when": (
        "không có “when”: các khóa của nó nói về hồ sơ",
        "no 'when': its keys are about dossiers",
    ),
    "other_ladder": (
        "thủ tục {code!r}, dùng thang nhắc khác",
        "the procedure {code!r}, which has another ladder",
    ),
    "uses_ladder": ("một thủ tục dùng thang nhắc này", "a procedure that uses this ladder"),
    "role_named_twice": ("chức danh {role!r} hai lần", "the role {role!r} twice"),
    "no_moment": ("không ghi thời điểm", "no moment"),
    "moments_together": ("cả {others!r} và {last!r}", "{others!r} and {last!r}"),
    "one_moment": (
        "đúng một trong “before”, “on”, “after” và “at”",
        "exactly one of 'before', 'on', 'after' and 'at'",
    ),
    "escalation_before": (
        "báo cáo quá hạn khi chưa qua hạn",
        "an escalation before the due date has passed",
    ),
    "key_after": (
        "khóa “after”, hoặc “at” quá 100 %",
        "the key 'after', or 'at' with more than 100 %",
    ),
    "reminder_after": ("nhắc việc sau hạn", "a reminder after the due date"),
    "escalation_or_before": (
        "“escalation”, hoặc khóa “before”",
        "'escalation', or the key 'before'",
    ),
    "acknowledged_apology": (
        "xác nhận cho một đề nghị xin lỗi",
        "an acknowledgement of an apology",
    ),
    "acknowledged_reminder": (
        "xác nhận cho một lần nhắc việc",
        "an acknowledgement of a reminder",
    ),
    "acknowledged_escalation": (
        "khóa này chỉ ở mốc báo cáo quá hạn",
        "it in escalations only",
    ),
    "long_code": ("mã dài {length} ký tự", "a code of {length} characters"),
    "code_and_number": (
        "mốc báo lên cấp trên được báo dưới mã của nó và một số",
        "a rung that goes up is told under its code and a number",
    ),
    "short_code": (
        "mã ngắn hơn: kèm số lần nhắc lại thì nhiều nhất {most} ký tự",
        "a shorter code: with the number of its repeat it has at most {most} characters",
    ),
    "repeats_that_end": (
        "các lần nhắc lại kết thúc trong vòng hai thế kỷ",
        "repeats that end within two centuries",
    ),
    "told_at_once": (
        "chức danh {role!r}, mốc {code!r} đã báo cùng lúc",
        "the role {role!r}, told at the same moment by {code!r}",
    ),
    "once_at_a_moment": (
        "mỗi chức danh nhiều nhất một lần vào một lúc",
        "each role at most once at a moment",
    ),
    "level_after": (
        "cấp {level} sau cấp {other} của {code!r}",
        "level {level} after level {other} of {code!r}",
    ),
    "levels_ascend": ("cấp tăng dần theo thời gian", "levels that ascend with time"),
    "for_dossier": ("với {dossier}: {moments}", "for {dossier}: {moments}"),
    "two_moments": ("{first} và {second}", "{first} and {second}"),
    "comes_due": (
        "{code!r} đến lúc {time} ngày {day}",
        "{code!r} comes due at {time} on {day}",
    ),
    "received_of": (
        "thời hạn {limit} của {procedure}, tiếp nhận lúc {time} ngày {day}",
        "a limit of {limit} of {procedure}, received at {time} on {day}",
    ),
    "received": (
        "thời hạn {limit}, tiếp nhận lúc {time} ngày {day}",
        "a limit of {limit}, received at {time} on {day}",
    ),
    "never_due": (
        "mốc {code!r} rơi vào trước khi mọi thời hạn bắt đầu",
        "the rung {code!r}, which would come due before the beginning of every limit",
    ),
    "within_longest": (
        "một thời điểm trong thời hạn dài nhất của nó, {limit}",
        "a moment within the longest limit it is for, {limit}",
    ),
    "is_for": ("nó dùng cho {names}", "it is for {names}"),
}
