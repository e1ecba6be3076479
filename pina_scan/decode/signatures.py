"""The whole magic of each container: long enough that text and chance don't have it.

What these let through by chance, the format's own module turns down with NotOne.
"""
from __future__ import annotations

from pina_scan.decode.containers import begins
from pina_scan.decode.patterns import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

#: So much of the beginning shows what something is.
HEAD = 512

#: layer, signature, and where that is described; the first that fits is it
SIGNATURES: tuple[tuple[str, re.Pattern[bytes], str], ...] = tuple(
    (layer, compiled(b'(?s:' + signature + b')'), source) for layer, signature, source in (
        # a local header with a compression method that is in use, an archive without members, or one cut in volumes
        ('zip', rb'PK(?:\x03\x04.{4}[\0-\x15\x5d-\x63]\0|\x05\x06\0|(?:\x07\x08|00)PK\x03\x04)', 'APPNOTE 6.3.10, 4.3'),
        # deflate is the only method; three flag bits are reserved
        ('gzip', rb'\x1f\x8b\x08[\0-\x1f]', 'RFC 1952, 2.3'),
        # the first block's own magic is pi; an empty stream ends with the square root of it
        ('bzip2', rb'BZh[1-9](?:1AY&SY|\x17\x72\x45\x38\x50\x90)', 'bzip2 1.0.8, compress.c'),
        ('xz', rb'\xfd7zXZ\0', 'The .xz File Format 1.2.1, 2.1.1'),
        # no magic, but the usual properties, a dictionary of a usual size, and the length or that it isn't known
        (
            'lzma', rb'\x5d\0\0(?:[\1\2\4\x08\x10\x20\x40\x80\xc0]\0|\0[\1\2\3\4\6\x08])(?:\xff{8}|.{5}\0{3})',
            'LZMA SDK, lzma.txt',
        ),
        ('zstd', rb'\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18', 'RFC 8878, 3.1'),
        ('7z', rb"7z\xbc\xaf'\x1c", 'LZMA SDK, 7zFormat.txt'),
        ('ar', rb'!<arch>\n', 'ar(5); Debian deb(5)'),
        ('sqlite', rb'SQLite format 3\0', 'sqlite.org/fileformat2.html, 1.3'),
        ('pdf', rb'%PDF-[12]\.', 'ISO 32000-1, 7.5.2'),
        # a protocol, then what a pickle can begin with: a frame, an empty container, a mark, a global, a string
        ('pickle', rb'\x80(?:[\4\5]\x95.{6}\0\0|[\2-\5][\]}()cXU\x8c-\x8eKGJMqBC\x96])', 'PEP 307, PEP 3154'),
        # the header's own check, and the four levels of compression
        ('zlib', rb'\x78[\x01\x5e\x9c\xda]', 'RFC 1950, 2.2'),
        ('lz4', rb'\x04\x22\x4d\x18', 'lz4_Frame_format.md 1.6.4'),
        ('lzip', rb'LZIP\x01', 'lzip manual, File format'),
        ('cpio', rb'07070[127][0-9A-Fa-f]{64}|\xc7\x71.{18}[\1-\xff]\0|\x71\xc7.{18}\0[\1-\xff]', 'cpio(5)'),
        ('rpm', rb'\xed\xab\xee\xdb[\3\4].{91}\x8e\xad\xe8', 'RPM v4 File Format'),
        ('ole', rb'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'MS-CFB 2.2'),
        ('git-pack', rb'PACK\0{3}[\2\3]|# v[23] git bundle\n', 'gitformat-pack(5), gitformat-bundle(5)'),
        ('tar', rb'.{257}ustar(?:\0|  )', 'POSIX.1-2017 pax, ustar Interchange Format'),
    )
)

#: Name, mode, owner, group, size, time, sum, kind.
_OLD_TAR = compiled(
    rb'(?s)[^\0].{99}(?:[0-7 ]{6}[0-7 \0][ \0]){3}(?:[0-7 ]{11}[0-7 \0]){2}(?P<sum>[0-7 ]{6}[0-7 \0])[\0 ][\0 0-7]',
)
#: Archives and compressed files that nothing here opens: what each is called, its signature, and the source of that
UNOPENED: tuple[tuple[str, re.Pattern[bytes], str], ...] = tuple(
    (what, compiled(b'(?s:' + signature + b')'), source) for what, signature, source in (
        ('a RAR archive', rb'Rar!\x1a\x07[\0\1]|RE~\x5e', 'RAR 5.0 archive format'),
        ('a CAB archive', rb'MSCF\0{4}|ISc\(', 'MS-CAB 1.3'),
        ('a Windows image', rb'MSWIM\0{3}', 'WIM file format 1.0'),
        ('an LHA archive', rb'..-lh[0-7dx]-', 'LHA header, levels 0 to 2'),
        ('an ACE archive', rb'.{7}\*\*ACE\*\*', 'unace 1.2b'),
        ('a XAR archive', rb'xar!\0\x1c', 'xar 1.6, xar.h'),
        ('a SquashFS image', rb'hsqs.{24}[\1-\4]\0|sqsh.{24}\0[\1-\4]', 'squashfs 4.0, squashfs_fs.h'),
        ('an LZ4 file of the old form', rb'\x02\x21\x4c\x18', 'lz4_Frame_format.md 1.6.4, legacy frame'),
        ('a file by `compress`', rb'\x1f\x9d[\x09-\x10\x89-\x90]', 'compress(1)'),
        ('a file by lzop', rb'\x89LZO\0\r\n\x1a\n', 'lzop 1.04'),
        ('a file by lrzip', rb'LRZI\0', 'lrzip 0.6'),
        ('a Snappy stream', rb'\xff\x06\0\0sNaPpY', 'framing_format.txt'),
        # values share beginnings and dictionaries, also where no page is compressed
        ('an Apache Parquet file', rb'PAR1\x15[\0\2\4\6]', 'parquet-format 2.11, PageHeader'),
    )
)

#: Tables whose values stand as they are unless they are compressed: what each is called, its signature, what else it has then,
#: and the source of that
TABLES: tuple[tuple[str, re.Pattern[bytes], re.Pattern[bytes], str], ...] = tuple(
    (what, compiled(signature), compiled(b'(?s:' + packed + b')'), source) for what, signature, packed, source in (
        # a buffer begins with the magic of its frame
        ('an Arrow file', rb'ARROW1\0\0', rb'\x28\xb5\x2f\xfd|\x04\x22\x4d\x18', 'Arrow columnar format 1.5, IPC File Format'),
        # a filter by its name, or by the number of the one that has none
        (
            'an HDF5 file', rb'\x89HDF\r\n\x1a\n',
            rb'(?:deflate|szip|lzf|blosc2?|bitshuffle|zstd|Zstandard|lz4|bzip2)[\0;:]'
            rb'|\x02[\1-\5](?:[\2\3]\0.{4}(?:.{4})?)?\x01\0[\0\1]\0\x01\0[\0-\x09]\0{3}',
            'HDF5 File Format 3.0, IV.A.2.l',
        ),
        (
            'an Avro file', rb'Obj\x01[\1-\x0f]', rb'avro\.codec.(?:deflate|snappy|zstandard|bzip2|xz)',
            'Avro 1.12, Object Container Files',
        ),
    )
)

#: Those that are worth a look wherever they stand: most don't happen by chance.
WITHIN = compiled(
    rb'PK\x03\x04|\x1f\x8b\x08[\0-\x1f]|BZh[1-9]1AY&SY|\xfd7zXZ\0|\x28\xb5\x2f\xfd|7z\xbc\xaf|!<arch>\n'
    rb'|SQLite format 3\0|%PDF-[12]|x[\x01\x9c\xda]',
)


def detect(head: bytes) -> str | None:
    """The layer that begins with `head`, the first HEAD bytes or all there are."""
    if not begins(head):
        return None
    for layer, signature, _ in SIGNATURES:
        if signature.match(head):
            return layer
    if any(row[1].match(head) for row in UNOPENED) or any(row[1].match(head) for row in TABLES):
        return 'unopened'
    return 'tar' if _is_old_tar(head) else None


def _is_old_tar(head: bytes) -> bool:
    """tar before POSIX, which has no magic, but numbers in octal and a sum of its header. V7's tar(5)."""
    fields = _OLD_TAR.match(head)
    if fields is None or b' ' in fields['sum'].strip(b' \0'):
        return False
    total = int(fields['sum'].strip(b' \0') or b'0', 8)
    zeroed = head[:148] + b' ' * 8 + head[156:HEAD]
    # some added signed characters
    return total in (sum(zeroed), sum(zeroed) - 256 * sum(byte > 127 for byte in zeroed))
