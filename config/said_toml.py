"""The sentences of the catalogue about TOML itself; the English ones are those of tomllib, word for word."""

from __future__ import annotations

from typing import Final

TOML: Final[dict[str, tuple[str, str]]] = {
    "toml_statement": ("dòng không phải “khóa = giá trị” hay [bảng]", "Invalid statement"),
    "toml_rest_of_line": (
        "chữ thừa sau một giá trị; mỗi khóa ghi trên một dòng",
        "Expected newline or end of document after a statement",
    ),
    "toml_character": ("ký tự {what} không được phép ở đây", "Found invalid character {what}"),
    "toml_illegal": ("ký tự {what} không được phép trong chuỗi", "Illegal character {what}"),
    "toml_twice": ("bảng {what} khai báo hai lần", "Cannot declare {what} twice"),
    "toml_overwritten": ("khóa đã có ở trên, ghi lần thứ hai", "Cannot overwrite a value"),
    "toml_table_end": ("tên bảng thiếu dấu ]", "Expected ']' at the end of a table declaration"),
    "toml_array_end": ("tên bảng thiếu dấu ]]", "Expected ']]' at the end of an array declaration"),
    "toml_frozen": (
        "thêm vào {what}, đã ghi trọn ở trên",
        "Cannot mutate immutable namespace {what}",
    ),
    "toml_redefined": ("bảng {what} đã khai báo ở trên", "Cannot redefine namespace {what}"),
    "toml_equals": ("khóa thiếu dấu = phía sau", "Expected '=' after a key in a key/value pair"),
    "toml_key": (
        "khóa bắt đầu bằng ký tự không được phép (khóa có dấu tiếng Việt thì đặt trong ngoặc kép)",
        "Invalid initial character for a key part",
    ),
    "toml_array": ("danh sách thiếu dấu ] hoặc dấu phẩy", "Unclosed array"),
    "toml_inline": ("bảng thiếu dấu }} hoặc dấu phẩy", "Unclosed inline table"),
    "toml_duplicate": ("khóa {what} ghi hai lần trong một bảng", "Duplicate inline table key {what}"),
    "toml_backslash": ("dấu \\ trong chuỗi; hãy viết \\\\", "Unescaped '\\' in a string"),
    "toml_hex": ("mã \\u hoặc \\U không đủ chữ số", "Invalid hex value"),
    "toml_scalar": (
        "mã \\u hoặc \\U không phải là một ký tự",
        "Escaped character is not a Unicode scalar value",
    ),
    "toml_string": ("chuỗi thiếu dấu ngoặc kép ở cuối", "Unterminated string"),
    "toml_date": ("ngày hoặc giờ không có thật", "Invalid date or datetime"),
    "toml_value": (
        "giá trị không đọc được (chữ thì đặt trong ngoặc kép)",
        "Invalid value",
    ),
    "toml_expected": ("chỗ thiếu {what}", "Expected {what}"),
    "toml_other": ("chỗ sai cú pháp ({what})", "{what}"),
}
