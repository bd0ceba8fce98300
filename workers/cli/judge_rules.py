"""The configuration in force: whether every open dossier has followed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers.cli.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator


def judge_rules(version: int, followed: int) -> Iterator[Finding]:
    """Yield a finding while open dossiers are being counted anew under a version."""
    if followed < version:
        yield Finding(
            check="following",
            level="warning",
            text=f"Hồ sơ đang mở chưa theo hết cấu hình phiên bản {version}: lượt rà tới tự tính tiếp.",
        )
