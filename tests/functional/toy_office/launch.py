"""Run the processes of the office folder given as argument, as `dunghan up` does; report in JSON lines."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from config.settings import Settings, read_environment
from workers import clock
from workers.runtime.errors import LaunchError
from workers.runtime.ready import wait_until_ready
from workers.runtime.supervisor import ProcessEvent, ProcessGroup

if TYPE_CHECKING:
    from workers.runtime.commands import FlowerDoor


def main(home: Path, mode: str) -> None:
    here = str(Path(__file__).parent)
    settings = Settings.load(read_environment(), home=home)
    with ProcessGroup(
        settings, on_event=_event, application="toy_office", extra_environment={"PYTHONPATH": here}
    ) as group:
        group.start()
        missing = wait_until_ready(group, 40)
        _say(event="ready", missing=missing, pids=group.pids(), flower=dataclasses.asdict(_door(group)))
        if mode == "fail":
            raise RuntimeError("something of the caller's own went wrong")
        while mode == "stay":
            group.watch()
            clock.sleep(0.1)


def _door(group: ProcessGroup) -> FlowerDoor:
    assert group.flower is not None
    return group.flower


def _event(event: ProcessEvent) -> None:
    _say(event=event.what, name=event.name, pid=event.pid, detail=event.detail)


def _say(**fields: object) -> None:
    sys.stdout.write(json.dumps(fields) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]), sys.argv[2])
    except LaunchError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        _say(event="interrupted")
