"""`dunghan up`: all processes of a small office on one machine, until Ctrl-C."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from workers.cli.exits import INCOMPLETE, CommandError, NotSetUpError
from workers.cli.here import actor, choose, here, open_store

if TYPE_CHECKING:
    from rich.console import Console

    from config.settings import Settings
    from workers.runtime.supervisor import ProcessEvent, ProcessGroup
    from workers.store.unit_of_work import Store

_READY_SECONDS: Final = 60.0
_GLANCE_SECONDS: Final = 3.0
_HAPPENED: Final = {
    "started": "đã chạy",
    "died": "đã chết, chạy lại",
    "stopped": "đã dừng",
    "killed": "phải dừng bằng sức",
}


def up(
    context: typer.Context,
    *,
    exit_after: Annotated[
        float | None,
        typer.Option("--exit-after", min=0.0, help="Tự dừng sau bao nhiêu giây."),
    ] = None,
) -> None:
    """Chạy cả bộ máy trên một máy; Ctrl-C dừng tất cả (run it).

    Gồm hàng đợi, worker, beat và Flower. Trước đó nâng cấp cơ sở dữ liệu; cấu
    hình đang áp dụng giữ nguyên, chỗ sửa trên đĩa chờ dunghan sla apply.

    Ví dụ: dunghan --home /srv/my-xuyen up
    """
    from workers.cli.screen import screen
    from workers.runtime.supervisor import ProcessGroup

    settings = here(context).settings()
    console = screen()
    console.print(_prepare(settings))
    missing: tuple[str, ...] = ()
    with ProcessGroup(settings, on_event=lambda event: _tell(settings, console, event)) as group:
        try:
            group.start()
            missing = _wait(console, group)
            _show_places(console, settings, group)
            _stay(console, settings, group, exit_after)
        except KeyboardInterrupt:
            missing = ()  # how it is meant to end
        console.print("Đang dừng…")
    console.print("Đã dừng tất cả.")
    raise typer.Exit(INCOMPLETE if missing else 0)


def _prepare(settings: Settings) -> str:
    """Bring the tables up to date and say which rules are in force; raises NotSetUpError, ConfigError."""
    from config.sla import read_folder
    from workers import clock
    from workers.cli.database import fill_offices
    from workers.cli.rules_folder import folder_note
    from workers.runtime.layout import is_office
    from workers.store.schema import upgrade
    from workers.use_cases.office import load_office, record_first

    if not is_office(settings.home):
        raise NotSetUpError(f"Chưa có cơ quan nào ở {settings.home}; hãy chạy: dunghan init {settings.home}")
    settings.var.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url.get_secret_value())
    with open_store(settings) as store:
        fill_offices(store)
        if not store.offices():
            files = read_folder(settings.home / "sla")
            record_first(store, files, author=actor(), reason="dunghan up", now=clock.now())
        office = load_office(store, choose(store.offices()[:1], None, settings.home))
    name = f"{office.sla.name}: cấu hình phiên bản {office.version}."
    return " ".join(part for part in (name, folder_note(settings, office)) if part)


def _tell(settings: Settings, console: Console, event: ProcessEvent) -> None:
    if event.name == "worker" and event.what == "died" and settings.broker_url is None:
        _recover(settings)
    detail = f" ({event.detail})" if event.detail else ""
    style = "red" if event.what in ("died", "killed") else "dim"
    console.print(f"  {event.name:<8} {_HAPPENED[event.what]}{detail}", style=style)


def _recover(settings: Settings) -> None:
    from workers.use_cases.deliver import release_claims

    with open_store(settings) as store:
        release_claims(store)  # with a broker of its own this is the office's only worker: nobody else sends


def _wait(console: Console, group: ProcessGroup) -> tuple[str, ...]:
    from workers.runtime.ready import wait_until_ready

    missing = wait_until_ready(group, _READY_SECONDS)
    for name in missing:
        log = group.settings.log_folder / f"{name}.log"
        console.print(
            f"{name} chưa trả lời sau {_READY_SECONDS:.0f} giây; xem {log}", style="red", soft_wrap=True
        )
    return missing


def _show_places(console: Console, settings: Settings, group: ProcessGroup) -> None:
    door = group.flower
    if door is None:
        raise CommandError("Flower chưa được mở.")
    mails = (
        str(settings.var / "outbox") if settings.smtp_url is None else f"máy chủ thư, từ {settings.mail_from}"
    )
    places = {
        "Flower": door.url,
        "Đăng nhập": f"người dùng {door.user}, mật khẩu {door.password}",
        "Thư": mails,
        "Hộp tệp nhận": settings.home / "inbox",
        "Nhật ký": settings.log_folder,
    }
    console.print()
    for name, place in places.items():  # no table: a path broken over two lines cannot be copied
        console.print(f"{name:<14}{place}", soft_wrap=True)
    if group.broker and group.broker.note:
        console.print(group.broker.note, style="yellow")
    console.print("\nĐang chạy; Ctrl-C để dừng tất cả.")


def _stay(console: Console, settings: Settings, group: ProcessGroup, seconds: float | None) -> None:
    """Restart what dies and show the office in one line, until told otherwise."""
    from workers import clock

    end = None if seconds is None else clock.monotonic() + seconds
    next_glance = 0.0
    with open_store(settings) as store, console.status("") as line:
        while end is None or clock.monotonic() < end:
            group.watch()
            if console.is_terminal and clock.monotonic() >= next_glance:
                line.update(_glance(store, settings, group))
                next_glance = clock.monotonic() + _GLANCE_SECONDS
            clock.sleep(0.5)


def _glance(store: Store, settings: Settings, group: ProcessGroup) -> str:
    from workers import clock
    from workers.cli.screen import ago_text, number
    from workers.store.errors import StoreError

    dead = [name for name, alive in group.alive().items() if not alive]
    processes = f"chạy lại {', '.join(dead)}" if dead else f"{len(group.alive())} tiến trình"
    now = clock.now()
    try:
        with store.read(choose(store.offices()[:1], None, settings.home)) as work:
            clocks, beats = work.clocks.summary(now=now), work.journal.heartbeats()
            sent = sum(count for _, _, state, count in work.notices.summary() if state == "sent")
    except StoreError as error:
        return f"{processes} · {error}"
    beat = ago_text((now - beats["beat"].at).total_seconds()) if "beat" in beats else "chưa có"
    opened, overdue = number(clocks["open"]), number(clocks["overdue"])
    return f"{opened} hồ sơ mở · {overdue} quá hạn · {number(sent)} thư · nhịp {beat} · {processes}"
