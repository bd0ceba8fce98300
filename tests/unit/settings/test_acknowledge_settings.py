"""The secret of tokens and the page for them: what could not work, or could be forged, is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.settings import Settings, env_template
from tests.unit.settings.test_settings import PRODUCTION, STRONG, problems
from workers.use_cases.tokens import tokens_of

if TYPE_CHECKING:
    from pathlib import Path

PAGE = {
    "DUNGHAN_SECRET": STRONG,
    "DUNGHAN_ACKNOWLEDGE_URL": "https://page.example.invalid/xac-nhan?ma={token}",
}


def test_without_a_secret_there_are_no_tokens(tmp_path: Path) -> None:
    assert tokens_of(Settings.load({}, home=tmp_path)) is None
    tokens = tokens_of(Settings.load(PAGE, home=tmp_path))
    assert tokens is not None
    assert tokens.link("1-a") == "https://page.example.invalid/xac-nhan?ma=1-a"
    assert STRONG not in repr(tokens)


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("page.example.invalid/{token}", "no URL"),
        ("ftp://page.example.invalid/{token}", "ftp://"),
        ("https://page.example.invalid/", "no place"),
        ("https://page.example.invalid/{token}/{token}", "several"),
        ("https://page.example.invalid/{token}/{code}", "several"),
        ("https:///xac-nhan/{token}", "no host"),
        ("https://page.example.invalid/xác-nhận/{token}", "no URL can hold"),
    ],
)
def test_a_page_that_could_not_work_is_refused_everywhere(tmp_path: Path, url: str, found: str) -> None:
    told = problems(tmp_path, PAGE | {"DUNGHAN_ACKNOWLEDGE_URL": url})
    assert any("DUNGHAN_ACKNOWLEDGE_URL" in problem and found in problem for problem in told)


def test_a_page_needs_a_secret_everywhere(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, PAGE | {"DUNGHAN_SECRET": ""})
    assert "DUNGHAN_SECRET: found no secret" in problem


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("DUNGHAN_SECRET", "short", "a secret of 5 characters"),
        ("DUNGHAN_SECRET", "changeme12345", "guessed first"),
        ("DUNGHAN_ACKNOWLEDGE_URL", "http://page.example.invalid/{token}", "in the clear"),
    ],
)
def test_production_refuses_tokens_that_anybody_could_make_or_read(
    tmp_path: Path, name: str, value: str, found: str
) -> None:
    assert Settings.load(PRODUCTION | PAGE, home=tmp_path).secret is not None
    (problem,) = problems(tmp_path, PRODUCTION | PAGE | {name: value})
    assert problem.startswith(f"environment: {name}:")
    assert found in problem


def test_a_new_office_may_have_a_value_switched_on(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(env_template(secret=STRONG), encoding="utf-8")
    settings = Settings.load({}, home=tmp_path)
    assert settings.secret is not None
    assert settings.secret.get_secret_value() == STRONG
