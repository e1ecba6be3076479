"""What nothing opens is no all-clear: its bytes are scanned, and that there is more in it is said."""
from __future__ import annotations

import pytest

from pina_scan import token
from tests.helpers.command import report
from tests.helpers.pack import places
from tests.helpers.pack import zipped

NOISE = bytes(range(256)) * 3
#: what each is called, and how it begins
KINDS = (
    ('a RAR archive', b'Rar!\x1a\7\0'), ('a RAR archive', b'Rar!\x1a\7\1\0'), ('a RAR archive', b'RE~^'),
    ('a CAB archive', b'MSCF' + bytes(4)), ('a CAB archive', b'ISc('), ('a Windows image', b'MSWIM' + bytes(3)),
    ('an LHA archive', b'\x20\x81-lh5-'), ('an ACE archive', b'\1\2\3\4\5\6\7**ACE**'), ('a XAR archive', b'xar!\0\x1c'),
    ('a SquashFS image', b'hsqs' + bytes(24) + b'\4\0'), ('an LZ4 file of the old form', b'\x02\x21\x4c\x18'),
    ('a file by `compress`', b'\x1f\x9d\x90'), ('a file by lzop', b'\x89LZO\0\r\n\x1a\n'), ('a file by lrzip', b'LRZI\0\6'),
    ('a Snappy stream', b'\xff\6\0\0sNaPpY'), ('an Apache Parquet file', b'PAR1\x15\4\x15\x80'),
)
#: what each is called, how it begins, and what it has where its values are compressed
_HDF5 = b'\x89HDF\r\n\x1a\n'
_FILTER = b'\1\0\1\0\1\0\4\0\0\0'
TABLES = (
    ('an Arrow file', b'ARROW1\0\0', b'\x28\xb5\x2f\xfd'), ('an Arrow file', b'ARROW1\0\0', b'\x04\x22\x4d\x18'),
    ('an HDF5 file', _HDF5, b'\1\0\x08\0\1\0\1\0deflate\0'), ('an HDF5 file', _HDF5, b'lzf\0'),
    ('an HDF5 file', _HDF5, b'\2\1' + _FILTER), ('an HDF5 file', _HDF5, b'\2\2\2\0\1\0\1\0\x28\0\0\0' + _FILTER),
    ('an HDF5 file', _HDF5, b'\2\2\3\0\0\0\0\0' + _FILTER), ('an Avro file', b'Obj\1\4\x14', b'avro.codec\x0edeflate'),
)


@pytest.mark.parametrize('data', (
    b'Rar! is a cry\n', b'MSCF is a name\n', b'Rare', b'xar! ', b'hsqs', b'..-lh5', b'RE: this', b'\x1f\x9d\x01', b'LRZIP',
    b'PAR1 is a name', b'ARROW1\0\0', b'ARROW1: ', b'\x89HDF\r\n\x1a\n', b'Obj\1\4\x14avro.codec\x08null\x16',
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data + NOISE) == []


@pytest.mark.parametrize(('what', 'head'), KINDS)
def test_it_is_unread_and_scanned_as_it_stands(what: str, head: bytes) -> None:
    assert places(head + NOISE) == [(b'x', f'{what}, which is not opened')]
    found = places(zipped({'in': head + NOISE + token.make()}))
    assert [place[-1] for place in found] == [('zip',), f'{what}, which is not opened']


@pytest.mark.parametrize('before', (100, 1 << 18, (1 << 18) + 500, 1 << 21))
@pytest.mark.parametrize(('what', 'head', 'packed'), TABLES)
def test_a_table_is_unread_where_its_values_are_compressed(what: str, head: bytes, packed: bytes, before: int) -> None:
    table = head + bytes(before) + NOISE
    found = places(table + token.make() + NOISE)
    assert [place[0] for place in found] == [b'x'] and 'compressed' not in str(found)
    assert places(table + packed + NOISE) == [(b'x', f'{what} with compressed values, which is not opened')]


def test_a_config_leaves_it_out(tmp_path: object) -> None:
    (tmp_path / 'a.rar').write_bytes(b'Rar!\x1a\7\0' + NOISE)  # type: ignore[operator]
    assert report(cwd=tmp_path)[0] == 2  # type: ignore[arg-type]
    assert report('--exclude', '*.rar', cwd=tmp_path)[0] == 0  # type: ignore[arg-type]
