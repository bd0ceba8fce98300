"""Ladders are judged by instants, on the hours of the office, for every limit they are used for."""

from __future__ import annotations

import pytest

from config.sla import parse
from domain.rung_terms import Condition, PartOfLimit, Repeat
from domain.time_limit import TimeLimit, Unit
from tests.unit.config_sla.test_sla_errors import changed, problems_of

HEAD = '[ladders.default]\nname = "Thang"\n'


def rung(code: str, moment: str, level: int, roles: str = '"officer"', more: str = "") -> str:
    kind = "escalation" if "after" in moment or "150" in moment else "reminder"
    return (
        f'[[ladders.default.rungs]]\ncode = "{code}"\n{moment}\nkind = "{kind}"\nroles = [{roles}]\n'
        f'level = {level}\ntemplate = "{"escalation" if kind == "escalation" else "reminder"}"\n{more}'
    )


def office(files: dict[str, str], *rungs: str, limit: str = "10 working_days") -> dict[str, str]:
    """Return an office with one procedure of one limit and these rungs."""
    one = files["procedures/two.toml"].partition("[[versions]]")[0]
    one += f'[[versions]]\nfrom = 2018-01-01\nlimit = "{limit}"\nlegal_basis = "Luật"\nverified = "yes"\n'
    files = {**files, "procedures/two.toml": one, "ladders.toml": HEAD + "".join(rungs)}
    del files["procedures/one.toml"], files["bundles.toml"]
    return files


def test_a_rung_says_its_part_its_condition_and_its_repeats(files: dict[str, str]) -> None:
    more = (
        'when = { procedures = ["1.002"], units = ["land"], channels = ["post"] }\n'
        'repeat = { every = "4 hours", at_most = 3, until = "acknowledged" }\n'
    )
    (found,) = parse(office(files, rung("x", 'at = "150 %"', 1, more=more))).ladders["default"]
    assert found.offset == PartOfLimit(150)
    assert found.when == Condition(procedures=("1.002",), units=("land",), channels=("post",))
    assert found.repeat == Repeat(every=TimeLimit(4, Unit.HOURS), at_most=3, until="acknowledged")


# The office works 8 hours a day: a limit in days ends at midnight, one in hours at any minute.
@pytest.mark.parametrize(
    ("first", "second", "limit"),
    [
        ("after = '1 working_days'", "after = '9 hours'", "10 working_days"),
        ("after = '1 working_days'", "after = '1 hours'", "10 working_days"),
        ("after = '16 hours'", "after = '3 working_days'", "10 working_days"),
        ("after = '1 hours'", "after = '2 working_days'", "4 hours"),
        ("before = '17 hours'", "on = 'due_day'", "10 working_days"),
        ("before = '2 hours'", "after = '1 hours'", "3 hours"),
        ("at = '70 %'", "before = '2 working_days'", "10 working_days"),
        ("at = '50 %'", "before = '1 hours'", "4 hours"),
        ("after = '4 working_days'", "at = '150 %'", "10 working_days"),
    ],
)
def test_rungs_whose_instants_ascend_with_their_levels_are_taken(
    first: str, second: str, limit: str, files: dict[str, str]
) -> None:
    good = office(files, rung("a", first, 1), rung("b", second, 2), limit=limit)
    assert [entry.code for entry in parse(good).ladders["default"]] == ["a", "b"]
    (problem,) = problems_of(office(files, rung("a", first, 2), rung("b", second, 1), limit=limit))
    assert problem.startswith("ladders.toml:15:1: ladders.default.rungs.1.level: found level 1 after level 2")


def test_an_order_that_depends_on_the_minute_a_limit_ends_is_refused_with_an_example(
    files: dict[str, str],
) -> None:
    rungs = rung("a", "after = '4 hours'", 1), rung("b", "after = '1 working_days'", 2)
    (problem,) = problems_of(office(files, *rungs, limit="4 hours"))
    assert problem == (
        "ladders.toml:8:1: ladders.default.rungs.0.level: found level 1 after level 2 of 'b', expected "
        "levels that ascend with time (for a limit of 4 hours of 1.002, received at 08:00 on 2019-01-15: 'b' "
        "comes due at 07:00 on 2019-01-16 and 'a' comes due at 08:00 on 2019-01-16)"
    )


def test_hours_and_days_that_meet_at_one_instant_tell_one_role_once(files: dict[str, str]) -> None:
    rungs = rung("a", "before = '8 hours'", 1), rung("b", "on = 'due_day'", 2)
    (problem,) = problems_of(office(files, *rungs))
    assert (
        "ladders.default.rungs.1.roles: found the role 'officer', told at the same moment by 'a'" in problem
    )
    other = rung("a", "before = '8 hours'", 1, roles='"head"')
    assert parse(office(files, other, rungs[1])).ladders["default"][0].roles == ("head",)


def test_one_limit_for_which_a_rung_can_fire_is_enough(files: dict[str, str]) -> None:
    assert parse(changed(files, "ladders.toml", '"2 working_days"', '"8 working_days"'))
    (problem,) = problems_of(office(files, rung("a", "before = '5 working_days'", 1), limit="5 working_days"))
    assert problem == (
        "ladders.toml:5:1: ladders.default.rungs.0.before: found the rung 'a', which would come due before "
        "the beginning of every limit, expected a moment within the longest limit it is for, 5 working_days "
        "(it is for 1.002)"
    )


def test_rungs_that_no_dossier_is_told_both_of_are_not_compared(files: dict[str, str]) -> None:
    for one, other in (
        ('channels = ["post"]', 'channels = ["online"]'),
        ('units = ["land"]', 'units = ["top"]'),
    ):
        rungs = [
            rung(name, "before = '2 working_days'", 1, more=f"when = {{ {text} }}\n")
            for name, text in (("a", one), ("b", other))
        ]
        assert len(parse(office(files, *rungs)).ladders["default"]) == 2
    same = rung("b", "before = '2 working_days'", 1, more='when = { units = ["land"] }\n')
    (problem,) = problems_of(office(files, rungs[0], same))
    assert "told at the same moment by 'a'" in problem


def test_a_condition_on_a_procedure_with_another_ladder_is_refused(files: dict[str, str]) -> None:
    text = files["ladders.toml"]
    files["ladders.toml"] = text.replace('code = "due"', 'code = "due"\nwhen = { procedures = ["1.002"] }')
    assert parse(files)
    files["ladders.toml"] += text.replace("ladders.default", "ladders.slow")
    (problem,) = problems_of(
        changed(files, "procedures/two.toml", 'unit = "land"', 'unit = "land"\nladder = "slow"')
    )
    assert problem.startswith(
        "ladders.toml:14:24: ladders.default.rungs.1.when.procedures.0: found the procedure '1.002', which "
        "has another ladder, expected a procedure that uses this ladder"
    )


def test_the_ladder_of_steps_is_judged_by_the_limits_of_steps(files: dict[str, str]) -> None:
    step = (
        '[ladders.steps]\nname = "Bước"\n[[ladders.steps.rungs]]\ncode = "s"\nbefore = "{0} working_days"\n'
    )
    step += 'kind = "reminder"\nroles = ["officer"]\nlevel = 1\ntemplate = "step_due"\n'
    text = files["ladders.toml"]
    assert parse({**files, "ladders.toml": text + step.format(5)}).ladders["steps"]
    (problem,) = problems_of({**files, "ladders.toml": text + step.format(6)})
    assert "ladders.steps.rungs.0.before: found the rung 's', which would come due before" in problem
    assert "6 working_days" in problem


def test_a_ladder_that_nobody_uses_yet_is_judged_all_the_same(files: dict[str, str]) -> None:
    unused = (
        files["ladders.toml"].replace("ladders.default", "ladders.spare").replace("level = 2", "level = 4")
    )
    (problem,) = problems_of({**files, "ladders.toml": files["ladders.toml"] + unused})
    assert "ladders.spare.rungs.2.level: found level 3 after level 4 of 'due'" in problem


def test_an_office_s_own_template_is_named_before_it_is_used(files: dict[str, str]) -> None:
    named = changed(files, "ladders.toml", 'template = "apology"', 'template = "nhac-rieng"')
    (problem,) = problems_of(named)
    assert (
        "found the unknown template 'nhac-rieng', expected a known template: reminder, due_today" in problem
    )
    named["ladders.toml"] = '[templates]\nnhac-rieng = "dossiers"\n' + named["ladders.toml"]
    assert parse(named).templates == {"nhac-rieng": "dossiers"}
    named["ladders.toml"] = named["ladders.toml"].replace('"dossiers"', '"steps"')
    assert any("a ladder of" in text or "whose mails tell of steps" in text for text in problems_of(named))


def test_a_rung_that_asks_for_an_acknowledgement_stands_alone_only_if_it_says_so(
    files: dict[str, str],
) -> None:
    text = files["ladders.toml"]
    for more, alone in (("", False), ("alone = true\n", True)):
        files["ladders.toml"] = text.replace("after = ", f'{more}acknowledge_within = "4 hours"\nafter = ')
        asking = [rung for rung in parse(files).ladders["default"] if rung.asks]
        assert [rung.alone for rung in asking] == [alone]
