"""Packs made by themselves: on their day, once, the same whoever makes them; each is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import LEASE, OFFICE, delivery, local, mail_by, row
from tests.office_texts import OFFICE_FILE, PEOPLE_FILE
from workers.use_cases import due_packs
from workers.use_cases.due_packs import make_due_packs
from workers.use_cases.warn_ops import warn_ops

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import OfficeAtWork
    from workers.notify.channel import Letter

WITH_MANAGER = {
    "office.toml": f'{OFFICE_FILE}\n[[roles]]\ncode = "quality_manager"\ntitle = "Đại diện chất lượng"\n'
    '[[roles]]\ncode = "ops"\ntitle = "Vận hành"\n',
    "people.toml": PEOPLE_FILE
    + "".join(
        f'\n[[people]]\ncode = "{code}"\nrole = "{role}"\nunit = "top"\n'
        f'email = "{code}@example.invalid"\ndelivery = "at_once"\n'
        for code, role in (("qms", "quality_manager"), ("ops.1", "ops"))
    ),
    "quality.toml": "[packs]\nday = 5\nquarterly = false\n",
}


class Post:
    """Tell what the office itself must know, and keep the letters."""

    def __init__(self, office: OfficeAtWork, folder: Path) -> None:
        self.office, self.folder = office, folder
        self.sent: list[Letter] = []

    def send(self, letter: Letter) -> None:
        self.sent.append(letter)

    def close(self) -> None:
        """Nothing is kept."""

    def make(self, now: str) -> list[tuple[str, str]]:
        return make_due_packs(self.office.store, OFFICE, reports=self.folder, now=local(now))

    def tick(self, now: str) -> list[Letter]:
        at, before = local(now), len(self.sent)
        ids = warn_ops(self.office.store, OFFICE, now=at, lease=LEASE)
        delivery(self.office.store, mail_by(self), lambda: at).deliver(OFFICE, ids)
        return self.sent[before:]


@pytest.fixture
def post(office: OfficeAtWork, tmp_path: Path) -> Post:
    office.configure(**WITH_MANAGER)
    office.take_in(row())
    return Post(office, tmp_path / "reports")


def made(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / OFFICE).iterdir())


def test_a_pack_is_made_on_its_day_and_only_once(post: Post) -> None:
    assert post.make("05/07/2019 00:00") == [("2019-06", "")]
    assert post.make("05/07/2019 00:01") == []
    assert post.make("04/08/2019 23:59") == []
    assert post.make("05/08/2019 00:00") == [("2019-07", "")]
    assert made(post.folder) == ["iso-2019-06-20190704T170000Z", "iso-2019-07-20190804T170000Z"]


def test_a_pack_made_late_is_as_of_its_day(post: Post) -> None:
    post.office.event("finished", at="10/06/2019 08:00", now="07/07/2019 08:00")
    post.make("09/07/2019 08:00")
    dossiers = (post.folder / OFFICE / made(post.folder)[0] / "ho-so.csv").read_text(encoding="utf-8-sig")
    assert "đang giải quyết quá hạn" in dossiers  # on the 5th nobody had told of the result


def test_the_quality_manager_gets_one_letter_with_the_folder(post: Post) -> None:
    post.make("05/07/2019 00:00")
    (letter,) = post.tick("05/07/2019 08:00")
    assert letter.to == "qms@example.invalid"
    assert "2019-06: đã lập xong" in letter.subject
    assert "iso-2019-06-20190704T170000Z" in letter.text
    assert "bo-ho-so-iso.pdf, bo-ho-so-iso.xlsx" in letter.text
    folder = post.folder / OFFICE / made(post.folder)[0]
    assert [(one.name, one.content) for one in letter.attachments] == [
        (name, (folder / name).read_bytes()) for name in ("bo-ho-so-iso.pdf", "bo-ho-so-iso.xlsx")
    ]
    assert post.tick("05/07/2019 08:01") == []
    assert post.tick("20/07/2019 08:00") == []


def test_a_pack_that_fails_is_told_to_ops_and_tried_again_after_an_hour(post: Post) -> None:
    post.folder.write_text("no folder", encoding="utf-8")
    ((period, why),) = post.make("05/07/2019 07:00")
    assert (period, bool(why)) == ("2019-06", True)
    (letter,) = post.tick("05/07/2019 08:00")
    assert letter.to == "ops.1@example.invalid"
    assert "2019-06: không lập được" in letter.subject
    assert post.make("05/07/2019 07:59") == []
    post.folder.unlink()
    assert post.make("05/07/2019 08:01") == [("2019-06", "")]
    (letter,) = post.tick("05/07/2019 08:02")
    assert letter.to == "qms@example.invalid"
    assert "đã lập xong" in letter.subject


def test_a_pack_whose_maker_was_killed_is_made_again(post: Post) -> None:
    with post.office.store.begin(OFFICE) as work:
        work.journal.beat("pack:2019-06", now=local("05/07/2019 00:00"), state="making")
        work.commit()
    assert post.make("05/07/2019 00:30") == []
    assert post.make("05/07/2019 01:00") == [("2019-06", "")]


def test_an_office_that_lays_down_no_day_gets_none(office: OfficeAtWork, tmp_path: Path) -> None:
    assert Post(office, tmp_path).make("05/07/2019 08:00") == []


def test_files_too_large_for_a_mail_stay_in_the_folder_and_the_letter_says_so(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due_packs, "MOST_ATTACHED", 1_000)
    post.make("05/07/2019 00:00")
    (letter,) = post.tick("05/07/2019 08:00")
    assert letter.attachments == ()
    assert "các tệp quá lớn" in letter.text
