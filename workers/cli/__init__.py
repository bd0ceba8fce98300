"""The command `dunghan`: parse, call a use case, print."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `dunghan` with the arguments of this process and end it with an exit code of `cli.exits`."""
    from workers.cli.run import run

    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show Vietnamese letters gets question marks, not a failure.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))
