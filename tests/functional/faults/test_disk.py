"""A full disk under the folder of letters, where no mail server is set."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.functional.faults.disk import fill
from tests.functional.faults.starting import SETUPS, running_office
from workers.runtime.processes import wait_until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.timeout(180)


@pytest.mark.parametrize("setup", SETUPS)
def test_a_full_disk_delays_letters_and_leaves_no_half_one(setup: str, tmp_path: Path) -> None:
    with running_office(setup, tmp_path, mail=False) as office:
        office.take_in(3)
        office.all_told()
        assert office.files is not None
        filler = fill(office.files)
        codes = office.take_in(4)
        assert wait_until(lambda: office.states(codes) == {"failed"}, 30), office.why()
        assert all("No space left" in (one.last_error or "") for one in office.about(codes))
        whole = {
            path.name for path in office.files.iterdir() if path.suffix == ".eml" and path.stat().st_size
        }
        assert len(whole) == 3
        assert {path.name for path in office.files.iterdir()} == whole | {filler.name}
        filler.unlink()
        office.clock.advance(timedelta(minutes=1))
        office.all_told()
