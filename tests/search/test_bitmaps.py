"""Sets of documents, however many and however they are stored."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from search import bitmaps

POSITIONS = st.sets(st.integers(0, bitmaps.BLOCK_SIZE - 1), max_size=600)
NUMBERS = st.sets(st.integers(0, 5 * bitmaps.BLOCK_SIZE), max_size=600)


@given(POSITIONS)
def test_a_block_is_read_as_it_was_written(positions: set[int]) -> None:
    assert bitmaps.unpack(bitmaps.pack(positions)) == positions


def test_a_full_block_takes_no_more_room_than_its_bits() -> None:
    assert len(bitmaps.pack(range(bitmaps.BLOCK_SIZE))) == bitmaps.BLOCK_BYTES
    assert len(bitmaps.pack(range(bitmaps.DENSE - 1))) < bitmaps.BLOCK_BYTES
    assert bitmaps.unpack(bitmaps.pack(range(bitmaps.DENSE))) == set(range(bitmaps.DENSE))


@given(NUMBERS)
def test_a_set_is_counted_and_read_from_its_newest_on(numbers: set[int]) -> None:
    bits = bitmaps.bits_of(numbers)

    assert bits.bit_count() == len(numbers)
    assert list(bitmaps.newest_first(bits)) == sorted(numbers, reverse=True)


@given(NUMBERS, NUMBERS)
def test_sets_meet_and_join_as_sets_do(one: set[int], other: set[int]) -> None:
    bits = [bitmaps.bits_of(one), bitmaps.bits_of(other)]

    assert bitmaps.union(bits) == bitmaps.bits_of(one | other)
    assert bitmaps.intersection(bits[1:], bits[0]) == bitmaps.bits_of(one & other)
