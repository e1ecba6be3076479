"""A text that is in UTF-16 or UTF-32 from its beginning on, as UTF-8: in it any encoding may stand."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.offsets import Lazy
from pina_scan.records import Decoded

#: mark, how it is written, and which byte of a unit is an ASCII character's own
_WAYS = (
    (b'\xff\xfe\0\0', 'utf-32-le', 0), (b'\0\0\xfe\xff', 'utf-32-be', 3), (b'\xff\xfe', 'utf-16-le', 0),
    (b'\xfe\xff', 'utf-16-be', 1),
)


class _Places(Lazy):
    """Where the character of each byte of the text has its own byte, counted when it is asked for."""

    def __init__(self, text: bytes, name: str, first: int) -> None:
        super().__init__(len(text) + 1)
        self._text = text
        self._name = name
        self._first = first
        self._ascii = text.isascii()
        self._size = 4 if '32' in name else 2

    def place(self, index: int) -> int:
        if self._ascii:
            return self._first + self._size * index
        return self._first + len(self._text[:index].decode('utf-8', 'ignore').encode(self._name))


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    skip, name, own = next(
        ((len(mark), name, own) for mark, name, own in _WAYS if data.startswith(mark, start)),
        (0, 'utf-16-le', 0) if data[start:start + 1] != b'\0' else (0, 'utf-16-be', 1),
    )
    text = data[start + skip:end].decode(name, 'replace').encode()
    yield Decoded(text, _Places(text, name, start + skip + own), (name[:6],))
