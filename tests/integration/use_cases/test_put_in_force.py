"""A configuration comes into force once, by whom it may, whatever else happens; and it can be taken back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from config.sla import parse
from tests.builders import OFFICE, OfficeAtWork, local, row
from tests.integration.use_cases.test_follow import AFTER_STORM, consistent, due
from tests.office_texts import OFFICE_FILE, office_files, procedure
from workers.store.unit_of_work import Store
from workers.store.versions import Said
from workers.use_cases.explain import explain
from workers.use_cases.follow import Followed, follow
from workers.use_cases.office import load_office
from workers.use_cases.put_in_force import approve, going_back, put_in_force, reaching

if TYPE_CHECKING:
    from workers.use_cases.put_in_force import Outcome

NOW = local("04/06/2019 12:00")
OPS = Said(author="cli:ops", reason="bão", document="12/CV")
TWO_PEOPLE = {"office.toml": f'approval = "second_person"\n{OFFICE_FILE}'}


def put(office: OfficeAtWork, *changes: dict[str, str], base: int = 1, said: Said = OPS) -> Outcome:
    files = {name: text for change in changes for name, text in change.items()}
    return put_in_force(office.store, parse(office_files(**files)), said, base=base, now=NOW)


def followed(office: OfficeAtWork) -> Followed:
    return follow(office.store, OFFICE, clock=lambda: NOW)


def go_back(office: OfficeAtWork, number: int) -> None:
    with office.store.read(OFFICE) as work:
        sla, names = going_back(work, number)
    said = replace(OPS, back_to=number, also_open=names)
    base = load_office(office.store, OFFICE).version
    assert put_in_force(office.store, sla, said, base=base, now=NOW).what == "in_force"
    assert followed(office).done


def test_a_version_keeps_who_why_and_by_which_paper(office: OfficeAtWork) -> None:
    said = replace(OPS, git_commit="0" * 40)
    assert put(office, AFTER_STORM, said=said).number == 2
    with office.store.read(OFFICE) as work:
        last, first = work.versions.all()
    assert (last.said, last.created_at, last.redated_at) == (said, NOW, None)
    assert first.redated_at is not None


def test_the_same_again_makes_no_version(office: OfficeAtWork) -> None:
    made = put(office)
    assert (made.what, made.number) == ("unchanged", 1)


def test_what_was_planned_beside_an_older_version_is_refused(office: OfficeAtWork) -> None:
    office.configure(ten=procedure("1.001", "9 working_days"))
    made = put(office, AFTER_STORM, base=1)
    assert (made.what, made.number) == ("stale", 2)
    assert load_office(office.store, OFFICE).version == 2


def test_of_two_who_apply_at_once_one_is_refused(office: OfficeAtWork, database_url: str) -> None:
    def apply(number: int) -> Outcome:
        store = Store(database_url)
        files = office_files(ten=procedure("1.001", f"{number} working_days"))
        made = put_in_force(store, parse(files), OPS, base=1, now=NOW)
        store.dispose()
        return made

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(apply, range(2, 6)))
    assert sorted(one.what for one in made) == ["in_force", "stale", "stale", "stale"]
    assert load_office(office.store, OFFICE).version == 2


def test_two_who_follow_at_once_move_each_dossier_once(office: OfficeAtWork, database_url: str) -> None:
    office.take_in(*[row(f"HS-{n}") for n in range(30)])
    put(office, AFTER_STORM)

    def go(_: int) -> Followed:
        store = Store(database_url)
        done = follow(store, OFFICE, clock=lambda: NOW, batch=3)
        store.dispose()
        return done

    with ThreadPoolExecutor(3) as threads:
        done = list(threads.map(go, range(3)))
    assert sum(one.moved for one in done) == 30
    assert all(office.kinds(f"HS-{n}") == ["accepted", "calendar_changed"] for n in range(30))
    assert consistent(office)


def test_going_back_restores_every_date_that_nothing_else_touched(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B"), row("C", procedure="1.004", unit="civil"))
    before = {code: due(office, code) for code in "ABC"}
    said = replace(OPS, also_open=("1.001",))
    put(office, AFTER_STORM, {"ten": procedure("1.001", "8 working_days")}, said=said)
    followed(office)
    assert due(office, "A") == local("15/06/2019")
    go_back(office, 1)
    assert {code: due(office, code) for code in "ABC"} == before
    with office.store.read(OFFICE) as work:
        assert work.versions.files(3) == work.versions.files(1)
        last = work.versions.all()[0]
    assert (last.number, last.said.back_to, last.said.also_open) == (3, 1, ("1.001",))
    assert consistent(office)


def test_who_was_bound_by_an_unfinished_version_is_not_left_in_between(office: OfficeAtWork) -> None:
    office.take_in(row("A"), row("B"))
    put(office, {"ten": procedure("1.001", "8 working_days")}, said=replace(OPS, also_open=("1.001",)))

    def kill(so_far: Followed) -> None:
        if so_far.moved:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        follow(office.store, OFFICE, clock=lambda: NOW, batch=1, progress=kill)
    assert {due(office, code) for code in "AB"} == {local("14/06/2019"), local("18/06/2019")}
    with office.store.read(OFFICE) as work:
        names = reaching(work, ())
    assert names == ("1.001",)
    said = replace(OPS, also_open=names)
    put(office, AFTER_STORM, {"ten": procedure("1.001", "8 working_days")}, base=2, said=said)
    assert followed(office).done
    assert {due(office, code) for code in "AB"} == {local("15/06/2019")}
    assert consistent(office)


def test_where_two_must_agree_nothing_is_in_force_before_the_second_does(office: OfficeAtWork) -> None:
    office.take_in(row())
    assert put(office, TWO_PEOPLE).what == "in_force", "the first such rule needs nobody's leave"
    proposed = put(office, TWO_PEOPLE, AFTER_STORM, base=2)
    assert (proposed.what, proposed.number) == ("proposed", 1)
    assert load_office(office.store, OFFICE).version == 2
    assert approve(office.store, OFFICE, 1, by="cli:ops", now=NOW).what == "same_person"
    assert approve(office.store, OFFICE, 7, by="cli:chief", now=NOW).what == "unknown"
    made = approve(office.store, OFFICE, 1, by="cli:chief", now=NOW)
    assert (made.what, made.number) == ("in_force", 3)
    followed(office)
    assert due(office) == local("19/06/2019")
    with office.store.read(OFFICE) as work:
        said = work.versions.all()[0].said
    assert (said.author, said.approved_by, said.reason) == ("cli:ops", "cli:chief", "bão")
    again = approve(office.store, OFFICE, 1, by="cli:chief", now=NOW)
    assert (again.what, again.number) == ("approved_before", 3)


def test_nobody_takes_the_second_person_away_alone(office: OfficeAtWork) -> None:
    put(office, TWO_PEOPLE)
    assert put(office, base=2).what == "proposed"


def test_a_proposal_made_beside_another_version_must_be_made_again(office: OfficeAtWork) -> None:
    put(office, TWO_PEOPLE)
    put(office, TWO_PEOPLE, AFTER_STORM, base=2)
    put(office, TWO_PEOPLE, {"ten": procedure("1.001", "9 working_days")}, base=2)
    assert approve(office.store, OFFICE, 2, by="cli:chief", now=NOW).number == 3
    assert approve(office.store, OFFICE, 1, by="cli:chief", now=NOW).what == "stale"


def test_going_back_gives_each_the_terms_that_bound_it_then(office: OfficeAtWork) -> None:
    ten = procedure("1.001", "10 working_days")
    limits = [ten.replace("10 w", f"{days} w") for days in (8, 6, 9)]
    everybody = replace(OPS, also_open=("1.001",))
    office.take_in(row())
    for base, (text, said) in enumerate(zip(limits, (everybody, OPS, everybody), strict=True), 1):
        if base == 3:
            office.take_in(row("HS-9", accepted="04/06/2019 08:00"), now="04/06/2019 12:00")
        assert put(office, {"ten": text}, base=base, said=said).number == base + 1
        assert followed(office).done
    assert (due(office), due(office, "HS-9")) == (local("15/06/2019"), local("18/06/2019"))
    go_back(office, 3)
    assert (due(office), due(office, "HS-9")) == (local("14/06/2019"), local("13/06/2019"))
    assert (office.stored().terms_under, office.stored("HS-9").bound_under) == (2, None)
    assert office.history()[-1].event.data["bound_by"] == "2"
    assert consistent(office)
    go_back(office, 4)
    assert (due(office), due(office, "HS-9")) == (local("15/06/2019"), local("18/06/2019"))
    go_back(office, 1)
    assert (due(office), office.stored().bound_under) == (local("18/06/2019"), None)
    go_back(office, 5)
    assert (due(office), office.stored().terms_under) == (local("14/06/2019"), 2)
    assert consistent(office)
    assert explain(office.store, OFFICE, "HS-1").agrees
