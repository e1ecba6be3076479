"""Entries that no pack should have: each is told of as damaged, and those beside it are looked at."""
from __future__ import annotations

import os
import zlib
from array import array
from pathlib import Path

import pytest

from pina_scan import suspect
from pina_scan.git.flag import Flagger
from pina_scan.git.pack import Pack
from pina_scan.git.packindex import PackIndex

FLAGGER = Flagger(suspect.build())
BLOB = b'\x33' + zlib.compress(b'abc')


def _chunk(tmp_path: Path, *entries: bytes) -> list[tuple[int, str]]:
    path = tmp_path / 'p.pack'
    path.write_bytes(b'PACK' + bytes(8) + b''.join(entries))
    offsets = array('Q', (12 + sum(map(len, entries[:n])) for n in range(len(entries))))
    fd = os.open(path, os.O_RDONLY)
    try:
        pack = Pack(os.fsencode(path), fd, PackIndex(b'', offsets, 20, b'', True), offsets, path.stat().st_size)
        flags = FLAGGER.chunk(pack, 0, len(entries))
    finally:
        os.close(fd)
    assert len(flags.bases) == len(entries)
    return flags.damaged


def test_nothing_is_damaged(tmp_path: Path) -> None:
    assert _chunk(tmp_path, BLOB, b'\x63' + bytes((len(BLOB),)) + zlib.compress(b'\3\3\x90')) == []


@pytest.mark.parametrize(('entry', 'words'), (
    (b'\x63\x7f' + zlib.compress(b'\3\3\x90'), 'its base is before the beginning of the pack'),
    (b'\x63\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f' + zlib.compress(b'abc'), 'its base is before the beginning of the pack'),
    (b'\x03abc', 'it is of type 0, which there is not'),
    (b'\x53abc', 'it is of type 5, which there is not'),
    (b'\x34' + zlib.compress(b'abc'), 'its data is not the 4 bytes that it says'),
    (b'\x32' + zlib.compress(b'abc'), 'its data is not the 2 bytes that it says'),
))
def test_an_entry_that_is_damaged(tmp_path: Path, entry: bytes, words: str) -> None:
    assert _chunk(tmp_path, BLOB, entry, BLOB) == [(12 + len(BLOB), words)]
