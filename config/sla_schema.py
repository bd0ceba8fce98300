"""Fit the values of a file into its shape; every misfit becomes a problem with its place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import BaseModel, ValidationError

from config.sla_source import RECORDED, listed, nearest, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic_core import ErrorDetails

    from config.locate import KeyPath
    from config.sla_source import Draft

_EXPECTED: Final = {
    "string_type": "a text in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "date_type": "a date such as 2019-05-31, without quotes",
    "date_from_datetime_inexact": "a date such as 2019-05-31, without a time",
    "list_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
    "too_short": "at least one entry",
}
_PREFIX: Final = re.compile(r"^(?:Input|Value|List|Dictionary) should (?:be |have )?")


def fit(draft: Draft[Any], shape: type[BaseModel]) -> None:
    """Set `draft.model`, or note every misfit.

    Where only unknown keys are wrong the model is made without them, so that the other checks still run.
    """
    try:
        draft.model = shape.model_validate(draft.data, context={RECORDED: draft.findings.recorded})
    except ValidationError as error:
        details = error.errors(include_url=False)
        for detail in details:
            _note(draft, shape, detail)
        if all(detail["type"] == "extra_forbidden" for detail in details):
            known = _without(draft.data, {tuple(d["loc"]) for d in details})
            draft.model = shape.model_validate(known, context={RECORDED: draft.findings.recorded})


def _note(draft: Draft[Any], shape: type[BaseModel], detail: ErrorDetails) -> None:
    path: KeyPath = tuple(part for part in detail["loc"] if part != "[key]")
    if detail["type"] == "extra_forbidden":
        known = list(keys_at(shape, path[:-1]))
        key = str(path[-1])
        draft.misfit(
            path,
            found=f"the unknown key {key!r}",
            expected=f"one of {listed(known)}",
            advice=nearest(key, known),
        )
    elif detail["type"] == "missing":
        draft.misfit(path, found="nothing", expected=f"the key {path[-1]!r}")
    else:
        context = detail.get("ctx", {})
        expected = _EXPECTED.get(detail["type"]) or _PREFIX.sub("", detail["msg"])
        advice = context.get("advice", "")
        if detail["type"] == "literal_error" and isinstance(detail["input"], str):
            advice = nearest(detail["input"], re.findall(r"'([^']+)'", detail["msg"]))
        draft.misfit(path, found=shortened(detail["input"]), expected=expected, advice=advice)


def keys_at(shape: type[BaseModel], path: Sequence[str | int]) -> Iterator[str]:
    """Yield the keys that may stand at a path, as they are written in the file."""
    here: type[BaseModel] | None = shape
    for part in path:
        if here is None:
            return
        for name, info in here.model_fields.items():
            if part == (info.alias or name):
                here = _model_in(info.annotation)
                break
    if here is not None:
        for name, info in here.model_fields.items():
            yield info.alias or name


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for arg in get_args(annotation) if (found := _model_in(arg))), None)


def _without(value: Any, unknown: set[KeyPath], path: KeyPath = ()) -> Any:
    if isinstance(value, dict):
        return {
            key: _without(item, unknown, (*path, key))
            for key, item in value.items()
            if (*path, key) not in unknown
        }
    if isinstance(value, list):
        return [_without(item, unknown, (*path, index)) for index, item in enumerate(value)]
    return value
