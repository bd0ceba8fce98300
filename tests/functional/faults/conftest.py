from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.functional.faults.starting import SETUPS, running_office
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.functional.faults.running import RunningOffice


@pytest.fixture(scope="module", params=SETUPS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningOffice]:
    """One running office of each kind for a file of tests: it goes through one fault after the other."""
    with running_office(request.param, tmp_path_factory.mktemp(request.param)) as office:
        yield office


@pytest.fixture
def office(house: RunningOffice) -> Iterator[RunningOffice]:
    """The running office, well again before and after."""
    before = house.clock.now()
    assert wait_until(lambda: house.swept_since(before), 60), house.why()
    yield house
    house.post.be_well()
