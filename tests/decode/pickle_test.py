from __future__ import annotations

import gzip
import os
import pickle
import time
import zlib

import pytest

from pina_scan import token
from tests.helpers.pack import places


@pytest.mark.parametrize('data', (
    b'\x80\4', b'\x80\2is no pickle', b'\x80\4\x95' + b'\xff' * 6 + b'\0\0' + b'PK\3\4', b'\x80\2X\xff\xff\xff\x7fPK\3\4',
    *(pickle.dumps({'a': [1, 2.5, 'text']}, protocol) for protocol in range(6)),
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


@pytest.mark.parametrize('protocol', range(6))
def test_a_token_stands_in_one_as_it_is(protocol: int) -> None:
    assert [via for *_, via in places(pickle.dumps({'a': token.make().decode()}, protocol))] == [()]


@pytest.mark.parametrize('protocol', range(2, 6))
def test_what_is_packed_in_one(protocol: int) -> None:
    for noise in (0, 300, 100_000):
        page = gzip.compress(b'x\n' + token.make() + os.urandom(noise))
        for value in ({'page': page}, page, [page]):
            found = places(pickle.dumps(value, protocol))
            assert [(line, column, via) for _, line, column, via in found] == [(2, 1, ('pickle', 'gzip'))]


@pytest.mark.parametrize('protocol', range(3, 6))
def test_what_zlib_packed_in_one(protocol: int) -> None:
    found = places(pickle.dumps({'page': zlib.compress(b'x\n' + token.make())}, protocol))
    assert [(line, column, via) for _, line, column, via in found] == [(2, 1, ('pickle', 'zlib'))]


def test_nothing_of_it_is_carried_out() -> None:
    class Hostile:
        def __reduce__(self) -> tuple[object, ...]:
            return (time.sleep, (100,))
    assert places(pickle.dumps([Hostile(), gzip.compress(b'')], 4)) == []
