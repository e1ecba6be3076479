"""Each rule against its own proof, in surroundings of every kind."""
from __future__ import annotations

import pytest

from pina_scan.blob import Blob
from pina_scan.match.rules import RULES
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.token import make
from pina_scan.token import make_refresh
from pina_scan.token import sha256
from tests.helpers.tokens import dummy
from tests.helpers.tokens import fill

NEAR_MISSES = [(rule.id, near) for rule in RULES for near in rule.near_misses]
EXAMPLES = [(rule.id, example) for rule in RULES for example in rule.examples]
# one of each class of byte that may stand beside a token
NEIGHBOURS = [
    b'', b' ', b'\n', b'\r', b'\t', b'\0', b'"', b"'", b'`', b'<', b'>', b'&', b'(', b')', b'[', b'{', b'}', b',', b';', b':',
    b'.', b'|', b'/', b'\\', b'=', b'+', b'-', b'_', b'%20', b'\\n', b'a', b'Z', b'7', b'9', b'\x1b[0m', b'\xe9', b'\xff',
    '…'.encode(),
]


def found(data: bytes) -> list[Finding]:
    results = list(scan([Blob(b'f', data)], Totals()))
    assert all(isinstance(result, Finding) for result in results)
    return results  # type: ignore[return-value]


@pytest.mark.parametrize(('rule', 'near'), NEAR_MISSES)
def test_near_misses_are_none(rule: str, near: bytes) -> None:
    for _ in range(20):
        text = fill(near)
        assert found(text) == [], text
        assert found(b'key = "' + text + b'"\n') == [], text


@pytest.mark.parametrize(('rule', 'example'), EXAMPLES)
def test_examples_are_found(rule: str, example: bytes) -> None:
    for _ in range(20):
        text = fill(example)
        assert [f.rule for f in found(text)] == [rule], text


@pytest.mark.parametrize('left', NEIGHBOURS)
def test_an_access_token_is_found_beside_anything(left: bytes) -> None:
    for right in NEIGHBOURS:
        token = make()
        finding, = found(b'x ' + left + token + right + b' y')
        assert (finding.token_sha256, finding.confidence) == (sha256(token), 'high')


@pytest.mark.parametrize('left', NEIGHBOURS)
def test_a_refresh_token_is_found_beside_anything(left: bytes) -> None:
    # on its right a JWT of base64url ends only at what is no base64url
    for right in (n for n in NEIGHBOURS if not n[:1].isalnum() and n not in (b'-', b'_')):
        token = make_refresh()
        finding, = found(b'x ' + left + token + right + b' y')
        assert (finding.token_sha256, finding.confidence) == (sha256(token), 'high')


def test_several_in_a_line_and_the_same_twice() -> None:
    one, two = make(), make()
    got = found(one + two + b' ' + one)
    assert [(f.column, f.token_sha256) for f in got] == [(1, sha256(one)), (102, sha256(two)), (204, sha256(one))]


def test_every_length_from_eighty_is_high_and_forty_medium() -> None:
    token = make()
    assert {n: [f.confidence for f in found(b' ' + token[:5 + n] + b' ')] for n in (39, 40, 79, 80, 95, 96)} == {
        39: [], 40: ['medium'], 79: ['medium'], 80: ['high'], 95: ['high'], 96: ['high'],
    }


def test_a_cut_of_a_token_is_found_wherever_it_is_cut() -> None:
    # the measure of randomness is of 40 characters here: a thousand tokens, none may pass for words
    assert [token for token in (make()[:45] for _ in range(1000)) if not found(token)] == []


def test_the_vendors_example_is_a_placeholder() -> None:
    finding, = found(dummy())
    assert (finding.confidence, finding.redacted) == ('placeholder', 'pina_AAAA…(96)')
