"""Who is told by which way, in which language."""

from __future__ import annotations

from config.sla import parse


def test_a_person_is_told_by_mail_in_vietnamese_unless_the_file_says_otherwise(files: dict[str, str]) -> None:
    head = 'role = "head"\nchannels = ["sms", "mail"]\nphone = "+84900000000"\nlang = "en"'
    files["people.toml"] = files["people.toml"].replace('role = "head"', head)
    first, second = parse(files).lines.people
    assert (first.ways, first.lang, first.address("mail")) == (("mail",), "vi", "p1@example.invalid")
    assert (second.ways, second.lang, second.address("sms")) == (("sms", "mail"), "en", "+84900000000")
    assert parse(files).warnings == ()


def test_a_phone_nothing_is_sent_to_is_a_warning(files: dict[str, str]) -> None:
    files["people.toml"] = files["people.toml"].replace(
        'role = "head"', 'role = "head"\ngateway_id = "zalo:2"'
    )
    (warning,) = parse(files).warnings
    assert str(warning).startswith("people.toml:10:1: people.1.gateway_id: found an address nothing is sent")
