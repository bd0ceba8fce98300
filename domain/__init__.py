"""Ground floor: the law as values and functions, and the words everybody uses for it.

Glossary. A new word enters here first; code uses the English term, the office reads the Vietnamese one.

dossier            hồ sơ                    one request of a citizen, from acceptance to the returned result
procedure          thủ tục hành chính       what is asked for; its versions carry the limits set by law
step               bước xử lý               a part of the internal process, done by one unit
limit case         trường hợp               another limit of the same procedure: a channel, a remote commune
commune            xã, phường               where the parcel lies; a remote one has longer limits
bundle             nhiều thủ tục cùng lúc   several procedures under one slip, with one appointment
unit               đơn vị                   a section of the office, or a partner that handles dossiers
time limit         thời hạn giải quyết      an amount and a unit: working days, calendar days, months, hours
working calendar   lịch làm việc            windows per weekday, days off, make-up days (làm bù)
due_at             hạn trả kết quả          the instant at which the limit has run out, exclusive
appointment        giờ hẹn trả              what the slip says: end of office hours of the due day
suspend / resume   tạm dừng / tiếp tục      time that does not count, with its reason
supplement         bổ sung hồ sơ            papers asked for after appraisal
re-appointment     hẹn lại ngày trả         once, with an apology (Mẫu 04)
reminder           nhắc việc                a notice before the due date
apology request    đề nghị xin lỗi          the question "finish or apologise?" while the law allows it
escalation         báo cáo quá hạn          a notice up the line after the due date
acknowledgement    xác nhận                 somebody told of an escalation says that it is in hand
go up              báo lên cấp trên         nobody acknowledged in time: the next role up the line is told
rung, ladder       mốc, thang nhắc          one moment at which somebody is told; all of them in order
part of a limit    phần thời hạn            a percentage of the limit used: where a rung may stand
repeat             nhắc lại                 a rung told again, bounded, until something stops it
notice             thông báo                one rung, one dossier, one recipient: told once
way                đường gửi                how one person is reached: mail, or sms by a gateway
absence            vắng mặt                 days on which a person is not told; what comes then is passed on
substitute         người thay               who is told in the place of somebody away
caretaker          người vận hành           who is told of what concerns the office itself, and no dossier
mark               mốc hết lịch             days left of a calendar at which its caretakers are warned
overdue            đang quá hạn             open and past its due date
late               trễ hạn                  closed after its due date
anchor             mốc neo                  one hash a day for all that was recorded since the one before
hash chain         chuỗi băm                rows of which each bears the hash of itself and of the one before
seal               niêm phong, chốt số liệu a report as it was published, kept with its dossiers for ever
correction         bản sửa                  a new seal that names the one it corrects; both stand
late-recorded      ghi muộn                 it happened before a cut-off and was recorded after it
reform plan        kế hoạch CCHC            the tasks of administrative reform of one year
reform task        nhiệm vụ CCHC            one row of that plan; its history is only added to
area               lĩnh vực CCHC            one of the areas of reform a task belongs to
lead unit          đơn vị chủ trì           who has to do a task; the cooperating ones (phối hợp) help
continuous task    nhiệm vụ thường xuyên    a task without a due date: reported as being done
on_time_rate       tỷ lệ đúng hạn           always with numerator, denominator and definition
audit pack         bộ hồ sơ kiểm tra ISO    all files of a period for the auditor, with a list of their hashes
quality objective  mục tiêu chất lượng      a rate that shall be at least so much (ISO 9001:2015, 6.2)
p-chart            biểu đồ kiểm soát tỷ lệ  late shares in the order of time, with limits of chance
percentile         bách phân vị             the smallest value that so many percent do not exceed
nonconformity      sự không phù hợp         an overdue dossier, to be treated (ISO 9001:2015, 10.2)
correction         khắc phục                what was done for this dossier
corrective action  hành động khắc phục      what shall keep it from happening again, by a role and a day
check of effect    kiểm tra hiệu lực        whether the action helped
sample             mẫu kiểm tra             dossiers drawn by a seed, the same for whoever knows it
sign               dấu hiệu cần xem lại     something to be looked at; never an accusation
index              chỉ số                   one of the nine of Circular 01/2018: 0, 1 or 2 points
points             điểm của hồ sơ           what one dossier brings under one index
score              điểm đánh giá            the sum of the measured indices, always with its most
grade              xếp loại                 what a score is called; open as long as indices are left out
progress score     điểm tiến độ giải quyết  20 × rate_766, of Decision 766
bracket            khung điểm               the points of a PAR index criterion from a rate on
"""
