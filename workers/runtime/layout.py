"""Laying an office out: the folder that `dunghan init` makes and every command works in."""

from __future__ import annotations

import secrets
from pathlib import Path
from shutil import copytree
from typing import Final

from config.settings import env_template
from config.sla import SAMPLE
from workers.runtime.editor_files import write_editor_files
from workers.runtime.errors import LaunchError

FOLDERS: Final = ("inbox/done", "inbox/rejected", "var/outbox", "var/log", "var/run")


def is_office(folder: Path) -> bool:
    """Say whether a folder has been laid out as an office."""
    return (folder / "sla" / "office.toml").is_file()


def lay_out(folder: Path) -> bool:
    """Lay an office out in a new or empty folder; False when it is one already (then nothing changes).

    The configuration is the sample office's, with its comments, to be edited. A folder with anything else in
    it raises LaunchError: nothing is ever written over.
    """
    if is_office(folder):
        return False
    if folder.exists() and any(folder.iterdir()):
        raise LaunchError(f"{folder} không trống và không phải thư mục của dunghan; hãy chọn thư mục khác.")
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    copytree(SAMPLE, folder / "sla", ignore=_only_toml)
    write_editor_files(folder / "sla")
    (folder / "var").chmod(0o700)  # dossiers, mails and logs: nobody else on this machine reads them
    environment = folder / ".env"
    environment.write_text(env_template(secret=secrets.token_urlsafe(32)), encoding="utf-8")
    environment.chmod(0o600)  # passwords will stand in it
    return True


def _only_toml(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if not (name.endswith((".toml", ".md")) or (Path(folder) / name).is_dir())}
