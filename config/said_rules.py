"""The sentences of the catalogue about procedures: versions, cases, steps, bundles, targets, scores."""

from __future__ import annotations

from typing import Final

RULES: Final[dict[str, tuple[str, str]]] = {
    "yes_announcement": (
        "“yes”: có người đã đọc văn bản thông báo",
        "'yes': the announcement, read by a person",
    ),
    "yes_source": (
        "“yes”: có người đã đọc mã, tên và thời hạn trong văn bản gốc",
        "'yes': code, name and limit read in the source by a person",
    ),
    "days_computed": (
        "{count} ngày của năm {year} mới chỉ suy ra, đây là ngày đầu",
        "{count} of the days of {year} computed, this one first",
    ),
    "no_steps": (
        "thủ tục không có bước: phần nào chậm thì không ai được báo",
        "a procedure without steps: nobody is told which part of the work is late",
    ),
    "the_steps": (
        "[[versions.steps]], quy trình đã được phê duyệt",
        "[[versions.steps]], the process as it was approved",
    ),
    "unit_unread": (
        'thời hạn ghi "ngày" mà chưa ai xác nhận đếm theo ngày nào',
        'a limit in "ngày" whose unit nobody has confirmed',
    ),
    "unit_read": (
        "working_days hoặc calendar_days, có người đã đọc trong văn bản gốc",
        "working_days or calendar_days, read in the source by a person",
    ),
    "target_as_before": (
        "như ở phiên bản {version}: {rate} ít nhất {least} %",
        "as in version {version}: {least} % of {rate}",
    ),
    "no_target": ("không còn mục tiêu {code!r}", "no target {code!r}"),
    "other_target": (
        "mục tiêu {code!r} của tỷ lệ hoặc đơn vị khác",
        "the target {code!r} of another rate or unit",
    ),
    "weaker_target": ("mục tiêu thấp hơn, {least} %", "a weaker target, {least} %"),
    "procedure_twice": (
        "thủ tục {code!r}, {file} đã có",
        "the procedure {code!r}, which {file} has already",
    ),
    "one_file_each": ("mỗi thủ tục một tệp", "one file a procedure"),
    "inside_version": (
        "{day}, nằm trong giai đoạn bắt đầu {begin}",
        "{day}, inside the version from {begin}",
    ),
    "day_after": ("một ngày sau {day}", "a day after {day}"),
    "day_after_end": (
        "một ngày sau khi giai đoạn đó hết hiệu lực; nó chưa ghi “until”",
        "a day after the end of that version, which has no until",
    ),
    "neither_limit_nor_add": ("không có “limit” cũng không có “add”", "neither 'limit' nor 'add'"),
    "both_keys": ("cả {first!r} và {second!r}", "{first!r} and {second!r}"),
    "at_most_one_key": (
        "nhiều nhất một trong {first!r} và {second!r}",
        "at most one of {first!r} and {second!r}",
    ),
    "exactly_one_key": (
        "đúng một trong {first!r} và {second!r}",
        "exactly one of {first!r} and {second!r}",
    ),
    "channel_and_remote": (
        "cả cách nộp và xã vùng xa trong một trường hợp",
        "a channel and remote communes in one case",
    ),
    "one_applies": (
        "một trong hai: mỗi thứ tự áp dụng",
        "one of them: each applies by itself",
    ),
    "channel_twice": (
        "trường hợp thứ hai cho cách nộp {channel!r}",
        "a second case for the channel {channel!r}",
    ),
    "channel_once": ("nhiều nhất một trường hợp cho một cách nộp", "at most one case a channel"),
    "remote_twice": ("trường hợp thứ hai cho xã vùng xa", "a second case for remote communes"),
    "remote_once": ("nhiều nhất một trường hợp như vậy", "at most one such case"),
    "added_to": ("{added} cộng vào thời hạn {limit}", "{added} on a limit of {limit}"),
    "unit_of_limits": (
        "cùng đơn vị đếm với mọi thời hạn nó cộng vào",
        "the unit of every limit it can be added to",
    ),
    "shares_and_limits": (
        "bước có “share” bên cạnh bước có “limit”",
        "steps with a share beside steps with a limit",
    ),
    "one_of_two": ("một trong hai cách", "one of the two"),
    "shares_of_months": ("phần trăm của thời hạn tính theo tháng", "shares of a limit in months"),
    "own_limits": ("mỗi bước một thời hạn riêng", "steps with limits of their own"),
    "shares_together": (
        "các phần cộng lại là {total} phần trăm",
        "shares of {total} percent together",
    ),
    "whole_limit": (
        "nhiều nhất {most} phần trăm thời hạn",
        "at most {most} percent of the limit",
    ),
    "steps_together": (
        "các bước cộng lại là {total} {unit}",
        "steps of {total} {unit} together",
    ),
    "at_most_limit": ("nhiều nhất bằng thời hạn {limit}", "at most the limit of {limit}"),
    "at_most": ("nhiều nhất {most}", "at most {most}"),
    "named_as_procedure": (
        "{text!r} đã là thủ tục {owner!r}",
        "{text!r}, which is the procedure {owner!r} already",
    ),
    "own_name": ("mã và tên riêng", "a code and a name of its own"),
    "no_limit": ("không có thời hạn", "no limit"),
    "limit_with_policy": (
        "thời hạn đi với cách tính {policy!r}",
        "a limit with the policy {policy!r}",
    ),
    "limit_if_fixed": (
        "thời hạn khi policy là “fixed”, ngoài ra thì không",
        "a limit with the policy 'fixed', else none",
    ),
    "limit_that_ends": ("thời hạn có kết thúc", "a limit that ends"),
    "many_procedures": ("{count} thủ tục", "{count} procedures"),
    "each_procedure_once": ("mỗi thủ tục một lần", "each procedure once"),
    "not_in_force": (
        "{code!r}, ngày {day} không có hiệu lực",
        "{code!r}, not in force on {day}",
    ),
    "version_in_force": ("một giai đoạn có hiệu lực ngày đó", "a version in force then"),
    "like_first": (
        "như {code!r}: trên một phiếu chỉ có một ngày hẹn",
        "like {code!r}: on a slip stands one appointment",
    ),
    "other_calendar": (
        "{code!r}, tính theo lịch {calendar}",
        "{code!r}, counted on the calendar {calendar}",
    ),
    "of_the_office": ("của cơ quan", "of the office"),
    "other_rules": ("{code!r}, đếm theo quy tắc riêng", "{code!r}, counted by rules of its own"),
    "endless": ("{code!r}, thủ tục không quy định thời hạn", "{code!r}, a procedure without a limit"),
    "with_limits": (
        "các thủ tục có thời hạn, vì policy là {policy!r}",
        "procedures with a limit, for the policy {policy!r}",
    ),
    "components_in": (
        "các thủ tục có thời hạn tính theo {units}",
        "components with limits in {units}",
    ),
    "can_be_added": (
        "các thời hạn cộng được: cùng một đơn vị đếm, và có kết thúc",
        "limits that can be added up: in one unit, and not for ever",
    ),
    "refused": ("{error}", "{error}"),
    "sum_of_components": (
        "nhiều nhất bằng tổng các thủ tục, {total} {unit}",
        "at most the sum of the components, {total} {unit}",
    ),
    "not_after_parts": (
        "thời hạn không kết thúc muộn hơn khi làm lần lượt từng thủ tục{but}",
        "a limit that ends no later than the components one after another{but}",
    ),
    "but_ten_years": (
        "; thời hạn khác đơn vị chỉ so được đến mười năm",
        "; limits in several units are compared up to ten years only",
    ),
    "but_uncounted": (
        "; thời hạn này không đếm được: {error}",
        "; this one cannot be counted: {error}",
    ),
    "but_accepted": (
        "; tiếp nhận lúc {time} ngày {day} thì nó muộn hơn",
        "; accepted at {time} on {day} it does not",
    ),
    "bracket_after": ("{below} % sau {above} %", "{below} % after {above} %"),
    "brackets_descend": (
        "các khung điểm từ tỷ lệ cao nhất xuống thấp nhất",
        "brackets from the highest rate to the lowest",
    ),
    "no_points_below": ("không có điểm cho tỷ lệ dưới {least} %", "no points below {least} %"),
    "last_bracket": ("khung cuối có at_least = 0", "a last bracket with at_least = 0"),
    "points": ("{points} điểm", "{points} points"),
    "most_points": (
        "nhiều nhất {most}, điểm tối đa của tiêu chí",
        "at most {most}, the most of the criterion",
    ),
    "criterion_last_day": (
        "một ngày không trước {first}, ngày đầu của tiêu chí",
        "a day not before {first}, the first day of the criterion",
    ),
    "criterion_twice": (
        "tiêu chí {code!r} lần thứ hai trong cùng những ngày ấy",
        "the criterion {code!r} a second time on the same days",
    ),
    "criterion_once": (
        "nhiều nhất một tiêu chí cùng mã trong một ngày",
        "at most one criterion of a code on a day",
    ),
}
