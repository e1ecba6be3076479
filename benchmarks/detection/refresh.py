"""The other kind of token, `pinr.` and a JWT, in the shapes that fit it."""
from __future__ import annotations

import base64
import json
import random

from benchmarks.detection import escapes
from benchmarks.detection import surroundings
from benchmarks.detection.base64_texts import encode
from benchmarks.detection.base64_texts import marked
from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer


def token(draw: random.Random) -> bytes:
    def segment(raw: bytes) -> bytes:
        return base64.urlsafe_b64encode(raw).rstrip(b'=')

    head, signed = draw.choice((({'alg': 'HS256', 'typ': 'JWT'}, 32), ({'typ': 'JWT', 'alg': 'RS256'}, 256),
        ({'alg': 'ES256', 'kid': '1'}, 64), ({'alg': 'HS512'}, 64)))
    claims = {'sub': str(draw.randrange(10**15)), 'iat': 1700000000,
        'scope': draw.choice(('ads:read', 'ads:read,ads:write', 'user_accounts:read'))}
    return b'pinr.' + b'.'.join((
        segment(json.dumps(head, separators=(',', ':')).encode()), segment(json.dumps(claims).encode()),
        segment(draw.randbytes(signed)),
    ))


def plain(draw: random.Random, made: bytes) -> Text:
    return surroundings.beside(draw, Text(MARK + made))


def encoded(draw: random.Random, made: bytes) -> Text:
    lead = draw.choice((b'', b'a', b'ab', b'user:', b'{"refresh_token":"'))
    return Text(marked(*encode(draw, lead + made + draw.choice((b'', b'\n', b'"}')), len(lead))))


def wide(draw: random.Random, made: bytes) -> Text:
    encoding = draw.choice(('utf-16-le', 'utf-16-be'))
    bom = {'utf-16-le': b'\xff\xfe', 'utf-16-be': b'\xfe\xff'}[encoding]
    return Text(bom + 'T="'.encode(encoding) + MARK + made.decode().encode(encoding) + '"\n'.encode(encoding),
        alone=True, encoding=encoding)


def joined(draw: random.Random, made: bytes) -> Text:
    at = draw.randint(5, len(made) - 20)
    return Text(b't = "' + MARK + made[:at] + draw.choice((b'" + "', b'"\n    "', b'" . "',
        b'" \\\n    "')) + made[at:] + b'"', block=True)


def lines(draw: random.Random, made: bytes) -> Text:
    prefix = draw.choice((b'', b'> ', b'# ', b'+', b'    '))
    width = draw.randint(40, 76)
    pieces = [made[at:at + width] for at in range(0, len(made), width)]
    return Text(prefix + MARK + (b'\n' + prefix).join(pieces), block=True)


def hexadecimal(draw: random.Random, made: bytes) -> Text:
    return Text(MARK + made.hex().encode())


REFRESH: dict[str, Writer] = {
    **{f'as it is, {number}': plain for number in range(1, 7)},
    **{f'base64, {number}': encoded for number in range(1, 7)},
    'UTF-16': wide,
    'UTF-16 again': wide,
    'joined': joined,
    'joined again': joined,
    'in lines': lines,
    'in lines again': lines,
    'hexadecimal': hexadecimal,
    **{f'{name}: the dot': escapes.one(escapes.WAYS[name], lambda draw, made: {4}) for name in ('percent', 'u', 'x',
        'entity', 'octal')},
}
