"""A token at every byte offset around every edge that the reading has."""
from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pina_scan.blob import CONTEXT
from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.source import files
from pina_scan.source import parts
from pina_scan.source import stream
from pina_scan.source.windows import SIZE
from pina_scan.source.windows import windows
from pina_scan.token import make
from pina_scan.token import sha256

STEP = SIZE - 2 * CONTEXT
LINE = b'some words and nothing to find in them, sixty-four bytes a line\n'
EDGES = [SIZE, STEP, SIZE - CONTEXT, SIZE + STEP, SIZE + STEP - CONTEXT]


def findings(items: Iterator[Blob | Unread]) -> list[Finding]:
    results = list(scan(items, Totals()))
    assert not [r for r in results if isinstance(r, Unread)]
    return [r for r in results if isinstance(r, Finding)]


def through_windows(data: bytes) -> Iterator[Blob | Unread]:
    return windows(io.BytesIO(data).readinto, bytearray(SIZE), b'f')  # type: ignore[arg-type]


@pytest.mark.parametrize('size', (0, 1, SIZE - 1, SIZE, SIZE + 1, SIZE + STEP - 1, SIZE + STEP, SIZE + STEP + 1, 3 * SIZE))
def test_windows_cover_each_byte_once(size: int) -> None:
    data = os.urandom(size)
    own = [(b.base + b.low, bytes(b.data[b.low:b.high]), b.last) for b in through_windows(data) if isinstance(b, Blob)]
    assert b''.join(piece for _, piece, _ in own) == data
    assert [at for at, _, _ in own] == [sum(len(p) for _, p, _ in own[:i]) for i in range(len(own))]
    assert [last for _, _, last in own] == [False] * (len(own) - 1) + [True]


def test_a_token_at_each_byte_around_each_edge() -> None:
    filler = LINE * (3 * SIZE // len(LINE))
    for shift in range(110):
        pieces, tokens, at = [], [], 0
        for edge in sorted(EDGES):
            start = edge - 105 + shift
            tokens.append(make())
            pieces += [filler[at:start], tokens[-1]]
            at = start + len(tokens[-1])
        found = findings(through_windows(b''.join((*pieces, filler[at:]))))
        assert [finding.token_sha256 for finding in found] == [sha256(token) for token in tokens]


def test_positions_in_a_large_file(tmp_path: Path) -> None:
    tokens = [make() for _ in range(9)]
    lines = [LINE.decode().replace('w', 'é')] * (4 * SIZE // len(LINE))
    for i, token in enumerate(tokens):
        lines[(i + 1) * 6000] = f'é = {token.decode()}\n'
    data = ''.join(lines).encode()
    path = tmp_path / 'large'
    path.write_bytes(data)
    wanted = [((i + 1) * 6000 + 1, 5, sha256(token)) for i, token in enumerate(tokens)]
    read = findings(files.read(os.fsencode(path), files.buffer()))
    assert [(f.line, f.column, f.token_sha256) for f in read] == wanted
    with path.open('rb') as file:
        streamed = findings(stream.read(file.fileno(), b'-'))
    assert [(f.line, f.column, f.token_sha256) for f in streamed] == wanted


def test_a_large_wide_file(tmp_path: Path) -> None:
    token = make().decode()
    path = tmp_path / 'large'
    path.write_bytes(('x\r\n' * 500_000 + f'é {token}').encode('utf-16'))
    finding, = findings(files.read(os.fsencode(path), files.buffer()))
    assert (finding.line, finding.column, finding.via) == (500_001, 3, ('utf-16',))


def test_one_line_of_megabytes(tmp_path: Path) -> None:
    token = make()
    path = tmp_path / 'large'
    path.write_bytes(b'x\n' + b'y' * (3 * SIZE) + token)
    finding, = findings(files.read(os.fsencode(path), files.buffer()))
    assert (finding.line, finding.column) == (2, 3 * SIZE + 1)


def test_parts_of_a_large_file_give_each_byte_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, 'LEAST', SIZE + 12345)
    data = bytearray(os.urandom(5 * SIZE + 678))
    tokens = [make() for _ in range(200)]
    edges = [n * (SIZE + 12345) for n in range(5)]
    for i, token in enumerate(tokens):
        at = edges[1 + i % 4] - 150 + 5 * (i // 4) if i < 160 else (i - 160) * 100_000 + 50_000
        if i < 160 and i // 4 % 25:
            continue
        data[at:at + len(token)] = token
    path = tmp_path / 'large'
    path.write_bytes(data)
    cut = parts.parts(os.fsencode(path))
    own = b''
    for part in cut:
        for blob in parts.read(part):
            assert isinstance(blob, Blob)
            assert blob.base + blob.low == len(own)
            own += bytes(blob.data[blob.low:blob.high])
    assert len(cut) > 3
    assert own == data
    assert [part.end for part in cut[:-1]] == [part.start for part in cut[1:]]
    whole = findings(files.read(os.fsencode(path), files.buffer()))
    in_parts = [finding for part in cut for finding in findings(parts.read(part))]
    assert in_parts == whole
    assert len(whole) >= 40


def test_a_part_of_a_file_that_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, 'LEAST', SIZE)
    path = tmp_path / 'large'
    path.write_bytes(bytes(3 * SIZE))
    cut = parts.parts(os.fsencode(path))
    path.write_bytes(bytes(2 * SIZE))
    assert {getattr(item, 'reason', None) for part in cut for item in parts.read(part)} >= {files.CHANGED}
