"""Where decoded bytes stand in the bytes they were read from, worked out only for the few that are asked for."""
from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Sequence
from typing import overload


class Lazy(Sequence[int]):
    """A sequence that knows its length and one item at a time; slices are not needed."""

    def __init__(self, length: int) -> None:
        self._length = length

    def __len__(self) -> int:
        return self._length

    def place(self, index: int) -> int:
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> int: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[int]: ...

    def __getitem__(self, index: int | slice) -> int | Sequence[int]:
        if isinstance(index, slice):
            return [self.place(i) for i in range(*index.indices(self._length))]
        if not -self._length <= index < self._length:
            raise IndexError(index)
        return self.place(index % self._length)


def in_step(offsets: Sequence[int], one: int, other: int) -> bool:
    """Whether a reading that began at `one` has read `other` as a beginning too, not as the middle of a group."""
    if isinstance(offsets, range):
        return (other - one) % offsets.step == 0
    return not isinstance(offsets, Grouped) or offsets.in_step(one, other)


class Stretches(Lazy):
    """Characters that stand side by side, but for some gaps: (index of the first, where it stands) of each stretch."""

    def __init__(self, indexes: Sequence[int], places: Sequence[int], length: int, end: int) -> None:
        super().__init__(length + 1)
        self._indexes = indexes
        self._places = places
        self._end = end

    def place(self, index: int) -> int:
        if index >= self._length - 1:
            return self._end
        stretch = bisect_right(self._indexes, index) - 1
        return self._places[stretch] + index - self._indexes[stretch]

    def index_of(self, place: int) -> int:
        """The character at a place, which may be before the first one."""
        stretch = max(bisect_right(self._places, place) - 1, 0)
        return self._indexes[stretch] + place - self._places[stretch]


class Whole(Lazy):
    """What stands for its bytes only as a whole: from `start` to `end`."""

    def __init__(self, length: int, start: int, end: int) -> None:
        super().__init__(length + 1)
        self._start = start
        self._end = end

    def place(self, index: int) -> int:
        return self._end if index >= self._length - 1 else self._start


class Through(Lazy):
    """Where `inner` says that something stands in a text, of which `outer` says where it stands.

    `changed` are the places, in order, where it says something else than the text it was made of.
    """

    def __init__(self, outer: Sequence[int], inner: Sequence[int], changed: Sequence[int]) -> None:
        super().__init__(len(inner))
        self._outer = outer
        self._inner = inner
        self._changed = changed

    def changes(self, start: int, end: int) -> bool:
        """Whether it does anywhere in a stretch."""
        first = bisect_left(self._changed, start)
        return first < len(self._changed) and self._changed[first] < end

    def place(self, index: int) -> int:
        return self._outer[self._inner[index]]


class Grouped(Lazy):
    """Bytes of which so many (`size`) are written in so many characters (`width`).

    A byte stands where the character does that has its first bit. The first `before` characters were made up: those that
    they stand for are before the first one that was read, and `back` leads from each place to the one before.
    """

    def __init__(
            self,
            characters: Stretches,
            length: int,
            width: int,
            size: int,
            before: int,
            back: Callable[[int], int] | None = None,
    ) -> None:
        super().__init__(length + 1)
        self._characters = characters
        self._width = width
        self._size = size
        self._before = before
        self._back = back

    def place(self, index: int) -> int:
        character = index * self._width // self._size - self._before
        if character >= 0:
            return self._characters[min(character, len(self._characters) - 1)]
        place = self._characters[0]
        if self._back is not None:
            for _ in range(-character):
                place = self._back(place)
        return place

    def in_step(self, one: int, other: int) -> bool:
        return (self._characters.index_of(one) - self._characters.index_of(other)) % self._width == 0
