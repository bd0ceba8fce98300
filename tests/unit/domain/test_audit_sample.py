"""The sample: the same for whoever knows the seed, in whatever order the codes come."""

from __future__ import annotations

from hashlib import sha256

from domain.audit_sample import draw

CODES = [f"HS-{number}" for number in range(1, 11)]


def test_the_sample_can_be_drawn_again_with_nothing_but_sha256() -> None:
    found = draw(CODES, seed="2019-Q2", size=3)
    # printf '2019-Q2|HS-4' | sha256sum, and so on for each code, sorted by the digest.
    assert found.codes == ("HS-4", "HS-3", "HS-6")
    assert (found.seed, found.population) == ("2019-Q2", 10)
    assert found.digest == sha256("\n".join(sorted(CODES)).encode()).hexdigest()


def test_the_order_of_the_codes_does_not_matter() -> None:
    assert draw(CODES[::-1], seed="x", size=5) == draw(CODES, seed="x", size=5)


def test_another_seed_draws_others() -> None:
    assert draw(CODES, seed="x", size=5).codes != draw(CODES, seed="y", size=5).codes


def test_of_fewer_than_are_wanted_all_are_drawn() -> None:
    assert sorted(draw(CODES[:2], seed="x", size=5).codes) == ["HS-1", "HS-2"]
    assert draw([], seed="x", size=5).codes == ()
