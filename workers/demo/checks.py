"""What must have come of the play, checked from outside: the mails themselves, the table, Flower's door."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from collections import Counter
from email import message_from_binary_file, policy
from typing import TYPE_CHECKING, Final

from workers import clock
from workers.use_cases.audit_notices import NoticeAudit
from workers.use_cases.proof_record import proof_record
from workers.use_cases.unlike import KINDS, Window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workers.demo.scene import Scene
    from workers.runtime.commands import FlowerDoor

_KINDS: Final = ("reminder", "apology", "escalation")
_UNAUTHORISED: Final = 401


def check(scene: Scene) -> list[str]:
    """Return, one sentence each, what was expected and did not come, or came and was not expected."""
    found = [*_told_rightly(scene), *_mails(scene), *_proven(scene), *_flower(scene.group.flower)]
    return [*scene.missing, *found]


def _told_rightly(scene: Scene) -> Iterator[str]:
    """Compare what each dossier's story calls for with what was sent about it."""
    sent: dict[str, set[str]] = {}
    for notice in scene.notices():
        if notice.state == "sent" and not notice.step:  # a story is told of dossiers, not of their steps
            sent.setdefault(notice.code, set()).add(notice.kind)
    for entry in scene.cast:
        heard = sent.get(entry.code, set())
        if entry.story.told == "nothing" and heard:
            yield f"{entry.code}: không ai phải nghe, nhưng đã gửi {', '.join(sorted(heard))}"
        elif entry.story.told != "nothing" and entry.story.told not in heard:
            yield f"{entry.code}: chờ thư {entry.story.told}, đã gửi {', '.join(sorted(heard)) or 'không gì'}"
    for kind in set(_KINDS) - set().union(*sent.values()):
        yield f"không có thư nào loại {kind}"


def _proven(scene: Scene) -> Iterator[str]:
    """Hold every notice against the events: what should have been told, and nothing else."""
    for entry in NoticeAudit(scene.store, scene.sla.code, Window(), now=clock.now()).differences():
        rung = f" bậc {entry.notice.rung}" if entry.notice else ""
        yield f"{entry.code}: thông báo{rung} {KINDS[entry.kind][0]} {entry.reason}".rstrip()
    with scene.store.read(scene.sla.code) as work:
        if proof_record(work).last is None:
            yield "lượt đối chiếu hằng đêm không chạy"


def _mails(scene: Scene) -> Iterator[str]:
    """Compare the outbox, file by file, with the table: every sent notice is in a mail that is there once."""
    if scene.settings.smtp_url is not None:
        return
    found = mails_in(scene.settings.var / "outbox")
    wanted = Counter({notice.message_id or "" for notice in scene.notices() if notice.state == "sent"})
    for message_id in wanted - found:
        yield f"thư {message_id} ghi là đã gửi nhưng không có trong hộp"
    for message_id in found - wanted:
        yield f"thư {message_id} có trong hộp nhưng không ghi là đã gửi"


def mails_in(outbox: Path) -> Counter[str]:
    """Count the mails of an outbox folder by Message-ID."""
    found: Counter[str] = Counter()
    for path in outbox.glob("*.eml"):
        with path.open("rb") as file:
            found[str(message_from_binary_file(file, policy=policy.default)["Message-ID"])] += 1
    return found


def _flower(door: FlowerDoor | None) -> Iterator[str]:
    if door is None:
        yield "Flower không chạy"
        return
    if _status(door.url, None) != _UNAUTHORISED:
        yield "Flower mở cửa cho người không có mật khẩu"
    if _status(door.url, f"{door.user}:{door.password}") != 200:  # noqa: PLR2004 - HTTP OK
        yield "Flower không trả lời"


def _status(url: str, account: str | None) -> int:
    request = urllib.request.Request(f"{url}/workers")  # noqa: S310 - our own address
    if account:
        request.add_header("Authorization", f"Basic {base64.b64encode(account.encode()).decode()}")
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - as above
            status: int = answer.status
            return status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
