"""Let every Python process of an office live at another time: copied onto their path as `sitecustomize.py`.

The file `ahead` beside it holds by how many seconds all clocks are ahead of the machine's: the office's own,
and what Celery reads. It is mapped into memory: a test writes it, and every process has jumped.
"""

from __future__ import annotations

import mmap
import struct
import sys
import time
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Self

from workers import clock

with Path(__file__).with_name("ahead").open("rb") as _file:
    _ahead = mmap.mmap(_file.fileno(), 8, access=mmap.ACCESS_READ)
_machine = time.time


def moved() -> float:
    seconds: float = struct.unpack("d", _ahead)[0]
    return _machine() + seconds


class MovedDatetime(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls.fromtimestamp(moved(), tz)


time.time = moved
clock.now = lambda: datetime.fromtimestamp(moved(), UTC)
if "celery" in sys.orig_argv:
    import celery.app.base
    import celery.worker.request

    celery.app.base.datetime = MovedDatetime
    celery.worker.request.datetime = MovedDatetime
