"""Whatever stands in the files, there is an answer: a configuration or a list of problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.errors import ConfigError
from config.sla import Sla, parse
from tests.unit.config_sla.saying import UNFORESEEN, sentences_of

if TYPE_CHECKING:
    from collections.abc import Callable

PIECES = [
    *(
        "",
        "\n",
        "=",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        '"""',
        "#",
        ",",
        ".",
        "[[",
        "]]",
        "\\",
        "\\u0000",
        "\ufeff",
    ),
    *("0", "-1", "1e999", "nan", "inf", "true", "9" * 30, "2019-02-29", "2019-05-04", "9999-12-31"),
    *("0001-01-01", "2019-01-01T00:00:00Z", "07:00", "from", "limit", "none", "same_day", "1 hours", "[]"),
    *("999999999 months", "{}", "default", "land", "top", "x = 1\n", "days = 7\n", "[counting]\n"),
    *("[[versions]]\n", "[calendars.main]\n", "[clock]\n", "[communes.x]\n", "[[versions.cases]]\n"),
    *('policy = "sum"\n', 'policy = "max"\n', "1 months", "70000 working_days", "161 hours", "share = 50\n"),
    *('add = "1 months"\n', "remote = true\n", 'calendar = "main"\n', 'clock = { supplement = "none" }\n'),
]


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[str], str]:
    """Cut a piece out of a text, put another in, or repeat or move one of its lines."""
    kind = draw(st.sampled_from(["replace", "line", "repeat", "move"]))
    a, b = draw(st.floats(0, 1)), draw(st.floats(0, 1))
    length = draw(st.integers(0, 12))
    piece = draw(st.sampled_from(PIECES) | st.text(max_size=5))

    def mutate(text: str) -> str:
        if kind == "replace":
            at = int(a * len(text))
            return text[:at] + piece + text[at + length :]
        lines = text.splitlines(keepends=True) or [""]
        i, j = int(a * (len(lines) - 1)), int(b * (len(lines) - 1))
        if kind == "line":
            lines[i] = piece + "\n"
        elif kind == "repeat":
            lines.insert(j, lines[i])
        else:
            lines.insert(j, lines.pop(i))
        return "".join(lines)

    return mutate


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), changes=st.lists(mutations(), min_size=1, max_size=4))
def test_a_mutated_configuration_is_read_or_refused(
    data: st.DataObject, changes: list[Callable[[str], str]], files: dict[str, str]
) -> None:
    mutated = dict(files)
    for change in changes:
        name = data.draw(st.sampled_from(sorted(mutated)))
        mutated[name] = change(mutated[name])
    answer_of(mutated)


@settings(max_examples=100)
@given(texts=st.dictionaries(st.sampled_from(["office.toml", "calendar/x.toml", "a/b", ""]), st.text()))
def test_any_texts_are_read_or_refused(texts: dict[str, str]) -> None:
    answer_of(texts)


def test_the_small_office_itself_is_read(files: dict[str, str]) -> None:
    assert isinstance(answer_of(files), Sla)


def answer_of(files: dict[str, str]) -> Sla | ConfigError:
    try:
        sla = parse(files)
    except ConfigError as error:
        refusal = error
    else:
        assert sla.calendar.known_until is not None, "a calendar without an end hides a missing year"
        assert sla.procedures
        return sla
    assert refusal.problems, "a refusal names at least one problem"
    assert all(problem.found and problem.expected for problem in refusal.problems)
    assert all(problem.said() for problem in refusal.problems)
    assert not UNFORESEEN & {said.key for problem in refusal.problems for said in sentences_of(problem)}
    return refusal
