"""Fit the values of a file into its shape; every misfit becomes a problem with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from config.said import NOTHING, say
from config.said_misfits import choices_of, expected_by, listed, nearest, shortened
from config.sla_source import RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pydantic_core import ErrorDetails

    from config.locate import KeyPath
    from config.sla_source import Draft


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
            found=say("unknown_key", key=key),
            expected=say("one_of", names=listed(known)),
            advice=nearest(key, known),
        )
    elif detail["type"] == "missing":
        draft.misfit(path, found=say("nothing_written"), expected=say("the_key", key=path[-1]))
    else:
        advice = detail.get("ctx", {}).get("advice", NOTHING)
        if detail["type"] == "literal_error" and isinstance(detail["input"], str):
            advice = nearest(detail["input"], choices_of(detail))
        draft.misfit(path, found=shortened(detail["input"]), expected=expected_by(detail), advice=advice)


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
