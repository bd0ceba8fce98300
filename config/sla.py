"""Read the configuration of an office, `config/sla/*.toml`, into one checked value."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from config.errors import ConfigError, Problem
from config.said import say
from config.sla_parse import parse_files
from config.sla_value import Sla, calendar_warnings, endings

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SAMPLE", "Sla", "calendar_warnings", "endings", "load_sla", "parse", "read_folder"]

SAMPLE: Final = Path(__file__).parent / "sla"
"""The sample office that comes with the program."""
_LARGEST_FILE: Final = 1_000_000


def load_sla(folder: Path | None = None) -> Sla:
    """Read and check a folder such as `config/sla`; None reads the sample office.

    Raises ConfigError with every problem at once.
    """
    return parse(read_folder(SAMPLE if folder is None else folder))


def parse(files: Mapping[str, str], *, recorded: bool = False) -> Sla:
    """Make the configuration of {path in the folder: text}; the same texts give the same value, quickly.

    Raises ConfigError with every problem at once. `recorded`: it was in force once and is read back. A check
    that has been added since refuses nothing then, it warns: dossiers are bound to this configuration.
    """
    return parse_files(tuple(sorted(files.items())), recorded=recorded)


def read_folder(folder: Path) -> dict[str, str]:
    """Read every *.toml below a folder as {path relative to it, with "/": text}, hidden files left out.

    Raises ConfigError when the folder or a file cannot be read or is not UTF-8.
    """
    if not folder.is_dir():
        raise ConfigError(
            [Problem(file=str(folder), found=say("no_folder"), expected=say("folder_with_office"))]
        )
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        if not any(part.startswith(".") for part in name.split("/")):
            _read_file(path, name, files, problems)
    if problems:
        raise ConfigError(problems)
    return files


def _read_file(path: Path, name: str, files: dict[str, str], problems: list[Problem]) -> None:
    try:
        if not path.is_file():  # a pipe would keep its reader waiting for ever
            problems.append(Problem(file=name, found=say("something_else"), expected=say("plain_file")))
            return
        if path.stat().st_size > _LARGEST_FILE:
            problems.append(Problem(file=name, found=say("more_than_a_megabyte"), expected=say("short_file")))
            return
        files[name] = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        found = say("no_utf8", offset=error.start)
        problems.append(Problem(file=name, found=found, expected=say("utf8")))
    except OSError as error:
        found = say("os_error", why=error.strerror or say("some_error"))
        problems.append(Problem(file=name, found=found, expected=say("readable_file")))
