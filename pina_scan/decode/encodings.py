"""The table of encodings: what gives each away in raw bytes, and who reads on from there.

Plain tuples and strings only: the table is loaded by every run, the readers only by a run that met their anchor.
The order is the order of preference where two anchors start at the same byte (LeftmostFirst). `match.anchors` deals
them out over searchers, each of which takes a twelfth of a millisecond for a megabyte: 22 of three bytes fill one, 32 of
more.

An anchor is some part of the prefix that the encoding leaves as it is, the shorter the better: what is short can't
be cut in two by the end of a line. `decode.glance` says which hits are worth a reader.
"""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from pina_scan.records import Decoded

    Hit = tuple[int, int, int]

    Reader = Callable[[bytes, int, int], Iterator[Decoded]]

_SPELLED = 'pina_scan.decode.spelled'
_BASE64 = 'pina_scan.decode.base64_runs'
_NUMBERS = 'pina_scan.decode.numbers'

#: The end of the prefix behind a sign that can't be seen, or a terminal's: by the sign's last byte.
BEHIND_SIGNS = (
    b'\x8ba_', b'\x8ca_', b'\x8da_', b'\x8ea_', b'\x8fa_', b'\x9ca_', b'\xa0a_', b'\xa4a_', b'\xada_', b'\xbfa_', b'\x07a_',
    b'\\a_',
)
#: The middle of the prefix between two such signs, or two ends of a line.
BETWEEN_SIGNS = (
    b'>n<', b'mn\x1b', b';n&', b'bn\\', b'cn\\', b'dn\\', b'fn\\', b'mn\\', b'}n\\', b'Bn%', b'Dn%', b'bn%', b'dn%', b'Bn=',
    b'Dn=', b'\x07n\x1b', b'Kn\x1b', b'\\n\x1b', b'\xa0n\xc2', b'\nn\n',
)

#: name of the family, anchors, and the module whose `read` makes Decoded text of what stands around a hit
ENCODINGS: tuple[tuple[str, tuple[bytes, ...], str], ...] = (
    # as it stands; what follows the prefix may still be escaped or split
    ('plain', (b'pina',), _SPELLED),
    ('plain', (b'pinr',), 'pina_scan.decode.refresh'),
    ('wide', (b'p\0i\0n\0', b'p\0\0\0i\0\0\0n'), 'pina_scan.decode.wide'),
    # base64 in UTF-16
    ('wide', (b'c\0G\0l\0u', b'B\0p\0b\0m', b'w\0a\0W\0005'), 'pina_scan.decode.wide'),
    # the prefix cut or escaped: what is left of it, to the left of the last cut or to the right
    (
        'cut',
        (b'na_', b'na"', b"na'", b'"_"', b"'_'", b'pin"', b"pin'", b'pin\\', b'pin\n', b'pin\r', b'in<', b'in=',
         b'pin&', b'pin\xc2', b'pin\xe2', b'pin\x1b', b'pin\xef', b'pin\xe1', b'pin\xcd',
         b'pin\xf3', b'pin`', b'pin[', b'pin \\', b'pin%', b'pin$', b'pin\x0b', b'pin \n', b'pin \r',
         b'pin\xe3', b'pin\xd8', b'pin\xad', b'pin^', b'"a_', b"'a_"),
        _SPELLED,
    ),
    # a sign that can't be seen, a tag or an escaped zero byte after every character, or after some of the prefix
    (
        'strewn',
        (b'p\xe2\x80', b'p\xe2\x81', b'p\xc2\xad', b'p\xef\xbb', b'p\xef\xb8', b'p\xe1\xa0', b'p\xd8\x9c', b'p\xcd\x8f',
         b'p\xe3\x85', b'p\xf3\xa0', b'na\xe2', b'na\xc2', b'na\xef', b'na\xe1', b'na\xd8', b'na\xcd', b'na\xe3', b'na\xf3',
         *BEHIND_SIGNS, *BETWEEN_SIGNS),
        _SPELLED,
    ),
    (
        'strewn',
        (b'na<', b'na=', b'na`', b'na\x1b', b'na&', b'na%', b'na\\', b'in&', b'in%', b'in\\', b'in\x1b', b'_\\x', b'_\\0',
         b'_\\u'),
        _SPELLED,
    ),
    # an escaped underscore, where more than that is escaped; then an escaped `a` or `n` before a plain underscore
    (
        'escaped',
        (
            b'%5f', b'%5F', b'255f', b'255F', b'=5F', b'005f', b'005F', b'5f}', b'5F}', b'\\137', b'95;',
            b'X5F', b'\\01', b'\\5f', b'95%', b'3B_', b'Ba_', b'Ca_', b'Da_', b'Fa_',
            b'61_', b'6ea_', b'6Ea_', b'141_', b'156a_', b'97;_', b'61;_', b'61}_', b';a_', b'}a_',
        ),
        _SPELLED,
    ),
    # `\x5f` and `0x5f`
    ('x', (b'x5f', b'x5F'), _NUMBERS),
    # the first character as a number: whatever stands behind it
    (
        'number',
        (b'112,', b'112 ', b'112)', b'112"', b"112'", b'112;', b'112\t', b'112\n', b'112\r', b'112.', b'112_', b'112u', b'112U',
         b'112L', b'112+', b'112|', b'112#', b'112:', b'112\\', b'112<', b'112/', b'112-',
         b'160 ', b'160,', b'160\n', b'160\r', b'160\t', b'"160', b'0160', b'o160',
         b'&H70', b'&h70', b'0X70', b'16#70', b'#x70', b'#$70', b' $70', b'$70,', b"'h70", b' 70h', b'070h', b'070H',
         b'"70"', b"'70'", b'x0070', b'U+0070', b'0070, 0', b'0070,0x', b'26992', b'28265'),
        _NUMBERS,
    ),
    # In threes, by the number of bytes before the text, modulo three: `pin` and the first bits of what follows it,
    ('base64', (b'cGlu', b'Bpbm', b'waW5'), _BASE64),
    # the end of the prefix, for a line that ends before it,
    ('base64', (b'uYV', b'mFf', b'5hX', b'pbm', b'Glu', b'luY', b'bmF', b'aW5', b'W5h'), _BASE64),
    # for lines of two characters, or of one
    ('base64', (b'lu\n', b'lu\r', b'Gl\n', b'Gl\r', b'bm\n', b'bm\r', b'mF\n', b'mF\r', b'W5\n', b'W5\r', b'aW\n', b'aW\r',
                b'G\nl', b'p\nb', b'a\nW'), _BASE64),
    # UTF-16 (RFC 2781, little endian) of `pin`,
    ('base64', (b'cABpAG4A', b'AAaQBuA', b'wAGkAbg'), _BASE64),
    # base64 of the first three,
    ('base64', (b'Y0dsd', b'NHbH', b'jR2x1'), _BASE64),
    ('base64', (b'QnBib', b'JwYm', b'CcGJt'), _BASE64),
    ('base64', (b'd2FXN', b'dhVz', b'3YVc1'), _BASE64),
    # base64 of those nine,
    ('base64', (b'WTBkc', b'kwZHN', b'ZMGRz'), _BASE64),
    ('base64', (b'TkhiS', b'5IYkh', b'OSGJI'), _BASE64),
    ('base64', (b'alIye', b'pSMng', b'qUjJ4'), _BASE64),
    ('base64', (b'UW5Ca', b'FuQml', b'RbkJp'), _BASE64),
    ('base64', (b'SndZb', b'p3WW0', b'Kd1lt'), _BASE64),
    ('base64', (b'Q2NHS', b'NjR0p', b'DY0dK'), _BASE64),
    ('base64', (b'ZDJGW', b'QyRlh', b'kMkZY'), _BASE64),
    ('base64', (b'ZGhWe', b'RoVnp', b'kaFZ6'), _BASE64),
    ('base64', (b'M1lWY', b'NZVmM', b'zWVZj'), _BASE64),
    # of hexadecimal,
    ('base64', (b'NzA2OT', b'cwNjk2', b'3MDY5N'), _BASE64),
    # of a refresh token's prefix in the one alignment where it differs early,
    ('base64', (b'BpbnI',), _BASE64),
    # a container, which starts where the base64 does: some characters of what the magic becomes, those that a searcher
    # of text tells from others fastest
    (
        'carried', (b'H4sI', b'SDRzS', b'sDB', b'3q8r', b'FoA', b'FBW', b'LUv', b'BERi', b'MaX', b'8R4',
         b'eAE', b'eAF', b'eAG', b'eAH', b'eJw', b'eJx', b'eJy', b'eJz', b'eNo', b'eNp', b'eNq', b'eNr'),
        'pina_scan.decode.carried',
    ),
    ('hex', (b'70696', b'70:69:6', b'6e615f', b'6E615F', b'1f8b08', b'1F8B08', b'37303'), _NUMBERS),
    # what dump tools and programs print: the first three bytes of the prefix or the last three, for the end of a line
    # may cut the prefix once
    (
        'dump',
        (b'6e 61', b'6E 61', b'7069 6', b'70 69', b'6e61 5', b'6970 616', b'6970  ', b'6970\n', b'6e69 5f', b'6e69  ', b'6e69\n',
         b'0111000', b'1110000', b'70-69', b'70,69', b'70, 69', b'70; 69', b'70;69', b'70|69', b'70/69', b'70_69', b'70,\n69',
         b'61,5', b'61\t5', b'61-5', b'61:5', b'70\t69', b'70\n69', b'70\r\n69', b'70 00 6', b'70,00,6',
         b'p   i   n', b'n   a   _',
         # in words of two, four and eight bytes, the lowest first
         b'6e6970', b'5f616e', b'064560', b'067151'),
        _NUMBERS,
    ),
    # gzip and zlib, as their bytes are printed
    (
        'hex', (b'789c', b'78da', b'789C', b'78DA', b'1f 8b 08', b'1F 8B 08', b'1f, 0x8b', b'1f,0x8b', b'31, 139', b'31,139'),
        _NUMBERS,
    ),
    ('hex', (b'x1f\\x8b', b'x\\x9c', b'x\\xda', b'PK\\x03', b'BZh91AY', b'xfd7zXZ'), 'pina_scan.decode.printed'),
    # base64 and UTF-16 in hexadecimal
    ('hex', (b'63476', b'42706', b'776157', b'70006900'), _NUMBERS),
    # the two places in a group of four bytes where the prefix leaves one of its own, in three alphabets; git's patches
    ('base85', (b'E+s2u', b'Bl7?d', b'aA|H~', b'X>MU(', b'Aa%h#', b'x(mu^', b'GIT binary patch'), 'pina_scan.decode.base85'),
    ('uuencode', (b'begin 6', b'begin 4', b'begin 7', b'begin 06'), 'pina_scan.decode.uuencode'),
    # EBCDIC, yEnc, the wide letters of East Asian fonts
    ('shifted', (b'\x97\x89\x95\x81m', b'\x9a\x93\x98\x8b\x89', b'\xef\xbd\x90\xef\xbd\x89'), 'pina_scan.decode.shifted'),
    # RFC 4648 section 6, by the number of bytes before the text, modulo five
    # (its halves, since a line may end inside)
    ('base32', (b'OBUW', b'YGS3', b'A2LO', b'4DJN', b'QNFX'), 'pina_scan.decode.base32_runs'),
    ('base32', (b'4YK7', b'TBL', b'MFP', b'ZQV', b'GCX'), 'pina_scan.decode.base32_runs'),
    # gzip
    ('base32', (b'D6FQQ',), 'pina_scan.decode.base32_runs'),
    ('base32', (b'obuw', b'ygs3', b'a2lo', b'4djn', b'qnfx'), 'pina_scan.decode.base32_runs'),
)

#: every anchor, in order; the automaton's pattern numbers are indexes of this
ANCHORS: tuple[bytes, ...] = tuple(anchor for _, anchors, _ in ENCODINGS for anchor in anchors)

#: Numbers of what has no anchor: a text that is wide from its beginning on, and a long run of an encoding's characters.
WIDE, RUN = len(ANCHORS), len(ANCHORS) + 1
_UNANCHORED = {WIDE: 'pina_scan.decode.wide_text', RUN: 'pina_scan.decode.long_runs'}

_WITH_ESCAPES = ('plain', 'cut', 'strewn', 'escaped', 'x')
_readers: dict[int, Reader] = {}
_ROWS = tuple(row for row, (_, anchors, _) in enumerate(ENCODINGS) for _ in anchors)


def is_plain(pattern: int) -> bool:
    """Whether a rule's prefix may stand at the anchor as it is."""
    return pattern < WIDE and ENCODINGS[_ROWS[pattern]][0] == 'plain'


def is_escapes(pattern: int) -> bool:
    """Whether there may be escapes of escapes around the anchor."""
    return pattern < WIDE and ENCODINGS[_ROWS[pattern]][0] in _WITH_ESCAPES and ANCHORS[pattern] != b'pinr'


def reader(pattern: int) -> Reader:
    """What reads on from a hit of that anchor."""
    read = _readers.get(pattern)
    if read is None:
        module = _UNANCHORED.get(pattern) or ENCODINGS[_ROWS[pattern]][2]
        read = _readers[pattern] = __import__(module, fromlist=['read']).read
    return read


#: Whatever is in a wide text or in a long run may be encoded once more, in any way: no anchor could be given for each pair.
#: It is asked of every blob, so of a run each eighth byte is looked at until there are enough in a row.
_STEP = 8
#: A token in base64 twice has 184 characters, in any other two of these more; packed and then in one of them a few less.
LEAST = 176
_ALPHABET = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=%\\&#;\r\n'
#: 1 for what may be in a run.
IN_RUNS = bytes(byte in _ALPHABET for byte in range(256))
_SAMPLES = b'\1' * (LEAST // _STEP - 1)
_RUN = b'\1' * LEAST
#: A list of words has more lines.
_LINES = LEAST // 32
#: What wide text begins with; there is also UTF-32 with two zeros before.
WIDE_MARKS = (b'\xff\xfe', b'\xfe\xff')
#: So much of a text tells whether it is wide.
_HEAD = 256


def among(hits: Sequence[Hit], data: bytes | bytearray | memoryview, whole: bool = True) -> Sequence[Hit]:
    """In order of place, with `hits`: all of a wide text; each long run, if the text is there as a `whole`."""
    found = [(WIDE, 0, len(data))] if is_wide(data) else []
    if whole and len(data) >= LEAST:
        found += [(RUN, start, end) for start, end in runs(bytes(data))]
    return sorted([*hits, *found], key=_start) if found else hits


def _start(hit: Hit) -> int:
    return hit[1]


def is_wide(data: bytes | bytearray | memoryview) -> bool:
    """Whether the text is in UTF-16 or UTF-32, by its mark, or in UTF-16 without one: each second byte is zero."""
    begin = bytes(data[:4])
    if begin[:2] in WIDE_MARKS or begin == b'\0\0\xfe\xff':
        return True
    if begin.count(0) != 2:
        return False
    head = bytes(data[:_HEAD])
    few, many = sorted((head[::2].count(0), head[1::2].count(0)))
    return many > len(head) * 3 // 8 and few <= len(head) // 64


def runs(text: bytes, table: bytes = IN_RUNS) -> list[tuple[int, int]]:
    """The beginning and the end of each."""
    found = []
    sampled = text[::_STEP].translate(table)
    at = sampled.find(_SAMPLES)
    while at >= 0:
        behind = sampled.find(b'\0', at)
        if behind < 0:
            behind = len(sampled)
        low = max(0, at - 1) * _STEP
        marked = text[low:behind * _STEP].translate(table)
        start = marked.find(_RUN)
        while start >= 0:
            end = marked.find(b'\0', start)
            if end < 0:
                end = len(marked)
            if text.count(b'\n', low + start, low + start + LEAST) <= _LINES:
                found.append((low + start, low + end))
            start = marked.find(_RUN, end)
        at = sampled.find(_SAMPLES, behind)
    return found
