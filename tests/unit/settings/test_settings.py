"""Settings: where a value comes from, what is refused, and that no secret shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from config.errors import ConfigError
from config.settings import Settings, env_template
from tests.unit.config_sla.saying import english_left_in

if TYPE_CHECKING:
    from pathlib import Path

STRONG = "s3cret-of-ops-and-nobody-else"
PRODUCTION = {
    "DUNGHAN_ENV": "production",
    "DUNGHAN_DATABASE_URL": f"postgresql://dunghan:{STRONG}@db.example.invalid/dunghan",
    "DUNGHAN_BROKER_URL": f"redis://:{STRONG}@redis.example.invalid:6379/0",
    "DUNGHAN_FLOWER_AUTH": f"ops:{STRONG}",
}
GATEWAY = {
    "DUNGHAN_WEBHOOK_URL": "https://gateway.example.invalid/dunghan?office=my-xuyen",
    "DUNGHAN_WEBHOOK_SECRET": STRONG,
}


def problems(home: Path, environ: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        Settings.load(environ, home=home)
    assert english_left_in(caught.value.problems) == []
    return [str(problem) for problem in caught.value.problems]


def test_an_empty_folder_is_an_embedded_office_with_its_own_database(tmp_path: Path) -> None:
    settings = Settings.load({}, home=tmp_path)
    assert settings.env == "embedded"
    assert settings.database_url.get_secret_value() == f"sqlite:///{tmp_path}/var/dunghan.db"
    assert settings.broker_url is None
    assert settings.flower_address == "127.0.0.1"


def test_the_real_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DUNGHAN_SWEEP_SECONDS=30\nDUNGHAN_FLOWER_PORT=5555\n", encoding="utf-8")
    settings = Settings.load({"DUNGHAN_SWEEP_SECONDS": "10"}, home=tmp_path)
    assert (settings.sweep_seconds, settings.flower_port) == (10, 5555)


def test_an_empty_value_is_an_unset_one(tmp_path: Path) -> None:
    settings = Settings.load({"DUNGHAN_SMTP_URL": "", "DUNGHAN_SWEEP_SECONDS": ""}, home=tmp_path)
    assert (settings.smtp_url, settings.sweep_seconds) == (None, 60)


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("DUNGHAN_MAIL_FROM=a@b.example.invalid", "a@b.example.invalid"),
        ("export DUNGHAN_MAIL_FROM = 'a@b.example.invalid'  # who writes", "a@b.example.invalid"),
        ('DUNGHAN_MAIL_FROM="a#1@b.example.invalid"', "a#1@b.example.invalid"),
        ("DUNGHAN_MAIL_FROM=a#1@b.example.invalid # who", "a#1@b.example.invalid"),
    ],
)
def test_the_file_knows_comments_quotes_and_export(tmp_path: Path, line: str, value: str) -> None:
    (tmp_path / ".env").write_text(f"\n# a comment\n{line}\nOTHER=is not ours\n", encoding="utf-8-sig")
    assert Settings.load({}, home=tmp_path).mail_from == value


def test_a_misspelt_variable_is_named_with_file_line_and_nearest_spelling(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ops\nDUNGHAN_SWEP_SECONDS=30\n", encoding="utf-8")
    (problem,) = problems(tmp_path, {})
    assert problem.startswith(f"{tmp_path}/.env:2:1: DUNGHAN_SWEP_SECONDS:")
    assert "did you mean DUNGHAN_SWEEP_SECONDS?" in problem


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("DUNGHAN_ENV=embedded\nDUNGHAN_ENV=production\n", 2, "first in line 1"),
        ("DUNGHAN_MAIL_FROM='a@b\n", 1, "open quote"),
        ("\njust a secret\n", 2, "a line without KEY="),
        ("DUNGHAN_HOME=/elsewhere\n", 1, "it in .env"),
        ("DUNGHAN_FLOWER_PORT=70000\n", 1, "'70000'"),
    ],
)
def test_a_faulty_line_is_named(tmp_path: Path, text: str, line: int, found: str) -> None:
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    (problem,) = problems(tmp_path, {})
    assert problem.startswith(f"{tmp_path}/.env:{line}:1:")
    assert found in problem
    assert "secret" not in problem


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    told = problems(tmp_path, {"DUNGHAN_SWEEP_SECONDS": "x", "DUNGHAN_ENV": "test", "DUNGHAN_COLOUR": "blue"})
    assert len(told) == 3


def test_production_with_strong_secrets_is_accepted(tmp_path: Path) -> None:
    settings = Settings.load(PRODUCTION, home=tmp_path)
    assert settings.database_url.get_secret_value().startswith("postgresql+psycopg://")


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("DUNGHAN_FLOWER_AUTH", "", "no password"),
        ("DUNGHAN_FLOWER_AUTH", "admin:admin", "a password of 5 characters"),
        ("DUNGHAN_FLOWER_AUTH", "admin:password12345", "guessed first"),
        ("DUNGHAN_FLOWER_AUTH", f"admin:{STRONG},b:c", "a comma"),
        ("DUNGHAN_FLOWER_AUTH", STRONG, "no user:password pair"),
        ("DUNGHAN_DATABASE_URL", "", "sqlite"),
        ("DUNGHAN_DATABASE_URL", "postgresql://dunghan@db.example.invalid/dunghan", "no password"),
        ("DUNGHAN_BROKER_URL", "", "the embedded broker"),
        ("DUNGHAN_BROKER_URL", "filesystem://", "the embedded broker"),
        ("DUNGHAN_BROKER_URL", "redis://redis.example.invalid:6379/0", "no password"),
    ],
)
def test_production_refuses_a_weak_default(tmp_path: Path, name: str, value: str, found: str) -> None:
    assert any(
        name in problem and found in problem for problem in problems(tmp_path, PRODUCTION | {name: value})
    )


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("DUNGHAN_WEBHOOK_SECRET", "", "no secret"),
        ("DUNGHAN_WEBHOOK_SECRET", "short", "a secret of 5 characters"),
        ("DUNGHAN_WEBHOOK_SECRET", "changeme12345", "guessed first"),
        ("DUNGHAN_WEBHOOK_URL", "http://gateway.example.invalid/", "in the clear"),
    ],
)
def test_production_refuses_a_gateway_that_anybody_could_read_or_play(
    tmp_path: Path, name: str, value: str, found: str
) -> None:
    assert Settings.load(PRODUCTION | GATEWAY, home=tmp_path).webhook_url is not None
    (problem,) = problems(tmp_path, PRODUCTION | GATEWAY | {name: value})
    assert problem.startswith(f"environment: {name}:")
    assert found in problem


def test_a_gateway_on_the_same_machine_needs_no_encryption(tmp_path: Path) -> None:
    near = {"DUNGHAN_WEBHOOK_URL": "http://127.0.0.1:8080/"}
    assert Settings.load(PRODUCTION | GATEWAY | near, home=tmp_path).env == "production"


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("gateway.example.invalid", "no URL"),
        ("ftp://gateway.example.invalid", "ftp://"),
        ("https:///path", "no host"),
        ("https://gateway.example.invalid:port/", "no number"),
        (f"https://user:{STRONG}@gateway.example.invalid/", "a user, a password"),
        ("https://gateway.example.invalid/#here", "a # in the URL"),
        ("https://gateway.example.invalid/tin nhan", "no URL can hold"),
        ("https://gateway.example.invalid/tin-nhắn", "no URL can hold"),
        ("", "no URL"),
    ],
)
def test_the_url_of_a_gateway_that_could_not_work_is_refused_everywhere(
    tmp_path: Path, url: str, found: str
) -> None:
    told = problems(tmp_path, GATEWAY | {"DUNGHAN_WEBHOOK_URL": url})
    assert any("DUNGHAN_WEBHOOK_URL" in problem and found in problem for problem in told)
    assert STRONG not in "".join(told)


def test_a_gateway_without_a_secret_is_refused_everywhere(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, GATEWAY | {"DUNGHAN_WEBHOOK_SECRET": ""})
    assert "DUNGHAN_WEBHOOK_SECRET: found no secret" in problem


def test_production_may_trust_servers_of_its_own_machine(tmp_path: Path) -> None:
    local = {
        "DUNGHAN_DATABASE_URL": "postgresql://postgres@127.0.0.1/dunghan",
        "DUNGHAN_BROKER_URL": "redis://localhost:6379/0",
    }
    assert Settings.load(PRODUCTION | local, home=tmp_path).env == "production"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DUNGHAN_DATABASE_URL", "mysql://a@b/c"),
        ("DUNGHAN_DATABASE_URL", "sqlite:///relative.db"),
        ("DUNGHAN_DATABASE_URL", "sqlite://"),
        ("DUNGHAN_BROKER_URL", "memory://"),
        ("DUNGHAN_SMTP_URL", "mail.example.invalid"),
        ("DUNGHAN_LEASE_SECONDS", "10"),
        ("DUNGHAN_MAIL_FROM", "a@b\nBcc: c@d"),
    ],
)
def test_a_value_that_could_not_work_is_refused_everywhere(tmp_path: Path, name: str, value: str) -> None:
    assert all(f"{name}:" in problem for problem in problems(tmp_path, {name: value}))


def test_others_may_reach_flower_only_with_a_strong_password(tmp_path: Path) -> None:
    everywhere = {"DUNGHAN_FLOWER_ADDRESS": "0.0.0.0"}  # noqa: S104 - the address that is refused
    assert "DUNGHAN_FLOWER_AUTH: found no password" in problems(tmp_path, everywhere)[0]
    assert Settings.load(everywhere | {"DUNGHAN_FLOWER_AUTH": f"ops:{STRONG}"}, home=tmp_path)


def test_no_secret_shows_in_text_or_in_a_problem(tmp_path: Path) -> None:
    settings = Settings.load(PRODUCTION | GATEWAY, home=tmp_path)
    assert STRONG not in f"{settings!r} {settings}"
    weak = PRODUCTION | {"DUNGHAN_FLOWER_AUTH": "admin:hunter2", "DUNGHAN_SWEEP_SECONDS": "0"}
    assert not [problem for problem in problems(tmp_path, weak) if "hunter2" in problem or STRONG in problem]


def test_children_read_back_what_the_launcher_knew(tmp_path: Path) -> None:
    settings = Settings.load(PRODUCTION | GATEWAY, home=tmp_path)
    assert Settings.load(settings.as_environment()) == settings


def test_the_home_is_the_current_folder_when_it_is_an_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load({}).home == tmp_path / "var"
    (tmp_path / "sla").mkdir()
    (tmp_path / "sla" / "office.toml").touch()
    assert Settings.load({}).home == tmp_path
    assert Settings.load({"DUNGHAN_HOME": str(tmp_path / "x")}).home == tmp_path / "x"


def test_the_template_of_a_new_office_explains_every_variable_and_sets_none(tmp_path: Path) -> None:
    text = env_template()
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    assert Settings.load({}, home=tmp_path) == Settings.load({}, home=tmp_path)
    for field in set(Settings.model_fields) - {"home"}:
        assert f"DUNGHAN_{field.upper()}=" in text


def test_the_template_with_its_lines_switched_on_changes_nothing(tmp_path: Path) -> None:
    before = Settings.load({}, home=tmp_path)
    switched_on = env_template().replace("# DUNGHAN_", "DUNGHAN_")
    (tmp_path / ".env").write_text(switched_on, encoding="utf-8")
    assert Settings.load({}, home=tmp_path) == before
