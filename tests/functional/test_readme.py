"""What the README tells people to type works as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"<!-- run -->\n```sh\n(.*?)```\n<!-- end -->", README, flags=re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.strip()]

LIST = """Mã hồ sơ;Mã thủ tục;Ngày tiếp nhận;Ngày hẹn trả;Đơn vị xử lý;Trạng thái
000.00.19.H51-190527-0001;1.004206;27/05/2019 08:30;03/06/2019;Phòng Tài nguyên và Môi trường;Đang xử lý
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "danh-sach.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


@pytest.mark.timeout(300)  # two dozen processes, one after the other, beside other tests
def test_every_command_of_the_readme_runs_in_its_order(desk: Path) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in COMMANDS:
        ended = subprocess.run(
            ["/bin/sh", "-c", command],  # as a reader types it
            cwd=desk,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        # A new office has no heartbeat yet: `status` says so with 1, everything else succeeds.
        assert ended.returncode == (1 if command.endswith("status") else 0), (
            command,
            ended.stdout,
            ended.stderr,
        )
        assert "Traceback" not in ended.stderr
    assert (desk / "ty-le.xlsx").is_file()


def test_the_readme_has_commands_to_try() -> None:
    assert len(COMMANDS) >= 6


def test_both_one_line_commands_make_their_own_environment() -> None:
    lines = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(lines) == 2
    assert all(line.startswith("python3 -m venv --without-pip .venv && ") for line in lines)
