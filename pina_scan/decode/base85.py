"""Base 85: Adobe's ASCII85 and its like, Python's and git's alphabet, and ZeroMQ's (RFC 32/Z85).

Four bytes are five characters, and each of them says something of all four: so of the four places where the prefix may
begin in a group only two leave something of it, those where a whole group is its own.
"""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.patterns import compiled
from pina_scan.records import Decoded

_B85 = b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
_Z85 = b'0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'
_A85 = bytes(range(33, 118))
#: anchor -> its alphabet, and how many characters before it are read too
_ANCHORS = {
    b'E+s2u': (_A85, 0), b'Bl7?d': (_A85, 5), b'aA|H~': (_B85, 0), b'X>MU(': (_B85, 5), b'Aa%h#': (_Z85, 0), b'x(mu^': (_Z85, 5),
}
_MOST = 1 << 12
_LEAST = 120
_EOL = compiled(rb'[\r\n]')
_PATCH = compiled(rb'GIT binary patch\r?\n')
_SECTION = compiled(rb'(?:\r?\n)?(?:literal|delta) [0-9]{1,12}\r?\n')
_LINE = compiled(rb'(?P<count>[A-Za-z])(?P<text>[0-9A-Za-z!#$%&()*+;<=>?@^_`{|}~-]{5,70}+)\r?\n')
_MOST_PATCHED = 1 << 22


def read(data: bytes, start: int, end: int) -> Iterator[Decoded]:
    if data.startswith(b'GIT', start):
        yield from _patch(data, start)
        return
    alphabet, before = _ANCHORS[data[start:end]]
    begin = max(0, start - before)
    line = _EOL.search(data, start, start + _MOST)
    # what ends with its line is not known to, so both ways are read
    for limit in (line.start() if line is not None else 0, start + _MOST):
        if limit - start >= _LEAST:
            decoded = _decoded(data, begin, limit, {character: value for value, character in enumerate(alphabet)})
            if len(decoded.text) >= _LEAST // 2:
                yield decoded


def _decoded(data: bytes, begin: int, limit: int, values: dict[int, int]) -> Decoded:
    text = bytearray()
    places: list[int] = []
    group: list[int] = []
    for at in range(begin, min(len(data), limit)):
        value = values.get(data[at])
        if value is not None:
            group.append(value)
            places.append(at)
        elif data[at] not in b'\r\n\t ':
            break
        if len(group) == 5:
            text += _bytes(group)
            group = []
    if group:
        # what is missing of the last group counts as the greatest digit
        text += _bytes(group + [84] * (5 - len(group)))[:len(group) - 1]
    return Decoded(bytes(text), [*(places[at * 5 // 4] for at in range(len(text))), limit], ('base85',))


def _bytes(group: list[int]) -> bytes:
    number = 0
    for value in group:
        number = number * 85 + value
    return (number & 0xFFFFFFFF).to_bytes(4, 'big')


def _patch(data: bytes, start: int) -> Iterator[Decoded]:
    """Each section of a binary patch (git, Documentation/diff-generate-patch): a stream of zlib in lines of up to 52 bytes."""
    values = {character: value for value, character in enumerate(_B85)}
    found = _PATCH.match(data, start)
    at = found.end() if found is not None else len(data)
    while (section := _SECTION.match(data, at)) is not None:
        at = section.end()
        text = bytearray()
        places: list[int] = []
        while len(text) < _MOST_PATCHED and (line := _LINE.match(data, at)) is not None:
            count = line['count'][0] - (64 if line['count'].isupper() else 70)
            begin = line.start('text')
            groups = (line['text'][n:n + 5] for n in range(0, len(line['text']) // 5 * 5, 5))
            decoded = b''.join(_bytes([values[c] for c in group]) for group in groups)
            text += decoded[:count]
            places += [begin + n * 5 // 4 for n in range(len(decoded[:count]))]
            at = line.end()
        if places:
            yield Decoded(bytes(text), [*places, places[-1] + 1], ('base85',))
