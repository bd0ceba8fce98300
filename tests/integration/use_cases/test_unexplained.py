"""What is recorded and cannot be read is told with its reason, as the office reads it."""

from __future__ import annotations

from config.errors import ConfigError, Problem
from config.said import say
from domain.errors import LimitError
from workers.use_cases.verify_events import why_not


def test_why_something_recorded_cannot_be_read_is_told_in_vietnamese() -> None:
    fault = Problem(file="office.toml", found=say("no_such_file"), expected=say("file_of_office"))
    assert why_not(ConfigError([fault])).startswith("office.toml: không có tệp này; cần")
    assert why_not(LimitError("no_due_date")).startswith("thủ tục không quy định thời hạn")
    assert why_not(ValueError("as Python says it")) == "as Python says it"
