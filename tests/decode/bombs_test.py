"""Containers that ask for more than there is, lead in circles or never end: bounded, and said where something wasn't read."""
from __future__ import annotations

import gzip
import io
import lzma
import pickle
import sqlite3
import struct
import sys
import tarfile
import tracemalloc
import zlib

import pytest

from pina_scan import token
from pina_scan.records import Limits
from tests.decode.cpio_test import archive
from tests.decode.cpio_test import package
from tests.decode.hostile_test import compound
from tests.helpers.pack import scanned
from tests.helpers.pack import zipped

MB = 1 << 20


def nested_zips() -> bytes:
    data = zipped({'0': b'x'})
    for _ in range(200):
        data = zipped({'z': data})
    return data


def nested_gzip() -> bytes:
    data = b'x'
    for _ in range(200):
        data = gzip.compress(data, 1)
    return data


def xz_with_a_dictionary_of_4_gib() -> bytes:
    """The .xz File Format 1.2.1, 5.3.1: the byte behind the filter's id and its length says how large."""
    data = bytearray(lzma.compress(b'hello world' * 100))
    at = data.find(b'\x21\x01')
    data[at + 2] = 40
    end = 12 + (data[12] + 1) * 4
    data[end - 4:end] = struct.pack('<I', zlib.crc32(data[12:end - 4]))
    return bytes(data)


def zstd_with_a_window_of_2_gib() -> bytes:
    """RFC 8878, 3.1.1.1.2: an exponent of 21 above 10. Behind it blocks of one byte, repeated."""
    block = struct.pack('<I', 1 << 1 | 131_072 << 3)[:3] + b'\0'
    return b'\x28\xb5\x2f\xfd\0' + bytes((21 << 3,)) + block * 1000


def zstd_of_4_eib() -> bytes:
    return b'\x28\xb5\x2f\xfd\xe0' + struct.pack('<Q', 1 << 62) + bytes(100)


def seven_zip(header: bytes, size: int) -> bytes:
    start = struct.pack('<QQI', 0, size, zlib.crc32(header))
    return b"7z\xbc\xaf'\x1c\0\4" + struct.pack('<I', zlib.crc32(start)) + start + header


def seven_zip_with_a_header_of_1_tib() -> bytes:
    return seven_zip(bytes(100), 1 << 40)


def seven_zip_of_two_billion_files() -> bytes:
    header = b'\x01\x05\xf0\xff\xff\xff\x7f' + bytes(100)
    return seven_zip(header, len(header))


def tar_with_a_hole_of_an_exbibyte() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode='w', format=tarfile.PAX_FORMAT) as file:
        info = tarfile.TarInfo('sparse')
        info.size = 512
        info.pax_headers = {'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': str(1 << 60)}
        file.addfile(info, io.BytesIO(b'1\n%d\n512\n' % (1 << 59) + bytes(490)))
    return made.getvalue()


def database(change: str) -> bytes:
    made = sqlite3.connect(':memory:')
    made.execute('CREATE TABLE t (a)')
    made.executemany('INSERT INTO t VALUES (?)', [('x' * 30_000,)] * 3)
    if change == 'view':
        made.execute('CREATE VIEW v AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r')
        made.execute('CREATE TABLE c (a, b AS (zeroblob(900000000)))')
        made.execute('INSERT INTO c VALUES (1)')
    made.commit()
    data = bytearray(made.serialize())
    made.close()
    size = int.from_bytes(data[16:18], 'big')
    if change == 'overflow':
        # sqlite.org/fileformat2.html, 1.6: each page of a long value begins with the number of the next; here its own
        for page in range(2, len(data) // size):
            data[page * size:page * size + 4] = struct.pack('>I', page + 1)
    if change == 'tree':
        # 1.5: an inner page, all of whose children are itself
        count = (size - 12) // 7 - 1
        cells = [size - 5 * (number + 1) for number in range(count)]
        page = struct.pack('>BHHHBI', 5, 0, count, cells[-1], 0, 2) + struct.pack(f'>{count}H', *cells)
        data[size:2 * size] = page.ljust(size - 5 * count, b'\0') + struct.pack('>IB', 2, 1) * count
    return bytes(data)


def pdf_of_pages_in_a_circle() -> bytes:
    return (
        b'%PDF-1.5\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n'
        b'2 0 obj\n<</Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 3 /Parent 2 0 R>>\nendobj\n'
        b'3 0 obj\n<</Type /Page /Parent 2 0 R /Contents 3 0 R /Resources 3 0 R /Length 3 0 R>>\nendobj\n'
        b'xref\n0 1\n0000000000 65535 f\ntrailer\n<</Size 4 /Root 1 0 R /Prev 234>>\nstartxref\n234\n%%EOF\n'
    )


def pdf_of_a_thousand_filters() -> bytes:
    stream = bytes(20 * MB)
    for _ in range(3):
        stream = zlib.compress(stream, 9)
    head = b'%%PDF-1.4\n1 0 obj\n<</Filter [%b] /Length %d>>\nstream\n' % (b' /FlateDecode' * 1000, len(stream))
    return head + stream + b'\nendstream\nendobj\n'


def pdf_of_brackets() -> bytes:
    return b'%PDF-1.4\n1 0 obj\n' + b'[' * 200_000 + b'\nendobj\ntrailer<</Root 1 0 R>>' + b'<<' * 100_000


def ole(at: int, *values: int) -> bytes:
    data = bytearray(compound())
    data[at:at + 4 * len(values)] = struct.pack(f'<{len(values)}L', *values)
    return bytes(data)


def old_archive(size: bytes) -> bytes:
    """cpio(5): the file's size is the seventh number."""
    made = archive({b'a': b'x'})
    return made[:54] + size + made[62:]


def ar(name: bytes, size: bytes) -> bytes:
    return b'!<arch>\n%-16b%-12b%-6b%-6b%-8b%-10b`\n' % (name, b'0', b'0', b'0', b'644', size) + b'x' * 100


def rpm_of_large_numbers() -> bytes:
    made = package(gzip.compress(archive({b'a': b'x'})))
    at = made.find(b'\x8e\xad\xe8\x01') + 8
    return made[:at] + b'\x7f\xff\xff\xff' * 2 + made[at + 8:]


DEPTH = 'more than 8 containers'
#: what it is, and what the reason begins with; none: all that is there has been read
BOMBS = {
    'zips': (nested_zips, DEPTH), 'gzips': (nested_gzip, DEPTH),
    'xz': (xz_with_a_dictionary_of_4_gib, 'damaged'), 'zstd window': (zstd_with_a_window_of_2_gib, 'damaged'),
    'zstd size': (zstd_of_4_eib, 'damaged'),
    '7z header': (seven_zip_with_a_header_of_1_tib, 'damaged'), '7z files': (seven_zip_of_two_billion_files, 'damaged'),
    'tar hole': (tar_with_a_hole_of_an_exbibyte, None),
    'tar longest': (lambda: tarfile.TarInfo('a').tobuf()[:124] + b'\x80' + b'\xff' * 11 + bytes(1000), None),
    'pdf pages': (pdf_of_pages_in_a_circle, 'damaged'), 'pdf filters': (pdf_of_a_thousand_filters, 'expands to more than'),
    'pdf brackets': (pdf_of_brackets, 'damaged'),
    'pickle frame': (lambda: b'\x80\4\x95' + struct.pack('<Q', 1 << 62) + b'\x8e' + struct.pack('<Q', 1 << 61), None),
    'pickle memo': (lambda: b'\x80\4' + b'(' * 200_000 + b'r\xff\xff\xff\x7f' * 20_000 + b'.', None),
    'pickle copies': (lambda: b'\x80\4]' + b'2' * 500_000 + b'.', None),
    'pickle integer': (lambda: b'\x80\2\x8b\xff\xff\xff\x7f' + bytes(1000), None),
    'pickles': (lambda: pickle.dumps([pickle.dumps(b'x', 4)] * 20_000, 4), None),
    'ole table': (lambda: ole(512, *[1] * 128), None), 'ole sectors': (lambda: ole(68, 0, 0x7fffffff), 'damaged'),
    'ole folder': (lambda: ole(1024 + 68, 0, 0, 0), None),
    'cpio': (lambda: old_archive(b'FFFFFFFF'), None), 'ar': (lambda: ar(b'a/', b'9999999999'), None),
    'ar names': (lambda: ar(b'//', b'9999999999'), None), 'rpm': (rpm_of_large_numbers, 'cut short'),
    'backslashes': (lambda: b'{"a": "' + b'\\' * MB + b'"pina_A' + b'\\' * MB + b'"', None),
    'percent signs': (lambda: b'A' * 200 + (b'pina%' + b'25' * 500 + b'5f"A') * 300, None),
    'ampersands': (lambda: b'A' * 200 + (b'pina&' + b'amp;' * 500 + b'lowbar;"A') * 300, None),
}
if sys.version_info >= (3, 11):
    BOMBS |= {
        'database overflow': (lambda: database('overflow'), 'damaged'), 'database tree': (lambda: database('tree'), 'damaged'),
        'database view': (lambda: database('view'), None),
    }


@pytest.mark.parametrize('name', BOMBS)
def test_it_ends_and_is_said(name: str) -> None:
    make, reason = BOMBS[name]
    data = make()
    tracemalloc.start()
    findings, unread = scanned(data, limits=Limits(seconds=30))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert findings == []
    assert [one.reason.startswith(str(reason)) for one in unread] == [True] * (reason is not None)
    assert peak < 48 * MB + 4 * len(data)


@pytest.mark.parametrize('name', BOMBS)
def test_a_token_behind_it_is_found(name: str) -> None:
    secret = token.make()
    findings, _ = scanned(BOMBS[name][0]() + b'\n' + secret + b'\n', limits=Limits(seconds=30))
    assert [finding.token_sha256 for finding in findings] == [token.sha256(secret)]


def test_office_text_of_nothing_but_tags_takes_a_bounded_memory() -> None:
    secret = token.make()
    runs = b'<w:r><w:t>pina_</w:t></w:r>' * 60_000
    token_in_two = b'<w:t>%b</w:t><w:t>%b</w:t>' % (secret[:40], secret[40:])
    data = zipped({'word/document.xml': b'<?xml version="1.0"?>' + runs + token_in_two})
    tracemalloc.start()
    findings, unread = scanned(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert ([finding.token_sha256 for finding in findings], unread) == ([token.sha256(secret)], [])
    assert peak < 64 * MB


def test_containers_in_one_text_meet_a_limit_once() -> None:
    import base64

    carried = b'\n'.join(b'"%b"' % base64.b64encode(gzip.compress(bytes(2 * MB) + b'%d' % number)) for number in range(8))
    _, unread = scanned(gzip.compress(carried), limits=Limits(bytes=5 * MB))
    assert [one.reason for one in unread] == ['expands to more than 5242880 bytes: the rest was not opened (limits.bytes)']
