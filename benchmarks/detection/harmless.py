"""Files without a token that have much of what one is known by: words, code, templates, masks, hashes, rules, lists."""
from __future__ import annotations

import base64
import hashlib
import json
import random
import string
import uuid
from collections.abc import Callable

from benchmarks.detection import surroundings
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

_BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
#: Words that have *pina* in them or end with it, or something near; from Spanish, Italian, Portuguese, Catalan, Finnish …
_WORDS = (
    'pina', 'piña', 'pinata', 'pinacoteca', 'pinaceae', 'pinafore', 'pinar', 'opina', 'opinar', 'opinable', 'spina',
    'spinach', 'espina',
    'espinaca', 'rapina', 'alpina', 'copina', 'pepina', 'tripina', 'papina', 'lupina', 'Filipina', 'filipinas',
    'harpina', 'cripina', 'kepina',
    'topina', 'Agripina', 'supina', 'zampina', 'campina', 'crispina', 'vespina', 'pinamonti', 'pinault', 'pinasco',
    'taitepina', 'stipina',
)
_NOUNS = (
    'colada', 'client', 'token', 'access', 'conversion', 'event', 'account', 'board', 'campaign', 'report', 'handler',
    'config', 'service',
    'factory', 'manager', 'request', 'response', 'user', 'profile', 'image', 'upload', 'callback', 'helper', 'test',
    'value', 'default',
    'secret', 'key', 'version', 'timeout', 'retry', 'interval', 'audience', 'catalog', 'product', 'feed', 'segment',
    'metrics', 'pixel',
)


def _words(draw: random.Random, least: int, most: int) -> list[str]:
    return [draw.choice(_NOUNS) for _ in range(draw.randint(least, most))]


def _lines(draw: random.Random, make: Callable[[random.Random], str], count: int = 40) -> Text:
    made = [line for _ in range(count) for line in (make(draw), *surroundings.lines(draw, 0, 2))]
    return Text('\n'.join(made).encode() + b'\n', draw.choice(('.txt', '.py', '.js', '.md', '.yaml')), alone=True)


def _each(make: Callable[[random.Random], str], count: int = 40) -> Writer:
    return lambda draw, token: _lines(draw, make, count)


def _identifier(draw: random.Random) -> str:
    name = '_'.join(_words(draw, 1, 16))
    form = draw.choice((
        'pina_{}', 'opina_{}', 'PINA_{}', 'pina_{} = 1', 'spina_{}()', 'self.pina_{}', 'pina-{}', 'x.pina_{}.y',
        '__pina_{}__', 'get_pina_{}(x)', 'pina_{0}_{0}',
        'pina_' + '{}'.upper(),
    ))
    return form.format(draw.choice((name, name.upper(), name.title(), name.replace('_', ''),
        name.title().replace('_', ''), name.upper().replace('_', '')[:70])))


def _sentence(draw: random.Random) -> str:
    return ' '.join(draw.choice((draw.choice(_WORDS), draw.choice(_NOUNS))) for _ in range(12)) + draw.choice('.?!,')


def _glued_words(draw: random.Random) -> str:
    """Long runs of letters without a blank: slugs, CSS classes, German."""
    return draw.choice(('pina_', 'alpina_', 'pina_')) + draw.choice(('', '_',
        '-')).join(draw.choice(_NOUNS + _WORDS) for _ in range(draw.randint(6, 14)))


def _template(draw: random.Random) -> str:
    name = draw.choice(('TOKEN', 'PINTEREST_ACCESS_TOKEN', 'YOUR_TOKEN', 'access_token', 'secrets.PINTEREST',
        'your-conversion-token-here'))
    form = draw.choice((
        'pina_<{}>', 'pina_${{{}}}', 'pina_{{{{ {} }}}}', 'pina_{{{}}}', 'pina_$({})', 'pina_%{}%', 'pina_${}',
        'pina_YOUR_{}', 'pina_<%= {} %>', 'pina_#{{{}}}', 'pina_@{}@', 'pina_[{}]',
        'pina_${{{{ {} }}}}', "'pina_' + {}", '"pina_" . ${}', 'f"pina_{{{}}}"', 'pina_:{}', '`pina_${{{}}}`', 'pina_…',
        'pina_...', 'pina_your_{}_goes_here', 'token = "pina_" # {}',
        'pina_REPLACE_ME_{}', 'startswith("pina_")  # {}', 'pina_%s', 'pina_*', '<pina_{}>', 'pina_\\{}',
        "'pina_' || {}", '"pina_" & {}', 'pina_$$({})',
    ))
    return form.format(name)


def _mask(draw: random.Random) -> str:
    body = ''.join(draw.choices(_BASE32, k=draw.randint(4, 12)))
    sign = draw.choice('*•x.#·█')
    return 'pina_' + draw.choice((body + sign * draw.randint(3, 92), sign * draw.randint(3, 96),
        body[:4] + '…' + body[-4:], body[:4] + '...', f'[REDACTED {body[:4]}]', body + f'…({draw.randint(80, 96)})'))


def _hash(draw: random.Random) -> str:
    algorithm = draw.choice(('md5', 'sha1', 'sha256', 'sha384', 'sha512'))
    value = hashlib.new(algorithm, draw.randbytes(9)).hexdigest()
    if draw.random() < 0.3:
        value = str(uuid.UUID(bytes=draw.randbytes(16)))
    if draw.random() < 0.3:
        value = value.upper()
    return draw.choice(('pina_{}', 'opina_{}.png', 'pina_v2_{}', 'cache/pina_{}/x', '{}  pina_', 'pina_{}.min.js',
        'data-pina_{}="1"', 'spina_{}_old', 'pina_{0}_{0}', '{}', 'pina-{}')).format(value)


def _pattern(draw: random.Random) -> str:
    return draw.choice((
        'pina_[A-Z2-7]{{{n}}}', r'\bpina_[A-Z2-7]{{{n},}}\b', '(pina_)([A-Z2-7]+)', '^pina_\\w{{{n}}}$',
        'pina_[0-9A-Z]{{80,100}}', 'regex = "pina_[a-zA-Z0-9]{{{n}}}"', 'pina\\_[A-Z2-7]{{{n}}}',
        'pina%5F[A-Z2-7]', '/pina_(?:[A-Z2-7]{{8}}){{12}}/i', 'pina_.{{{n}}}', "re.compile(r'pina_[A-Z2-7]{{{n}}}')",
        'pina_[A-Z][A-Z2-7]{{{n}}}', 'pina_(.*)', '"\\\\bpina_[A-Z2-7]{{{n}}}"', 'pina_[[:upper:]2-7]{{{n}}}',
    )).format(n=draw.choice((80, 90, 96)))


def _short(draw: random.Random) -> str:
    """The prefix and too little to be one."""
    return draw.choice(('pina_', 'pina_ ', 'pina_"', 'token=pina_')) + ''.join(draw.choices(_BASE32, k=draw.randint(1, 30)))


def _body_only(draw: random.Random) -> str:
    """Long runs of the alphabet, without the prefix."""
    return draw.choice(('{}', 'key={}', 'pin_{}', 'pina{}', 'Pina_{}', 'PINA_{}', 'pina {}', 'pino_{}', 'pena_{}',
        'pina\n{}', 'na_ {}')).format(''.join(draw.choices(_BASE32, k=draw.choice((32, 52, 64, 95)))))


def _near_escape(draw: random.Random) -> str:
    return draw.choice(('pina%20{}', 'pina%2F{}', 'pina\\x20{}', 'pina\\n{}', 'pina&#32;{}', 'pina&amp;{}',
        'pina\\u0020{}', 'pina+{}', 'pina\\t{}', 'pina=20{}', 'pina%5B{}', 'pina\\x5e{}')).format(
        ''.join(draw.choices(_BASE32, k=96)))


def _near_join(draw: random.Random) -> str:
    """Two literals beside each other that are no one word."""
    word = ''.join(draw.choices(_BASE32, k=draw.choice((8, 16, 32))))
    other = ''.join(draw.choices(string.ascii_uppercase, k=draw.randint(3, 20)))
    return draw.choice((
        "['pina_', '{}', '{}']", '"pina_": "{}", "x": "{}"', 'a = "pina_"\nb = "{}"\nc = "{}"', 'pina_\n\n{}\n{}',
        '- pina_\n- {}\n- {}', 'f("pina_", "{}", "{}")', '<td>pina_</td><td>{}</td><td>{}</td>',
        'pina_,{},{}', 'case "pina_":\n    return "{}" + "{}"', '// pina_\nconst {} = {};', '"pina_" +\n  {} + {}',
        '# pina_\n{}={}', 'pina_ {} {}', '| pina_ | {} | {} |',
    )).format(word, other)


def _locale(draw: random.Random) -> Text:
    """A file of translations, with the words that end in *pina*."""
    words = list(_WORDS)
    pairs = {f'{draw.choice(words)}_{"_".join(_words(draw, 1, 6))}': _sentence(draw) for _ in range(60)}
    kind = draw.randrange(5)
    if kind == 0:
        return Text(json.dumps(pairs, indent=2, ensure_ascii=draw.random() < 0.5).encode(), '.json', alone=True)
    if kind == 1:
        return Text(''.join(f'msgid "{key}"\nmsgstr ""\n"{value[:30]}"\n"{value[30:]}"\n\n' for key,
            value in pairs.items()).encode(), '.po', alone=True)
    if kind == 2:
        return Text(''.join(f'{key}={value.encode("ascii", "backslashreplace").decode()}\n' for key,
            value in pairs.items()).encode(), '.properties', alone=True)
    if kind == 3:
        return Text(('<resources>' + ''.join(f'<string name="{key}">{value}</string>\n' for key,
            value in pairs.items()) + '</resources>').encode(), '.xml', alone=True)
    return Text(''.join(f'{key}: >-\n  {value[:40]}\n  {value[40:]}\n' for key,
        value in pairs.items()).encode('utf-16'), '.yml', alone=True)


def _minified(draw: random.Random) -> Text:
    def name() -> str:
        return ''.join(draw.choices(string.ascii_letters + '_$', k=draw.randint(1, 3)))

    parts = []
    for _ in range(1500):
        parts.append(draw.choice((
            f'function {name()}({name()},{name()}){{return {name()}.pina_{draw.choice(_NOUNS)}+{draw.randrange(999)}}}',
            f'var {name()}="{draw.choice(_WORDS)}"+"_"+{name()};', f'{name()}?{name()}:"pin"+{name()},',
            f'"{draw.choice(_WORDS)}_"+{name()}+"{draw.choice(_NOUNS).upper()}";',
            f'{name()}["pina_"+{name()}]={draw.random()};', f'"\\u00{draw.randrange(256):02x}\\x{draw.randrange(256):02x}";',
            f'{name()}=[{",".join(str(draw.randrange(256)) for _ in range(20))}];',
            f'.{name()}-{name()}{{color:#{draw.randrange(1 << 24):06x}}}',
        )))
    return Text(''.join(parts).encode(), draw.choice(('.js', '.min.js', '.css')), alone=True)


def _generated(draw: random.Random) -> Text:
    """Tables in source: bytes in hexadecimal and decimal, names, hashes."""
    rows = []
    for _ in range(200):
        row = [draw.randrange(256) for _ in range(16)]
        rows.append(draw.choice((
            '  ' + ', '.join(f'0x{n:02x}' for n in row) + ',', '  ' + ', '.join(map(str, row)) + ',',
            '  "' + ''.join(f'\\x{n:02x}' for n in row) + '"', '  "' + ''.join(f'\\{n:03o}' for n in row) + '"',
            ' ' + ' '.join(f'{n:02x}' for n in row), '  112, 105, 110, 97, 95, ' + ', '.join(map(str, row)) + ',',
            '  0x70, 0x69, 0x6e, 0x61, 0x5f, ' + ', '.join(f'0x{n:02x}' for n in row) + ',',
            f'  {{ "pina_{draw.choice(_NOUNS)}", {draw.randrange(9999)} }},',
            '  70 69 6e 61 5f ' + ' '.join(f'{n:02x}' for n in row),
        )))
    return Text(b'/* generated */\n' + '\n'.join(rows).encode(), draw.choice(('.c', '.h', '.go', '.py')), alone=True)


def _certificate(draw: random.Random) -> Text:
    made = []
    for _ in range(draw.randint(1, 12)):
        body = base64.encodebytes(b'0\x82' + draw.randbytes(draw.randint(600, 1800))).decode()
        made.append(f'-----BEGIN CERTIFICATE-----\n{body}-----END CERTIFICATE-----\n')
    return Text(''.join(made).encode(), draw.choice(('.pem', '.crt', '.yaml')), alone=True)


def _lock(draw: random.Random) -> Text:
    made = []
    for _ in range(150):
        name = draw.choice((f'pina-{draw.choice(_NOUNS)}', f'opina_{draw.choice(_NOUNS)}', draw.choice(_NOUNS)))
        integrity = base64.b64encode(draw.randbytes(64)).decode()
        made.append(draw.choice((
            f'    "node_modules/{name}": {{\n      "version": "1.0.0",\n      "integrity": "sha512-{integrity}"\n    }},',
            f'{name}@^1.0.0:\n  version "1.0.0"\n  integrity sha512-{integrity}',
            f'{name}==1.0 \\\n    --hash=sha256:{draw.randbytes(32).hex()} \\\n    --hash=sha256:{draw.randbytes(32).hex()}',
            f'github.com/{name}/pina_ v1.0.0 h1:{base64.b64encode(draw.randbytes(32)).decode()}',
            f'[[package]]\nname = "{name}"\nchecksum = "{draw.randbytes(32).hex()}"',
        )))
    return Text('\n'.join(made).encode(), draw.choice(('.json', '.lock', '.sum', '.txt')), alone=True)


def _refresh(draw: random.Random) -> str:
    segment = base64.urlsafe_b64encode(draw.randbytes(40)).decode().rstrip('=')
    return draw.choice(('pinr.py', 'pinr.eyJ', 'pinr.<token>', 'pinr.${{TOKEN}}', 'spinr.io', 'pinr.a.b.c',
        'eyJhbGciOiJIUzI1NiJ9.{0}.{0}', 'pinr.eyJhbGciOiJIUzI1NiJ9', 'pinr.token.value')).format(segment)


def _diff(draw: random.Random) -> str:
    return draw.choice(('-pina_{0}\n+pina_{1}', '+ "pina_" + {0}\n+ "{1}"', '-{0}pina_\n-{1}', '> pina_\n> {0}\n> {1}',
        '# pina_{0}\n# {1}')).format(*_words(draw, 2, 2))


HARMLESS: dict[str, Writer] = {
    'identifiers': _each(_identifier),
    'words': _each(_sentence),
    'glued words': _each(_glued_words),
    'templates': _each(_template),
    'masks': _each(_mask),
    'hashes': _each(_hash),
    'patterns': _each(_pattern),
    'too short': _each(_short),
    'no prefix': _each(_body_only),
    'other escapes': _each(_near_escape),
    'other neighbours': _each(_near_join),
    'patches': _each(_diff),
    'refresh': _each(_refresh),
    'locale': lambda draw, token: _locale(draw),
    'minified': lambda draw, token: _minified(draw),
    'generated': lambda draw, token: _generated(draw),
    'certificates': lambda draw, token: _certificate(draw),
    'lock files': lambda draw, token: _lock(draw),
}
