"""The door for acknowledgements of other systems: the token of a mail, or a dossier and a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from domain.errors import DomainError
from domain.event import tidy_code
from workers.use_cases.acknowledge import acknowledge, acknowledge_token
from workers.use_cases.doors import keep_refused, office_meant
from workers.use_cases.messages import MessageError

if TYPE_CHECKING:
    from workers.store.unit_of_work import Store
    from workers.use_cases.acknowledge import Source
    from workers.use_cases.tokens import Tokens


_KEYS: Final = ("token", "code", "by", "rung", "step")
_LONGEST: Final = 500


def take(
    store: Store, office: object, said: Mapping[str, Any], tokens: Tokens | None, source: Source
) -> DomainError | None:
    """Record an acknowledgement, or return why it was refused; then it is kept among the dead letters.

    `said` is {"token"}, or {"code", "by"} and perhaps "rung" and "step". Without `office` it concerns the
    only one of the installation; a token finds its own. Refused tokens are not kept: anybody can invent them,
    and a good one must stand nowhere but in its mail.
    """
    offices = store.offices()
    if isinstance(said, Mapping) and isinstance(said.get("token"), str) and said["token"]:
        wanted = [office] if isinstance(office, str) and office in offices else offices
        return _by_token(store, wanted, said["token"], tokens, source)
    code = office_meant(office, offices)
    error = _by_person(store, code, said, source)
    if error is not None:
        kept = {"task": "notices.acknowledge", "said": said}
        keep_refused(store, code, kept, error, now=source.now)
    return error


def _by_token(
    store: Store, offices: list[str], token: str, tokens: Tokens | None, source: Source
) -> DomainError | None:
    error: DomainError | None = None
    for office in offices:
        try:
            acknowledge_token(store, office, token, tokens, source)
        except DomainError as refused:
            error = refused
            if refused.message != "token_refused":
                break  # it is this office's, and of no other
        else:
            return None
    return error


def _by_person(store: Store, office: object, said: Mapping[str, Any], source: Source) -> DomainError | None:
    try:
        asked = _read(said)
        if not isinstance(office, str) or office not in store.offices():
            known = ", ".join(store.offices()) or "none"
            return MessageError(f"office: found {office!r}, expected one of: {known}")
        code, by = tidy_code(asked["code"]), asked["by"]
        acknowledge(store, office, code, by, source, rung=asked.get("rung", ""), step=asked.get("step", ""))
    except LookupError as error:  # the configuration in force has lost what this dossier is bound to
        return MessageError(str(error))
    except DomainError as error:
        return error
    return None


def _read(said: Any) -> dict[str, str]:
    if not isinstance(said, Mapping):
        raise MessageError(f"message: found {type(said).__name__}, expected an object")
    if unknown := set(said) - set(_KEYS):
        raise MessageError(f"unknown keys: {', '.join(sorted(map(repr, unknown)))}")
    for name, text in said.items():
        if not isinstance(text, str) or len(text) > _LONGEST or not text.isprintable():
            raise MessageError(f"{name}: found {str(text)[:40]!r}, expected a short text")
    if missing := [name for name in ("code", "by") if not said.get(name)]:
        raise MessageError(f"{', '.join(missing)}: found nothing, expected a dossier and who acknowledges")
    return dict(said)
