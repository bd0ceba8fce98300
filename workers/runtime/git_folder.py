"""The folder of rules as a git repository: which commit it stands at, and whether it was edited since."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SECONDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class GitState:
    """Hold the commit a folder stands at; `edited`: its files are not what that commit has."""

    commit: str
    edited: bool


def git_state(folder: Path) -> GitState | None:
    """Return where a folder stands; None where git keeps none of its files, or there is no git."""
    if not _asked(folder, "ls-files", "--", "."):
        return None
    commit = _asked(folder, "rev-parse", "HEAD")
    if not commit:
        return None
    return GitState(commit=commit, edited=bool(_asked(folder, "status", "--porcelain", "--", ".")))


def _asked(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    try:
        answer = subprocess.run(  # noqa: S603 - a program of this machine, no shell
            command, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout.strip() if answer.returncode == 0 else ""
