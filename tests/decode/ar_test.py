from __future__ import annotations

import pytest

from pina_scan import token
from tests.helpers.pack import places
from tests.helpers.pack import tarred


def member(name: bytes, data: bytes) -> bytes:
    return b'%-16s%-12d%-6d%-6d%-8d%-10d`\n' % (name, 0, 0, 0, 644, len(data)) + data + b'\n' * (len(data) % 2)


@pytest.mark.parametrize('data', (
    b'!<arch>\n', b'!<arch>', b'!<thin>\n' + member(b'a/', b''), b'!<arch>\n' + member(b'a/', b'x'),
    b'!<arch>\n' + member(b'a/', b'x' * 99)[:80],
))
def test_nothing_to_say(data: bytes) -> None:
    assert places(data) == []


def test_a_token_in_a_package() -> None:
    data = b'!<arch>\n' + member(b'debian-binary', b'2.0\n') + member(
        b'control.tar.gz', tarred({'./postinst': b'#!/bin/sh\nexport T=' + token.make()}, 'w:gz'),
    )
    assert places(data, b'p.deb') == [(b'p.deb!control.tar.gz!control.tar!./postinst', 2, 10, ('ar', 'gzip', 'tar'))]


def test_names() -> None:
    secret = token.make()
    shown = token.redacted(b'pina_', secret[5:]).encode()
    gnu = b'!<arch>\n' + member(b'//', b'0/\n' + secret + b'.o/\n') + member(b'/3', b'')
    assert places(gnu) == [(b'x!' + shown + b'.o', None, None, ('ar',))]
    bsd = b'!<arch>\n' + member(b'#1/103', secret + b'.o')
    assert places(bsd) == [(b'x!' + shown + b'.o', None, None, ('ar',))]


def test_a_damaged_header_is_unread() -> None:
    data = b'!<arch>\n' + member(b'a/', token.make()) + b'x' * 60
    assert places(data) == [(b'x!a', 1, 1, ('ar',)), (b'x', 'a damaged header')]
