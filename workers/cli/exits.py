"""What a command may end with: the exit codes, and the error that chooses one. Documented here only."""

from __future__ import annotations

from typing import Final

OK: Final = 0
"""Done, and nothing is missing."""
INCOMPLETE: Final = 1
"""Answered, but rows or events were refused, something is missing, or slips, notices or seals differ."""
REFUSED: Final = 2
"""Wrong usage, an unreadable file or moment, an unknown dossier, a faulty configuration."""
NOT_SET_UP: Final = 3
"""No office here yet, no tables, or a database that does not answer."""
CRASHED: Final = 70
"""A fault of the program; the details are in the log it names."""
INTERRUPTED: Final = 130
"""Ended by Ctrl-C (`dunghan up` ends by it with 0: that is how it is meant to end)."""

IN_WORDS: Final = (
    "Mã thoát: 0 xong; 1 xong nhưng có dòng bị từ chối, thiếu gì, phiếu, thông báo hay số đã chốt lệch; "
    "2 sai cách gọi, tệp hoặc cấu hình; 3 chưa có văn phòng hoặc cơ sở dữ liệu; 70 lỗi chương trình; "
    "130 Ctrl-C."
)


class CommandError(Exception):
    """Say in one Vietnamese sentence why a command cannot go on; `code` is the exit code."""

    def __init__(self, text: str, code: int = REFUSED) -> None:
        super().__init__(text)
        self.code = code


class NotSetUpError(CommandError):
    """Say that there is no office to work in yet."""

    def __init__(self, text: str) -> None:
        super().__init__(text, NOT_SET_UP)
