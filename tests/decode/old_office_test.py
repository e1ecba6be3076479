"""OLE files: old Office, Outlook, what encrypts new Office. Made here, since nothing that is well kept writes them."""
from __future__ import annotations

import struct

import pytest

from pina_scan import token
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import zipped

_FREE, _END, _TABLE = 0xffffffff, 0xfffffffe, 0xfffffffd


def ole(streams: dict[str, bytes], turned: bool = False) -> bytes:
    """MS-CFB, version 3. Each stream is longer than the 4,096 bytes that would put it elsewhere; `turned`: its sectors stand
    in the file from last to first."""
    table = [_TABLE]
    sectors = b''
    entries = [struct.pack('<64sHBB3L36xLQ', 'Root Entry'.encode('utf-16-le'), 22, 5, 1, _FREE, _FREE, 1, _END, 0)]
    for number, (name, data) in enumerate(streams.items()):
        data = data.ljust(4096, b'\0')
        data += bytes(-len(data) % 512)
        count = len(data) // 512
        own = range(len(table), len(table) + count)
        order = list(reversed(own)) if turned else list(own)
        chain = dict(zip(order, [*order[1:], _END]))
        table += [chain[sector] for sector in own]
        placed = {sector: data[at * 512:at * 512 + 512] for at, sector in enumerate(order)}
        sectors += b''.join(placed[sector] for sector in own)
        right = number + 2 if number + 1 < len(streams) else _FREE
        encoded = name.encode('utf-16-le')
        entries.append(struct.pack('<64sHBB3L36xLQ', encoded, len(encoded) + 2, 2, 1, _FREE, right, _FREE, order[0], len(data)))
    folder = b''.join(entries)
    folder += bytes(-len(folder) % 512)
    start = len(table)
    table += [*range(start + 1, start + len(folder) // 512), _END]
    header = struct.pack(
        '<8s16s5H6s9L', b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', b'', 0x3e, 3, 0xfffe, 9, 6, b'', 0, 1, start, 0, 4096, _END, 0,
        _END, 0,
    ) + struct.pack('<109L', 0, *[_FREE] * 108)
    return header + struct.pack('<128L', *table, *[_FREE] * (128 - len(table))) + sectors + folder


def records(*pieces: tuple[int, bytes]) -> bytes:
    return b''.join(struct.pack('<HH', kind, len(data)) + data for kind, data in pieces)


def macro(text: bytes) -> bytes:
    """MS-OVBA 2.4.1: all literals."""
    chunk = b''.join(b'\0' + text[at:at + 8] for at in range(0, len(text), 8))
    return b'\x01' + struct.pack('<H', 0xb000 | len(chunk) - 1) + chunk


@pytest.mark.parametrize('data', (
    b'\xd0\xcf\x11\xe0', ole({'WordDocument': b'text'}), ole({'Workbook': records((0x809, b'x'), (10, b''))}),
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


@pytest.mark.parametrize('encoding', ('latin-1', 'utf-16-le'))
def test_a_token_over_sectors_in_any_order(encoding: str) -> None:
    secret = token.make()
    data = ole({'1Table': b'x', 'WordDocument': b'x' * 1000 + secret.decode().encode(encoding)}, turned=True)
    findings, unread = scanned(data)
    assert [(f.path, f.token_sha256) for f in findings if f.via[:1] == ('ole',)] == [(b'x!WordDocument', token.sha256(secret))]
    assert unread == []


def test_a_string_over_two_records() -> None:
    secret = token.make()
    data = ole({'Workbook': records((0x809, b'x'), (0xfc, b'key ' + secret[:40]), (0x3c, b'\0' + secret[40:]), (10, b''))})
    assert token.sha256(secret) in {f.token_sha256 for f in scanned(data)[0]}


def test_what_is_attached() -> None:
    data = ole({'__substg1.0_37010102': zipped({'a': b'text ' * 90 + token.make()})})
    assert places(data) == [(b'x!__substg1.0_37010102!a', 1, 451, ('ole', 'zip'))]


def test_a_macro() -> None:
    secret = token.make()
    source = macro(b'Attribute VB_Name = "M"\r\nConst Key = "' + secret + b'"\r\n')
    findings, _ = scanned(zipped({'xl/vbaProject.bin': ole({'M': b'compiled' + source})}))
    assert [(f.path, f.token_sha256) for f in findings] == [(b'x!xl/vbaProject.bin!M/macro', token.sha256(secret))]


@pytest.mark.parametrize(('streams', 'path'), (
    ({'EncryptionInfo': b'x', 'EncryptedPackage': b'x'}, b'x'),
    ({'Workbook': records((0x809, b'x'), (0x2f, b'x' * 6), (0xfc, b'noise'))}, b'x!Workbook'),
    ({'WordDocument': b'\xec\xa5\xc1\0' + bytes(7) + b'\1'}, b'x!WordDocument'),
))
def test_encrypted_is_unread(streams: dict[str, bytes], path: bytes) -> None:
    assert places(ole(streams)) == [(path, 'encrypted')]


@pytest.mark.parametrize('tenth', range(1, 10))
def test_cut_short(tenth: int) -> None:
    data = ole({'WordDocument': b'x' * 20_000 + token.make()})
    assert scanned(data[:len(data) * tenth // 10])[1]
