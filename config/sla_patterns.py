r"""The small texts of the configuration as regular expressions, for schemas: what `sla_texts` reads, no more.

They keep to what ECMA 262, Python and Rust understand alike: no classes such as \s or \d, which differ. How
long two centuries are, and whether hours end after they begin, is arithmetic and only the loader's.
"""

from __future__ import annotations

from typing import Any, Final

from domain.time_limit import Unit

_CONTROL: Final = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
_WIDE: Final = r"\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
NOT_BLANK: Final = rf"[^\t-\r\x1c-\x20\x85\u2028\u2029{_WIDE}]"
_TIME: Final = "(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
_MONTH_DAY: Final = (
    "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|[12][0-9])"
)
_LABEL: Final = "[A-Za-z0-9-]{1,63}"
_BARE: Final = (Unit.SAME_DAY, Unit.NONE)
_COUNTED: Final = tuple(unit for unit in Unit if unit not in _BARE)


def text(pattern: str, **more: Any) -> dict[str, Any]:
    """Return the schema of a text that a pattern describes from beginning to end."""
    return {"type": "string", "pattern": f"^(?:{pattern})$", **more}


def _amounts(*units: Unit) -> str:
    return f"0*[1-9][0-9]{{0,8}} +(?:{'|'.join(f'{unit.value[:-1]}s?' for unit in units)})"


_NO_AMOUNT: Final = f"(?:0+ +)?(?:{'|'.join(unit.value for unit in _BARE)})"
LIMIT: Final = text(f" *(?:{_amounts(*_COUNTED)}|{_NO_AMOUNT}) *")
ADDITION: Final = text(f" *{_amounts(*_COUNTED)} *")
OFFSET: Final = text(f" *{_amounts(Unit.WORKING_DAYS, Unit.HOURS, Unit.MINUTES)} *")
_PARTS: Final = "0{0,3}[1-9]|0{0,2}[1-9][0-9]|0?1(?:0[1-9]|[1-9][0-9])|0?[2-9][0-9]{2}|1000"
PART: Final = text(f" *(?:{_PARTS}) ?% *")
WINDOW: Final = text(rf"{_TIME} ?[-\u2013] ?{_TIME}")
CLOCK: Final = text(_TIME)
SEASON: Final = {"type": "array", "items": text(_MONTH_DAY), "minItems": 2, "maxItems": 2}
MAIL: Final = text(
    rf"[A-Za-z0-9.!#$%&'*+/=?^_{{|}}~-]{{1,64}}@(?:{_LABEL}\.)+[A-Za-z0-9-]{{2,63}}",
    **{"not": {"pattern": r"\.\."}},
)
PHONE: Final = text(r"\+?[0-9]{9,15}")
GATEWAY_ID: Final = text(r"[A-Za-z0-9][A-Za-z0-9._:@+-]{0,127}")
CODE: Final = text(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}")
CASE_CODE: Final = text(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}")
LINE: Final = text(rf"[^{_CONTROL}]*[^{_CONTROL}\x20{_WIDE}][^{_CONTROL}]*", minLength=1, maxLength=1000)
PERCENT: Final = {"type": "number", "minimum": 0, "maximum": 100}
SHARE: Final = {"type": "integer", "minimum": 1, "maximum": 100}
DATE: Final = text("[0-9]{4}-[0-9]{2}-[0-9]{2}", format="date")
