"""One import in a process of its own, for `importing`: prints its seconds, counts and peak memory as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from tests.benchmarks.importing import NOW, OFFICE
from workers.store.unit_of_work import Store
from workers.use_cases.import_file import import_file


def main(url: str, name: str) -> None:
    """Import a list into an office that has its configuration."""
    store, path = Store(url), Path(name)
    begin = time.perf_counter()
    imported = import_file(
        store, OFFICE, path, rejects=path.with_name(f"{path.stem}.loi.csv"), actor="benchmark", now=NOW
    )
    seconds = time.perf_counter() - begin
    store.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer = {"seconds": seconds, "counts": imported.report.counts(), "peak": peak}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
