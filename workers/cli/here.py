"""Where a command works: the office folder, its settings, its database and which office of it."""

from __future__ import annotations

import os
import pwd
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError, NotSetUpError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from config.settings import Settings
    from workers.store.unit_of_work import Store
    from workers.use_cases.office import Office

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="Thư mục của cơ quan; mặc định: DUNGHAN_HOME, thư mục này, ./var."),
]
OfficeOption = Annotated[
    str | None,
    typer.Option("--office", help="Mã cơ quan, khi cơ sở dữ liệu có nhiều cơ quan."),
]
JsonOption = Annotated[
    bool,
    typer.Option("--json", help="In kết quả dạng JSON cho chương trình khác."),
]


@dataclass(frozen=True, slots=True)
class Here:
    """Hold what the global options said."""

    home: Path | None = None

    def settings(self) -> Settings:
        """Read the settings of the office folder; raises ConfigError."""
        from config.settings import Settings, read_environment

        return Settings.load(read_environment(), home=self.home)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Hold an office that is set up: its settings, the open database, its code, and this moment."""

    settings: Settings
    store: Store
    office_code: str
    now: datetime

    def office(self) -> Office:
        """Return the configuration in force."""
        from workers.use_cases.office import load_office

        return load_office(self.store, self.office_code)


def here(context: typer.Context) -> Here:
    """Return what the global options said."""
    found: Here = context.find_root().obj or Here()
    return found


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Open the database of an office folder and close it at the end; raises NotSetUpError without one."""
    from workers.store.unit_of_work import Store

    url = settings.database_url.get_secret_value()
    file = url.removeprefix("sqlite:///").partition("?")[0]
    if url.startswith("sqlite:///") and not os.path.isfile(file):  # noqa: PTH113 - part of a URL
        raise NotSetUpError(
            f"Chưa có cơ sở dữ liệu của cơ quan nào ở {settings.home}; hãy chạy: dunghan init {settings.home}"
        )
    store = Store(url)
    try:
        yield store
    finally:
        store.dispose()


@contextmanager
def at_desk(context: typer.Context, office: str | None) -> Iterator[Desk]:
    """Sit down at the one office there is, or at the one named; raises NotSetUpError or CommandError."""
    from workers import clock

    settings = here(context).settings()
    with open_store(settings) as store:
        code = choose(store.offices(), office, settings.home)
        yield Desk(settings=settings, store=store, office_code=code, now=clock.now())


def choose(offices: list[str], wanted: str | None, home: Path) -> str:
    """Return the office to work for among those of a database."""
    if not offices:
        raise NotSetUpError(f"Cơ sở dữ liệu chưa có cấu hình nào; hãy chạy: dunghan init {home}")
    if wanted is None and len(offices) > 1:
        raise CommandError(f"Có {len(offices)} cơ quan; hãy chọn bằng --office: {', '.join(offices)}.")
    if wanted is not None and wanted not in offices:
        raise CommandError(f"Không có cơ quan {wanted}; có: {', '.join(offices)}.")
    return wanted or offices[0]


def actor() -> str:
    """Return who is recorded as the author of what is done by hand: the login name on this machine."""
    try:
        name = pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # a container runs under a number that has no name
        name = str(os.getuid())
    return f"cli:{name}"
