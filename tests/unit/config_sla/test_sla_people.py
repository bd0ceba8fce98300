"""Who is told by which way, in which language."""

from __future__ import annotations

from datetime import date

import pytest

from config.sla import parse
from config.sla_spellings import nearest
from domain.absence import Absence


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


AWAY = """
[[absences]]
person = "p1"
from = 2019-06-03
to = 2019-06-07
substitute = "p2"
"""


def test_absences_stand_beside_the_people_as_a_list_of_either_shape(files: dict[str, str]) -> None:
    table = '\n[[absences]]\nperson = "p2"\nfrom = 2019-07-01\nto = 2019-07-01\n'
    tables = files | {"people.toml": files["people.toml"] + AWAY + table}
    line = 'absences = [{ person = "p1", from = 2019-06-03, to = 2019-06-07, substitute = "p2" }]\n'
    inline = files | {"people.toml": line + files["people.toml"]}
    first, second = parse(tables).lines.people
    absence = Absence(first=date(2019, 6, 3), last=date(2019, 6, 7), substitute="p2")
    assert first.absences == (absence,)
    assert second.absences == (Absence(first=date(2019, 7, 1), last=date(2019, 7, 1)),)
    assert parse(inline).lines.people[0].absences == (absence,)
    assert parse(files).lines.people[0].absences == ()


def test_an_absence_recorded_before_it_was_checked_is_a_warning_and_means_nothing(
    files: dict[str, str],
) -> None:
    files["people.toml"] += AWAY.replace('substitute = "p2"', 'substitute = "gone"')
    sla = parse(files, recorded=True)
    assert sla.lines.people[0].absences == ()
    assert "'gone'" in str(sla.warnings)


@pytest.mark.parametrize(
    ("text", "code"),
    [("TNMT 1", "tnmt.1"), ("tnmt1", "tnmt.1"), ("tnmt.2", "tnmt.2"), ("Nguyễn A", None)],
)
def test_a_code_that_is_misspelt_is_asked_about_by_the_one_it_looks_like(text: str, code: str | None) -> None:
    assert nearest(text, ["tnmt.1", "tnmt.2"]) == code
