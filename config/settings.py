"""The environment of an office, read once into one frozen object that is handed down.

The file `.env` of the office folder is read first, the real environment wins. An empty value counts as unset.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from config.dotenv import Entry, read_dotenv
from config.errors import ConfigError, Problem
from config.safeguards import LOOPBACK, Wish, normalise_database_url, refusals
from config.said import NOTHING, Said, say
from config.said_misfits import expected_by, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

PREFIX = "DUNGHAN_"
ENVIRONMENT = "environment"


class Settings(BaseModel):
    """Hold what ops may set by environment variables; field `x_y` is variable DUNGHAN_X_Y.

    Passwords and the URLs that carry them are `SecretStr`: they show as asterisks in logs and tracebacks.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    home: Path = Field(
        description="Thư mục của cơ quan (sla/, inbox/, var/). Đặt ngoài .env, hoặc dùng --home.",
    )
    env: Literal["embedded", "production"] = Field(
        default="embedded",
        description="embedded: một máy, không cần cài máy chủ nào. "
        "production: PostgreSQL và Redis, mật khẩu bắt buộc.",
    )
    database_url: SecretStr = Field(
        description="Cơ sở dữ liệu. Mặc định: sqlite trong var/dunghan.db. "
        "Ví dụ: postgresql://dunghan:MAT_KHAU@127.0.0.1/dunghan",
    )
    broker_url: SecretStr | None = Field(
        default=None,
        description="Hàng đợi Celery. Mặc định: `dunghan up` tự chạy một máy chủ riêng của thư mục này. "
        "Ví dụ: redis://:MAT_KHAU@127.0.0.1:6379/0",
    )
    smtp_url: SecretStr | None = Field(
        default=None,
        description="Máy chủ thư. Mặc định: không gửi ra ngoài, thư nằm trong var/outbox. "
        "Ví dụ: smtp://user:MAT_KHAU@mail.example.invalid:587?starttls=1 hoặc smtps://...",
    )
    mail_from: str = Field(
        default="dunghan@localhost",
        pattern=r"^[^@\s,;<>]+@[^@\s,;<>]+$",
        description="Địa chỉ người gửi của mọi thư nhắc việc.",
    )
    webhook_url: SecretStr | None = Field(
        default=None,
        description="Cổng tin nhắn (SMS, Zalo), cho ai có kênh sms trong people.toml. Mặc định: không gửi "
        "ra ngoài. Ví dụ: https://cong-tin-nhan.example.invalid/dunghan",
    )
    webhook_secret: SecretStr | None = Field(
        default=None,
        description="Khóa ký mọi tin gửi tới cổng tin nhắn (HMAC-SHA256); cổng giữ cùng khóa để kiểm tra.",
    )
    secret: SecretStr | None = Field(
        default=None,
        description="Khóa ký mã xác nhận trong thư báo cáo quá hạn; `dunghan init` tự đặt. Đổi khóa thì mã "
        "đã gửi không dùng được nữa. Không đặt: thư không có mã.",
    )
    acknowledge_url: str | None = Field(
        default=None,
        description="Trang xác nhận của cơ quan, {token} là chỗ của mã; trang phải hỏi lại rồi mới gửi bằng "
        "POST. Mặc định: thư chỉ có mã. Ví dụ: https://mot-cua.example.invalid/xac-nhan?ma={token}",
    )
    flower_auth: SecretStr | None = Field(
        default=None,
        description="Tài khoản xem Flower, dạng user:mat_khau. "
        "Mặc định: mật khẩu ngẫu nhiên mỗi lần `dunghan up`.",
    )
    flower_port: int = Field(
        default=0,
        ge=0,
        le=65535,
        description="Cổng của Flower; 0 là tự chọn một cổng còn trống.",
    )
    flower_address: str = Field(
        default="127.0.0.1",
        description="Địa chỉ mạng của Flower. Để 127.0.0.1 trừ khi đứng sau một proxy có TLS.",
    )
    sweep_seconds: int = Field(
        default=60,
        ge=1,
        le=3600,
        description="Bao nhiêu giây thì rà một lượt: hồ sơ đến mốc, thư chưa gửi, hộp tệp nhận.",
    )
    lease_seconds: int = Field(
        default=120,
        ge=1,
        le=86400,
        description="Hồ sơ đã giao cho worker được để yên bao nhiêu giây "
        "trước khi một lượt rà khác được tìm lại.",
    )
    worker_processes: int = Field(
        default=2,
        ge=1,
        le=64,
        description="Số tiến trình xử lý của worker.",
    )

    @property
    def var(self) -> Path:
        """Return the folder of everything that programs write."""
        return self.home / "var"

    @property
    def run_folder(self) -> Path:
        """Return the folder of what lives only while `dunghan up` runs."""
        return self.var / "run"

    @property
    def log_folder(self) -> Path:
        """Return the folder of the log files of the processes."""
        return self.var / "log"

    @property
    def flower_is_local(self) -> bool:
        """Tell whether only this machine can reach Flower."""
        return self.flower_address in LOOPBACK

    def as_environment(self) -> dict[str, str]:
        """Return the variables that make `Settings.load` build an equal object; secrets in the clear."""
        values = {name: _reveal(getattr(self, name)) for name in type(self).model_fields}
        return {_variable(name): value for name, value in values.items() if value is not None}

    @classmethod
    def load(cls, environ: Mapping[str, str], home: Path | None = None) -> Settings:
        """Build the settings of the office folder `home` from its `.env` and from `environ`.

        Without `home`: DUNGHAN_HOME, else the current folder if it holds sla/office.toml, else ./var.
        Raises ConfigError with every unknown variable, unreadable value and weak default at once.
        """
        folder = (home or _find_home(environ)).expanduser().resolve()
        entries, problems = read_dotenv(folder / ".env")
        entries |= {key: Entry(value=value, file=ENVIRONMENT) for key, value in environ.items()}
        ours = {key: entry for key, entry in entries.items() if key.startswith(PREFIX)}
        problems += [_unknown(key, entry) for key, entry in ours.items() if key not in _variables()]
        problems += [_misplaced_home(entry) for key, entry in ours.items() if _is_home_in_file(key, entry)]
        settings = cls._build(folder, ours, problems)
        if settings is None or problems:
            raise ConfigError(problems)
        return settings

    @classmethod
    def _build(cls, folder: Path, ours: Mapping[str, Entry], problems: list[Problem]) -> Settings | None:
        raw = {_field(key): entry.value for key, entry in ours.items() if entry.value and key in _variables()}
        raw["home"] = str(folder)
        raw.setdefault("database_url", f"sqlite:///{folder / 'var' / 'dunghan.db'}")
        raw["database_url"] = normalise_database_url(raw["database_url"])
        try:
            settings = cls.model_validate(raw)
        except ValidationError as error:
            problems += [_unreadable(detail, raw, ours) for detail in error.errors(include_input=False)]
            return None
        problems += [
            _problem(ours, _variable(refusal.field), refusal.found, refusal.expected, refusal.advice)
            for refusal in refusals(_wish(settings))
        ]
        return settings


def read_environment() -> dict[str, str]:
    """Return a copy of the process environment; the only reader of it in the project."""
    return dict(os.environ)


def env_template(**values: str) -> str:
    """Return the text of a new `.env`: every variable, explained, with its default and switched off.

    Those named in `values` are switched on.
    """
    parts = []
    for name, info in Settings.model_fields.items():
        if name != "home":
            default = "" if info.is_required() or info.default is None else info.default
            line = f"{_variable(name)}={values[name]}" if name in values else f"# {_variable(name)}={default}"
            parts.append(f"# {info.description}\n{line}\n")
    return "\n".join(parts)


def _find_home(environ: Mapping[str, str]) -> Path:
    if named := environ.get(f"{PREFIX}HOME"):
        return Path(named)
    here = Path.cwd()
    return here if (here / "sla" / "office.toml").is_file() else here / "var"


def _variables() -> dict[str, str]:
    return {_variable(name): name for name in Settings.model_fields}


def _variable(field: str) -> str:
    return PREFIX + field.upper()


def _field(variable: str) -> str:
    return variable.removeprefix(PREFIX).lower()


def _reveal(value: object) -> str | None:
    if value is None:
        return None
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _wish(settings: Settings) -> Wish:
    return Wish(
        env=settings.env,
        database_url=_reveal(settings.database_url) or "",
        broker_url=_reveal(settings.broker_url) or "",
        smtp_url=_reveal(settings.smtp_url) or "",
        webhook_url=_reveal(settings.webhook_url) or "",
        webhook_secret=_reveal(settings.webhook_secret) or "",
        secret=_reveal(settings.secret) or "",
        acknowledge_url=settings.acknowledge_url or "",
        flower_auth=_reveal(settings.flower_auth) or "",
        flower_address=settings.flower_address,
        sweep_seconds=settings.sweep_seconds,
        lease_seconds=settings.lease_seconds,
    )


def _problem(
    ours: Mapping[str, Entry], key: str, found: Said, expected: Said, advice: Said = NOTHING
) -> Problem:
    entry = ours.get(key, Entry(value="", file=ENVIRONMENT))
    column = 1 if entry.line else 0
    return Problem(
        file=entry.file,
        line=entry.line,
        column=column,
        key=key,
        found=found,
        expected=expected,
        advice=advice,
    )


def _unknown(key: str, entry: Entry) -> Problem:
    nearest = difflib.get_close_matches(key, list(_variables()), n=1)
    advice = (
        say("did_you_mean_variable", name=nearest[0])
        if nearest
        else say("known_variables", names=tuple(_variables()))
    )
    return _problem({key: entry}, key, say("unknown_variable"), say("variable_of_ours"), advice)


def _is_home_in_file(key: str, entry: Entry) -> bool:
    return key == f"{PREFIX}HOME" and entry.line > 0


def _misplaced_home(entry: Entry) -> Problem:
    key = f"{PREFIX}HOME"
    return _problem({key: entry}, key, say("home_in_file"), say("home_outside"), say("delete_home"))


def _unreadable(detail: ErrorDetails, raw: Mapping[str, str], ours: Mapping[str, Entry]) -> Problem:
    field = str(detail["loc"][0])
    return _problem(ours, _variable(field), shortened(raw.get(field, "")), expected_by(detail))
