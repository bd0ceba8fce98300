"""JSON Schemas of the configuration, from the models the loader uses: an editor completes and checks by them.

They are of draft 4, which the editors' TOML servers read, and a date is a text in them: JSON has no dates.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from config.columns import MappingFile
from config.sla_hints import HINTS
from config.sla_patterns import DATE
from config.sla_shapes import FOLDERS, INTAKE, SINGLE
from domain.snapshot import CHANNELS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

SCHEMAS: Final = ".schemas"
"""The folder of the schemas, beside the files they describe; the loader passes over hidden names."""
RULES: Final = ".taplo.toml"
_DRAFT: Final = "http://json-schema.org/draft-04/schema#"
_WORDS: Final = {"statuses": STATUSES, "channels": CHANNELS}
_DROPPED: Final = ("title", "default", "description")


def shapes() -> Mapping[str, type[BaseModel]]:
    """Return the model of every kind of file: a path, or a folder followed by /*.toml."""
    below: list[tuple[str, type[BaseModel]]] = [*FOLDERS.items(), (INTAKE, MappingFile)]
    return {**SINGLE, **{f"{name}/*.toml": model for name, model in below}}


def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON Schema of one kind of file, draft 4, with a Vietnamese sentence a key."""
    whole = model.model_json_schema(by_alias=True, ref_template="#/definitions/{model}")
    parts = whole.pop("$defs", {})
    schema = {"$schema": _DRAFT, **_table(model.__name__, whole)}
    if model is MappingFile:
        for name, words in _WORDS.items():
            schema["properties"][name] |= _only(words, schema["properties"][name])
    if parts:
        schema["definitions"] = {name: _table(name, part) for name, part in sorted(parts.items())}
    return schema


def editor_files() -> dict[str, str]:
    """Return what makes an editor know the files of a folder `sla/`: {path in it: text}."""
    files, rules = (
        {},
        "# Trình soạn thảo có Taplo (Even Better TOML) đọc tệp này. Tạo lại: dunghan sla schema\n",
    )
    for pattern, model in shapes().items():
        path = f"{SCHEMAS}/{pattern.partition('/')[0].removesuffix('.toml')}.schema.json"
        files[path] = json.dumps(schema_of(model), ensure_ascii=False, indent=1) + "\n"
        rules += f'\n[[rule]]\ninclude = ["**/{pattern}"]\nschema  = {{ path = "./{path}" }}\n'
    return {**files, RULES: rules}


def _table(name: str, table: dict[str, Any]) -> dict[str, Any]:
    """Return one table of pydantic's without its titles and defaults, each key with its sentence."""
    keys = {
        key: {"description": HINTS.get(f"{name}.{key}") or HINTS.get(key, ""), **_plain(value)}
        for key, value in table.get("properties", {}).items()
    }
    found: dict[str, Any] = _plain({key: value for key, value in table.items() if key != "properties"})
    return {**found, "properties": keys} if keys else found


def _plain(value: Any) -> Any:
    """Return a value in draft 4 without what TOML does not know: null; a date is a text of ten signs."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("format") == "date":
        return dict(DATE)
    kept = {key: _plain(item) for key, item in value.items() if key not in _DROPPED}
    if "const" in kept:
        kept["enum"] = [kept.pop("const")]
    if "$ref" in kept:  # draft 4 reads nothing beside a reference
        return {"allOf": [{"$ref": kept["$ref"]}]}
    if "anyOf" in kept:
        kept |= _any_of([one for one in kept.pop("anyOf") if one != {"type": "null"}])
    return _by_pattern(kept) if kept.get("type") == "object" else kept


def _any_of(options: list[dict[str, Any]]) -> dict[str, Any]:
    return options[0] if len(options) == 1 else {"anyOf": options}


def _by_pattern(table: dict[str, Any]) -> dict[str, Any]:
    """Return a table whose keys are codes in the words of draft 4, which has no `propertyNames`."""
    names = table.pop("propertyNames", None)
    if names is not None and isinstance(table.get("additionalProperties"), dict):
        table["patternProperties"] = {names["pattern"]: table["additionalProperties"]}
    if "patternProperties" in table:
        table["additionalProperties"] = False
    return table


def _only(words: tuple[str, ...], table: dict[str, Any]) -> dict[str, Any]:
    return {"properties": dict.fromkeys(words, table["additionalProperties"]), "additionalProperties": False}
