"""Reftables: names stored as what they have more than the one before, deflated logs, and what is damaged."""
from __future__ import annotations

import zlib

import pytest

from pina_scan.errors import DamagedError
from pina_scan.git.reftable import texts
from pina_scan.token import make
from tests.helpers.gitrepo import backwards

ID = b'\x11' * 20


def number(value: int) -> bytes:
    return backwards(value)


def key(shared: int, rest: bytes, kind: int) -> bytes:
    return number(shared) + number(len(rest) << 3 | kind) + rest


def block(kind: bytes, records: bytes, before: int) -> bytes:
    """`before`: how many bytes of the file's head the block's length counts too."""
    whole = records + b'\0\0\0' + b'\0\1'
    return kind + (before + 4 + len(whole)).to_bytes(3, 'big') + whole


def table(refs: bytes, logs: bytes, block_size: int = 0) -> bytes:
    head = b'REFT\1' + block_size.to_bytes(3, 'big') + bytes(16)
    made = head + block(b'r', refs, len(head))
    made += bytes(-len(made) % block_size if block_size else 0)
    inside = block(b'g', logs, 0)
    return made + inside[:4] + zlib.compress(inside[4:]) + head + bytes(44)


@pytest.mark.parametrize('block_size', (0, 512))
def test_every_text(block_size: int) -> None:
    token = make()
    refs = (
        key(0, b'HEAD', 3) + number(0) + number(15) + b'refs/heads/main'
        + key(0, b'refs/heads/pina_', 1) + number(0) + ID
        + key(16, token[5:], 2) + number(0) + ID + ID
        + key(11, b'zz', 0) + number(0)
    )
    logs = (
        key(0, b'refs/heads/main\0' + b'\xff' * 8, 1) + ID + ID + number(1) + b'A' + number(3) + b'a@b' + number(7) + b'\0\0'
        + number(len(token) + 200) + token + b'x' * 200
        + key(11, b'other\0' + b'\xfe' * 8, 0)
    )
    assert list(texts(table(refs, logs, block_size))) == [
        b'HEAD', b'refs/heads/main', b'refs/heads/pina_', b'refs/heads/' + token, b'refs/heads/zz',
        b'refs/heads/main', b'A', b'a@b', token + b'x' * 200, b'refs/heads/other',
    ]


def test_nothing_in_it() -> None:
    assert list(texts(b'')) == []


def test_damage_is_said_wherever_it_is() -> None:
    whole = table(key(0, b'refs/heads/main', 1) + number(0) + ID, key(0, b'refs/heads/main\0' + b'\xff' * 8, 0))
    for at in range(4, len(whole) - 68):
        for data in (whole[:at], whole[:at] + b'\xff' + whole[at + 1:]):
            try:
                list(texts(data))
            except DamagedError as error:
                assert str(error).startswith('its blocks are damaged')
    with pytest.raises(DamagedError):
        list(texts(b'junk' * 100))
