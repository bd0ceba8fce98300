"""The sentences of the catalogue: why an event or a row is refused, in Vietnamese and in English."""

from __future__ import annotations

from typing import Final

from domain.figure_sentences import FIGURES

MESSAGES: Final[dict[str, tuple[str, str]]] = FIGURES | {
    "no_zone": (
        "sự kiện {kind} không có múi giờ",
        "the event {kind} has a moment without a time zone",
    ),
    "before_acceptance": (
        "sự kiện {kind} đến trước khi hồ sơ được tiếp nhận",
        "{kind} comes before the dossier was accepted",
    ),
    "earlier_than_acceptance": (
        "sự kiện {kind} lúc {at} sớm hơn lúc tiếp nhận {accepted}",
        "{kind} at {at} lies before the acceptance at {accepted}",
    ),
    "unfit_text": (
        "{what}: {found}… dài quá {most} ký tự hoặc có ký tự điều khiển",
        "{what}: {found}… is longer than {most} letters or has control characters",
    ),
    "unfit_promise": (
        "promised_at: có {found}, cần dạng 2019-06-17T16:00:00+07:00",
        "promised_at: found {found}, expected 2019-06-17T16:00:00+07:00",
    ),
    "unfit_date": (
        "{what}: có {found}, cần một ngày như 2019-06-17",
        "{what}: found {found}, expected a day such as 2019-06-17",
    ),
    "before_hand_over": (
        "chuyển xử lý lúc {at} sớm hơn lần chuyển trước lúc {since} của hồ sơ {code}",
        "handed over at {at}, before the last hand-over of {code} at {since}",
    ),
    "consulted_already": (
        "hồ sơ {code} đang chờ {agency} trả lời, không hỏi hai lần",
        "{code} waits for an answer of {agency} already; it is asked once",
    ),
    "not_consulted": (
        "hồ sơ {code} không lấy ý kiến của {agency}",
        "{code} did not consult {agency}",
    ),
    "second_reappointment": (
        "hồ sơ {code} đã hẹn lại một lần (ngày {day}); chỉ được hẹn lại một lần (NĐ 61/2018 Đ.19.9)",
        "{code} was re-appointed once already (to {day}); the law allows it once (Decree 61/2018 art. 19.9)",
    ),
    "nothing_to_reappoint": (
        "hồ sơ {code} không có thời hạn nên không có ngày để hẹn lại",
        "{code} has no time limit, so there is no date to appoint anew",
    ),
    "appointed_not_later": (
        "ngày hẹn lại {day} không sau ngày hạn {due}",
        "the new appointment on {day} does not lie after the due day {due}",
    ),
    "appointed_in_the_past": (
        "ngày hẹn lại {day} đã qua khi xin lỗi lúc {at}; hãy hẹn một ngày sắp tới",
        "the new appointment on {day} had passed when the apology was made at {at}; appoint a day to come",
    ),
    "appointed_too_far": (
        "ngày hẹn lại {day} cách ngày hạn {due} hơn một năm; có gõ nhầm không?",
        "the new appointment on {day} lies more than a year after the due day {due}; a slip of the pen?",
    ),
    "nothing_handed_over": (
        "hồ sơ {code} đang ở đơn vị {unit} và không có bước nào tiếp theo ở đó",
        "{code} is with {unit} already, which has no further step",
    ),
    "result_before_hand_over": (
        "kết quả ghi {at}, trước lần chuyển xử lý lúc {since}; cần người chịu trách nhiệm và lý do",
        "the result is dated {at}, before the last hand-over at {since}; it needs a name and a reason",
    ),
    "nothing_recounted": (
        "hồ sơ {code} không có thời hạn nên không có gì để tính lại theo lịch",
        "{code} has no time limit, so there is nothing to count anew under the calendar",
    ),
    "appointed_day_off": (
        "ngày hẹn lại {day} là ngày nghỉ; hãy hẹn vào ngày làm việc",
        "the new appointment on {day} is a day off; appoint a working day",
    ),
    "apology_too_late": (
        (
            "xin lỗi, hẹn lại lúc {at} quá muộn: chậm nhất hết ngày {latest} (NĐ 61/2018 Đ.19.9); "
            "muộn hơn thì cần người chịu trách nhiệm và lý do"
        ),
        (
            "the apology at {at} is too late: at latest on {latest} (Decree 61/2018 art. 19.9); "
            "later it needs a named person and a reason"
        ),
    ),
    "dated_back": (
        "{kind} ghi lùi về {at}, trước hạn {due} đã qua; cần người chịu trách nhiệm và lý do",
        (
            "{kind} is dated back to {at}, before the due date {due} now passed; "
            "it needs a named person and a reason"
        ),
    ),
    "stop_dated_back": (
        "{kind} ghi lùi về {at}, trong khi đồng hồ vẫn chạy; cần người chịu trách nhiệm và lý do",
        "{kind} is dated back to {at}, though the clock ran on; it needs a named person and a reason",
    ),
    "unknown_cause": (
        "nguyên nhân tạm dừng {found} không có; có: {known}",
        "the cause {found} of a suspension is unknown; known: {known}",
    ),
    "no_events": ("hồ sơ {code} không có sự kiện nào", "dossier {code} has no events"),
    "accepted_twice": (
        "hồ sơ {code} đã được tiếp nhận lúc {at}",
        "dossier {code} was already accepted at {at}",
    ),
    "stands_still": (
        "hồ sơ {code} đang dừng ({why}) từ {at}",
        "dossier {code} already stands still ({why}) since {at}",
    ),
    "does_not_stand_still": (
        "{kind}: hồ sơ {code} không ở trạng thái {why} nên không thể tiếp tục",
        "{kind}: dossier {code} is not {why}, so it cannot go on",
    ),
    "closed": (
        "{kind}: hồ sơ {code} đã kết thúc ({outcome}) lúc {at}",
        "{kind}: dossier {code} is closed ({outcome}) since {at}",
    ),
    "before_last_change": (
        "{kind} lúc {at} sớm hơn {latest}, lần thay đổi gần nhất của đồng hồ hồ sơ {code}",
        "{kind} at {at} lies before {latest}, when the clock of dossier {code} last changed",
    ),
    "nothing_to_return": (
        "hồ sơ {code} chưa có kết quả để trả",
        "dossier {code} has no result that could be returned",
    ),
    "returned_twice": (
        "kết quả hồ sơ {code} đã được trả lúc {at}",
        "the result of {code} was returned at {at}",
    ),
    "returned_before_result": (
        "kết quả hồ sơ {code} không thể trả trước khi có",
        "the result of {code} cannot be returned before it exists",
    ),
    "hour_needed": (
        "thời hạn tính theo giờ thì ngày tiếp nhận và ngày có kết quả phải có cả giờ, phút",
        "with a limit in hours, receipt and result need their hour and minute, not only the day",
    ),
    "resume_unknown": (
        "có kết quả nhưng hồ sơ còn {why} từ {since}; hãy ghi lúc tiếp tục bằng dunghan event, rồi nhập lại",
        "a result, but the dossier is {why} since {since}; record with dunghan event when it went on",
    ),
    "second_supplement": (
        "hồ sơ {code} đã được yêu cầu bổ sung một lần; lần hai cần người chịu trách nhiệm và lý do",
        "papers were asked for once for {code}; a second time needs a named person and a reason",
    ),
    "older_list": (
        "danh sách này lập lúc {seen}, cũ hơn danh sách đã nhập lúc {last}",
        "this list was made at {seen}, before the one already taken in, of {last}",
    ),
    "stopped_before": (
        "dừng từ {at}, nhưng danh sách lập lúc {last} ghi đang xử lý",
        "stopped since {at}, but the list made at {last} shows it running",
    ),
    "closed_differs": (
        "trạng thái {found}; lịch sử ghi đã kết thúc ({known})",
        "status {found}; history has it closed ({known})",
    ),
    "result_while_open": (
        "có ngày kết quả nhưng trạng thái là {status}",
        "there is a date of the result, but the status is {status}",
    ),
    "other_return": ("trả kết quả {found}; lịch sử ghi {known}", "returned {found}; history has {known}"),
    "accepted_before": (
        "trạng thái {found}, nhưng hồ sơ đã được tiếp nhận {known}",
        "status {found}, but the dossier was accepted {known}",
    ),
    "not_in_force": (
        "thủ tục {found} không có hiệu lực ngày {day}; có hiệu lực: {periods}",
        "procedure {found} is not in force on {day}; in force: {periods}",
    ),
    "future": ("{what} {at} nằm ở tương lai", "the {what} {at} lies in the future"),
    "result_before_receipt": (
        "{what} {at} trước ngày tiếp nhận {accepted}",
        "{what} {at} is before the receipt on {accepted}",
    ),
    "result_without_date": (
        "trạng thái là {status} nhưng không có ngày có kết quả",
        "the status is {status} but there is no date of the result",
    ),
    "other_procedure": (
        "thủ tục {found}; lịch sử ghi {known}",
        "procedure {found}; history has {known}",
    ),
    "other_receipt": ("tiếp nhận {found}; lịch sử ghi {known}", "received {found}; history has {known}"),
    "result_gone": (
        "không còn kết quả; lịch sử ghi đã kết thúc ({known})",
        "no result any more; history has it closed ({known})",
    ),
    "other_result": ("có kết quả {found}; lịch sử ghi {known}", "result {found}; history has {known}"),
    "written_meanwhile": (
        "hồ sơ {code} đang được ghi từ nơi khác cùng lúc, hai lần thử đều không ghi được; hãy gửi lại",
        "{code} was written by somebody else at the same moment, twice in a row; send it again",
    ),
    "duplicate": (
        "mã hồ sơ {code} đã có ở dòng {line} của cùng tệp; mỗi hồ sơ một dòng",
        "dossier code {code} already stands in line {line} of this file; one line a dossier",
    ),
    "unknown_procedure": (
        "không có thủ tục {found} còn hiệu lực ngày {day}; gần giống: {near}",
        "no procedure {found} in force on {day}; nearest: {near}",
    ),
    "unknown_unit": (
        "không có đơn vị {found}; gần giống: {near}",
        "no unit {found}; nearest: {near}",
    ),
    "unknown_bundle": (
        "không có nhóm thủ tục {found} còn hiệu lực ngày {day}; gần giống: {near}",
        "no bundle {found} in force on {day}; nearest: {near}",
    ),
    "unknown_commune": ("không có xã {found}; gần giống: {near}", "no commune {found}; nearest: {near}"),
    "unknown_channel": (
        "không có hình thức tiếp nhận {found}; có: {known}",
        "no channel {found}; there are: {known}",
    ),
    "unknown_case": (
        "thủ tục không có trường hợp {found}; gần giống: {near}",
        "the procedure has no limit case {found}; nearest: {near}",
    ),
    "case_of_remote": (
        "trường hợp {case} chỉ dành cho xã vùng xa; xã của hồ sơ: {commune}",
        "the case {case} is for remote communes only; the commune of the dossier: {commune}",
    ),
    "case_of_channel": (
        "trường hợp {case} chỉ dành cho hình thức {needed}; hồ sơ: {found}",
        "the case {case} is for the channel {needed} only; the dossier has {found}",
    ),
    "unknown_step": (
        "thủ tục không có bước {found}; gần giống: {near}",
        "the procedure has no step {found}; nearest: {near}",
    ),
    "bundle_of_many": (
        "nhóm {bundle} không có thủ tục {found}; có: {known}",
        "the bundle {bundle} has no procedure {found}; it has: {known}",
    ),
    "other_bundle": (
        "nhóm thủ tục {found}; lịch sử ghi {known}",
        "bundle {found}; history has {known}",
    ),
    "code_of_slip": (
        "mã {code} đã là của giấy tiếp nhận nhiều thủ tục {slip}; hãy dùng một mã khác",
        "the code {code} belongs to the slip {slip} of several procedures already; use another one",
    ),
    "code_of_dossier": (
        "mã {code} đã là của một hồ sơ riêng nên không thể là của giấy tiếp nhận nhiều thủ tục {slip}",
        "the code {code} is that of a dossier of its own, so it cannot be one of the slip {slip}",
    ),
    "nothing_appointed": (
        "hồ sơ {code} chưa hẹn lại; phiếu xin lỗi cần ngày hẹn lại, lý do và số văn bản",
        "{code} was not re-appointed yet; an apology needs the new day, a reason and a document number",
    ),
    "nothing_rescheduled": (
        "hồ sơ {code} chưa đổi ngày hẹn vì lịch hay quy định thay đổi, nên không có gì để thông báo",
        "no other calendar or rule has moved the date of {code}, so there is nothing to announce",
    ),
    "nothing_to_chase": (
        "hồ sơ {code} không có cơ quan nào như vậy quá hạn trả lời; đang chờ: {waiting}",
        "no such agency is late with its answer for {code}; waiting for: {waiting}",
    ),
    "chase_which": (
        "hồ sơ {code} có nhiều cơ quan quá hạn trả lời: {agencies}; mỗi phiếu một cơ quan, hãy nêu tên",
        "several agencies are late with their answer for {code}: {agencies}; name one for each slip",
    ),
    "components_differ": (
        "các hồ sơ của giấy {code} không còn cùng đơn vị hoặc cùng ngày; hãy nêu một trong: {codes}",
        "the dossiers on the slip {code} no longer share unit and dates; name one of: {codes}",
    ),
    "nothing_to_acknowledge": (
        "hồ sơ {code} không có báo cáo quá hạn nào như vậy để xác nhận; đã báo: {told}",
        "{code} has no such escalation to acknowledge; told: {told}",
    ),
    "may_not_acknowledge": (
        "{by} không được báo mốc {rung} của hồ sơ {code} và không phải cấp trên; được báo: {told}",
        "{by} was not told of {rung} of {code} and is no superior of those who were: {told}",
    ),
    "acknowledged_too_late": (
        "hạn hoặc bước xử lý của hồ sơ {code} đã đổi sau thư này, không còn gì để xác nhận",
        "the due date or the step of {code} has changed since that mail, there is nothing to acknowledge",
    ),
    "token_refused": (
        "mã xác nhận không đúng hoặc bị cắt mất; hãy chép lại nguyên văn từ thư",
        "the token is wrong or cut short; copy it from the mail as it stands",
    ),
    "token_unknown": (
        "cơ quan chưa đặt DUNGHAN_SECRET nên không có mã xác nhận; hãy xác nhận bằng mã hồ sơ và mã người",
        "this office has no DUNGHAN_SECRET, so there are no tokens; acknowledge by dossier and person",
    ),
    "unknown_dossier": ("không có hồ sơ {code}", "there is no dossier {code}"),
}
