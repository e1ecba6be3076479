from __future__ import annotations

import base64
import hashlib

import pytest

from pina_scan import token


def test_made_tokens_have_the_form_and_differ() -> None:
    first, second = token.make(), token.make()
    assert first != second
    assert first.startswith(token.ACCESS)
    assert len(base64.b32decode(first[5:])) == token.BODY_BYTES
    assert len(first) == 101


def test_a_fake_is_known_and_a_token_is_not() -> None:
    assert token.is_fake(token.make_fake()[5:])
    assert len(token.make_fake()) == 101
    assert token.FAKE_MARKER in base64.b32decode(token.make_fake()[5:])
    assert not token.is_fake(token.make()[5:])


def test_identity_is_of_the_whole_token() -> None:
    made = token.make()
    assert token.sha256(made) == hashlib.sha256(made).hexdigest()


def test_redacted_shows_four_characters() -> None:
    assert token.redacted(b'pina_', b'ABCDEFGH') == 'pina_ABCD…(8)'


@pytest.mark.parametrize(
    'text', (
        '', 'no token', 'pina_scan/cli/boundary.py', 'pina_scan.report.as_text', 'pina_colada', 'pina_AEAX…(96)',
    ),
)
def test_scrub_leaves(text: str) -> None:
    assert token.scrub(text) == text


def test_scrub_cuts() -> None:
    access, refresh = token.make().decode(), token.make_refresh().decode()
    text = token.scrub(f'no file {access}.env, {refresh} {access.lower()}')
    assert access[9:20] not in text
    assert access[9:20].lower() not in text
    assert refresh[9:20] not in text
