from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import typer.main

from workers.cli.application import ORDER, make_application

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.unit.cli.conftest import Line

HEAVY = ("celery", "sqlalchemy", "alembic", "pydantic", "jinja2", "openpyxl", "xlsxwriter")


def commands(group: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command and group below a group with the words that call it."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


ALL = dict(commands(typer.main.get_command(make_application())))


def test_the_commands_are_listed_in_the_order_of_their_use(line: Line) -> None:
    said = line.anywhere("--help").out
    places = [said.index(f"│ {name} ") for name in ORDER]
    assert places == sorted(places)


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_has_help_with_an_example_of_itself(path: tuple[str, ...], line: Line) -> None:
    answer = line.anywhere(*path, "--help")
    assert answer.code == 0
    examples = [text.strip() for text in answer.out.splitlines() if "dunghan" in text and "Usage" not in text]
    said = " ".join(path)
    assert any(said in example for example in examples), answer.out


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_says_in_one_vietnamese_line_what_it_is_for(path: tuple[str, ...], line: Line) -> None:
    listed = line.anywhere(*path[:-1], "--help").out
    first_line = next(text for text in listed.splitlines() if text.startswith(f"│ {path[-1]} "))
    assert not first_line.isascii()


@pytest.mark.parametrize("path", [path for path in ALL if path[0] not in ("demo", "calc")], ids=" ".join)
def test_the_examples_use_only_words_the_command_knows(path: tuple[str, ...], line: Line) -> None:
    doc = ALL[path].help or ""
    known = {name for parameter in ALL[path].params for name in parameter.opts} | {"--home", "--help"}
    for example in (text.split("Ví dụ:")[1] for text in doc.splitlines() if "Ví dụ:" in text):
        used = {word for word in shlex.split(example) if word.startswith("--")}
        assert used <= known, example
    assert line.anywhere(*path, "--no-such-option").code == 2


def test_help_loads_nothing_that_is_slow_to_load() -> None:
    code = (
        "import sys\n"
        "from workers.cli.run import run\n"
        "assert run(['--help']) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30)
    assert ran.stderr.strip() == "[]"


def test_the_version_is_that_of_the_installed_program(line: Line) -> None:
    answer = line.anywhere("--version")
    assert answer.code == 0
    assert answer.out.startswith("dunghan 0.")
