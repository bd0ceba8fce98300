"""From a list in the inbox to a mail server and a gateway, by real processes: one is refused, one dies."""

from __future__ import annotations

import email
import subprocess
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from tests import gateway as gateways
from tests import mail_server
from tests.functional.test_cli import DUNGHAN, LIST, at_once, dunghan, environment, launched
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OFFICER, HEAD, OPS = (
    f"{code}@example.invalid"
    for code in ("tu-phap.chuyen-vien-1", "tu-phap.truong-phong", "mot-cua.van-hanh")
)
PHONE = "+84900000001"


class Post:
    """A running office with a mail server that refuses two people and a gateway that knows one of them."""

    def __init__(self, home: Path, mails: mail_server.MailServer, gateway: gateways.Gateway) -> None:
        self.home, self.mails, self.gateway = home, mails, gateway

    def subjects_to(self, address: str) -> list[str]:
        parsed = [email.message_from_bytes(mail, policy=default) for mail in self.mails.mails]
        return [str(mail["Subject"]) for mail in parsed if mail["To"] == address]

    def ops_know(self) -> bool:
        return any("thông báo không gửi được" in subject for subject in self.subjects_to(OPS))

    def dunghan(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return dunghan(*arguments, cwd=self.home)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    dunghan("init", "office", cwd=tmp_path)
    home, mails, gateway = tmp_path / "office", mail_server.MailServer(), gateways.Gateway()
    mails.recipients = dict.fromkeys((OFFICER, HEAD), "550 5.1.1 no such mailbox")
    at_once(home)
    people = home / "sla" / "people.toml"
    text, mail = people.read_text(encoding="utf-8"), f'email = "{OFFICER}"'
    assert mail in text
    both = f'{mail}, channels = ["mail", "sms"], phone = "{PHONE}"'
    people.write_text(text.replace(mail, both), encoding="utf-8")
    applied = subprocess.run(
        [str(DUNGHAN), "--home", str(home), "sla", "apply", "--reason", "thử", "--yes"],
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert applied.returncode == 0, applied.stderr
    with mail_server.running(mails) as port, gateways.running(gateway) as url:
        servers = {
            "DUNGHAN_SMTP_URL": f"smtp://{mail_server.HOST}:{port}?timeout=5",
            "DUNGHAN_WEBHOOK_URL": url,
            "DUNGHAN_WEBHOOK_SECRET": gateways.SECRET,
        }
        (home / ".env").write_text("".join(f"{name}={servers[name]}\n" for name in servers), encoding="utf-8")
        with launched(home) as process:
            assert process.stdout is not None
            assert any("Ctrl-C" in line for line in process.stdout)
            yield Post(home, mails, gateway)


@pytest.mark.timeout(180)
def test_who_is_refused_is_told_by_message_and_who_cannot_be_told_is_told_of_to_ops_and_sent_again(
    post: Post,
) -> None:
    (post.home / "inbox" / "ds.csv").write_text(LIST, encoding="utf-8")
    assert wait_until(lambda: bool(post.gateway.received), 60), post.dunghan("status").stdout
    assert wait_until(post.ops_know, 60), post.dunghan("status").stdout
    (received,) = post.gateway.taken.values()
    assert received.is_signed
    assert (received.json["to"], received.json["dossier"]) == (PHONE, "H51-1")
    dead = post.dunghan("notices", "dead")
    assert dead.returncode == 1
    assert "tu-phap.truong-phong" in dead.stdout
    assert post.subjects_to(OFFICER) == post.subjects_to(HEAD) == []
    post.mails.recipients.clear()
    assert post.dunghan("notices", "resend", "--all").returncode == 0
    assert wait_until(lambda: bool(post.subjects_to(HEAD)), 60), post.dunghan("status").stdout
    assert wait_until(lambda: post.dunghan("notices", "dead").returncode == 0, 30)
    assert len(post.gateway.taken) == 1, "told by message once, and not by mail again"
    assert post.subjects_to(OFFICER) == []
