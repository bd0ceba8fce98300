"""From an exception to what a person reads: one sentence or one line a problem, and an exit code."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, Any, Final

from config.errors import ConfigError
from domain.errors import DomainError
from workers.cli.exits import CRASHED, INTERRUPTED, NOT_SET_UP, REFUSED, CommandError
from workers.inbox.faults import SheetError
from workers.runtime.errors import LaunchError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

_USAGE: Final = {
    "No such command": "không có lệnh ",
    "Got unexpected extra argument(s)": "thừa đối số ",
    "Got unexpected extra argument": "thừa đối số ",
    "Missing command": "thiếu tên lệnh con",
}
HELP: Final = "Gõ thêm --help để xem cách dùng và ví dụ."


@dataclass(frozen=True, slots=True)
class Failure:
    """Hold what to say on standard error, and the exit code."""

    code: int
    lines: tuple[str, ...]


def failure_of(error: BaseException) -> Failure | None:
    """Return what an expected error means to the person at the keyboard; None for a fault of our own."""
    if isinstance(error, KeyboardInterrupt) or type(error).__name__ == "Abort":
        return Failure(INTERRUPTED, ("Đã dừng theo yêu cầu (Ctrl-C).",))
    if isinstance(error, ConfigError):
        return Failure(REFUSED, tuple(problem.said() for problem in error.problems))
    if isinstance(error, DomainError):
        return Failure(REFUSED, (_sentence(error.said(UTC)),))
    if isinstance(error, CommandError):
        return Failure(error.code, (str(error),))
    if isinstance(error, SheetError | LaunchError):
        return Failure(REFUSED, (str(error),))
    return _usage(error) or _surroundings(error)


def _usage(error: BaseException) -> Failure | None:
    """Say what was wrong with the words of the command line; typer may bring its own copy of click."""
    names = {kind.__name__ for kind in type(error).__mro__}
    if "ClickException" not in names:
        return None
    found: Any = error
    command = found.ctx.command_path if getattr(found, "ctx", None) else "dunghan"
    text = "" if "NoArgsIsHelpError" in names else _usage_text(found, names)
    return Failure(REFUSED, (f"{command}: {text}", HELP) if text else (found.format_message(),))


def _usage_text(error: Any, names: set[str]) -> str:
    if "NoSuchOption" in names:
        if error.option_name == "--home":
            return "--home đứng ngay sau dunghan, trước tên lệnh."
        near = f" Có phải là {', '.join(error.possibilities)}?" if error.possibilities else ""
        return f"không có tuỳ chọn {error.option_name}.{near}"
    if "MissingParameter" in names:
        return f"thiếu {_parameter(error)}."
    if "BadParameter" in names:
        return f"{_parameter(error)} không hợp lệ: {error.message}"
    message: str = error.format_message()
    for start, words in _USAGE.items():
        if message.startswith(start):
            return f"{words}{message.removeprefix(start).strip(' .')}."
    return message


def _parameter(error: Any) -> str:
    if error.param is None:
        return str(error.param_hint or "một đối số")
    options: list[str] = [name for name in error.param.opts if name.startswith("-")]
    return options[0] if options else str(error.param.metavar or error.param.name.upper())


def _surroundings(error: BaseException) -> Failure | None:
    from workers.store.errors import StoreError

    if isinstance(error, StoreError):
        return Failure(NOT_SET_UP, (str(error),))
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return Failure(REFUSED, (f"Không đọc hoặc ghi được{where}: {error.strerror or error}.",))
    # A LookupError is ours; its children (KeyError, IndexError) would be faults of the program.
    return Failure(REFUSED, (_sentence(str(error)),)) if type(error) is LookupError else None


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def log_unexpected(error: BaseException, folder: Path | None, *, now: datetime) -> Failure:
    """Append the traceback to dunghan-error.log in `folder` and say where; without one, say what it was.

    Only file names, lines and the first line of the error are kept: never values of a row.
    """
    frames = [f"  {f.filename}:{f.lineno} {f.name}\n" for f in traceback.extract_tb(error.__traceback__)]
    first_line = (str(error).splitlines() or [""])[0][:200]
    text = f"{now.isoformat(timespec='seconds')} {type(error).__name__}: {first_line}\n{''.join(frames)}"
    try:
        if folder is None or not folder.is_dir():
            raise FileNotFoundError(str(folder))
        log = folder / "dunghan-error.log"
        with log.open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        place = frames[-1].strip() if frames else ""
        return Failure(CRASHED, (f"Lỗi của chương trình: {type(error).__name__}: {first_line} ({place})",))
    return Failure(CRASHED, (f"Lỗi của chương trình ({type(error).__name__}); chi tiết ở {log}",))
