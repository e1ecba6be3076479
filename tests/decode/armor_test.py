"""Bytes in letters, other than base64 and its like: uuencode, base 85, hexadecimal records, other codes of characters."""
from __future__ import annotations

import base64
import binascii
import gzip
import subprocess
from pathlib import Path

import pytest

from tests.decode.found import BODY
from tests.decode.found import HASH
from tests.decode.found import TOKEN
from tests.decode.found import found

_B85 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~'
_Z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'


def _uuencoded(text: bytes, name: bytes = b'644 t.txt') -> bytes:
    lines = b''.join(binascii.b2a_uu(text[at:at + 45]) for at in range(0, len(text), 45))
    return b'begin ' + name + b'\n' + lines + b'`\nend\n'


def _intel(text: bytes, width: int) -> bytes:
    rows = range(0, len(text), width)
    records = [bytes((len(text[at:at + width]), *at.to_bytes(2, 'big'), 0)) + text[at:at + width] for at in rows]
    return b'\n'.join(b':%b' % (one + bytes((-sum(one) & 255,))).hex().upper().encode() for one in (*records, b'\0\0\0\1'))


def _motorola(text: bytes, width: int) -> bytes:
    rows = range(0, len(text), width)
    records = [bytes((len(text[at:at + width]) + 4, *at.to_bytes(3, 'big'))) + text[at:at + width] for at in rows]
    return b'\n'.join(b'S2%b' % (one + bytes((~sum(one) & 255,))).hex().upper().encode() for one in records) + b'\nS804000000FB'


def _z85(text: bytes) -> bytes:
    return base64.b85encode(text).decode().translate(str.maketrans(_B85, _Z85)).encode()


#: name -> what is found with it, where it begins, and through which layers
SHAPES: dict[str, tuple[bytes, int, tuple[str, ...]]] = {
    'uuencode': (_uuencoded(TOKEN), 2, ('uuencode',)),
    'uuencode, in a text': (_uuencoded(b'token: ' + TOKEN + b'\n', b'0644 a b.txt'), 2, ('uuencode',)),
    'uuencode of base64': (_uuencoded(base64.b64encode(TOKEN)), 2, ('uuencode', 'base64')),
    'uuencode of gzip': (_uuencoded(gzip.compress(b'x' * 400 + TOKEN, mtime=0)), 2, ('uuencode', 'gzip')),
    'ASCII85': (base64.a85encode(TOKEN), 1, ('base85',)),
    'ASCII85 in lines': (base64.a85encode(b'abc' + TOKEN, wrapcol=72, adobe=True), 1, ('base85',)),
    'base 85': (base64.b85encode(TOKEN), 1, ('base85',)),
    'base 85, in a text': (base64.b85encode(b'key=' * 4 + TOKEN), 1, ('base85',)),
    'base 85, the third place': (base64.b85encode(b'a: "xyz' + TOKEN), 1, ('base85',)),
    'Z85': (_z85(TOKEN + b'...'), 1, ('base85',)),
    'Intel HEX': (_intel(b'name\0' + TOKEN + b'\0' * 7, 16), 1, ('intel-hex',)),
    'Intel HEX, wide': (_intel(TOKEN, 32), 1, ('intel-hex',)),
    'S-records': (_motorola(b'name\0' + TOKEN + b'\0' * 7, 16), 1, ('srec',)),
    'EBCDIC': (TOKEN.decode().encode('cp037'), 1, ('ebcdic',)), 'yEnc': (bytes((c + 42) % 256 for c in TOKEN), 1, ('yenc',)),
    'wide letters': (''.join(chr(c + 0xfee0) for c in TOKEN).encode(), 1, ('fullwidth',)),
    'with underscores': ('_'.join(f'{c:02x}' for c in TOKEN).encode(), 1, ('hex',)),
    'a memory': (b',\n'.join(b'%02x' % c for c in TOKEN), 1, ('hex',)),
}
NEAR_MISSES = (
    b'begin 644 x\nM' + b'A' * 60 + b'\n`\nend\n', b'begin 6 things\n' * 9, _uuencoded(b'pina_colada ' * 9),
    base64.b85encode(b'pina_colada ' * 9),
    base64.a85encode(TOKEN[:60]), _intel(b'pina_colada ' * 12, 16), b'GIT binary patch\nliteral 5\nMxyz\n', b'E+s2u' * 60,
    'ｐｉｎａ＿ｃｏｌａｄａ'.encode() * 9, b'\x97\x89\x95\x81m' + BODY,
)


@pytest.mark.parametrize('name', SHAPES)
def test_shapes(name: str) -> None:
    text, line, via = SHAPES[name]
    for before, after in ((b'', b''), (b'one\ntwo\n', b'\nlast line\n')):
        got = [(one.sha256, one.confidence, one.via, one.line) for one in found(before + text + after)]
        assert got == [(HASH, 'high', via, line + before.count(b'\n'))]


@pytest.mark.parametrize('text', NEAR_MISSES)
def test_near_misses(text: bytes) -> None:
    assert found(text) == []


def test_a_binary_patch_of_git(tmp_path: Path) -> None:
    (tmp_path / 'a.bin').write_bytes(b'\0\1\2')
    (tmp_path / 'b.bin').write_bytes(b'\0\1\2 token: ' + TOKEN + b'x' * 900)
    words = ('git', 'diff', '--no-index', '--binary', 'a.bin', 'b.bin')
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
    assert b'GIT binary patch' in done.stdout
    assert [(one.sha256, one.confidence, one.via) for one in found(done.stdout)] == [(HASH, 'high', ('base85', 'zlib'))]
