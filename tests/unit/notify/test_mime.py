"""The bytes of a mail, read back with the standard parser."""

from __future__ import annotations

import email
from datetime import UTC, datetime
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.notify.channel import Attachment, Letter, PermanentDeliveryError
from workers.notify.mime import as_bytes

if TYPE_CHECKING:
    from email.message import EmailMessage

    from workers.notify.mime import Transfer

NOW = datetime(2019, 5, 31, 7, 0, tzinfo=UTC)
printable = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=300)


def letter(**changes: Any) -> Letter:
    plain: dict[str, Any] = {
        "to": "officer-1@example.invalid",
        "subject": "Hồ sơ 000.00.19.H51-190529-0001 sắp đến hạn",
        "text": "Kính gửi đồng chí,\n.một dòng bắt đầu bằng dấu chấm\n",
        "message_id": "<n1@example.invalid>",
        "sender": "dunghan@example.invalid",
    }
    return Letter(**(plain | changes))


def parsed(what: Letter, transfer: Transfer = "base64") -> EmailMessage:
    return email.message_from_bytes(as_bytes(what, now=NOW, transfer=transfer), policy=default)


def body(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    content = part.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")


@pytest.mark.parametrize("transfer", ["base64", "8bit"])
def test_a_vietnamese_letter_comes_back_as_it_was(transfer: Transfer) -> None:
    sent = letter(
        html="<p>Hồ sơ</p>\n", sender_name='UBND huyện "Mỹ Xuyên"', headers={"X-Dunghan-Dossier": "Đ-1"}
    )
    message = parsed(sent, transfer)
    assert message["Subject"] == sent.subject
    assert message["To"] == "officer-1@example.invalid"
    assert message["From"].addresses[0].display_name == 'UBND huyện "Mỹ Xuyên"'
    assert message["From"].addresses[0].addr_spec == "dunghan@example.invalid"
    assert message["Message-ID"] == "<n1@example.invalid>"
    assert message["Date"].datetime == NOW
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Dunghan-Dossier"] == "Đ-1"
    assert body(message, "plain") == sent.text
    assert body(message, "html") == sent.html
    assert not message.defects


@given(subject=printable, name=printable, text=st.text(max_size=500))
def test_any_text_survives(subject: str, name: str, text: str) -> None:
    message = parsed(letter(subject=subject, sender_name=name, text=text, html=text))
    assert " ".join(str(message["Subject"]).split()) == " ".join(subject.split())
    assert body(message, "plain").splitlines() == text.splitlines()


@given(subject=printable, name=printable)
def test_no_header_line_is_longer_than_76_characters(subject: str, name: str) -> None:
    head = as_bytes(letter(subject=subject, sender_name=name), now=NOW).split(b"\r\n\r\n", 1)[0]
    lines = head.split(b"\r\n")
    assert max(len(line) for line in lines) <= 76
    assert {line.split(b":")[0] for line in lines if not line.startswith(b" ")} == {
        b"From", b"To", b"Subject", b"Message-ID", b"Date", b"MIME-Version", b"Auto-Submitted",
        b"Content-Type", b"Content-Transfer-Encoding",
    }  # fmt: skip


def test_a_line_too_long_for_mail_is_encoded() -> None:
    sent = letter(text="ồ" * 5_000)
    raw = as_bytes(sent, now=NOW, transfer="8bit")
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert body(parsed(sent, "8bit"), "plain").strip() == sent.text


def test_half_a_character_does_not_stop_a_letter() -> None:
    assert body(parsed(letter(text="a\ud800b")), "plain").strip() == "a?b"


@pytest.mark.parametrize("html", [None, "<p>Kính gửi</p>"])
def test_files_go_with_a_letter_byte_for_byte_beside_its_text(html: str | None) -> None:
    files = (
        Attachment("bo-ho-so-iso.pdf", "application/pdf", bytes(range(256)) * 400),
        Attachment("empty.xlsx", "application/zip", b""),
    )
    sent = letter(attachments=files, html=html)
    read = parsed(sent)
    assert read.get_content_type() == "multipart/mixed"
    assert body(read, "plain").strip() == sent.text.strip()
    assert html is None or body(read, "html").strip() == html
    assert [
        (part.get_filename(), part.get_content_type(), part.get_content()) for part in read.iter_attachments()
    ] == [tuple(one) for one in files]
    assert max(len(line) for line in as_bytes(sent, now=NOW).split(b"\r\n")) <= 998


FORGERIES = [
    ("header", {"attachments": (Attachment('a"; x="b', "application/pdf", b""),)}),
    ("header", {"attachments": (Attachment("a.pdf", "text/html\r\nX: y", b""),)}),
    ("address", {"to": "a@example.invalid\nBcc: b@example.invalid"}),
    ("address", {"to": "a@example.invalid\r\n"}),
    ("address", {"to": "a@example.invalid, b@example.invalid"}),
    ("address", {"to": "Tên <a@example.invalid>"}),
    ("address", {"to": "nobody"}),
    ("address", {"to": ""}),
    ("address", {"to": "cán-bộ@example.invalid"}),
    ("sender", {"sender": "a@example.invalid\nX: y"}),
    ("subject", {"subject": "a\nBcc: b@example.invalid"}),
    ("subject", {"subject": "a\rb"}),
    ("subject", {"subject": "a\u2028b"}),
    ("header", {"message_id": "<a@b>\nX: y"}),
    ("header", {"message_id": "no brackets"}),
    ("header", {"sender_name": "a\nb"}),
    ("header", {"headers": {"X-A": "b\nBcc: c"}}),
    ("header", {"headers": {"X-A: b\nBcc": "c"}}),
]


@pytest.mark.parametrize(("code", "forged"), FORGERIES)
def test_a_forged_line_is_refused_for_good_without_naming_anybody(code: str, forged: dict[str, Any]) -> None:
    with pytest.raises(PermanentDeliveryError) as caught:
        as_bytes(letter(**forged), now=NOW)
    assert caught.value.code == code
    assert "@example.invalid" not in str(caught.value).replace("<n1@example.invalid>", "")
