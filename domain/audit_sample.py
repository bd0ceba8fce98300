"""The random sample of an audit (mẫu kiểm tra): anybody who knows the seed draws the same dossiers.

ISO 9001:2015, clause 9.2: evidence for an internal audit has to be chosen by nobody's will.
"""

from __future__ import annotations

from hashlib import sha256
from heapq import nsmallest
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection

ALGORITHM: Final = (
    "Với mỗi mã hồ sơ tính SHA-256 của “mầm|mã” (UTF-8), xếp theo giá trị băm tăng dần, lấy từ đầu. "
    "Ai cũng tính lại được, không cần phần mềm này; mẫu lớn hơn chứa mẫu nhỏ hơn."
)
"""SHA-256 of "seed|code" for every code, in the order of the digests, the first ones: as the pack says it."""


class Sample(NamedTuple):
    """Hold a sample: its seed, how many codes it was drawn from, a digest of them all, those drawn in order.

    The digest is SHA-256 of the codes in the order of their characters, a line feed between two.
    """

    seed: str
    population: int
    digest: str
    codes: tuple[str, ...]


def draw(codes: Collection[str], *, seed: str, size: int) -> Sample:
    """Draw `size` codes, or all where there are fewer; the order in which they come in does not matter.

    Not by a generator of random numbers: the digests of a seed with each code are as good as random, do not
    depend on the version of any program, and a dossier more changes nothing about the others' places.
    """
    drawn = nsmallest(size, codes, key=lambda code: (sha256(f"{seed}|{code}".encode()).digest(), code))
    digest = sha256("\n".join(sorted(codes)).encode()).hexdigest()
    return Sample(seed, len(codes), digest, tuple(drawn))
