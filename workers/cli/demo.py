"""`dunghan demo`: the whole job in a minute, with real processes, in a folder that may be thrown away."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

    from config.settings import Settings
    from workers.demo.scene import Scene
    from workers.reports.on_time_table import OnTimeTable
    from workers.runtime.supervisor import ProcessEvent
    from workers.store.notices import Notice

_PARTS: Final = {
    "intake": "Nhập danh sách hồ sơ (dossiers taken in)",
    "processes": "Chạy broker, worker, beat, Flower (processes up)",
    "told": "Nhắc việc, xin lỗi, báo quá hạn (people told)",
    "closing": "Hồ sơ có kết quả (dossiers finished)",
}
# What was sent, by kind; then what was not: told in a later mail, still waiting, no longer needed, given up.
_HEADS: Final = {
    "reminder": "Nhắc\nviệc",
    "apology": "Xin\nlỗi?",
    "escalation": "Quá\nhạn",
    "calendar": "Lịch\nsắp hết",
    "covered": "Gộp vào\nthư sau",
    "planned": "Chờ\nđến giờ",
    "cancelled": "Hủy:\nđã xong",
    "dead": "Không\ngửi được",
}
_ONLY_IF_ANY: Final = "calendar"
"""Ops hear of the calendar in the last weeks of a year only; the rest of the year there is no such column."""


def demo(
    *,
    exit_: Annotated[
        bool, typer.Option("--exit", help="Tự kết thúc: 0 nếu mọi thứ đã đến, 1 nếu thiếu gì.")
    ] = False,
    folder: Annotated[
        Path | None, typer.Option(help="Thư mục của văn phòng thử (mới hoặc trống); mặc định: thư mục tạm.")
    ] = None,
) -> None:
    """Xem cả công việc trong một phút: một văn phòng thử, với broker, worker, beat và Flower thật.

    Một danh sách vài trăm hồ sơ quanh hôm nay được nhập, người có trách nhiệm nhận thư trước và sau hạn, hồ
    sơ xong thì thông báo chờ biến mất; cuối cùng là bảng tỷ lệ đúng hạn. Không thư nào ra ngoài nếu không đặt
    DUNGHAN_SMTP_URL.

    Ví dụ:  dunghan demo
            dunghan demo --exit
    """
    from rich.console import Console

    from config.settings import read_environment
    from workers import clock
    from workers.demo.office import lay_out_demo

    console = Console()
    home = folder or Path(tempfile.mkdtemp(prefix="dunghan-demo-"))
    settings = lay_out_demo(home, read_environment(), now=clock.now())
    console.print(f"[bold]dunghan demo[/bold]: văn phòng thử ở {home}\n", highlight=False)
    problems = _run(settings, console, stay=not exit_)
    if problems:
        raise typer.Exit(1)


def _run(settings: Settings, console: Console, *, stay: bool) -> list[str]:
    from workers.demo.checks import check
    from workers.demo.scene import Scene
    from workers.runtime.supervisor import ProcessGroup

    with ProcessGroup(settings, on_event=lambda event: _tell(settings, console, event)) as group:
        with _progress(console) as progress:
            tasks = {part: progress.add_task(words, total=None) for part, words in _PARTS.items()}
            scene = Scene(settings=settings, group=group, say=lambda *seen: _say(progress, tasks, *seen))
            scene.play()
        problems = check(scene)
        _show(scene, console)
        for problem in problems:
            console.print(f"[red]Thiếu (missing):[/red] {problem}", highlight=False)
        if stay:
            console.print("\nĐang chạy; Ctrl-C để dừng tất cả (running; Ctrl-C stops everything).")
            _stay(scene)
    console.print(
        f"Đã dừng tất cả; xóa {settings.home} lúc nào cũng được (all stopped; the folder may be deleted)."
    )
    return problems


def _tell(settings: Settings, console: Console, event: ProcessEvent) -> None:
    if event.what == "died":
        if event.name == "worker":
            _recover(settings)
        console.print(f"[red]{event.name} đã chết, chạy lại (died, restarted): {event.detail}[/red]")


def _recover(settings: Settings) -> None:
    from workers.store.unit_of_work import Store
    from workers.use_cases.deliver import release_claims

    store = Store(settings.database_url.get_secret_value())
    release_claims(store)  # the office has this one worker: nobody else is sending
    store.dispose()


def _progress(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console)


def _say(progress: Progress, tasks: dict[str, TaskID], part: str, done: int, total: int) -> None:
    task = tasks[part]
    if progress.tasks[task].total is None:
        progress.reset(task, total=total)
    progress.update(task, completed=done)


def _stay(scene: Scene) -> None:
    from workers import clock

    try:
        while True:
            scene.group.watch()
            clock.sleep(1)
    except KeyboardInterrupt:
        return  # what the reader was told to do; everything is stopped by the process group


def _show(scene: Scene, console: Console) -> None:
    from workers.reports.terminal import on_time_view
    from workers.reports.xlsx import write_xlsx

    table = _table(scene)
    xlsx = scene.settings.home / "ty-le-dung-han.xlsx"
    write_xlsx(table, xlsx)
    console.print()
    console.print(on_time_view(table, width=console.width))
    _show_notices(scene, console)
    _show_places(scene, console, xlsx)


def _table(scene: Scene) -> OnTimeTable:
    from workers import clock
    from workers.reports.on_time_table import OnTimeTable
    from workers.use_cases.overview import counts_by_unit

    now = clock.now()
    office, rows = counts_by_unit(scene.store, scene.sla.code, now=now)
    seen = tuple((name, counts) for name, counts in rows if counts.received or counts.withdrawn)
    return OnTimeTable(office_name=office.sla.name, as_of=office.calendar.local(now), rows=seen)


def _show_notices(scene: Scene, console: Console) -> None:
    from rich.table import Table

    counts = Counter((notice.role, _column(notice)) for notice in scene.notices())
    shown = Table(title=_title(scene), title_justify="left", title_style="bold")
    shown.add_column("Chức danh")
    seen = {column for _, column in counts}
    columns = [column for column in _HEADS if column != _ONLY_IF_ANY or column in seen]
    for column in columns:
        shown.add_column(_HEADS[column], justify="right")
    for role, title in scene.sla.role_titles.items():
        cells = [counts[role, column] for column in columns]
        if any(cells):
            shown.add_row(title, *(str(number) if number else "·" for number in cells))
    console.print(shown)


def _title(scene: Scene) -> str:
    sent = [notice.message_id for notice in scene.notices() if notice.state == "sent"]
    told, mails = len(sent), len(set(sent))
    return f"\nThông báo theo chức danh (notices by role): {told} trong {mails} thư ({told} in {mails} mails)"


def _column(notice: Notice) -> str:
    if notice.state == "sent":
        return notice.kind
    return notice.state if notice.state in _HEADS else "planned"


def _show_places(scene: Scene, console: Console, xlsx: Path) -> None:
    settings, door = scene.settings, scene.group.flower
    mails = settings.var / "outbox" if settings.smtp_url is None else "máy chủ SMTP đã đặt"
    closed = ", ".join(entry.code for entry in scene.closing)
    lines = {
        "Dòng bị từ chối (bad rows)": settings.home / "dong-loi.csv",
        "Thư (mails)": mails,
        "Bảng tính (table as xlsx)": xlsx,
        "Vừa xong (finished)": f"{closed}: {scene.vanished} thông báo chờ đã biến mất (waiting notices gone)",
        "Flower": f"{door.url}  {door.user} / {door.password}" if door else "không chạy (not running)",
        "Xem một hồ sơ (one dossier)": f"{sys.argv[0]} --home {settings.home} dossier {_overdue(scene)}",
    }
    console.print()
    for name, value in lines.items():
        console.print(f"{name:<28} {value}", highlight=False, soft_wrap=True)


def _overdue(scene: Scene) -> str:
    closing = {entry.code for entry in scene.closing}
    told = [e.code for e in scene.cast if e.story.told == "escalation" and e.code not in closing]
    return next(iter(told), scene.cast[0].code)
