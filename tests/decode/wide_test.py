"""UTF-8 with a mark, UTF-16 and UTF-32, alone and beside text of another width."""
from __future__ import annotations

import codecs

import pytest

from tests.decode.found import HASH
from tests.decode.found import TOKEN
from tests.decode.found import found

TEXT = TOKEN.decode()
ENCODINGS = ('utf-8-sig', 'utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-32-le', 'utf-32-be')
NEAR_MISSES = ('pina_', 'pina_colada_with_extra_coconut_cream', 'pina_<token>', 'spinning ' * 40, 'p\0i\0n\0')


@pytest.mark.parametrize('encoding', ENCODINGS)
@pytest.mark.parametrize('text', NEAR_MISSES)
def test_near_misses(text: str, encoding: str) -> None:
    assert found(text.encode(encoding)) == []


@pytest.mark.parametrize('encoding', ENCODINGS)
@pytest.mark.parametrize('before', ('', 'a', 'abc', 'key: "', 'Ж', '漢字 ', 'x' * 50))
@pytest.mark.parametrize('after', ('', '"', ' b\n', 'Ж', '漢'))
def test_whole_files(encoding: str, before: str, after: str) -> None:
    assert [(f.sha256, f.confidence) for f in found((before + TEXT + after).encode(encoding))] == [(HASH, 'high')]


@pytest.mark.parametrize('encoding', ENCODINGS[2:4] + ENCODINGS[5:])
@pytest.mark.parametrize('before', (b'', b'a', b'ab', b'abc', b'k: ', b'{"k": "', b'\xc3\xa9'))
@pytest.mark.parametrize('after', (b'', b'"', b'"}\n', b'ABC', b'\xff\xff'))
def test_in_the_middle_of_bytes(encoding: str, before: bytes, after: bytes) -> None:
    assert [(f.sha256, f.confidence) for f in found(before + TEXT.encode(encoding) + after)] == [(HASH, 'high')]


def test_one_file_of_several_encodings() -> None:
    other = TEXT.replace('pina_', 'pina%5F')
    data = codecs.BOM_UTF8 + TOKEN + b'\n' + TEXT.encode('utf-16-le') + b'\nx' + other.encode('utf-16-be') + b'\n'
    assert [f.sha256 for f in found(data + TEXT.encode('utf-32-le'))] == [HASH] * 4
