"""The folder of rules beside what is in force: read, checked, compared, and written back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.exits import CommandError, NotSetUpError
from workers.cli.here import actor, here, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from config.settings import Settings
    from config.sla import Sla
    from workers.store.unit_of_work import Store
    from workers.store.versions import Said
    from workers.use_cases.office import Office

AlsoOpenOption = Annotated[
    list[str] | None,
    typer.Option(
        "--also-open",
        metavar="MÃ",
        help="Thủ tục (hoặc nhóm thủ tục) mà quy định mới áp dụng cả cho hồ sơ đang mở; nhiều lần được.",
    ),
]
ByOption = Annotated[str | None, typer.Option("--by", help="Ai làm; mặc định: tên đăng nhập trên máy này.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Hold a configuration that may be put in force, the one that is, and what is said of the change."""

    settings: Settings
    store: Store
    office: Office
    sla: Sla
    said: Said
    now: datetime

    @property
    def is_new(self) -> bool:
        """Say whether there is anything to put in force."""
        return self.sla.digest != self.office.sla.digest or bool(self.said.also_open)

    @property
    def digest(self) -> str:
        """Return the name of this change, as the plan prints it."""
        from workers.use_cases.plan import digest_of_plan

        return digest_of_plan(self.office, self.sla, self.said)


@contextmanager
def change_on_disk(context: typer.Context, said: Said, office: str | None = None) -> Iterator[Change]:
    """Give what the folder would change; raises ConfigError for faults, CommandError for another office."""
    from config.sla import read_folder
    from workers import clock

    settings = here(context).settings()
    with open_store(settings) as store:
        files = read_folder(settings.home / "sla")
        sla, known = checked(settings.home / "sla", files, store), store.offices()
        if sla.code not in known:
            raise unknown_office(sla.code, known, settings)
        if office not in (None, sla.code):
            raise CommandError(f"--office {office}: sla/office.toml là của cơ quan {sla.code}.")
        yield change_of(settings, store, sla, said, clock.now())


def change_of(settings: Settings, store: Store, sla: Sla, said: Said, now: datetime) -> Change:
    """Return what putting rules in force would change and whom it reaches; raises CommandError."""
    from dataclasses import replace

    from workers.use_cases.office import load_office
    from workers.use_cases.put_in_force import reaching

    office = load_office(store, sla.code)
    with store.read(sla.code) as work:
        names = reaching(work, said.also_open)
    known = {*sla.procedures, *sla.bundles, *office.sla.procedures, *office.sla.bundles}
    if unknown := [name for name in said.also_open if name not in known]:
        raise CommandError(f"--also-open: không có thủ tục hay nhóm {', '.join(unknown)}.")
    said = replace(said, also_open=names)
    return Change(settings=settings, store=store, office=office, sla=sla, said=said, now=now)


def checked(rules: Path, files: Mapping[str, str], store: Store | None = None) -> Sla:
    """Return the rules, with the mails and forms kept beside them tried; raises ConfigError with every fault.

    What is in force already is not judged again: it may have been recorded before some check was added.
    """
    from config.errors import ConfigError
    from config.sla import parse
    from workers.letters.samples import check_forms
    from workers.notify.compose import check_templates
    from workers.notify.own_templates import check_own_templates
    from workers.use_cases.office import office_under

    same = office_under(store, files) if store is not None else None
    sla = same.sla if same is not None else parse(files)
    own = rules.parent / "templates"
    folder = own if own.is_dir() else None
    own_mails = check_own_templates(sla, folder)
    if problems := [*check_templates(folder), *own_mails, *check_forms(folder)]:
        raise ConfigError(problems)
    return sla


def folder_note(settings: Settings, office: Office) -> str:
    """Say in one line that the files on disk are not what is in force; empty when they are."""
    from config.errors import ConfigError
    from config.sla import parse, read_folder

    in_force = f"đang áp dụng phiên bản {office.version}"
    try:
        same = parse(read_folder(settings.home / "sla")).digest == office.sla.digest
    except ConfigError as error:
        return f"Cấu hình trên đĩa có {len(error.problems)} lỗi (dunghan sla check); {in_force}."
    return "" if same else f"Cấu hình trên đĩa đã sửa, {in_force} (xem: dunghan sla plan)."


def unknown_office(code: str, known: Sequence[str], settings: Settings) -> CommandError:
    """Return the error for rules of an office that the database does not have."""
    if not known:
        return NotSetUpError(f"Cơ sở dữ liệu chưa có cấu hình nào; hãy chạy: dunghan init {settings.home}")
    return CommandError(
        f"office.toml: mã cơ quan là {code}, cơ sở dữ liệu có {', '.join(known)}; hãy ghi lại mã cũ, "
        "hoặc chạy: dunghan sla apply --new-office --reason …"
    )


def author_of(by: str | None) -> str:
    """Return who is recorded: the login name of this machine, or who says so by name."""
    return f"cli:{by.strip()}" if by and by.strip() else actor()


def write_back(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Make the folder hold exactly these rules and return the names of the files that changed.

    Each file is whole at any moment; files of other kinds (README, hidden ones) stay.
    """
    from config.sla import read_folder

    before = read_folder(folder)
    for name, text in files.items():
        if before.get(name) != text:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            part.write_text(text, encoding="utf-8")
            part.replace(path)
    for name in before.keys() - files.keys():
        (folder / name).unlink()
    return sorted(name for name in {*before, *files} if before.get(name) != files.get(name))
