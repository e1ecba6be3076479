"""Class 3, second part: where base64 is used, and what else is in it."""
from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import random
import zipfile
import zlib

from benchmarks.detection import surroundings
from benchmarks.detection.base64_texts import LEADS
from benchmarks.detection.base64_texts import encode
from benchmarks.detection.base64_texts import marked
from benchmarks.detection.base64_texts import surrounded
from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer


def powershell(draw: random.Random, token: bytes) -> Text:
    """`-EncodedCommand` is base64 of UTF-16."""
    lead = draw.choice(('$t="', "Set-Item Env:T '", '', 'a', 'ab', '$h = @{ Authorization = "Bearer ', '# clé\n$t = "'))
    text = (lead + token.decode() + draw.choice(('"', "'", '', '"; exit'))).encode('utf-16-le')
    made = base64.b64encode(text)
    return Text(b'powershell -EncodedCommand ' + marked(made, len(lead.encode('utf-16-le')) * 4 // 3), '.ps1', block=True)


def wide(draw: random.Random, token: bytes) -> Text:
    encoding = draw.choice(('utf-16-be', 'utf-16-le', 'utf-16'))
    lead = draw.choice(('', 'a', 'ab', 'abc', 'token: '))
    return Text(marked(base64.b64encode((lead + token.decode()).encode(encoding)), len(lead.encode(encoding)) * 4 // 3))


def basic_auth(draw: random.Random, token: bytes) -> Text:
    user = draw.choice((b'', b'me', b'oauth2', b'x-token-auth', b'a@example.org'))
    text, at = draw.choice(((user + b':' + token, len(user) + 1), (token + b':', 0), (token + b':x-oauth-basic', 0)))
    made = marked(base64.b64encode(text), at * 4 // 3)
    return Text(draw.choice((b'Authorization: Basic %s', b"curl -H 'authorization: basic %s' x",
        b'"Authorization": "Basic %s",')).replace(b'%s', made), block=True)


def jwt(draw: random.Random, token: bytes) -> Text:
    def segment(value: object) -> bytes:
        return base64.urlsafe_b64encode(json.dumps(value, separators=draw.choice(((',', ':'),
            (', ', ': ')))).encode()).rstrip(b'=')

    claims = {'sub': '1' * draw.randint(1, 9), 'pinterest': token.decode(), 'exp': draw.randrange(10**9)}
    head = {'alg': 'HS256', 'typ': 'JWT'}
    payload = segment(claims)
    plain = base64.urlsafe_b64decode(payload + b'=' * (-len(payload) % 4))
    marked_payload = marked(payload, plain.index(token) * 4 // 3)
    return Text(b'.'.join((segment(head), marked_payload, base64.urlsafe_b64encode(draw.randbytes(32)).rstrip(b'='))))


def data_uri(draw: random.Random, token: bytes) -> Text:
    kind = draw.choice((b'text/plain', b'application/json;charset=utf-8', b'application/octet-stream', b''))
    text, at = surrounded(draw, token)
    made = marked(base64.b64encode(text), at * 4 // 3)
    if draw.random() < 0.4:
        made = made.replace(b'=', b'%3D').replace(b'+', b'%2B').replace(b'/', b'%2F')
    return Text(draw.choice((b'<a href="data:%k;base64,%s">', b'url(data:%k;base64,%s)',
        b'"data:%k;base64,%s"')).replace(b'%k', kind).replace(b'%s', made), block=True)


def kubernetes(draw: random.Random, token: bytes) -> Text:
    value, at = draw.choice(((token, 0), (token + b'\n', 0), (b'{"token":"' + token + b'"}', 10), (b'A=1\nT=' + token, 6)))
    made = marked(base64.b64encode(value), at * 4 // 3)
    quote = draw.choice((b'', b'"', b"'"))
    other = base64.b64encode(draw.randbytes(30))
    head = b'apiVersion: v1\nkind: Secret\nmetadata:\n  name: pinterest\ndata:\n  ca.crt: ' + other + b'\n  token: '
    return Text(head + quote + made + quote + b'\ntype: Opaque\n', '.yaml', block=True)


def docker_config(draw: random.Random, token: bytes) -> Text:
    user = draw.choice((b'me', b'robot$ci', b'oauth2accesstoken', b'0000'))
    made = marked(base64.b64encode(user + b':' + token), (len(user) + 1) * 4 // 3)
    return Text(b'{\n\t"auths": {\n\t\t"registry.example.org": {\n\t\t\t"auth": "' + made + b'"\n\t\t}\n\t}\n}\n',
        '.json', block=True)


def compressed(draw: random.Random, token: bytes, method: str) -> bytes:
    """Some text with the token, compressed. Not so short that it would not be compressed."""
    text = '\n'.join(surroundings.lines(draw, 5, 40)).encode() + b'\ntoken: ' + token + b'\n'
    if method == 'zip':
        out = io.BytesIO()
        with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as archive:
            archive.writestr('values.yaml', text)
        return out.getvalue()
    return {'gzip': lambda: gzip.compress(text, mtime=draw.choice((0, 1700000000))),
        'zlib': lambda: zlib.compress(text, draw.choice((1, 6, 9))),
            'bzip2': lambda: bz2.compress(text), 'xz': lambda: lzma.compress(text)}[method]()


def _of_compressed(method: str, times: int = 1, wrap: int | None = None) -> Writer:
    """Nothing of it has a place of its own outside: the finding stands where the base64 begins."""
    def write(draw: random.Random, token: bytes) -> Text:
        made = compressed(draw, token, method)
        for _ in range(times):
            made = base64.b64encode(made)
        if wrap:
            end = draw.choice((b'\n', b'\r\n'))
            made = end.join(made[at:at + wrap] for at in range(0, len(made), wrap))
            return Text(b'Content-Transfer-Encoding: base64\n\n' + MARK + made + b'\n', '.eml', block=True)
        return Text(draw.choice((b'release: ', b'"release": "', b'data=')) + MARK + made + b'"', block=True)
    return write


def helm(draw: random.Random, token: bytes) -> Text:
    """A Helm release in a Kubernetes secret: gzip of JSON that has base64 in it, twice in base64."""
    chart = {'name': 'r', 'chart': {'templates': [{'name': 'secret.yaml',
        'data': base64.b64encode(b'token: ' + token).decode()}]},
             'config': {'words': ' '.join(surroundings.lines(draw, 10, 30))}}
    if draw.random() < 0.5:
        chart = {'name': 'r', 'config': {'pinterest': {'token': token.decode()}},
            'info': {'notes': ' '.join(surroundings.lines(draw, 10, 30))}}
    made = base64.b64encode(base64.b64encode(gzip.compress(json.dumps(chart).encode())))
    return Text(b'apiVersion: v1\nkind: Secret\ndata:\n  release: ' + MARK + made + b'\ntype: helm.sh/release.v1\n',
        '.yaml', block=True)


def in_json(draw: random.Random, token: bytes) -> Text:
    """base64 with the signs that JSON may escape."""
    text, at = surrounded(draw, token)
    made = marked(base64.b64encode(text), at * 4 // 3)
    for sign, way in ((b'/', draw.choice((b'\\/', b'\\u002f', b'/'))), (b'+', draw.choice((b'\\u002b', b'+'))),
        (b'=', draw.choice((b'\\u003d', b'=')))):
        made = b''.join(MARK if part == MARK else part.replace(sign, way) for part in _split(made))
    return Text(b'{"v": "' + made + b'"}', '.json', block=True)


def _split(made: bytes) -> list[bytes]:
    before, mark, after = made.partition(MARK)
    return [before, mark, after]


def of_escaped(draw: random.Random, token: bytes) -> Text:
    """Text that is escaped before it is encoded."""
    spelled = draw.choice((token.replace(b'_', b'%5F'), token.replace(b'_', b'\\u005f'), token.replace(b'_', b'&#95;'),
        token.replace(b'_', b'\\_')))
    lead = draw.choice(LEADS)
    return Text(marked(*encode(draw, lead + spelled, len(lead))))


def of_split(draw: random.Random, token: bytes) -> Text:
    """Code, encoded, in which the token is put together from two literals."""
    at = draw.randint(5, 95)
    lead = draw.choice((b't = "', b'$t = "', b'  token: "'))
    code = lead + token[:at] + draw.choice((b'" + "', b'"\n  "', b'" . "')) + token[at:] + b'"\n'
    return Text(marked(*encode(draw, code, len(lead))))


def wide_file(draw: random.Random, token: bytes) -> Text:
    """base64 in a file of UTF-16."""
    text, at = encode(draw, *surrounded(draw, token))
    encoding = draw.choice(('utf-16-le', 'utf-16-be'))
    bom = {'utf-16-le': b'\xff\xfe', 'utf-16-be': b'\xfe\xff'}[encoding]
    before, after = 'a: 1\nsecret: ' + text[:at].decode(), text[at:].decode() + '\nb: 2\n'
    return Text(bom + before.encode(encoding) + MARK + after.encode(encoding), alone=True, encoding=encoding)


def in_query(draw: random.Random, token: bytes) -> Text:
    text, at = surrounded(draw, token)
    made = marked(base64.b64encode(text), at * 4 // 3)
    made = made.replace(b'=', b'%3D').replace(b'+', b'%2B').replace(b'/', b'%2F')
    return Text(b'https://example.org/login?state=' + made + b'&x=1')


def glued(draw: random.Random, token: bytes) -> Text:
    """Signs of the alphabet stand on both sides."""
    text, at = encode(draw, *surrounded(draw, token))
    text = text.rstrip(b'=')
    before = draw.choice((b'x', b'xy', b'xyz', b'key', b'v1_', b'/path/', b'abc+', b'-'))
    return Text(before + marked(text, at))


def binary(draw: random.Random, token: bytes) -> Text:
    """In the middle of random bytes, encoded together: a key store, a protobuf message."""
    lead = draw.randbytes(draw.randint(0, 200))
    return Text(marked(*encode(draw, lead + token + draw.randbytes(draw.randint(0, 200)), len(lead))))


BASE64_USES: dict[str, Writer] = {
    'PowerShell': powershell,
    'PowerShell again': powershell,
    'of UTF-16': wide,
    'Basic': basic_auth,
    'Basic again': basic_auth,
    'JWT': jwt,
    'JWT again': jwt,
    'data URI': data_uri,
    'data URI again': data_uri,
    'Kubernetes': kubernetes,
    'Kubernetes again': kubernetes,
    'Docker': docker_config,
    'Helm': helm,
    'Helm again': helm,
    'gzip': _of_compressed('gzip'),
    'gzip, twice in base64': _of_compressed('gzip', 2),
    'gzip, wrapped': _of_compressed('gzip', wrap=76),
    'zlib': _of_compressed('zlib'),
    'zip': _of_compressed('zip'),
    'zip, attached to a mail': _of_compressed('zip', wrap=76),
    'bzip2': _of_compressed('bzip2'),
    'xz': _of_compressed('xz'),
    'in JSON': in_json,
    'of what is escaped': of_escaped,
    'of what is split': of_split,
    'in UTF-16': wide_file,
    'in a query': in_query,
    'glued': glued,
    'among random bytes': binary,
    'among random bytes again': binary,
}
