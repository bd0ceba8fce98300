"""What settings may not say: values no process could use, and defaults too weak for a real office."""

from __future__ import annotations

import string
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import SplitResult, unquote, urlsplit

from config.said import NOTHING, Said, as_is, say

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
DATABASES = ("sqlite", "postgresql+psycopg")
BROKERS = ("redis", "rediss", "redis+socket", "sentinel", "amqp", "amqps", "filesystem")
SHORTEST_PASSWORD = 12
MAKE_ONE: Final = as_is("python3 -c 'import secrets; print(secrets.token_urlsafe())'")
_SHORT: Final = {"password": "short_password", "secret": "short_secret"}
_GUESSED: Final = {"password": "guessed_password", "secret": "guessed_secret"}
COMMONEST_PASSWORDS = frozenset({"changeme", "password", "matkhau", "mat_khau", "secret", "admin", "dunghan"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Hold what ops asked for, secrets in the clear: the part of the settings that is judged here."""

    env: str
    database_url: str
    broker_url: str
    smtp_url: str
    webhook_url: str
    webhook_secret: str
    secret: str
    acknowledge_url: str
    flower_auth: str
    flower_address: str
    sweep_seconds: int
    lease_seconds: int

    @property
    def flower_is_local(self) -> bool:
        """Tell whether only this machine could reach Flower."""
        return self.flower_address in LOOPBACK

    @property
    def flower_pair(self) -> tuple[str, str, str]:
        """Return user, colon and password; what is missing is empty."""
        return self.flower_auth.partition(":")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Say which field of the settings cannot stay, and what to write instead; never shows a secret."""

    field: str
    found: Said
    expected: Said
    advice: Said = NOTHING


def refusals(wish: Wish) -> list[Refusal]:
    """Return everything in `wish` that would not work, or would not be safe, in its environment."""
    found = [*_unusable(wish)]
    if wish.env == "production":
        found += _too_weak(wish)
    return found


def normalise_database_url(url: str) -> str:
    """Name the one PostgreSQL driver that is installed, whichever of its names ops wrote."""
    scheme, mark, rest = url.partition("://")
    known = {"postgres", "postgresql", "postgresql+psycopg"}
    return f"postgresql+psycopg{mark}{rest}" if scheme in known else url


def weakness(password: str, what: Literal["password", "secret"] = "password") -> Said | None:
    """Say why `password` protects nothing, or None when it may stay; `what` it is called."""
    if not password:
        return say("no_password")
    if len(password) < SHORTEST_PASSWORD:
        return say(_SHORT[what], length=len(password))
    bare = password.lower().strip(string.digits + string.punctuation)
    if bare in COMMONEST_PASSWORDS or len(set(password)) < SHORTEST_PASSWORD // 3:
        return say(_GUESSED[what])
    return None


def _unusable(wish: Wish) -> Iterator[Refusal]:
    yield from _database(wish.database_url)
    if wish.broker_url:
        yield from _scheme("broker_url", wish.broker_url, BROKERS)
    if wish.smtp_url:
        yield from _smtp(wish.smtp_url)
    if wish.webhook_url or wish.webhook_secret:
        yield from _webhook(wish)
    if wish.acknowledge_url:
        yield from _acknowledge_url(wish)
    if wish.lease_seconds < wish.sweep_seconds:
        found, expected = as_is(str(wish.lease_seconds)), say("at_least_sweep", seconds=wish.sweep_seconds)
        yield Refusal("lease_seconds", found, expected, say("finds_all_again"))
    if wish.flower_auth or not wish.flower_is_local:
        yield from _flower(wish)


def _database(url: str) -> Iterator[Refusal]:
    yield from _scheme("database_url", url, DATABASES)
    if url.startswith("sqlite") and not PurePath(url.partition("///")[2].partition("?")[0]).is_absolute():
        found, expected = say("relative_sqlite"), say("shared_file")
        yield Refusal("database_url", found, expected, say("four_slashes"))


def _scheme(field: str, url: str, known: tuple[str, ...]) -> Iterator[Refusal]:
    scheme = url.partition("://")[0] if "://" in url else ""
    if scheme not in known:
        found = as_is(f"{scheme}://") if scheme else say("no_url")
        yield Refusal(field, found, say("url_begins", names=known))


def _smtp(url: str) -> Iterator[Refusal]:
    yield from _scheme("smtp_url", url, ("smtp", "smtps"))
    if _split(url).hostname is None:
        yield Refusal("smtp_url", say("no_host"), as_is("smtp://user:password@host:port?starttls=1"))


def _webhook(wish: Wish) -> Iterator[Refusal]:
    url, parts = wish.webhook_url, _split(wish.webhook_url)
    form = as_is("https://host/path")
    yield from _scheme("webhook_url", url, ("https", "http"))
    if url and (not parts.hostname or not _has_port(parts)):
        yield Refusal("webhook_url", say("no_host_or_port"), form)
    if parts.username is not None or parts.fragment:
        advice = say("known_by_secret")
        yield Refusal("webhook_url", say("login_in_url"), form, advice)
    if not url.isascii() or not url.isprintable() or " " in url:
        yield Refusal("webhook_url", say("no_url_letter"), form, say("percent_encoded"))
    if not wish.webhook_secret:
        yield Refusal("webhook_secret", say("no_secret_set"), say("gateway_secret"))


def _acknowledge_url(wish: Wish) -> Iterator[Refusal]:
    url, form = wish.acknowledge_url, as_is("https://host/path?ma={token}")
    yield from _scheme("acknowledge_url", url, ("https", "http"))
    bare = url.replace("{token}", "")
    if url.count("{token}") != 1 or "{" in bare or "}" in bare:
        yield Refusal("acknowledge_url", say("token_place"), form)
    if not _split(bare).hostname or not bare.isascii() or not bare.isprintable() or " " in bare:
        yield Refusal("acknowledge_url", say("no_host_or_letter"), form)
    if not wish.secret:
        yield Refusal("secret", say("no_secret_set"), say("token_secret"), MAKE_ONE)


def _has_port(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def _flower(wish: Wish) -> Iterator[Refusal]:
    user, colon, password = wish.flower_pair
    if wish.flower_auth and not (user and colon and password):
        yield Refusal("flower_auth", say("no_pair"), as_is("user:password"))
    elif "," in password:
        # Flower reads a comma as the end of one account and the start of the next.
        yield Refusal("flower_auth", say("comma_in_password"), say("password_without_comma"))
    elif (weak := weakness(password)) and not wish.flower_is_local and wish.env == "embedded":
        expected = say("flower_password", least=SHORTEST_PASSWORD)
        yield Refusal("flower_auth", weak, expected, say("or_local_flower"))


def _too_weak(wish: Wish) -> Iterator[Refusal]:
    database = wish.database_url
    if database.startswith("sqlite"):
        advice = as_is("postgresql://user:password@host/name")
        yield Refusal("database_url", as_is("sqlite"), as_is("PostgreSQL"), advice)
    else:
        yield from _open_door("database_url", database)
    if wish.broker_url.partition("://")[0] in {"", "filesystem"}:
        advice = as_is("redis://:password@host:6379/0")
        yield Refusal("broker_url", say("embedded_broker"), say("real_broker"), advice)
    else:
        yield from _open_door("broker_url", wish.broker_url)
    if weak := weakness(wish.flower_pair[2]):
        expected = say("long_pair", least=SHORTEST_PASSWORD)
        yield Refusal("flower_auth", weak, expected, MAKE_ONE)
    yield from _readable_messages(wish)
    yield from _forgeable_tokens(wish)


def _readable_messages(wish: Wish) -> Iterator[Refusal]:
    # What goes there names dossiers and holds phone numbers of officers.
    host = _split(wish.webhook_url).hostname
    if wish.webhook_url.startswith("http:") and host not in LOOPBACK:
        yield Refusal("webhook_url", say("messages_in_the_clear"), as_is("https://"))
    if wish.webhook_secret and (weak := weakness(wish.webhook_secret, "secret")):
        expected = say("long_secret", least=SHORTEST_PASSWORD)
        yield Refusal("webhook_secret", weak, expected, MAKE_ONE)


def _forgeable_tokens(wish: Wish) -> Iterator[Refusal]:
    if wish.secret and (weak := weakness(wish.secret, "secret")):
        expected = say("long_secret", least=SHORTEST_PASSWORD)
        yield Refusal("secret", weak, expected, MAKE_ONE)
    if wish.acknowledge_url.startswith("http:") and _split(wish.acknowledge_url).hostname not in LOOPBACK:
        yield Refusal("acknowledge_url", say("tokens_in_the_clear"), as_is("https://"))


def _open_door(field: str, url: str) -> Iterator[Refusal]:
    # A server on this machine may trust its own users; one on the network may not.
    parts = _split(url)
    if (
        parts.hostname
        and parts.hostname not in LOOPBACK
        and (weak := weakness(unquote(parts.password or "")))
    ):
        yield Refusal(field, weak, say("long_password_in_url", least=SHORTEST_PASSWORD))


def _split(url: str) -> SplitResult:
    return urlsplit("//" + url.partition("://")[2])
