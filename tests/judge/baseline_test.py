from __future__ import annotations

import datetime

import pytest

from pina_scan.errors import ConfigError
from pina_scan.judge.baseline import Entry
from pina_scan.judge.baseline import comment
from pina_scan.judge.baseline import parse
from pina_scan.judge.baseline import render

A, B = 'a' * 64, 'b' * 64


@pytest.mark.parametrize('data', (b'', b'\n', b'# a comment\n\n  # another\n', b'\xef\xbb\xbf', b'\xef\xbb\xbf# a comment\r\n'))
def test_no_entries(data: bytes) -> None:
    assert parse(data, 'b') == []


@pytest.mark.parametrize(
    'path', (
        b'a/b.env', b'.env', b'a b', b'a#b', b'#a', b'"a"', b'a\\b', b'a\nb', b'a\tb\r', b'\xff\xfe', 'é'.encode(),
        b'-x', b'\\n', b'\\101', b' lead', b'trail ', b'a  # b', b'\x1b[31m',
    ),
)
def test_any_path_comes_back(path: bytes) -> None:
    entries = [Entry(A, path, 'why, who')]
    text = render(entries)
    assert text.count(b'\n') == 1
    assert parse(text, 'b') == entries


def test_lines_are_sorted_and_unique() -> None:
    entries = [Entry(B, b'x'), Entry(A, b'y', 'old'), Entry(A, b'x'), Entry(A, b'y', 'new')]
    assert render(entries) == f'{A}  x\n{A}  y  # new\n{B}  x\n'.encode()


@pytest.mark.parametrize(
    ('line', 'until'), (
        ('', None),
        ('  # a reason', None),
        ('  # until further notice it is', None),
        ('  # reason, owner, until 2027-01-31', datetime.date(2027, 1, 31)),
        ('  # until 2027-01-31', datetime.date(2027, 1, 31)),
    ),
)
def test_until(line: str, until: datetime.date | None) -> None:
    entry, = parse(f'{A}  x{line}\n'.encode(), 'b')
    assert entry.until == until


@pytest.mark.parametrize(
    ('data', 'words'), (
        (b'nonsense', 'b:1: not a baseline entry'),
        (b'\n' + A[:63].encode() + b'  x', 'b:2: not a baseline entry'),
        (A.encode(), 'b:1: not a baseline entry'),
        (A.encode() + b'  x y', 'b:1: not a baseline entry'),
        (b'<<<<<<< HEAD\n', 'b:1: not a baseline entry'),
        (A.encode() + b'  x  # reason, until 2027-02-31', 'is no date'),
        (A.encode() + b'  x  # until tomorrow', 'is no date'),
    ),
)
def test_refused(data: bytes, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        parse(data, 'b')


def test_comment() -> None:
    assert comment('', '', None) == ''
    assert comment('a  reason\nof two lines', 'me', datetime.date(2027, 1, 2)) == 'a reason of two lines, me, until 2027-01-02'
