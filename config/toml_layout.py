"""The lines of a TOML text set the house's way: aligned in blocks, rows of tables in columns."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from config.toml_parts import Array, Blank, Comment, Entry, Header, Inline, Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from config.toml_parts import Line, Value

_MOST_EMPTY: Final = 2
_INDENT: Final = "  "
_GAP: Final = "  "


def set_lines(lines: Sequence[Line]) -> str:
    """Return the text of the lines: one block of pairs under each head, "=" and comments in columns.

    Empty lines part blocks and stay, two at the most; a head has one above it.
    """
    rows: list[str] = []
    for block in _blocks(_spaced(lines)):
        rows += _set_block(block)
    return "\n".join(rows).strip("\n") + "\n" if rows else ""


def _spaced(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines with an empty one above each head, or above the comments that belong to it."""
    held: list[Line] = []  # comments that may belong to a head below
    parted = True
    for line in lines:
        if isinstance(line, Comment):
            held.append(line)
            continue
        if isinstance(line, Header) and not parted:
            yield Blank()
        yield from held
        held = []
        yield line
        parted = isinstance(line, Blank)
    yield from held


def _blocks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    """Yield runs of pairs with the comments among them; heads and empty lines stand alone."""
    for alone, run in groupby(lines, key=lambda line: isinstance(line, Blank | Header)):
        if alone:
            yield from ([line] for line in run)
        else:
            yield list(run)


def _set_block(block: Sequence[Line]) -> Iterator[str]:
    width = max((len(line.key) for line in block if isinstance(line, Pair)), default=0)
    rows = [_row(line, width) for line in block]
    for run in _runs(block):
        column = max((len(rows[n].rpartition("\n")[2]) for n in run if _comment(block[n])), default=0)
        for n in run:
            if comment := _comment(block[n]):
                begin, mark, last = rows[n].rpartition("\n")
                rows[n] = f"{begin}{mark}{last.ljust(column)}{_GAP}{comment}"
    yield from rows


def _runs(block: Sequence[Line]) -> Iterator[list[int]]:
    """Yield the numbers of lines that follow each other without a comment line between them."""
    for apart, run in groupby(range(len(block)), key=lambda n: isinstance(block[n], Comment)):
        if not apart:
            yield list(run)


def _comment(line: Line) -> str:
    return line.comment if isinstance(line, Pair | Header) else ""


def _row(line: Line, width: int) -> str:
    if isinstance(line, Blank):
        return "\n" * (min(line.lines, _MOST_EMPTY) - 1)
    if isinstance(line, Pair):
        return f"{line.key.ljust(width)} = {_set_value(line.value, '')}"
    return line.text


def _set_value(value: Value, indent: str) -> str:
    if isinstance(value, Array):
        return _set_tall(value, indent) if value.tall else _set_flat(value)
    if isinstance(value, Inline):
        return _set_inline(value, ())
    return value


def _set_flat(array: Array) -> str:
    return f"[{', '.join(_set_value(one.value, '') for one in array.entries if isinstance(one, Entry))}]"


def _set_inline(table: Inline, widths: Sequence[int]) -> str:
    cells = [f"{pair.key} = {_set_value(pair.value, '')}" for pair in table.pairs]
    if not cells:
        return "{}"
    padded = [f"{cell}," for cell in cells[:-1]]
    padded = [cell.ljust(widths[n] + 1) if n < len(widths) else cell for n, cell in enumerate(padded)]
    return f"{{ {' '.join([*padded, cells[-1]])} }}"


def _set_tall(array: Array, indent: str) -> str:
    inner, widths = indent + _INDENT, _columns(array)
    rows = []
    for entry in array.entries:
        if isinstance(entry, Blank):
            rows += [""] * min(entry.lines, _MOST_EMPTY)
        elif isinstance(entry, Comment):
            rows.append(inner + entry.text)
        else:
            cell = entry.value
            shown = _set_inline(cell, widths) if isinstance(cell, Inline) else _set_value(cell, inner)
            rows.append(f"{inner}{shown},{_GAP + entry.comment if entry.comment else ''}")
    return "\n".join(["[", *rows, f"{indent}]"])


def _columns(array: Array) -> list[int]:
    """Return the widths of the columns that the inline tables of an array have in common."""
    rows = [
        one.value.pairs for one in array.entries if isinstance(one, Entry) and isinstance(one.value, Inline)
    ]
    widths: list[int] = []
    while True:
        n = len(widths)
        longer = [pairs for pairs in rows if len(pairs) > n + 1]
        if not longer or len({pairs[n].key for pairs in rows if len(pairs) > n}) > 1:
            return widths
        widths.append(max(len(f"{pairs[n].key} = {_set_value(pairs[n].value, '')}") for pairs in longer))
