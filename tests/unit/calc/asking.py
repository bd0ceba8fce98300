"""How the tests ask the calculator: one case, one answer."""

from __future__ import annotations

import json
from typing import Any

from workers.use_cases.calculate import answer

NINE = [["09:00", "17:00"]]
CALENDAR: dict[str, Any] = {
    "tz": "UTC",
    "hours": dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), NINE),
    "holidays": ["2019-05-01", "2019-05-01"],
}


def ask(kind: str, *, calendar: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    case = {
        "id": "x",
        "kind": kind,
        "calendar": CALENDAR if calendar is None else CALENDAR | calendar,
        **fields,
    }
    found = answer(json.loads(json.dumps(case)))
    assert found.pop("id") == "x"
    return found


def due(start: str, n: Any, unit: str, **more: Any) -> Any:
    found = ask("due", start=start, limit={"n": n, "unit": unit}, **more)
    return found.get("due", found.get("error", {}).get("code"))


def code(kind: str, **fields: Any) -> Any:
    found = ask(kind, **fields)
    assert set(found) == {"error"}, found
    assert found["error"]["message"]
    return found["error"]["code"]


FRI = "2019-04-26T12:00:00Z"
