"""The sentences of the catalogue about templates of mails and forms, and files that are written."""

from __future__ import annotations

from typing import Final

MAILS: Final[dict[str, tuple[str, str]]] = {
    "mail_begins": ("thư bắt đầu bằng {text!r}", "a mail that begins {text!r}"),
    "mail_form": (
        "dòng đầu “{subject} ...” và lời thư bên dưới",
        "a first line '{subject} ...' and a text under it",
    ),
    "no_template": ("không có mẫu {name!r}", "no template {name!r}"),
    "placeholder_unknown": ("chỗ điền {name!r} không có", "{name!r} is undefined"),
    "template_error": ("lỗi trong mẫu: {text}", "{text}"),
    "template_raised": ("lỗi khi điền mẫu ({kind}: {text})", "{kind}: {text}"),
    "nothing_more": ("không nói gì thêm", "nothing more"),
    "in_paragraph": ("{found}, ở đoạn {text!r}", "{found} in the paragraph {text!r}"),
    "placeholders": ("một trong các chỗ điền {names}", "one of the placeholders {names}"),
    "rendered": ("mẫu thư điền được", "a template that can be rendered"),
    "template_of_form": ("mẫu của một biểu", "the template of a form"),
    "word_document": (
        "tệp Word (.docx) điền được",
        "a Word document (.docx) that can be filled",
    ),
    "too_large": ("hơn {most} MB sau khi giải nén", "more than {most} MB once unpacked"),
    "no_own_template": (
        "không có tệp templates/{file} trong thư mục của cơ quan",
        "no file templates/{file} in the folder of the office",
    ),
    "this_template": ("mẫu thư này", "this template"),
    "this_template_in_english": (
        "cả bản tiếng Anh: có người được báo bằng tiếng Anh",
        "it in English too: somebody is told in English",
    ),
    "near": ("{what} gần {text!r}", "{what} near {text!r}"),
    "unshown_picture": ("hình ảnh hoặc hình vẽ", "a picture or a drawing"),
    "unshown_object": ("đối tượng nhúng", "an embedded object"),
    "unshown_number": ("số thứ tự hoặc gạch đầu dòng tự động", "an automatic number or dash"),
    "unshown_field": ("trường (field) của Word", "a field"),
    "unshown_footnote": ("chú thích cuối trang", "a footnote"),
    "unshown_sign": ("ký hiệu của phông ký hiệu", "a sign of a symbol font"),
    "unshown_cells": ("ô gộp theo chiều dọc", "cells merged downwards"),
    "unshown_break": ("ngắt trang", "a page break"),
    "unshown_sections": ("{count} phần (section)", "{count} sections"),
    "unshown_header": ("đầu trang khác ở trang đầu", "another header on the first page"),
    "unshown_footer": ("chân trang khác ở trang đầu", "another footer on the first page"),
    "typed_by_hand": (
        "chữ và bảng, số và gạch đầu dòng gõ tay",
        "texts and tables, numbers and dashes typed by hand",
    ),
    "docx_can": (
        "bản pdf không trình bày được, bản .docx thì được",
        "the pdf cannot show it; the .docx can",
    ),
    "name_that_ends": (
        "tên kết thúc bằng {names}, trong một thư mục có thật",
        "a name that ends with {names}, in a folder that exists",
    ),
    "too_many_rows": ("nhiều dòng hơn một trang tính chứa được", "more rows than a sheet holds"),
    "a_csv": ("một tệp .csv", "a .csv"),
}
