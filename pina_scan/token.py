"""What a token is: its two forms, its identity, the part of it that may be shown, and tokens for tests.

Conversions API tokens are `pina_` and 96 characters of the RFC 4648 base32 alphabet: 60 bytes. Pinterest's guides
and the vendors' pages that repeat them print `pina_` and 96 times `A`. Refresh tokens are `pinr.` and a JWT, as the
API reference prints them.
"""
from __future__ import annotations

import os

ACCESS = b'pina_'
REFRESH = b'pinr.'
ACCESS_RULE = 'pinterest-access-token'
REFRESH_RULE = 'pinterest-refresh-token'
TITLES = {ACCESS_RULE: 'Pinterest access token', REFRESH_RULE: 'Pinterest refresh token'}
BODY_LENGTH = 96
BODY_BYTES = 60
#: How many characters the signature of a JWT has, by the usual algorithms and keys (RFC 7518 section 3).
SIGNATURES = (43, 64, 86, 128, 176, 342, 512, 683)
#: The same by the algorithm that the header names; RSA's by the usual sizes of a key.
_BY_ALGORITHM = {
    'HS256': (43,), 'HS384': (64,), 'HS512': (86,), 'ES256': (86,), 'ES384': (128,), 'ES512': (176,), 'EdDSA': (86,),
    'RS': (342, 512, 683), 'PS': (342, 512, 683),
}
#: How much of a body may be shown, anywhere.
SHOWN = 4
#: How much of the SHA-256 is shown to people; JSON carries all of it.
HASH_SHOWN = 12

#: Stands at a multiple of five bytes, so that it is the same 32 characters in every fake's body, and as long as
#: those are: a random body holds them with a chance of 2 to the power of -160.
FAKE_MARKER = b'pina-scan fake token'
FAKE_AT = 20


def sha256(token: bytes) -> str:
    """The token's identity: safe to store, since nobody can try 480 random bits."""
    import hashlib

    return hashlib.sha256(token).hexdigest()


def redacted(prefix: bytes, body: bytes) -> str:
    return f'{prefix.decode()}{body[:SHOWN].decode("ascii", "replace")}…({len(body)})'


def scrub(text: str) -> str:
    """`text` with everything that looks like a token cut to the part that may be shown: an error's words, a trace."""
    import re

    return re.sub(
        r'(pina_|pinr\.)([a-z0-9]{4})([\w-]{16,}[\w.-]*)',
        lambda m: f'{m[1]}{m[2]}…({len(m[2]) + len(m[3])})',
        text,
        flags=re.IGNORECASE | re.ASCII,
    )


def signatures(head: bytes) -> tuple[int, ...] | None:
    """How many characters the signature may have behind such a first part of a JWT, in order; none are said of an algorithm
    that isn't known, and None if it is no first part."""
    import json
    from base64 import urlsafe_b64decode

    try:
        algorithm = str(json.loads(urlsafe_b64decode(head + b'=' * (-len(head) % 4)))['alg'])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return _BY_ALGORITHM.get(algorithm, _BY_ALGORITHM.get(algorithm[:2], ()))


def make() -> bytes:
    """A token that no scanner can tell from a real one; for tests, at run time only."""
    from base64 import b32encode

    return ACCESS + b32encode(os.urandom(BODY_BYTES))


def make_refresh() -> bytes:
    from base64 import urlsafe_b64encode

    def segment(raw: bytes) -> bytes:
        return urlsafe_b64encode(raw).rstrip(b'=')

    claims = b'{"sub":"%d","iat":1700000000}' % int.from_bytes(os.urandom(6), 'big')
    return REFRESH + b'.'.join((segment(b'{"alg":"HS256","typ":"JWT"}'), segment(claims), segment(os.urandom(32))))


def make_fake() -> bytes:
    """A token of the right form for documents and tests, which `is_fake` knows."""
    from base64 import b32encode

    rest = BODY_BYTES - FAKE_AT - len(FAKE_MARKER)
    return ACCESS + b32encode(os.urandom(FAKE_AT) + FAKE_MARKER + os.urandom(rest))


def is_fake(body: bytes) -> bool:
    from base64 import b32encode

    start = FAKE_AT * 8 // 5
    return body.startswith(b32encode(FAKE_MARKER), start)
