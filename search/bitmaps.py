"""Sets of document numbers as bits of one whole number: two sets meet, and are counted, in microseconds.

They are stored in blocks of 4,096 numbers. A block with few members is stored as a list of them, one with many as bits.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

BLOCK_SHIFT = 12
BLOCK_SIZE = 1 << BLOCK_SHIFT
BLOCK_BYTES = BLOCK_SIZE // 8
# From so many members on, bits take less room than two bytes for each.
DENSE = BLOCK_BYTES // 2
POSITIONS = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]


def split(number: int) -> tuple[int, int]:
    """Return the block of a document and its position there."""
    return number >> BLOCK_SHIFT, number & (BLOCK_SIZE - 1)


def pack(positions: Iterable[int]) -> bytes:
    """Return the members of a block as they are stored."""
    members = sorted(set(positions))
    if len(members) < DENSE:
        return array("H", members).tobytes()
    bits = bytearray(BLOCK_BYTES)
    for position in members:
        bits[position >> 3] |= 1 << (position & 7)
    return bytes(bits)


def unpack(stored: bytes) -> set[int]:
    """Return the members of a stored block."""
    if len(stored) < BLOCK_BYTES:
        return set(array("H", stored))
    return set(_positions(stored))


def join(blocks: Iterable[tuple[int, bytes]]) -> int:
    """Return one set of all stored blocks."""
    known = dict(blocks)
    if not known:
        return 0
    joined = bytearray((max(known) + 1) * BLOCK_BYTES)
    for block, stored in known.items():
        first = block * BLOCK_BYTES
        if len(stored) == BLOCK_BYTES:
            joined[first : first + BLOCK_BYTES] = stored
        else:
            for position in array("H", stored):
                joined[first + (position >> 3)] |= 1 << (position & 7)
    return int.from_bytes(joined, "little")


def bits_of(numbers: Iterable[int]) -> int:
    """Return the set of these numbers."""
    return join((block, pack(positions)) for block, positions in by_block(numbers).items())


def by_block(numbers: Iterable[int]) -> dict[int, list[int]]:
    """Return the positions of these numbers by block."""
    blocks: dict[int, list[int]] = {}
    for number in numbers:
        block, position = split(number)
        blocks.setdefault(block, []).append(position)
    return blocks


def newest_first(bits: int) -> Iterator[int]:
    """Yield the numbers of a set, the highest first."""
    stored = bits.to_bytes((bits.bit_length() + 7) // 8, "little")
    for place in range(len(stored) - 1, -1, -1):
        if byte := stored[place]:
            for bit in reversed(POSITIONS[byte]):
                yield (place << 3) + bit


def union(sets: Iterable[int]) -> int:
    """Return what is in any of the sets."""
    return reduce(or_, sets, 0)


def intersection(sets: Iterable[int], within: int) -> int:
    """Return what is in all of the sets and in `within`."""
    for bits in sets:
        within &= bits
    return within


def _positions(stored: bytes) -> Iterator[int]:
    for place, byte in enumerate(stored):
        if byte:
            for bit in POSITIONS[byte]:
                yield (place << 3) + bit
