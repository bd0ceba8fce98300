"""Where the running processes of an office can be reached: small private files in var/run."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from config.settings import Settings


def broker_file(settings: Settings) -> Path:
    """Return the file that holds the address of the embedded broker while it runs."""
    return settings.run_folder / "broker.url"


def flower_file(settings: Settings) -> Path:
    """Return the file that holds the address of Flower while it runs."""
    return settings.run_folder / "flower.url"


def known_broker_url(settings: Settings) -> str | None:
    """Return DUNGHAN_BROKER_URL, else the address of the broker of a running `dunghan up`, else None."""
    if settings.broker_url is not None:
        return settings.broker_url.get_secret_value()
    try:
        return broker_file(settings).read_text(encoding="utf-8").strip() or None
    except FileNotFoundError:
        return None


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path` so that a reader finds the old or the new text, and only its owner finds any."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    Path(name).replace(path)
