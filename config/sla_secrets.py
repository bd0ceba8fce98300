"""Secrets do not belong in the files that ops edit: what looks like one is refused, and never shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from config.errors import Problem
from config.said import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_NAMES: Final = r"pass(?:word|wd)?|mat[ _-]?khau|mật khẩu|secret|token|api[ _-]?key"
_KINDS: Final[Mapping[str, re.Pattern[str]]] = {
    "secret_address": re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s/@:\"']*:[^\s/@\"']+@", re.IGNORECASE),
    "secret_word": re.compile(rf"\b(?:{_NAMES})\s*[=:]\s*[\"']?[^\s\"'#]{{6,}}", re.IGNORECASE),
    "secret_key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
}


def secrets_in(files: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a problem for everything that looks like a secret, comments included; its text is not repeated.

    A configuration is stored for ever, shown to auditors and may be a public repository.
    """
    for file, text in sorted(files.items()):
        for found, pattern in _KINDS.items():
            for match in pattern.finditer(text):
                begin = match.start()
                yield Problem(
                    file=file,
                    line=text.count("\n", 0, begin) + 1,
                    column=begin - text.rfind("\n", 0, begin),
                    found=say(found),
                    expected=say("no_secret"),
                    advice=say("secret_to_env"),
                )
