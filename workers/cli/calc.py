"""`dunghan calc`: when is this due, and why; and the deadline arithmetic for other programs."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from datetime import UTC
from enum import StrEnum
from errno import EEXIST
from pathlib import Path  # noqa: TC003 - typer reads the annotations when it runs
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.deadline import Language
    from workers.use_cases.calc_question import Question

ANSWERED: Final = 0
SOME_REFUSED: Final = 1
UNREADABLE: Final = 2


class Lang(StrEnum):
    """Name the languages in which a person is answered."""

    VI = "vi"
    EN = "en"


app = typer.Typer()


@app.callback(invoke_without_command=True)
def calc(
    context: typer.Context,
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Trả lời mỗi dòng JSON bằng một dòng JSON.")] = False,
    input_file: Annotated[
        Path | None, typer.Option("--input", help="Đọc từ tệp này thay vì đầu vào chuẩn.")
    ] = None,
    output_file: Annotated[
        Path | None, typer.Option("--output", help="Ghi vào tệp này thay vì đầu ra chuẩn.")
    ] = None,
) -> None:
    """Tính hạn trả kết quả cho người (`due`) hoặc cho chương trình khác (`--jsonl`).

    Ví dụ: dunghan calc due --from 2019-04-26 --limit "3 ngày làm việc" --explain

    Ví dụ: dunghan calc --jsonl < cases.jsonl > answers.jsonl

    Với --jsonl, mã thoát là 0 nếu mọi dòng được trả lời, 1 nếu có dòng bị từ chối, 2 nếu không đọc được.
    """
    if context.invoked_subcommand is not None:
        return
    if not jsonl:
        typer.echo(context.get_help())
        raise typer.Exit(UNREADABLE)
    raise typer.Exit(_answer_all(input_file, output_file))


def _answer_all(source: Path | None, target: Path | None) -> int:
    from workers.use_cases.calculate import answer_lines

    refused = 0
    try:
        with _opened(source, target) as (lines, answers):
            for found in answer_lines(lines):
                refused += "error" in found
                answers.write(json.dumps(found).encode() + b"\n")
                answers.flush()
    except BrokenPipeError:
        # Whoever reads the answers has gone away; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNREADABLE
    except OSError as error:
        typer.echo(f"Không đọc hoặc ghi được {error.filename or 'dữ liệu'}: {error.strerror}", err=True)
        return UNREADABLE
    return SOME_REFUSED if refused else ANSWERED


@contextlib.contextmanager
def _opened(source: Path | None, target: Path | None) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    with contextlib.ExitStack() as stack:
        lines = sys.stdin.buffer if source is None else stack.enter_context(source.open("rb"))
        if target is None:
            yield lines, sys.stdout.buffer
            return
        if source is not None and target.exists() and source.samefile(target):
            raise OSError(EEXIST, "kết quả sẽ ghi đè lên đầu vào, hãy chọn tệp khác", str(target))
        yield lines, stack.enter_context(target.open("wb"))


@app.command()
def due(
    *,
    received: Annotated[
        str, typer.Option("--from", help="Ngày (hoặc ngày giờ) tiếp nhận: 26/04/2019 hoặc 2019-04-26T15:30.")
    ],
    limit: Annotated[
        str | None,
        typer.Option(help='Thời hạn: "3 ngày làm việc", "15 ngày", "8 giờ", "1 tháng", "ngay trong ngày".'),
    ] = None,
    procedure: Annotated[
        str | None, typer.Option(help="Hoặc mã, tên thủ tục: thời hạn của bản có hiệu lực hôm tiếp nhận.")
    ] = None,
    case: Annotated[str | None, typer.Option(help="Trường hợp thời hạn của thủ tục.")] = None,
    pause: Annotated[
        list[str] | None,
        typer.Option(help="Thời gian dừng, ghi được nhiều lần: 2019-05-02T09:00/2019-05-06T09:00."),
    ] = None,
    calendar: Annotated[
        str | None, typer.Option(help="Mã lịch làm việc; mặc định là lịch của cơ quan.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="In từng ngày được tính hay bỏ qua, và lý do.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In kết quả dạng JSON.")] = False,
    lang: Annotated[Lang, typer.Option(help="Ngôn ngữ: vi hoặc en.")] = Lang.VI,
    sla: Annotated[
        Path | None, typer.Option("--sla", help="Thư mục cấu hình; mặc định là văn phòng mẫu.")
    ] = None,
) -> None:
    """Cho biết hạn trả kết quả của một hồ sơ, và vì sao.

    Ví dụ: dunghan calc due --from 2019-04-26 --limit "3 working_days" --explain

    Ví dụ: dunghan calc due --from 2019-04-26T16:00 --limit "8 giờ" --json

    Ví dụ: dunghan calc due --from 2019-05-29 --procedure 1.004227 --explain --lang en
    """
    from config.errors import ConfigError
    from config.sla import load_sla
    from domain.errors import DomainError
    from workers.use_cases.calc_question import read_question

    try:
        question = read_question(
            load_sla(sla),
            received,
            limit=limit,
            procedure=procedure,
            case=case,
            calendar=calendar,
            pauses=pause or (),
        )
        _tell(question, lang.value, explain=explain, as_json=as_json)
    except (ConfigError, DomainError, OSError) as error:
        typer.echo(_said(error, lang.value), err=True)
        raise typer.Exit(UNREADABLE) from None


def _said(error: Exception, lang: Language) -> str:
    from config.errors import ConfigError
    from domain.errors import DomainError

    if isinstance(error, DomainError):
        return error.said(UTC, lang)
    return error.said(lang) if isinstance(error, ConfigError) else str(error)


def _tell(question: Question, lang: Language, *, explain: bool, as_json: bool) -> None:
    from domain.explain import derive_and_walk
    from workers.use_cases import calc_due, calc_question

    asked, calendar = question, question.calendar
    deadline, steps = derive_and_walk(
        asked.limit, asked.start, calendar, rules=asked.rules, pauses=asked.pauses, lang=lang
    )
    shown = steps if explain else ()
    if as_json:
        found = calc_question.as_json(asked, lang) | calc_due.as_json(deadline, shown, calendar)
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    typer.echo(calc_question.in_words(asked, lang))
    for title, words in calc_question.basis(asked, lang) if explain else ():
        typer.echo(f"{title}: {words}")
    for line in calc_due.in_lines(deadline, shown, calendar, lang):
        typer.echo(line)
