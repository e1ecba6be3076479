"""What containers begin with once they are in base64, for the glance and the reader."""
from __future__ import annotations

#: zlib (RFC 1950: 78 01, 78 9c, 78 da)
ZLIB_ANCHORS = (b'eAE', b'eAF', b'eAG', b'eAH', b'eJw', b'eJx', b'eJy', b'eJz', b'eNo', b'eNp', b'eNq', b'eNr')
#: anchor -> where a container's magic begins that it is a part of in base64, and how that may go
MAGICS: dict[bytes, tuple[int, tuple[bytes, ...]]] = {
    # gzip (RFC 1952, 1f 8b 08): Helm's releases, which are in base64 twice in a secret
    b'H4sI': (0, (b'H4sI',)), b'SDRzS': (0, (b'SDRzS',)),
    # zip, 7z, xz, bzip2, Zstandard, PDF, SQLite, OLE
    b'sDB': (2, (b'UEsDB',)), b'3q8r': (1, (b'N3q8ryc',)), b'FoA': (5, (b'/Td6WFoA', b'_Td6WFoA')),
    b'FBW': (6, tuple(b'Qlpo%bFBWSZ' % level for level in (b'MT', b'Mj', b'Mz', b'ND', b'NT', b'Nj', b'Nz', b'OD', b'OT'))),
    b'LUv': (1, (b'KLUv/', b'KLUv_')), b'BERi': (2, (b'JVBERi0x', b'JVBERi0y')), b'MaX': (3, (b'U1FMaXRlIGZv',)),
    b'8R4': (2, (b'0M8R4KGx',)),
    **{anchor: (0, (anchor,)) for anchor in ZLIB_ANCHORS},
}


def before(anchor: bytes) -> int:
    """How far before an anchor the base64 of a container begins."""
    return MAGICS[anchor][0]
