"""Faults and doubts of the rules as people read them: what belongs together once, each place on a line."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Final

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from config.errors import Problem

_MOST: Final = 8


def print_findings(console: Console, title: str, findings: Sequence[Problem]) -> None:
    """Print what was found, grouped by what is expected; warnings beyond the eighth of a group are counted.

    Errors are never cut: each is to be corrected.
    """
    if not findings:
        return
    most = len(findings) if title == "Lỗi" else _MOST
    console.print(Text(f"{title}: {len(findings)}", style="bold"))
    for group in _groups(findings):
        console.print()
        _print_group(console, group, most)
    console.print()


def _groups(findings: Sequence[Problem]) -> Iterator[list[Problem]]:
    """Yield what expects the same and follows each other, errors in the order of their files."""
    for _, group in groupby(findings, key=lambda one: (one.expected, one.advice)):
        yield list(group)


def _print_group(console: Console, group: Sequence[Problem], most: int) -> None:
    same = len({problem.found for problem in group}) == 1
    for problem in group[:most]:
        console.print(Text(f"  {place_of(problem)}", style="cyan") + Text(_key(problem)), soft_wrap=True)
        if not same:
            _print_line(console, "có", problem.found)
    if len(group) > most:
        console.print(f"  … và {len(group) - most} chỗ nữa: thêm --json để xem hết")
    if same:
        _print_line(console, "có", group[0].found)
    _print_line(console, "cần", group[0].expected)
    if group[0].advice:
        _print_line(console, "→", group[0].advice)


def place_of(problem: Problem) -> str:
    """Return the place of a problem as editors understand it: file:line:column."""
    return f"{problem.file}:{problem.line}:{problem.column}" if problem.line else problem.file


def _key(problem: Problem) -> str:
    return f"  {problem.key}" if problem.key else ""


def _print_line(console: Console, label: str, words: str) -> None:
    begin, rest = f"      {label:<4}", " " * 10
    lines = wrap(words, console.width, initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False)
    console.print("\n".join(lines))
