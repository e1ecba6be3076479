"""SQLite databases: every value of every table, put together from the pages that it is spread over.

sqlite.org/fileformat2.html. What the tables don't have any more, on free pages and in slack, is plain bytes to the
scan of the file itself. The database is not trusted: sqlite.org/security.html.
"""
from __future__ import annotations

import sqlite3
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from typing import BinaryIO

from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Member
from pina_scan.decode.members import reason
from pina_scan.decode.members import text
from pina_scan.decode.signatures import HEAD
from pina_scan.decode.signatures import detect

#: Where the header says whether a write-ahead log stands beside the file: an image in memory has none.
_VERSIONS = slice(18, 20)
#: Only reading, so that nothing in a schema is carried out.
_ALLOWED = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA))
#: Instructions of SQLite's machine between two looks at the clock.
_STEPS = 100_000
_STEP = 1 << 16
_ERRORS = (sqlite3.Error, ValueError, OverflowError, MemoryError)
_TABLES = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
#: The tables behind a virtual one are read; the module that it names is not loaded.
_VIRTUAL = b'CREATE VIRTUAL'


def members(file: BinaryIO, budget: Budget) -> Iterator[Member | Flaw]:
    """One text a table, each value on lines of its own, and each value that begins as a container does."""
    if not hasattr(sqlite3.Connection, 'deserialize'):
        yield Flaw(None, 'a database, which is read with Python 3.11 or newer')
        return
    size = file.seek(0, 2)
    budget.hold(size)
    with closing(sqlite3.connect(':memory:')) as connection:
        try:
            _open(connection, _image(file, size), budget)
            rows = connection.execute(_TABLES).fetchall()
            names = [b'sqlite_master', *(name for name, sql in rows if not (sql or b'').startswith(_VIRTUAL))]
        except _ERRORS as error:
            raise Damaged(reason(error)) from None
        for name in names:
            yield from _table(connection, name, budget)


def _image(file: BinaryIO, size: int) -> bytearray:
    image = bytearray(size)
    file.seek(0)
    file.readinto(image)  # type: ignore[attr-defined]
    image[_VERSIONS] = b'\1\1'
    return image


def _open(connection: sqlite3.Connection, image: bytearray, budget: Budget) -> None:
    connection.text_factory = bytes
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, budget.limits.memory)
    connection.deserialize(image)
    connection.execute('PRAGMA trusted_schema = OFF')
    connection.execute('PRAGMA cell_size_check = ON')
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY)
    connection.set_progress_handler(lambda: budget.left() < 0, _STEPS)


def _table(connection: sqlite3.Connection, name: bytes, budget: Budget) -> Iterator[Member | Flaw]:
    packed: list[int] = []
    try:
        query = _query(connection, name)
        yield Member(name, _lines(connection, query, packed))
        if packed:
            for number, value in enumerate(_values(connection, query)):
                if detect(value[:HEAD]) is not None:
                    yield text(b'%s/value %d' % (name, number + 1), value)
    except _ERRORS as error:
        budget.check()
        yield Flaw(name, reason(error))


def _query(connection: sqlite3.Connection, name: bytes) -> str:
    """Columns that are computed are left out: what they are computed of is not."""
    quoted = _quoted(name)
    columns = [row[1] for row in connection.execute(f'PRAGMA table_xinfo({quoted})') if row[6] == 0]
    return f'SELECT {", ".join(_quoted(column) for column in columns)} FROM {quoted}'


def _quoted(name: bytes) -> str:
    return '"' + name.decode().replace('"', '""') + '"'


def _values(connection: sqlite3.Connection, query: str) -> Iterator[bytes]:
    for row in connection.execute(query):
        for value in row:
            if isinstance(value, bytes):
                yield value


def _lines(connection: sqlite3.Connection, query: str, packed: list[int]) -> Callable[[int], bytes]:
    pieces = _pieces(_values(connection, query), packed)
    rest = bytearray()

    def read(size: int) -> bytes:
        try:
            while len(rest) < size and (piece := next(pieces, None)) is not None:
                rest.extend(piece)
        except _ERRORS as error:
            if not rest:
                raise Damaged(reason(error)) from None
        piece = bytes(rest[:size])
        del rest[:size]
        return piece
    return read


def _pieces(values: Iterator[bytes], packed: list[int]) -> Iterator[bytes]:
    """A value may be as long as memory allows: no second one of it is made."""
    for value in values:
        if detect(value[:HEAD]) is not None:
            packed.append(1)
        for at in range(0, len(value), _STEP):
            yield value[at:at + _STEP]
        yield b'\n'
