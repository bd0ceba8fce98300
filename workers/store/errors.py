"""What keeps the database from answering, in one sentence for the office; other SQL errors are bugs."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Literal

from sqlalchemy.exc import DatabaseError, InterfaceError, OperationalError

if TYPE_CHECKING:
    from collections.abc import Iterator

Reason = Literal["no_schema", "busy", "unreadable", "unreachable"]

_SIGNS: Final[dict[str, Reason]] = {
    "no such table": "no_schema",
    "no such column": "no_schema",
    "undefinedtable": "no_schema",
    "undefinedcolumn": "no_schema",
    "database is locked": "busy",
    "not a database": "unreadable",
    "malformed": "unreadable",
    "readonly": "unreadable",
    "unable to open": "unreadable",
    "disk": "unreadable",
}
_WORDS: Final[dict[Reason, str]] = {
    "no_schema": "Cơ sở dữ liệu chưa có các bảng của phiên bản này; hãy chạy: dunghan db upgrade",
    "busy": "Cơ sở dữ liệu đang bận lâu hơn thời gian chờ; hãy thử lại sau ít phút",
    "unreadable": "Không đọc hoặc ghi được tệp cơ sở dữ liệu",
    "unreachable": "Cơ sở dữ liệu không trả lời; hãy xem DUNGHAN_DATABASE_URL và máy chủ",
}


class StoreError(Exception):
    """Say in one Vietnamese sentence why the database cannot be used; `reason` is a stable word."""

    def __init__(self, reason: Reason, detail: str) -> None:
        self.reason, self._detail = reason, detail
        shown = f" ({detail})" if detail and reason in {"unreadable", "unreachable"} else ""
        super().__init__(f"{_WORDS[reason]}{shown}.")

    def __reduce__(self) -> tuple[type[StoreError], tuple[Reason, str]]:
        """Be copied whole: what Celery cannot copy it logs under another name."""
        return StoreError, (self.reason, self._detail)


def named(error: BaseException | None) -> StoreError | None:
    """Return what an error of the database means for the office; None for any other error."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    first_line = (str(error.orig).splitlines() or [""])[0]
    text = f"{type(error.orig).__name__} {first_line}".lower()
    for sign, reason in _SIGNS.items():
        if sign in text:
            return StoreError(reason, first_line)
    # A statement that is wrong is our own fault; a connection that does not stand is not. SQLite has no
    # connection and calls wrong statements "operational" too.
    if isinstance(error, OperationalError) and not type(error.orig).__module__.startswith("sqlite3"):
        return StoreError("unreachable", first_line)
    return None


@contextmanager
def in_words() -> Iterator[None]:
    """Raise StoreError in the place of what the database says of itself."""
    try:
        yield
    except (DatabaseError, InterfaceError) as error:
        said = named(error)
        if said is None:
            raise
        raise said from error
