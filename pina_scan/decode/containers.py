"""The table of containers: how each is known, which module opens it, and what that module needs.

By magic, never by name. The first question is asked of every blob there is, so it is two lookups and nothing is
imported for it; `signatures` has the whole magic, and is loaded only where the first bytes fit.
"""
from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator
    from typing import Any

    from pina_scan.blob import Blob
    from pina_scan.decode.limits import Budget
    from pina_scan.decode.members import Flaw
    from pina_scan.decode.members import Member

#: The module reads once from beginning to end: content of any length goes through it with a bounded memory.
STREAM = 'stream'
#: The module goes back and forth, so content that isn't a file itself is kept in memory, up to `limits.memory`.
WHOLE = 'whole'

#: layer, as the report's `via` names it -> how it is read, and the module with its `members`
CONTAINERS = {
    'zip': (WHOLE, 'pina_scan.decode.zip'),
    'tar': (STREAM, 'pina_scan.decode.tar'),
    'gzip': (STREAM, 'pina_scan.decode.gzip'),
    'bzip2': (STREAM, 'pina_scan.decode.bzip2'),
    'xz': (STREAM, 'pina_scan.decode.xz'),
    'lzma': (STREAM, 'pina_scan.decode.lzma'),
    'zstd': (STREAM, 'pina_scan.decode.zstd'),
    '7z': (WHOLE, 'pina_scan.decode.sevenzip'),
    'ar': (STREAM, 'pina_scan.decode.ar'),
    'sqlite': (WHOLE, 'pina_scan.decode.sqlite'),
    'pdf': (WHOLE, 'pina_scan.decode.pdf'),
    'pickle': (WHOLE, 'pina_scan.decode.pickle'),
    'zlib': (STREAM, 'pina_scan.decode.zlib'),
    'lz4': (STREAM, 'pina_scan.decode.lz4'),
    'lzip': (STREAM, 'pina_scan.decode.lzip'),
    'cpio': (STREAM, 'pina_scan.decode.cpio'),
    'rpm': (STREAM, 'pina_scan.decode.rpm'),
    'ole': (WHOLE, 'pina_scan.decode.ole'),
    'git-pack': (WHOLE, 'pina_scan.decode.gitpack'),
    # what is known and not opened
    'unopened': (STREAM, 'pina_scan.decode.unopened'),
}

#: The first two bytes of everything in `signatures` but tar, which has its magic further in, and what git makes.
STARTS = frozenset((
    b'PK', b'\x1f\x8b', b'BZ', b'\xfd7', b'\x5d\0', b'\x28\xb5', b'7z', b'!<', b'SQ', b'%P',
    b'\x80\2', b'\x80\3', b'\x80\4', b'\x80\5',
    # zstd's skippable frames, RFC 8878 section 3.1.2
    *(bytes((low, 0x2a)) for low in range(0x50, 0x60)),
    b'x\x01', b'x\x5e', b'x\x9c', b'x\xda', b'\x04\x22', b'LZ', b'07', b'\xc7\x71', b'\x71\xc7', b'\xed\xab', b'\xd0\xcf',
    b'Ra', b'RE', b'MS', b'IS', b'xa', b'hs', b'sq', b'\x02\x21', b'\x1f\x9d', b'\x89L', b'LR', b'\xff\x06', b'\x89H',
))
#: Packs and bundles: two bytes of these are what settings and headings begin with.
_GIT = (b'PACK\0', b'# v2 ', b'# v3 ')
#: Tables in columns and rows, for the same reason.
_TABLES = (b'PAR1\x15', b'ARROW', *(b'Obj\1%c' % count for count in range(1, 16)))
#: How a container begins, in three bytes or more, and what one has that begins otherwise: for a reader of packs, which
#: meets content in pieces and has no first window to ask about.
MAGICS = (
    b'PK\3\4', b'PK\5\6\0', b'PK\7\x08PK', b'PK00PK', b'\x1f\x8b\x08', b'BZh', b'\xfd7zXZ\0', b'\x5d\0\0',
    b'\x28\xb5\x2f\xfd', b'\x2a\x4d\x18', b"7z\xbc\xaf'\x1c", b'!<arch>\n', b'SQLite format 3\0', b'%PDF-',
    b'\x04\x22\x4d\x18', b'LZIP\1', b'070701', b'070702', b'070707', b'\xed\xab\xee\xdb', b'\xd0\xcf\x11\xe0\xa1', b'Rar!\x1a\7',
    b'MSCF\0\0\0\0', b'MSWIM\0', b'xar!\0', b'hsqs', b'\x02\x21\x4c\x18', b'\x1f\x9d\x90', b'\x89LZO', b'\xff\x06\0\0sNaPpY',
    b'PACK\0\0\0', b'# v2 git bundle\n', b'# v3 git bundle\n', b'PAR1\x15', b'ARROW1\0\0', b'Obj\1', b'\x89HDF\r\n\x1a\n',
    b'\x80\4\x95', b'\x80\5\x95', *(b'\x80%c%c' % (protocol, code) for protocol in (2, 3, 4, 5) for code in b']}()cXUKGJMqBC'),
)
MARKS = (b'ustar', b'PK\5\6')
_USTAR_AT = 257
_USTAR = b'ustar'
#: Where an old tar has the end of its header's sum, and what that may be.
_SUM_END_AT = 154
_SUM_ENDS = frozenset((b'\0 ', b' \0', *(b'%d\0' % digit for digit in range(8))))
#: The end record of a zip without a comment: the one mark of a zip that something else stands before.
_ZIP_END = b'PK\5\6'
_ZIP_END_SIZE = 22


def suspect(blob: Blob) -> bool:
    """Whether a window may be a container's first, or the last of a file that ends in a zip."""
    data = blob.data
    return not blob.base and begins(data) or blob.last and ends_in_zip(data)


def begins(data: bytes | bytearray | memoryview) -> bool:
    """Whether a container may begin so: `signatures.detect` has the last word."""
    return (
        bytes(data[:2]) in STARTS or data[_USTAR_AT:_USTAR_AT + 5] == _USTAR
        or bytes(data[_SUM_END_AT:_SUM_END_AT + 2]) in _SUM_ENDS or data[2:5] == b'-lh' or data[9:12] == b'ACE'
        or data[:5] in _GIT or data[:5] in _TABLES
    )


def ends_in_zip(data: bytes | bytearray | memoryview) -> bool:
    return data[-_ZIP_END_SIZE:-_ZIP_END_SIZE + 4] == _ZIP_END


def in_order(layer: str) -> bool:
    return CONTAINERS[layer][0] == STREAM


def opener(layer: str) -> Callable[[Any, Budget], Iterator[Member | Flaw]]:
    """The `members` of that layer's module."""
    members: Callable[[Any, Budget], Iterator[Member | Flaw]]
    members = __import__(CONTAINERS[layer][1], fromlist=['members']).members
    return members
