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
    from config.said import Said

_MOST: Final = 8
_FOUND: Final = "thấy"


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
        console.print(Text(f"  {problem.place}", style="cyan") + Text(_key(problem)), soft_wrap=True)
        if not same:
            _print_line(console, _FOUND, problem.found)
    if len(group) > most:
        console.print(f"  … và {len(group) - most} chỗ nữa: thêm --json để xem hết")
    if same:
        _print_line(console, _FOUND, group[0].found)
    _print_line(console, "cần", group[0].expected)
    if group[0].advice:
        _print_line(console, "→", group[0].advice)


def _key(problem: Problem) -> str:
    return f"  {problem.key}" if problem.key else ""


def _print_line(console: Console, label: str, words: Said) -> None:
    begin, rest = f"      {label:<5}", " " * 11
    lines = wrap(
        words.said(), console.width, initial_indent=begin, subsequent_indent=rest, break_on_hyphens=False
    )
    console.print("\n".join(lines))
