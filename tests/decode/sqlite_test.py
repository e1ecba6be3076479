from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from pina_scan import token
from tests.helpers.pack import places
from tests.helpers.pack import scanned
from tests.helpers.pack import zipped

pytestmark = pytest.mark.skipif(not hasattr(sqlite3.Connection, 'deserialize'), reason='Python 3.11 brought it')


def database(path: Path, *statements: tuple[str, Sequence[object]]) -> bytes:
    file = path / 'made.db'
    connection = sqlite3.connect(file)
    for statement, values in statements:
        connection.execute(statement, values)
    connection.commit()
    connection.close()
    return file.read_bytes()


def _row(value: object) -> tuple[str, Sequence[object]]:
    return 'INSERT INTO t VALUES (?)', (value,)


def test_nothing_to_say(tmp_path: Path) -> None:
    assert places(b'SQLite format 3') == []
    assert places(b'SQLite format 4\0') == []
    assert places(database(tmp_path, ('CREATE TABLE t (a)', ()))) == []
    assert places(database(tmp_path, ('INSERT INTO t VALUES (?)', (b'x' * 9000,)))) == []


@pytest.mark.parametrize('around', (0, 300, 3900, 4000, 4050, 8100, 100_000))
@pytest.mark.parametrize('encoding', ('UTF-8', 'UTF-16le'))
def test_a_token_over_pages(tmp_path: Path, around: int, encoding: str) -> None:
    value = 'x' * around + '=' + token.make().decode() + '=' + 'y' * 5000
    data = database(
        tmp_path,
        (f'PRAGMA encoding = "{encoding}"', ()), ('CREATE TABLE t (n, a)', ()), ('INSERT INTO t VALUES (1, ?)', (value,)),
    )
    assert places(data) == [(b'x!t', 1, around + 2, ('sqlite',))]


def test_each_kind_of_table(tmp_path: Path) -> None:
    secrets = [token.make().decode() for _ in range(5)]
    data = database(
        tmp_path,
        ('CREATE TABLE "odd ""name" (a PRIMARY KEY, b) WITHOUT ROWID', ()),
        ('INSERT INTO "odd ""name" VALUES (1, ?)', (secrets[0],)),
        ('CREATE TABLE g (a, b AS (a || a))', ()), ('INSERT INTO g VALUES (?)', (secrets[1],)),
        ('CREATE VIRTUAL TABLE f USING fts4(a)', ()), ('INSERT INTO f VALUES (?)', (secrets[2],)),
        (f"CREATE TABLE d (a DEFAULT '{secrets[3]}')", ()),
        ('CREATE TABLE z (a)', ()), ('INSERT INTO z VALUES (?)', (zipped({'a': secrets[4].encode()}),)),
        ('CREATE VIEW v AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c', ()),
    )
    findings, unread = scanned(data)
    assert unread == []
    assert {f.token_sha256 for f in findings} >= {token.sha256(secret.encode()) for secret in secrets}
    assert b'x!z/value 1!a' in {f.path for f in findings}


def test_what_a_table_no_longer_has(tmp_path: Path) -> None:
    data = database(
        tmp_path, ('PRAGMA secure_delete = OFF', ()), ('CREATE TABLE t (a)', ()), _row(token.make().decode()),
        ('DELETE FROM t', ()),
    )
    assert [(path, via) for path, _, _, via in places(data)] == [(b'x', ())]


def test_a_database_with_a_write_ahead_log(tmp_path: Path) -> None:
    data = database(tmp_path, ('PRAGMA journal_mode = WAL', ()), ('CREATE TABLE t (a)', ()), _row(token.make()))
    assert places(data) == [(b'x!t', 1, 1, ('sqlite',))]


@pytest.mark.parametrize('tenth', range(1, 10))
def test_cut_short(tmp_path: Path, tenth: int) -> None:
    rows = [('INSERT INTO t VALUES (?)', ('x' * 2000 + token.make().decode(),)) for _ in range(60)]
    data = database(tmp_path, ('CREATE TABLE t (a)', ()), *rows)
    findings, unread = scanned(data[:len(data) * tenth // 10])
    assert len({f.token_sha256 for f in findings}) >= 60 * tenth // 10 - 3
    assert unread
