"""The sentences of the catalogue about settings: variables, addresses of servers, passwords, keys."""

from __future__ import annotations

from typing import Final

SETTINGS: Final[dict[str, tuple[str, str]]] = {
    "unread_file": ("{error}", "{error}"),
    "readable_utf8": ("tệp văn bản đọc được, dạng UTF-8", "a readable text file in UTF-8"),
    "line_without_key": ("dòng không có KHÓA=", "a line without KEY="),
    "key_and_value": ("KHÓA=GIÁ TRỊ", "KEY=VALUE"),
    "open_quote": ("dấu nháy chưa đóng", "an open quote"),
    "closed_quote": (
        "cùng dấu nháy ở cuối, sau đó chỉ còn ghi chú bắt đầu bằng #",
        "the same quote at the end, and only a # comment after it",
    ),
    "key_again": (
        "khóa ghi lần nữa (lần đầu ở dòng {line})",
        "the key again (first in line {line})",
    ),
    "key_once": ("mỗi khóa một lần", "each key once"),
    "unknown_variable": ("biến không có", "an unknown variable"),
    "variable_of_ours": ("một biến của dunghan", "a variable of dunghan"),
    "did_you_mean_variable": ("có phải là {name} không?", "did you mean {name}?"),
    "known_variables": ("các biến: {names}", "known: {names}"),
    "home_in_file": ("biến này ghi trong .env", "it in .env"),
    "home_outside": ("biến này đặt ngoài thư mục của cơ quan", "it outside its own folder"),
    "delete_home": (
        "bỏ dòng này; dùng --home hoặc biến môi trường thật",
        "delete the line; use --home or the real environment",
    ),
    "at_least_sweep": (
        "ít nhất bằng DUNGHAN_SWEEP_SECONDS ({seconds})",
        "at least DUNGHAN_SWEEP_SECONDS ({seconds})",
    ),
    "finds_all_again": (
        "nếu không, mỗi lượt rà lại tìm thấy tất cả",
        "else every sweep finds all again",
    ),
    "relative_sqlite": ("sqlite không có đường dẫn đầy đủ", "sqlite without an absolute path"),
    "shared_file": ("tệp mọi tiến trình dùng chung", "the file every process shares"),
    "four_slashes": (
        "sqlite:////srv/office/var/dunghan.db có bốn dấu gạch chéo",
        "sqlite:////srv/office/var/dunghan.db has four slashes",
    ),
    "no_url": ("không phải là URL", "no URL"),
    "url_begins": (
        "URL bắt đầu bằng một trong {names}",
        "a URL that begins with one of {names}",
    ),
    "no_host": ("không có tên máy chủ", "no host"),
    "no_host_or_port": (
        "không có tên máy chủ, hoặc cổng không phải là số",
        "no host, or a port that is no number",
    ),
    "login_in_url": (
        "tên, mật khẩu hoặc dấu # trong URL",
        "a user, a password or a # in the URL",
    ),
    "known_by_secret": (
        "cổng tin nhắn nhận ra chương trình nhờ DUNGHAN_WEBHOOK_SECRET",
        "the gateway knows us by DUNGHAN_WEBHOOK_SECRET",
    ),
    "no_url_letter": ("ký tự URL không chứa được", "a letter no URL can hold"),
    "percent_encoded": ("hãy viết dạng mã hóa %", "write it percent-encoded"),
    "no_secret_set": ("chưa có khóa bí mật", "no secret"),
    "gateway_secret": (
        "khóa mà cổng tin nhắn dùng để kiểm tra chữ ký",
        "the one the gateway checks signatures with",
    ),
    "token_place": (
        "không có chỗ cho mã, hoặc có nhiều chỗ",
        "no place, or several, for the token",
    ),
    "no_host_or_letter": (
        "không có tên máy chủ, hoặc ký tự URL không chứa được",
        "no host, or a letter no URL can hold",
    ),
    "token_secret": ("khóa dùng để ký mã xác nhận", "the one that tokens are signed with"),
    "no_pair": ("không đúng dạng user:mật_khẩu", "no user:password pair"),
    "comma_in_password": ("dấu phẩy trong mật khẩu", "a comma in the password"),
    "password_without_comma": ("mật khẩu không có dấu phẩy", "a password without a comma"),
    "no_password": ("không có mật khẩu", "no password"),
    "short_password": ("mật khẩu dài {length} ký tự", "a password of {length} characters"),
    "guessed_password": ("mật khẩu quá dễ đoán", "a password that is guessed first"),
    "short_secret": ("khóa bí mật dài {length} ký tự", "a secret of {length} characters"),
    "guessed_secret": ("khóa bí mật quá dễ đoán", "a secret that is guessed first"),
    "flower_password": (
        "mật khẩu từ {least} ký tự trở lên trước khi người khác mở được Flower",
        "a password of {least} characters or more before others can reach Flower",
    ),
    "or_local_flower": (
        "hoặc để DUNGHAN_FLOWER_ADDRESS là 127.0.0.1",
        "or leave DUNGHAN_FLOWER_ADDRESS at 127.0.0.1",
    ),
    "embedded_broker": ("hàng đợi đi kèm chương trình", "the embedded broker"),
    "real_broker": ("Redis hoặc RabbitMQ", "Redis or RabbitMQ"),
    "long_pair": (
        "user:mật_khẩu, từ {least} ký tự trở lên",
        "user:password with {least} characters or more",
    ),
    "messages_in_the_clear": (
        "tin nhắn đi qua mạng không mã hóa",
        "messages that would cross the network in the clear",
    ),
    "long_secret": (
        "khóa bí mật từ {least} ký tự trở lên",
        "a secret of {least} characters or more",
    ),
    "tokens_in_the_clear": (
        "mã xác nhận đi qua mạng không mã hóa",
        "tokens that would cross the network in the clear",
    ),
    "long_password_in_url": (
        "mật khẩu từ {least} ký tự trở lên trong URL",
        "a password of {least} characters or more in the URL",
    ),
    "smtp_form": (
        "smtp://user:password@host:587?starttls=1 hoặc smtps://user:password@host:465",
        "smtp://user:password@host:587?starttls=1 or smtps://user:password@host:465",
    ),
    "scheme_and_host": ("{scheme}://, máy chủ {host}", "{scheme}://, host {host}"),
    "no_scheme": ("không có kiểu", "no scheme"),
    "host_missing": ("chưa ghi", "missing"),
    "password_in_the_clear": (
        "mật khẩu đi qua mạng không mã hóa",
        "a password that would cross the network in the clear",
    ),
    "tls_or_starttls": ("?starttls=1 hoặc smtps://", "?starttls=1 or smtps://"),
    "unknown_option": ("tùy chọn lạ {name!r}", "the unknown option {name!r}"),
    "option": ("{name}={value!r}", "{name}={value!r}"),
    "starttls_or_not": ("starttls=1 hoặc starttls=0", "starttls=1 or starttls=0"),
    "no_port": (
        "cổng không phải là số từ 1 đến 65535",
        "a port that is no number from 1 to 65535",
    ),
    "timeout_seconds": (
        "số giây, hơn 0 và nhiều nhất {most}",
        "seconds, more than 0 and at most {most}",
    ),
    "no_broker": ("không có hàng đợi nào", "no broker"),
    "broker_address": (
        "`dunghan up` đang chạy trong thư mục này, hoặc địa chỉ của một hàng đợi",
        "a running `dunghan up` in this folder, or the address of a broker",
    ),
}
