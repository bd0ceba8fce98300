"""Files that appear all together, or not at all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.forms import text_of_pdf
from tests.unit.letters.views import full
from workers.letters.drafts import drafts

if TYPE_CHECKING:
    from pathlib import Path


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_published_files_bear_their_names_and_leave_nothing_beside_them(tmp_path: Path) -> None:
    with drafts([tmp_path / "a.docx", tmp_path / "a.PDF"]) as made:
        made.write(full(), None)
        assert not (tmp_path / "a.docx").exists()
        made.publish()
    assert left_in(tmp_path) == ["a.PDF", "a.docx"]
    assert "12/PXL" in text_of_pdf((tmp_path / "a.PDF").read_bytes())
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")


def test_what_is_not_published_is_taken_away(tmp_path: Path) -> None:
    with drafts([tmp_path / "a.docx"]) as made:
        made.write(full(), None)
    assert left_in(tmp_path) == []


def test_a_fault_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / ".b.pdf.part").mkdir()  # no file can be written there
    with pytest.raises(IsADirectoryError), drafts([tmp_path / "a.docx", tmp_path / "b.pdf"]) as made:
        made.write(full(), None)
    assert left_in(tmp_path) == [".b.pdf.part"]


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "b.pdf").write_text("đã điền tay", encoding="utf-8")
    with (
        pytest.raises(FileExistsError, match="đã có tệp này"),
        drafts([tmp_path / "a.docx", tmp_path / "b.pdf"]) as made,
    ):
        made.write(full(), None)
    assert left_in(tmp_path) == ["b.pdf"]
    assert (tmp_path / "b.pdf").read_text(encoding="utf-8") == "đã điền tay"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError, match="không có thư mục này"),
        drafts([tmp_path / "x" / "a.pdf"]) as made,
    ):
        made.write(full(), None)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    said = r"có “a\.odt”, cần tên tệp kết thúc bằng \.docx hoặc \.pdf"
    with pytest.raises(LookupError, match=said), drafts([tmp_path / "a.odt"]) as made:
        made.write(full(), None)


@pytest.mark.parametrize(
    ("absent", "wanted", "said"),
    [
        ("docxtpl", "a.docx", "chưa cài docxtpl để ghi tệp .docx"),
        ("typst", "a.pdf", "chưa cài typst để ghi tệp .pdf"),
    ],
)
def test_without_the_extra_the_one_to_install_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, absent: str, wanted: str, said: str
) -> None:
    monkeypatch.setitem(sys.modules, absent, None)  # what Python does for a module that is not there
    with pytest.raises(LookupError) as caught, drafts([tmp_path / wanted]) as made:
        made.write(full(), None)
    assert str(caught.value) == f"{said}; hãy cài phần reports: pip install -e '.[reports]'"
    assert left_in(tmp_path) == []


def test_without_typst_the_word_document_is_still_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with drafts([tmp_path / "a.docx"]) as made:
        made.write(full(), None)
        made.publish()
    assert left_in(tmp_path) == ["a.docx"]
