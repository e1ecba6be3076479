from __future__ import annotations

import base64
import os

import pytest

from pina_scan.judge.decide import decide
from pina_scan.judge.placeholder import dummy
from pina_scan.judge.randomness import RANDOM
from pina_scan.judge.randomness import word_share
from pina_scan.records import Candidate
from pina_scan.token import ACCESS
from pina_scan.token import ACCESS_RULE
from pina_scan.token import REFRESH
from pina_scan.token import REFRESH_RULE
from pina_scan.token import make
from pina_scan.token import make_fake
from pina_scan.token import make_refresh

ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def verdict(body: str | bytes, exact: bool = True, prefix: bytes = ACCESS) -> str | None:
    body = body.encode() if isinstance(body, str) else body
    rule = ACCESS_RULE if prefix == ACCESS else REFRESH_RULE
    found = decide(Candidate(rule, 0, 0, prefix, body, exact))
    return found and found.confidence


@pytest.mark.parametrize(
    ('body', 'words'), (
        ('A' * 96, 'one character repeated'),
        ('X' * 96, 'one character repeated'),
        ('AEAX' + 'X' * 92, 'only 3 different characters'),
        ('AB' * 48, 'only 2 different characters'),
        ((ALPHABET * 3)[:96], 'a short text repeated'),
        (ALPHABET + ALPHABET[::-1] + ALPHABET, 'a run through the alphabet'),
        ('EXAMPLETOKEN' * 8, 'only 10 different characters'),
        ('REPLACETHISWITHYOURPINTERESTCONVERSIONTOKENFROMADSMANAGER' + 'BUSINESSCONVERSIONSGENERATENEWTOKENSECT', 'words'),
        (make()[5:60].decode() + 'X' * 41, 'one character 12 times or more in a row'),
    ),
)
def test_dummies(body: str, words: str) -> None:
    assert dummy(body) == words
    assert verdict(body) == 'placeholder'


@pytest.mark.parametrize('body', (
    '0x' + '9fB' * 13 + 'e', 'x_0x' + 'aB3' * 21 + 'F', 'sha256-47DEQpj8HBSa',
    'sha512-' + base64.b64encode(bytes(range(7, 55))).decode(),
    'v1_sha384_' + base64.urlsafe_b64encode(bytes(range(200, 248))).decode(),
))
def test_hashes_in_mixed_case_are_none(body: str) -> None:
    assert verdict(body, exact=False) is None


def test_no_random_body_is_a_dummy() -> None:
    assert [t for t in (make()[5:].decode() for _ in range(3000)) if dummy(t)] == []


@pytest.mark.parametrize('length', (40, 48, 64, 96))
def test_random_bodies_are_random(length: int) -> None:
    def base32() -> str:
        return base64.b32encode(os.urandom(60)).decode()[:length]

    def base62() -> str:
        return base64.urlsafe_b64encode(os.urandom(72)).decode().strip('-_')[:length]

    assert [body for body in (base32() for _ in range(1000)) if verdict(body, exact=False) is None] == []
    # one in ten thousand is above the measure at 40 characters: four in a thousand will not be seen
    assert len([body for body in (base62() for _ in range(1000)) if word_share(body) >= RANDOM]) <= 3


@pytest.mark.parametrize(
    'body', (
        'colada_with_extra_coconut_cream_and_a_slice', 'COLADA_WITH_EXTRA_COCONUT_CREAM_AND_A_SLICE',
        'ThisIsAnIdentifierNameThatIsAsLongAsJavaProgrammersLike', 'este-es-un-identificador-largo-con-guiones-medios',
        '0' * 64, '1234567890' * 5, 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ', 'abcabcabc' * 6,
        'd41d8cd98f00b204e9800998ecf8427e' * 2, 'D41D8CD98F00B204E9800998ECF8427E' * 2,
        '550e8400-e29b-41d4-a716-446655440000-550e8400-e29b-41d4-a716-446655440000',
        'v1_d41d8cd98f00b204e9800998ecf8427e_2026-01-01', 'ACGTTGCAACGTTGCATTGACCAGTGACCATGACGGTACA',
        'test_2026_11_23_20_41_34_000001_and_some_more_words',
    ),
)
def test_loose_bodies_that_are_none(body: str) -> None:
    assert verdict(body, exact=False) is None


def test_kinds() -> None:
    assert verdict(make()[5:]) == 'high'
    assert verdict(make()[5:86]) == 'high'
    assert verdict(make_fake()[5:]) == 'fake'
    assert verdict(make()[5:55], exact=False) == 'medium'


def test_refresh_tokens() -> None:
    body = make_refresh()[5:]
    header = body.split(b'.')[0]
    assert verdict(body, prefix=REFRESH) == 'high'
    assert verdict(header + b'.' + b'x' * 40 + b'.' + b'x' * 43, prefix=REFRESH) == 'placeholder'
    # the header says nothing that can be read: of another form, at the most
    assert verdict(b'eyJ' + os.urandom(20).hex().encode() + body[len(header):], prefix=REFRESH) in ('medium', None)


def test_every_verdict_says_why() -> None:
    for body, exact in ((make()[5:], True), (b'A' * 96, True), (make()[5:55], False), (make_fake()[5:], True)):
        found = decide(Candidate(ACCESS_RULE, 0, 0, ACCESS, body, exact))
        assert found is not None
        assert found.reason.endswith('.')
        assert body[5:15].decode() not in found.reason
