"""From a Word document to the page it shows: looks are inherited, and what cannot be shown is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from tests.forms import repacked, text_of_pdf, word_file
from tests.unit.letters.views import full
from workers.letters.paragraphs import UnshownError
from workers.letters.pdf import as_pdf
from workers.letters.reading import read_sheet
from workers.letters.sheet import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document

    from workers.letters.sheet import Block

NUMBERED = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>"


def paragraphs(document: bytes) -> list[Paragraph]:
    return [block for block in read_sheet(document).blocks if isinstance(block, Paragraph)]


def said(block: Block) -> str:
    assert isinstance(block, Paragraph)
    return "".join(piece.text for piece in block.pieces)


def dressed(dress: Callable[[Document], Any]) -> bytes:
    return word_file(dress=dress)


def test_a_page_has_the_size_and_margins_of_its_section() -> None:
    def dress(made: Document) -> None:
        page = made.sections[0]
        page.page_width, page.page_height = Mm(148), Mm(210)
        page.left_margin, page.top_margin = Mm(15), Mm(12)

    sheet = read_sheet(dressed(dress))
    in_mm = [round(points * 25.4 / 72) for points in (sheet.width, sheet.height, sheet.left, sheet.top)]
    assert in_mm == [148, 210, 15, 12]


def test_a_run_has_its_own_looks_then_those_of_its_style_then_the_defaults() -> None:
    def dress(made: Document) -> None:
        made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Times New Roman", Pt(11)
        made.add_paragraph("thường")
        made.add_paragraph("đề mục", style="Heading 1")
        strange = made.add_paragraph().add_run("riêng")
        strange.font.size, strange.bold, strange.italic, strange.underline = Pt(9), True, True, True

    plain, heading, own = (block.pieces[0] for block in paragraphs(dressed(dress)))
    assert (plain.font, plain.size, plain.bold, plain.italic, plain.underline) == (
        "Times New Roman",
        11,
        False,
        False,
        False,
    )
    assert (heading.bold, heading.size) == (True, 14)  # of the style; its font is a theme's, so the default's
    assert (own.size, own.bold, own.italic, own.underline) == (9, True, True, True)


def test_what_a_style_switches_on_a_run_may_switch_off() -> None:
    def dress(made: Document) -> None:
        made.add_paragraph(style="Heading 1").add_run("nhẹ").bold = False

    assert paragraphs(dressed(dress))[0].pieces[0].bold is False


def test_a_paragraph_has_its_place_on_the_line_and_its_distances() -> None:
    def dress(made: Document) -> None:
        one = made.add_paragraph("một").paragraph_format
        one.alignment, one.space_before, one.space_after = WD_ALIGN_PARAGRAPH.CENTER, Pt(6), Pt(3)
        two = made.add_paragraph("hai").paragraph_format
        two.alignment, two.first_line_indent, two.line_spacing = WD_ALIGN_PARAGRAPH.JUSTIFY, Pt(20), 1.5
        three = made.add_paragraph("ba").paragraph_format
        three.left_indent, three.first_line_indent, three.right_indent = Pt(30), Pt(-12), Pt(5)

    one, two, three = paragraphs(dressed(dress))
    assert (one.align, one.before, one.after) == ("center", 6, 3)
    assert (two.align, two.first, two.lines) == ("justify", 20, 1.5)
    assert (three.align, three.left, three.first, three.right) == ("left", 30, -12, 5)


@pytest.mark.parametrize(
    ("stop", "leader", "mark"),
    [
        (WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS, "dots"),
        (WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.SPACES, "fill"),
        (WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.SPACES, "gap"),
    ],
)
def test_a_tab_is_dots_the_rest_of_the_line_or_a_gap(stop: Any, leader: Any, mark: str) -> None:
    def dress(made: Document) -> None:
        made.add_paragraph("Họ tên:\t").paragraph_format.tab_stops.add_tab_stop(Mm(100), stop, leader)

    assert [piece.mark for piece in paragraphs(dressed(dress))[0].pieces] == ["text", mark]


def test_breaks_capitals_hidden_texts_and_hyphens_show_as_in_word() -> None:
    def dress(made: Document) -> None:
        run = made.add_paragraph().add_run("trên")
        run.add_break()
        run.font.all_caps = True
        made.paragraphs[0].add_run("mật").font.hidden = True
        made.paragraphs[0].add_run("61-2018")
        made.paragraphs[0].runs[-1]._r.append(OxmlElement("w:noBreakHyphen"))  # noqa: SLF001 - python-docx has no name for it

    pieces = paragraphs(dressed(dress))[0].pieces
    assert [(piece.mark, piece.text) for piece in pieces] == [
        ("text", "TRÊN"),
        ("break", ""),
        ("text", "61-2018"),
        ("text", "\N{NON-BREAKING HYPHEN}"),
    ]


def test_a_table_has_its_columns_its_rows_and_its_lines() -> None:
    def dress(made: Document) -> None:
        made.add_table(2, 2, style="Table Grid")
        made.tables[0].cell(0, 0).merge(made.tables[0].cell(0, 1)).text = "rộng"
        made.tables[0].cell(1, 0).text, made.tables[0].cell(1, 1).text = "trái", "phải"
        made.add_table(1, 1).cell(0, 0).text = "không kẻ"

    lined, bare = (block for block in read_sheet(dressed(dress)).blocks if isinstance(block, Table))
    assert [[(said(cell.blocks[-1]), cell.columns) for cell in row] for row in lined.rows] == [
        [("rộng", 2)],
        [("trái", 1), ("phải", 1)],
    ]
    assert (lined.lined, bare.lined, len(lined.widths)) == (True, False, 2)
    assert all(width > 0 for width in lined.widths)


def test_what_stands_above_and_below_every_page_is_kept() -> None:
    def dress(made: Document) -> None:
        made.sections[0].header.paragraphs[0].text = "trên đầu"
        made.sections[0].footer.paragraphs[0].text = "BM-TTHC-04"
        made.add_paragraph("giữa")

    document = dressed(dress)
    sheet = read_sheet(document)
    assert (said(sheet.header[0]), said(sheet.footer[0])) == ("trên đầu", "BM-TTHC-04")
    shown = text_of_pdf(as_pdf(full(), document))
    assert all(text in shown for text in ("trên đầu", "giữa", "BM-TTHC-04"))


def test_texts_in_links_and_tags_are_read_through() -> None:
    document = repacked(
        word_file("trước"),
        lambda xml: xml.replace(
            "<w:r><w:t>trước</w:t></w:r>",
            "<w:hyperlink><w:r><w:t>một </w:t></w:r></w:hyperlink><w:bookmarkStart w:id='1' w:name='a'/>"
            "<w:smartTag><w:r><w:t>hai </w:t></w:r></w:smartTag>"
            "<w:sdt><w:sdtContent><w:r><w:t>ba</w:t></w:r></w:sdtContent></w:sdt>",
        ),
    )
    assert said(paragraphs(document)[0]) == "một hai ba"


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<w:r><w:drawing/></w:r>", "a picture or a drawing"),
        ("<w:r><w:pict/></w:r>", "a picture or a drawing"),
        ("<w:r><w:object/></w:r>", "an embedded object"),
        ("<w:r><w:fldChar w:fldCharType='begin'/></w:r>", "a field"),
        ("<w:fldSimple w:instr='PAGE'><w:r><w:t>1</w:t></w:r></w:fldSimple>", "a field"),
        ("<w:r><w:footnoteReference w:id='1'/></w:r>", "a footnote"),
        ("<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>", "a sign of a symbol font"),
        ("<w:r><w:br w:type='page'/></w:r>", "a page break"),
        ("<w:r><w:ruby/></w:r>", "ruby"),
        ("<w:unheardOf><w:r><w:t>lạ</w:t></w:r></w:unheardOf>", "unheardOf"),
    ],
)
def test_what_a_page_cannot_show_is_refused(inside: str, found: str) -> None:
    document = repacked(
        word_file("chữ"),
        lambda xml: xml.replace("<w:r><w:t>chữ</w:t></w:r>", f"<w:r><w:t>chữ</w:t></w:r>{inside}"),
    )
    with pytest.raises(UnshownError, match=found):
        read_sheet(document)


def test_a_number_that_word_counts_by_itself_is_refused_with_its_text() -> None:
    document = repacked(
        word_file("Lưu: VT"), lambda xml: xml.replace("<w:p><w:r>", f"<w:p><w:pPr>{NUMBERED}</w:pPr><w:r>")
    )
    with pytest.raises(UnshownError, match="an automatic number or dash near 'Lưu: VT'"):
        read_sheet(document)


def test_cells_merged_downwards_two_page_formats_and_another_first_page_are_refused() -> None:
    def merged(made: Document) -> None:
        made.add_table(2, 1)
        made.tables[0].cell(0, 0).merge(made.tables[0].cell(1, 0))

    def sections(made: Document) -> None:
        made.add_section(WD_SECTION.NEW_PAGE)

    def first_page(made: Document) -> None:
        made.sections[0].different_first_page_header_footer = True
        made.sections[0].header.paragraphs[0].text = "đầu"

    for dress, found in ((merged, "downwards"), (sections, "2 sections"), (first_page, "another header")):
        with pytest.raises(UnshownError, match=found):
            read_sheet(dressed(dress))


def test_an_empty_paragraph_keeps_its_line_and_a_page_break_by_hand_is_said_in_words() -> None:
    def dress(made: Document) -> None:
        made.add_paragraph()
        made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    with pytest.raises(UnshownError, match="a page break"):
        read_sheet(dressed(dress))
    (empty,) = paragraphs(word_file(""))
    assert (empty.pieces, empty.size) == ((), 11)


def test_numbers_that_are_none_do_not_stop_the_reading() -> None:
    document = repacked(word_file("chữ"), lambda xml: xml.replace("w:top=", "w:top='auto' w:was="))
    assert read_sheet(document).top == 72
