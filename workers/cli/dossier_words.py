"""The words of the view of one dossier: Vietnamese, and English beside it."""

from __future__ import annotations

from typing import Final

WORDS: Final = {
    "due": ("Hạn trả kết quả", "Due date"),
    "appointment": ("hẹn trả", "appointment"),
    "no_due": ("Thủ tục không quy định thời hạn.", "This procedure has no time limit."),
    "limit": ("Thời hạn {limit}, tính từ {start}", "Limit {limit}, counted from {start}"),
    "moves": (
        "Đồng hồ đang dừng từ {at}; hạn sẽ dời khi tiếp tục.",
        "The clock stands still since {at}; the due date will move.",
    ),
    "at_result": ("{timing} (lúc có kết quả: {words})", "{timing} (at the result: {words})"),
    "provisional": (
        "Tạm tính: lịch nghỉ của những ngày này chưa công bố.",
        "Provisional: days off not yet published.",
    ),
    "original": ("Hạn lúc tiếp nhận: {at}", "Due date at acceptance: {at}"),
    "appointed": (
        "Đã xin lỗi và hẹn lại; hạn theo luật vẫn là {at}",
        "Apologised and re-appointed; the lawful due date is still {at}",
    ),
    "budget": ("Đã dùng {used}, còn {left}", "{used} used, {left} left"),
    "waits": ("Đang {why}, đồng hồ vẫn chạy.", "Now {why}; the clock runs on."),
    "consulting": ("Chờ trả lời: {who}", "Waiting for an answer: {who}"),
    "bundle": ("Giấy tiếp nhận {code}, cùng: {others}", "On the slip {code}, with: {others}"),
    "steps": ("Các bước", "Steps"),
    "step_open": ("hạn {at}", "due {at}"),
    "step_late": ("quá hạn từ {at}", "overdue since {at}"),
    "step_free": ("không đặt hạn", "no limit"),
    "used": ("{used}/{planned}", "{used} of {planned}"),
    "slip": ("Phiếu hẹn ghi {at}: {how}", "The slip says {at}: {how}"),
    "slip_same": ("đúng ngày hạn", "the due day"),
    "slip_late": ("muộn hơn hạn {days} ngày", "{days} days after the due date"),
    "slip_early": ("sớm hơn hạn {days} ngày", "{days} days before the due date"),
    "history": ("Đã xảy ra", "History"),
    "told": ("Đã báo và đang chờ", "Told and waiting"),
    "next": ("Sắp tới", "What comes next"),
    "nobody": ("Chưa ai được báo.", "Nobody has been told yet."),
    "nothing": ("Không còn mốc nào.", "Nothing more will come."),
    "officer": ("thụ lý", "officer"),
    "repeat": ("nhắc lại lần {number}", "repeat {number}"),
    "overdue_now": ("đến mốc, chờ lượt rà", "has come due, waits for the sweep"),
    "sent": ("đã gửi {at}", "sent {at}"),
    "planned": ("chờ đến {at}", "waits until {at}"),
    "claimed": ("đang gửi", "being sent"),
    "failed": ("gửi lại lúc {at}", "again at {at}"),
    "dead": ("không gửi được", "given up"),
    "covered": ("gộp vào thư sau", "told in a later mail"),
    "passed": ("đang vắng, đã báo {to} thay", "away, {to} was told"),
    "handed_back": ("đã vắng, {to} được báo thay", "was away, {to} was told"),
    "held": ("giữ lại, hồ sơ đang dừng", "held, the dossier stands still"),
    "cancelled": ("đã bỏ, không còn cần báo", "cancelled, no longer to be told"),
}
