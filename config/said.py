"""What is said of a fault: a sentence of the catalogue with what was found, in Vietnamese and in English."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Final, Literal, Self

from config.said_files import FILES
from config.said_ladders import LADDERS
from config.said_mails import MAILS
from config.said_office import OFFICE
from config.said_rules import RULES
from config.said_settings import SETTINGS
from config.said_texts import TEXTS
from config.said_toml import TOML
from domain.catalogue import sentence
from domain.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable

Language = Literal["vi", "en"]
_CUT: Final = "..."
CATALOGUE: Final[dict[str, tuple[str, str]]] = (
    TOML | FILES | TEXTS | OFFICE | RULES | LADDERS | SETTINGS | MAILS
)
"""Every sentence by its key: Vietnamese, English; `!r` marks what is quoted as it stands in a file."""


class Said(str):
    """Be a sentence of the catalogue: as a text it is English, for logs; `said` gives it to the office.

    Values are texts, numbers, days, other sentences, errors of the ground floor, or several of them in a row.
    An unknown key or a missing value raises KeyError.
    """

    __slots__ = ("key", "values")
    key: str
    values: dict[str, object]

    def __new__(cls, key: str, values: dict[str, object]) -> Self:
        """Make the sentence of a key with its values."""
        made = str.__new__(cls, _IN["en"].vformat(CATALOGUE[key][1], (), values))
        made.key, made.values = key, values
        return made

    def __reduce__(self) -> tuple[Callable[..., Said], tuple[str, dict[str, object]]]:
        """Be copied and sent to another process as what it was made of."""
        return Said, (self.key, self.values)

    def said(self, lang: Language = "vi") -> str:
        """Return the sentence in a language."""
        return str(self) if lang == "en" else _IN["vi"].vformat(CATALOGUE[self.key][0], (), self.values)


def say(key: str, /, **values: object) -> Said:
    """Return a sentence of the catalogue with the values it names."""
    return Said(key, values)


class _InLanguage(Formatter):
    """Fill a sentence: a tuple is listed, `!r` quotes a value of a file, `:80` cuts it there."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def convert_field(self, value: object, conversion: str | None) -> str:
        """Return one value as it is shown."""
        show = self._quoted if conversion == "r" else self._shown
        return ", ".join(map(show, value)) if isinstance(value, tuple) else show(value)

    def format_field(self, value: str, format_spec: str) -> str:
        """Cut a text that is longer than it may be."""
        most = int(format_spec or len(value))
        return value if len(value) <= most else f"{value[: most - len(_CUT)]}{_CUT}"

    def _shown(self, value: object) -> str:
        if isinstance(value, Said):
            return value.said(self.lang)
        if isinstance(value, DomainError):
            return sentence(value.message, self.lang, value.found)
        return str(value)

    def _quoted(self, value: object) -> str:
        return repr(value) if self.lang == "en" else _as_written(value)


def _as_written(value: object) -> str:
    """Show a value much as it is written in a file; what could move a terminal's cursor is spelled out."""
    if isinstance(value, str):
        return f"“{''.join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in value)}”"
    if isinstance(value, list):
        return f"[{', '.join(map(_as_written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {_as_written(entry)}' for key, entry in value.items())}}}"
    return str(value).lower() if isinstance(value, bool) else str(value)


_IN: Final = {"vi": _InLanguage("vi"), "en": _InLanguage("en")}
NOTHING: Final = say("")
"""No advice: nothing is said."""


def as_is(text: str) -> Said:
    """Show a text that is the same in every language: a value, a name, a form to be copied."""
    return say("as_is", text=text)
