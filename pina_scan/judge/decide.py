"""The verdict on a candidate: questions in order, the first that answers decides."""
from __future__ import annotations

import re

from pina_scan.judge.placeholder import dummy
from pina_scan.judge.randomness import RANDOM
from pina_scan.judge.randomness import WORDLIKE
from pina_scan.judge.randomness import word_share
from pina_scan.records import Candidate
from pina_scan.records import Verdict
from pina_scan.token import BODY_LENGTH
from pina_scan.token import REFRESH
from pina_scan.token import is_fake

#: A loose body is judged by its beginning: this many characters.
_JUDGED = 128
_LEAST = 40
#: Hashes and UUIDs, whole or as the parts of a name; what is left has to be long enough by itself.
_HEX_PART = re.compile(
    # what a page or a lock file has for a file's integrity, up to its first sign that no body has
    r'(?:^|[_-])sha(?:1|256|384|512)[_-][A-Za-z0-9_-]+|(?:^|[_-])0x[0-9A-Fa-f]{8,}(?=[_-]|$)'
    r'|(?:^|[_-])(?:0x)?(?:[0-9a-f]{8,}|[0-9A-F]{8,}|(?:[0-9a-fA-F]{4}-){2,3}[0-9a-fA-F]{12}|[0-9_-]+)(?=[_-]|$)',
)
_BASE32 = re.compile(r'[A-Z2-7]+')
_DNA = frozenset('ACGTUNacgtun')


def decide(candidate: Candidate) -> Verdict | None:
    """None: no token at all."""
    for question in (_refresh, _exact, _loose):
        verdict = question(candidate)
        if verdict is not None:
            return verdict
    return None


def _refresh(candidate: Candidate) -> Verdict | None:
    if candidate.prefix != REFRESH or not candidate.exact:
        return None
    head, *rest = candidate.body.decode('ascii').split('.')
    kind = dummy(''.join(rest))
    if kind is not None:
        return Verdict('placeholder', f'the form of a refresh token, but its body is a dummy: {kind}.')
    if _jose_header(head):
        return Verdict('high', '"pinr." and a JWT whose header can be read: the form of a Pinterest refresh token.')
    return None


def _jose_header(segment: str) -> bool:
    """RFC 7515 section 4: a JSON object that names its algorithm."""
    import base64
    import json

    try:
        header = json.loads(base64.urlsafe_b64decode(segment + '=' * (-len(segment) % 4)))
    except ValueError:
        return False
    return isinstance(header, dict) and 'alg' in header


def _exact(candidate: Candidate) -> Verdict | None:
    if candidate.prefix == REFRESH or not candidate.exact:
        return None
    body = candidate.body.decode('ascii')
    kind = dummy(body)
    if kind is not None:
        return Verdict('placeholder', f'the form of a token, but its body is a dummy: {kind}.')
    if is_fake(candidate.body):
        return Verdict('fake', 'Made by `pina-scan fake`: no token of anybody\'s.')
    if len(body) == BODY_LENGTH:
        return Verdict('high', '"pina_" and 96 random base32 characters: the form of a Conversions API token.')
    return Verdict('high', f'"pina_" and {len(body)} random base32 characters: a token cut short or of another length.')


def _loose(candidate: Candidate) -> Verdict | None:
    body = candidate.body.decode('ascii')[:_JUDGED]
    rest = _HEX_PART.sub('', body)
    if len(rest) < _LEAST or frozenset(rest) <= _DNA or dummy(body) is not None:
        return None
    share = word_share(body)
    if share >= (WORDLIKE if _BASE32.fullmatch(body) else RANDOM):
        return None
    return Verdict(
        'medium',
        f'"{candidate.prefix.decode()}" and {len(candidate.body)} random characters '
        f'({share:.0%} of the neighbours are those of words): a token cut short, or of another form.',
    )
