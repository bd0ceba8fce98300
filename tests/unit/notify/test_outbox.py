"""The folder of mails: whole files, one for each Message-ID."""

from __future__ import annotations

import email
import json
import resource
from datetime import UTC, datetime
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from config.settings import Settings
from workers.notify.channel import Letter, PermanentDeliveryError, TransientDeliveryError
from workers.notify.factory import channels_for
from workers.notify.outbox import FileOutbox, file_name
from workers.notify.smtp import SmtpChannel
from workers.notify.webhook import WebhookChannel

if TYPE_CHECKING:
    from pathlib import Path


def letter(message_id: str = "<n1@example.invalid>", text: str = "Hồ sơ\n") -> Letter:
    return Letter(
        to="officer-1@example.invalid",
        subject="Hồ sơ sắp đến hạn",
        text=text,
        message_id=message_id,
        sender="dunghan@example.invalid",
    )


def outbox(folder: Path) -> FileOutbox:
    return FileOutbox(folder, now=lambda: datetime(2019, 5, 31, tzinfo=UTC))


def test_a_letter_becomes_one_file_that_people_can_read(tmp_path: Path) -> None:
    outbox(tmp_path / "var" / "outbox").send(letter())
    (path,) = (tmp_path / "var" / "outbox").iterdir()
    assert path.suffix == ".eml"
    assert "Hồ sơ" in path.read_text(encoding="utf-8")
    message = email.message_from_bytes(path.read_bytes(), policy=default)
    assert message["Subject"] == "Hồ sơ sắp đến hạn"


def test_the_same_letter_twice_leaves_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        outbox(tmp_path).send(letter())
    assert len(list(tmp_path.iterdir())) == 1


def test_letters_that_differ_only_in_what_a_file_name_cannot_hold_stay_apart(tmp_path: Path) -> None:
    for message_id in ("<a/b@example.invalid>", "<a*b@example.invalid>", "<../../b@example.invalid>"):
        outbox(tmp_path).send(letter(message_id))
    assert len(list(tmp_path.glob("*.eml"))) == 3
    assert "/" not in file_name("<../../b@example.invalid>")


def test_a_forged_letter_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(PermanentDeliveryError):
        outbox(tmp_path).send(letter("<a@b>\nBcc: c@example.invalid"))
    assert not list(tmp_path.iterdir())


def test_a_disk_that_takes_no_more_is_tried_again_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        with pytest.raises(TransientDeliveryError) as caught:
            outbox(tmp_path).send(letter(text="ồ\n" * 5_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (caught.value.code, caught.value.away) == ("disk", True)
    assert "<n1@example.invalid>" in str(caught.value)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(TransientDeliveryError) as caught:
        outbox(tmp_path / "file" / "outbox").send(letter())
    assert caught.value.away


GATEWAY = {
    "DUNGHAN_WEBHOOK_URL": "http://127.0.0.1:1/",
    "DUNGHAN_WEBHOOK_SECRET": "a-secret-for-the-tests",
}


def test_without_servers_mails_and_messages_go_to_the_offices_outbox(tmp_path: Path) -> None:
    channels = channels_for(Settings.load({}, tmp_path))
    channels.by_way["mail"].send(letter())
    channels.by_way["sms"].send(letter())
    assert sorted(path.suffix for path in (tmp_path / "var" / "outbox").iterdir()) == [".eml", ".json"]
    assert channels.leaving == frozenset()


def test_a_message_in_the_outbox_says_what_a_gateway_would_be_given(tmp_path: Path) -> None:
    channels_for(Settings.load({}, tmp_path)).by_way["sms"].send(letter())
    (path,) = (tmp_path / "var" / "outbox").iterdir()
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["to"], found["subject"]) == ("officer-1@example.invalid", "Hồ sơ sắp đến hạn")


def test_with_servers_mails_and_messages_go_there(tmp_path: Path) -> None:
    settings = Settings.load({"DUNGHAN_SMTP_URL": "smtp://127.0.0.1:2525", **GATEWAY}, tmp_path)
    channels = channels_for(settings)
    assert isinstance(channels.by_way["mail"], SmtpChannel)
    assert isinstance(channels.by_way["sms"], WebhookChannel)
    assert channels.leaving == {"mail", "sms"}
    channels.close()


def test_a_real_office_does_not_keep_short_messages_in_a_folder_nobody_reads(tmp_path: Path) -> None:
    secret = "s3cret-of-ops-and-nobody-else"  # noqa: S105 - of no server
    production = {
        "DUNGHAN_ENV": "production",
        "DUNGHAN_DATABASE_URL": f"postgresql://dunghan:{secret}@db.example.invalid/dunghan",
        "DUNGHAN_BROKER_URL": f"redis://:{secret}@redis.example.invalid:6379/0",
        "DUNGHAN_FLOWER_AUTH": f"ops:{secret}",
    }
    channels = channels_for(Settings.load(production, tmp_path))
    assert set(channels.by_way) == {"mail"}
