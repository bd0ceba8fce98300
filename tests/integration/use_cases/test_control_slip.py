"""The control slip tells every hand-over, and whether its giver was on time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import row

if TYPE_CHECKING:
    from tests.form_writer import Writer


def told(write: Writer, now: str) -> list[tuple[str, str, str, str, str]]:
    view = write("control", now=now).view
    return [(one.giver, one.taker, f"{one.at:%d/%m %H:%M}", one.result, one.note) for one in view.handovers]


def test_a_dossier_still_open_has_been_received_and_handed_on(write: Writer) -> None:
    received = ("Bộ phận Một cửa", "Phòng Đất đai", "03/06 08:00", "", "")
    assert told(write, "04/06/2019 08:00") == [received]
    write.office.event("handed_over", at="05/06/2019 09:30", now="05/06/2019 09:30", unit="civil")
    write.office.event("consultation_requested", at="06/06/2019 08:00", now="06/06/2019 08:00", agency="Sở X")
    assert told(write, "07/06/2019 08:00") == [
        received,
        ("Phòng Đất đai", "Phòng Tư pháp", "05/06 09:30", "", ""),
    ]
    assert write("control", now="07/06/2019 09:00").view.agency == "Sở X"


def test_a_closed_dossier_went_back_and_its_result_is_that_of_the_whole(write: Writer) -> None:
    write.office.event("handed_over", at="05/06/2019 09:30", now="05/06/2019 09:30", unit="civil")
    write.office.event("finished", at="18/06/2019 08:00", now="18/06/2019 08:00")
    assert told(write, "19/06/2019 08:00")[1:] == [
        ("Phòng Đất đai", "Phòng Tư pháp", "05/06 09:30", "", ""),
        ("Phòng Tư pháp", "Bộ phận Một cửa", "18/06 08:00", "quá hạn", ""),
    ]


def test_a_refused_dossier_says_so(write: Writer) -> None:
    write.office.take_in(row("HS-2"))
    write.office.event("refused", at="05/06/2019 08:00", now="05/06/2019 08:00")
    assert told(write, "06/06/2019 08:00")[-1] == (
        "Phòng Đất đai",
        "Bộ phận Một cửa",
        "05/06 08:00",
        "trước hạn",
        "từ chối giải quyết",
    )
