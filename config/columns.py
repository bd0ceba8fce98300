"""How the heads and words of a one-stop software's list are read: `sla/intake/*.toml`."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError

from config.errors import ConfigError, Problem
from config.locate import locate, parse_toml
from config.said import NOTHING, say
from config.said_misfits import expected_by, shortened
from config.sla_patterns import NOT_BLANK
from domain.snapshot import CHANNELS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic_core import ErrorDetails

DateOrder = Literal["dmy", "mdy", "ymd"]
FIELDS: Final = (
    "code",
    "procedure",
    "unit",
    "officer",
    "channel",
    "accepted_at",
    "promised_at",
    "finished_at",
    "returned_at",
    "status",
    "status_at",
    "commune",
    "limit_case",
    "step",
    "bundle",
)
REQUIRED: Final = ("code", "procedure", "accepted_at")
_KNOWN_KEYS: Final[dict[tuple[str | int, ...], tuple[str, ...]]] = {
    (): ("name", "date_order", "unit_required", "columns", "statuses", "channels"),
    ("columns",): FIELDS,
    ("statuses",): STATUSES,
    ("channels",): CHANNELS,
}


_EXPECTED: Final = {
    "tuple_type": "type_text_or_list",
    "string_pattern_mismatch": "type_some_text",
    "too_short": "type_one_text",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """Say which column of a list is which field, and which of its words is which status or channel.

    `heads` gives the accepted heads of each field as written, the preferred one first; `statuses` and
    `channels` map words, folded by `fold`, to the words of `domain.snapshot`. A list that lacks a column for
    one of `required` is not meant.
    """

    name: str
    file: str
    heads: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, str]
    channels: Mapping[str, str]
    date_order: DateOrder = "dmy"
    unit_required: bool = True
    required: tuple[str, ...] = REQUIRED

    def columns_of(self, header: Sequence[str]) -> dict[str, tuple[int, ...]]:
        """Find the positions of each field in `header`, 0-based, the preferred head first.

        A field without a column is not in the result. Heads are compared by `fold`.
        """
        folded = [fold(head) for head in header]
        found = {
            field: tuple(i for head in heads for i, have in enumerate(folded) if have == fold(head))
            for field, heads in self.heads.items()
        }
        return {field: positions for field, positions in found.items() if positions}

    def missing_in(self, header: Sequence[str]) -> tuple[str, ...]:
        """Name the required fields that have no column in `header`; empty means that the mapping fits."""
        columns = self.columns_of(header)
        return tuple(field for field in self.required if field not in columns)


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Make two spellings of a head or word comparable: NFC, case-folded, spaces collapsed."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def load_mapping(text: str, *, file: str) -> ColumnMapping:
    """Read one mapping; `file` is only named in errors. Raises ConfigError with all problems at once."""
    data = parse_toml(text, file=file)
    try:
        model = MappingFile.model_validate(data)
    except ValidationError as error:
        raise ConfigError([_problem(detail, text, file) for detail in error.errors()]) from None
    problems = list(_word_problems(model, text, file))
    if problems:
        raise ConfigError(problems)
    return _frozen(model, file)


def load_mappings(files: Mapping[str, str]) -> tuple[ColumnMapping, ...]:
    """Read the mappings {file name: text} in the given order, which is the order they are tried in.

    Raises ConfigError with the problems of all files, or when there is no file at all.
    """
    mappings: list[ColumnMapping] = []
    problems: list[Problem] = []
    for file, text in files.items():
        try:
            mappings.append(load_mapping(text, file=file))
        except ConfigError as error:
            problems += error.problems
    if not files:
        problems.append(Problem(file="intake/", found=say("no_file"), expected=say("file_with_columns")))
    if problems:
        raise ConfigError(problems)
    return tuple(mappings)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_Word = Annotated[str, Field(min_length=1, pattern=NOT_BLANK)]
_List = Annotated[list[_Word], Field(min_length=1)]
_Words = Annotated[
    tuple[_Word, ...], BeforeValidator(_listed, json_schema_input_type=_Word | _List), Field(min_length=1)
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Columns(_Strict):
    code: _Words
    procedure: _Words
    unit: _Words | None = None
    officer: _Words | None = None
    channel: _Words | None = None
    accepted_at: _Words
    promised_at: _Words | None = None
    finished_at: _Words | None = None
    returned_at: _Words | None = None
    status: _Words | None = None
    status_at: _Words | None = None
    commune: _Words | None = None
    limit_case: _Words | None = None
    step: _Words | None = None
    bundle: _Words | None = None


class MappingFile(_Strict):
    """intake/*.toml: which column of the one-stop software's list is what, and what its words mean."""

    name: _Word
    date_order: DateOrder = "dmy"
    unit_required: StrictBool = True
    columns: _Columns
    statuses: dict[str, _Words] = {}
    channels: dict[str, _Words] = {}


def _frozen(model: MappingFile, file: str) -> ColumnMapping:
    heads = model.columns.model_dump(exclude_none=True)
    return ColumnMapping(
        name=model.name,
        file=file,
        heads={field: heads[field] for field in FIELDS if field in heads},
        statuses={fold(word): status for status, words in model.statuses.items() for word in words},
        channels={fold(word): channel for channel, words in model.channels.items() for word in words},
        date_order=model.date_order,
        unit_required=model.unit_required,
    )


def _word_problems(model: MappingFile, text: str, file: str) -> Iterator[Problem]:
    tables: dict[str, Mapping[str, tuple[str, ...]]] = {
        "columns": model.columns.model_dump(exclude_none=True),
        "statuses": model.statuses,
        "channels": model.channels,
    }
    for table, words in tables.items():
        for key in words:
            if key not in _KNOWN_KEYS[table,]:
                yield _unknown_key((table, key), text, file)
        yield from _doubled(table, words, text, file)


def _doubled(table: str, words: Mapping[str, tuple[str, ...]], text: str, file: str) -> Iterator[Problem]:
    """Find heads or words that stand twice: nobody could say what they mean."""
    seen: dict[str, str] = {}
    for key, spellings in words.items():
        for index, spelling in enumerate(spellings):
            owner = seen.setdefault(fold(spelling), f"{table}.{key}")
            if owner != f"{table}.{key}" or fold(spelling) in map(fold, spellings[:index]):
                line, column = locate(text, (table, key, index))
                found, expected = say("head_twice", head=spelling, owner=owner), say("head_once")
                yield Problem(
                    file=file, line=line, column=column, key=f"{table}.{key}", found=found, expected=expected
                )


def _problem(detail: ErrorDetails, text: str, file: str) -> Problem:
    path = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        return _unknown_key(path, text, file)
    line, column = locate(text, path)
    is_missing = detail["type"] == "missing"
    return Problem(
        file=file,
        line=line,
        column=column,
        key=".".join(map(str, path)),
        found=say("nothing_written") if is_missing else shortened(detail["input"]),
        expected=say("the_key", key=path[-1]) if is_missing else expected_by(detail, _EXPECTED),
    )


def _unknown_key(path: tuple[str | int, ...], text: str, file: str) -> Problem:
    known = _KNOWN_KEYS.get(path[:-1], ())
    near = get_close_matches(str(path[-1]), known, n=1)
    line, column = locate(text, path)
    return Problem(
        file=file,
        line=line,
        column=column,
        key=".".join(map(str, path)),
        found=say("unknown_key", key=path[-1]),
        expected=say("one_of", names=tuple(known)),
        advice=say("did_you_mean", name=near[0]) if near else NOTHING,
    )
