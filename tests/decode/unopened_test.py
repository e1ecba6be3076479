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
    ('a Snappy stream', b'\xff\6\0\0sNaPpY'),
)


@pytest.mark.parametrize('data', (
    b'Rar! is a cry\n', b'MSCF is a name\n', b'Rare', b'xar! ', b'hsqs', b'..-lh5', b'RE: this', b'\x1f\x9d\x01', b'LRZIP',
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data + NOISE) == []


@pytest.mark.parametrize(('what', 'head'), KINDS)
def test_it_is_unread_and_scanned_as_it_stands(what: str, head: bytes) -> None:
    assert places(head + NOISE) == [(b'x', f'{what}, which is not opened')]
    found = places(zipped({'in': head + NOISE + token.make()}))
    assert [place[-1] for place in found] == [('zip',), f'{what}, which is not opened']


def test_a_config_leaves_it_out(tmp_path: object) -> None:
    (tmp_path / 'a.rar').write_bytes(b'Rar!\x1a\7\0' + NOISE)  # type: ignore[operator]
    assert report(cwd=tmp_path)[0] == 2  # type: ignore[arg-type]
    assert report('--exclude', '*.rar', cwd=tmp_path)[0] == 0  # type: ignore[arg-type]
