"""The shape of scores.toml: what the office lays down of its scores, and the brackets of its PAR index."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, WithJsonSchema

from config.said import say
from config.sla_texts import Code, Line, Percent, refusal
from domain.par_index import RateName

PROPORTIONAL: Final = "proportional"
_MOST: Final = 100
_NUMBER: Final = {"type": "number", "minimum": 0, "maximum": _MOST}


def parse_points(value: Any) -> Decimal:
    """Read points, a number from 0 to 100, as an exact decimal."""
    number = Decimal(str(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if number is None or not number.is_finite() or not 0 <= number <= _MOST:
        raise refusal(say("text_points", most=_MOST))
    return number


def parse_bracket_points(value: Any) -> Decimal | None:
    """Read points, or "proportional" as None."""
    if value == PROPORTIONAL:
        return None
    if isinstance(value, str):
        raise refusal(say("text_bracket_points", most=_MOST, word=PROPORTIONAL))
    return parse_points(value)


Points = Annotated[Decimal, PlainValidator(parse_points), WithJsonSchema(_NUMBER)]
BracketPoints = Annotated[
    Decimal | None,
    PlainValidator(parse_bracket_points),
    WithJsonSchema({"anyOf": [_NUMBER, {"const": PROPORTIONAL}]}),
]


class Laid(BaseModel):
    """Refuse unknown keys and values of another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BracketModel(Laid):
    """Hold what a rate from `at_least` percent on brings, up to the bracket above."""

    at_least: Percent
    points: BracketPoints


class CriterionModel(Laid):
    """Hold one criterion of a PAR index, from one day to another, both included."""

    code: Code
    name: Line
    rate: RateName
    most: Points
    valid_from: date = Field(alias="from")
    until: date | None = None
    source: Line
    verified: Literal["yes", "no"]
    brackets: list[BracketModel] = Field(min_length=1)


class ScoresFile(Laid):
    """scores.toml: what is taken for a contact, and the criteria of the PAR index."""

    contacts: Literal["supplement_requests", "unknown"] = "unknown"
    criteria: list[CriterionModel] = []
