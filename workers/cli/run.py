"""Running one command line: whatever happens, an exit code and no traceback."""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from typing import TYPE_CHECKING

import typer

from workers.cli.application import make_application
from workers.cli.exits import OK
from workers.cli.failures import failure_of, log_unexpected
from workers.cli.here import Here

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run(arguments: Sequence[str]) -> int:
    """Run `dunghan` with these arguments and return its exit code; what went wrong stands on stderr."""
    try:
        ended = make_application()(list(arguments), prog_name="dunghan", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads (head, less) has gone away; the interpreter must not complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the last place before the person
        return _tell(error, arguments)
    return ended if isinstance(ended, int) else OK


def _tell(error: BaseException, arguments: Sequence[str]) -> int:
    from workers import clock

    failure = failure_of(error) or log_unexpected(error, _log_folder(arguments), now=clock.now())
    for line in failure.lines:
        typer.echo(line, err=True)
    return failure.code


def _log_folder(arguments: Sequence[str]) -> Path | None:
    from pathlib import Path

    # The command may have failed before it knew where it works: only --home is looked for again.
    named = [Path(value) for name, value in pairwise(arguments) if name == "--home"]
    try:
        return Here(home=named[0] if named else None).settings().log_folder
    except Exception:  # noqa: BLE001 - settings that cannot be read are no reason to lose the first error
        return None
