"""The table of encodings: what gives each away in raw bytes, and who reads on from there.

Plain tuples and strings only: the table is loaded by every run, the readers only by a run that met their anchor.
The order is the order of preference where two anchors start at the same byte (LeftmostFirst). The vectorised
searcher takes 64 patterns; one more and it is ten times slower. `match.anchors` runs two of them.

An anchor is some part of the prefix that the encoding leaves as it is, the shorter the better: what is short can't
be cut in two by the end of a line. `decode.glance` says which hits are worth a reader.
"""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from pina_scan.records import Decoded

    Reader = Callable[[bytes, int, int], Iterator[Decoded]]

_SPELLED = 'pina_scan.decode.spelled'
_BASE64 = 'pina_scan.decode.base64_runs'

#: name of the family, anchors, and the module whose `read` makes Decoded text of what stands around a hit
ENCODINGS: tuple[tuple[str, tuple[bytes, ...], str], ...] = (
    # as it stands; what follows the prefix may still be escaped or split
    ('plain', (b'pina', b'pinr.'), _SPELLED),
    ('wide', (b'p\0i\0n\0', b'p\0\0\0i\0\0\0n'), 'pina_scan.decode.wide'),
    # base64 in UTF-16
    ('wide', (b'c\0G\0l\0u', b'B\0p\0b\0m', b'w\0a\0W\0005'), 'pina_scan.decode.wide'),
    # the prefix cut or escaped: what is left of it, to the left of the last cut or to the right
    (
        'cut',
        (b'na_', b'na"', b"na'", b'"_"', b"'_'", b'pin"', b"pin'", b'pin\\', b'pin\n', b'pin\r', b'pin<', b'pin=',
         b'pin&', b'pin\xc2', b'pin\xe2', b'pin\x1b'),
        _SPELLED,
    ),
    # an escaped underscore, where more than that is escaped; then an escaped `a` or `n` before a plain underscore
    (
        'escaped',
        (
            b'%5f', b'%5F', b'255f', b'255F', b'=5F', b'005f', b'005F', b'u{5', b'\\137', b'95;',
            b'61_', b'6ea_', b'6Ea_', b'\\141_', b'\\156a_', b'97;_', b'61;_', b'61}_', b';a_', b'}a_',
        ),
        _SPELLED,
    ),
    # `\x5f` and `0x5f`
    ('x', (b'x5f', b'x5F'), 'pina_scan.decode.numbers'),
    # In threes, by the number of bytes before the text, modulo three: `pin` and the first bits of what follows it,
    ('base64', (b'cGlu', b'Bpbm', b'waW5'), _BASE64),
    # the end of the prefix, for a line that ends before it,
    ('base64', (b'uYV', b'mFf', b'5hX'), _BASE64),
    # UTF-16 (RFC 2781, little endian) of `pin`,
    ('base64', (b'cABpAG4A', b'AAaQBuA', b'wAGkAbg'), _BASE64),
    # base64 of the first three,
    ('base64', (b'Y0dsd', b'NHbH', b'jR2x1'), _BASE64),
    ('base64', (b'QnBib', b'JwYm', b'CcGJt'), _BASE64),
    ('base64', (b'd2FXN', b'dhVz', b'3YVc1'), _BASE64),
    # of hexadecimal,
    ('base64', (b'NzA2OT', b'cwNjk2', b'3MDY5N'), _BASE64),
    # of a refresh token's prefix in the one alignment where it differs early,
    ('base64', (b'BpbnI',), _BASE64),
    # a container, which starts where the base64 does: some characters of what the magic becomes, those that a searcher
    # of text tells from others fastest
    (
        'carried', (b'H4sI', b'SDRzS', b'sDB', b'3q8', b'FoA', b'FBW', b'LUv', b'BER', b'MaX', b'8R4'),
        'pina_scan.decode.carried',
    ),
    ('hex', (b'70696', b'70 69 6', b'70:69:6', b'112,'), 'pina_scan.decode.numbers'),
    # base64 and UTF-16 in hexadecimal
    ('hex', (b'63476', b'42706', b'776157', b'70006900'), 'pina_scan.decode.numbers'),
    # RFC 4648 section 6, by the number of bytes before the text, modulo five
    ('base32', (b'OBUW4YK7', b'YGS3TBL', b'A2LOMFP', b'4DJNZQV', b'QNFXGCX'), 'pina_scan.decode.base32_runs'),
)

#: every anchor, in order; the automaton's pattern numbers are indexes of this
ANCHORS: tuple[bytes, ...] = tuple(anchor for _, anchors, _ in ENCODINGS for anchor in anchors)

_ROWS = tuple(row for row, (_, anchors, _) in enumerate(ENCODINGS) for _ in anchors)


def is_plain(pattern: int) -> bool:
    """Whether a rule's prefix may stand at the anchor as it is."""
    return _ROWS[pattern] == 0


def reader(pattern: int) -> Reader:
    """What reads on from a hit of that anchor."""
    module = ENCODINGS[_ROWS[pattern]][2]
    read: Reader = __import__(module, fromlist=['read']).read
    return read
