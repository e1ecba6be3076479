"""What stands around a token in a file: lines of many languages before and after it, and what is beside it on its line."""
from __future__ import annotations

import random

from benchmarks.detection.samples import Text

_WORDS = (
    'account', 'batch', 'campaign', 'client', 'config', 'count', 'default', 'enabled', 'event', 'field', 'format', 'group',
    'handler', 'index', 'interval', 'label', 'limit', 'mapping', 'measure', 'number', 'option', 'page', 'parent', 'query',
    'region', 'report', 'request', 'result', 'retry', 'schema', 'session', 'source', 'status', 'target', 'timeout', 'user',
    'value', 'version', 'window', 'zone', 'spina', 'alpina', 'rapina', 'opinar', 'clé', 'größe', 'naïve', 'имя', '値段',
)
#: `{a}` and `{b}` are words, `{n}` a number
_LINES = (
    '{a} = {n}', '{a}: {b}', '# {a} {b} {n}', '// {a}, {b}', '/* {a} */', '"{a}": "{b}",', "'{a}' => '{b}',", '',
    '<{a}>{b}</{a}>',
    'if {a} > {n}:', '    return {a}({b})', 'export {a}="{b}"', '- {a}: {n}', 'const {a} = "{b}";', 'let {a} = {{ {b}: {n} }};',
    '{a},{b},{n}', '{a}\t{n}\t{b}', '[{a}]', '| {a} | {b} |', '{a}({b}, {n})', '; {a} {b}', '-- {a} {n}', '    {a}.{b} = {n}',
    '{{', '}}', '"""', '{a} {b}? {a}!', '> {a}', '  * {a} {b}', '$ {a} --{b}={n}', 'def {a}(self, {b}): ...',
    '{n}. {a}', '日本語 {a}',
    'https://example.org/{a}/{b}?n={n}', 'SELECT {a} FROM {b} WHERE n = {n};', '😀 {a} {b}', '{a}\\n{b}', '%{a}% &{b}; \\u00e9',
)
#: What may stand on either side on one line, and the file's suffix. `§` is the token, however it is written: nothing
#: here is a letter, a digit or a sign of an encoding's alphabet beside it.
INLINE = (
    ('.env', 'PINTEREST_TOKEN=§'), ('.env', 'export PINTEREST_TOKEN="§" # prod'), ('.yaml', 'token: §'), ('.yaml', "  - '§'"),
    ('.json', '{"access_token": "§", "expires_in": 2592000}'), ('.json', '  "token":"§"'), ('.toml', "token = '§'"),
    ('.ini', 'token=§;comment'), ('.py', 'TOKEN = os.environ.get("T", "§")'), ('.py', "HEADERS = {'Authorization': f'Bearer §'}"),
    ('.js', 'const token = `§`;'), ('.ts', 'export const token: string = "§" as const'), ('.go', '\tvar token = "§" // TODO'),
    ('.java', '    private static final String T = "§";'), ('.rb', 'TOKEN = %q(§)'), ('.php', "define('TOKEN', '§');"),
    ('.rs', 'const T: &str = r#"§"#;'), ('.c', '#define TOKEN "§"'), ('.sql', "INSERT INTO t VALUES (1,'§',NULL);"),
    ('.csv', 'prod,§,7'), ('.tsv', 'prod\t§\t7'), ('.md', 'Use `§` as the token.'), ('.md', '| prod |§|'),
    ('.txt', 'bad token (§)'),
    ('.html', '<p><code>§</code></p>'), ('.xml', '<token>§</token>'), ('.xml', '<t v="§" w=""/>'),
    ('.log', 'INFO token=§, status 200'),
    ('.txt', 'The token is §.'), ('.txt', '<§>'), ('.txt', '[§]'), ('.txt', '§'), ('.txt', '\t§\t'), ('.txt', 'é§é'),
    ('.txt', '« § »'),
    ('.txt', 'clé: "§"; größe: 3'), ('.txt', '🔑 § 🔑'), ('.sh', "curl -H 'Authorization: Bearer §' https://example.org/v5/"),
    ('.sh', 'curl "https://example.org/?access_token=§&x=1"'), ('.tf', '  default = "§"'), ('.lua', 'local t = [[§]]'),
)
#: Beside a token in its own characters only: nothing is asked for on either side of it.
GLUED = (
    ('.txt', 'x§y'), ('.txt', 'TOKEN§END'), ('.txt', '123§'), ('.txt', 'token_§_old'), ('.txt', '%20§%20'),
    ('.json', '"a\\n§\\nb"'),
    ('.log', '\x1b[32mtoken\x1b[0m=\x1b[31m§\x1b[0m'), ('.txt', 'redirect=https%3A%2F%2Fx%3Ftoken%3D§%26y%3D2'),
    ('.txt', '--§--'),
    ('.txt', 'pina_§'), ('.txt', 'a@§@b'), ('.txt', '/§/'), ('.txt', '*§*'), ('.txt', '__§__'), ('.txt', '\\§\\'),
    ('.txt', '\0§\0'),
)


def lines(draw: random.Random, least: int = 0, most: int = 12) -> list[str]:
    """Some lines that mean nothing."""
    return [
        draw.choice(_LINES).format(a=draw.choice(_WORDS), b=draw.choice(_WORDS), n=draw.randrange(10 ** draw.randrange(1, 9)))
        for _ in range(draw.randint(least, most))
    ]


def beside(draw: random.Random, text: Text, glued: bool = False) -> Text:
    """A text that is part of a line, on a line."""
    suffix, template = draw.choice(INLINE + GLUED if glued else INLINE)
    before, _, after = template.partition('§')
    return text._replace(data=before.encode() + text.data + after.encode(), suffix=suffix, block=True)


def among(draw: random.Random, text: Text) -> Text:
    """Whole lines in a file: somewhere in it, or first, or last without an end; with the line ends of any system."""
    above = '' if draw.random() < 0.15 else ''.join(f'{line}\n' for line in lines(draw))
    below = '' if draw.random() < 0.15 else ''.join(f'\n{line}' for line in lines(draw))
    if draw.random() < 0.1:
        # far from the beginning, beyond what is read at once
        above = ''.join(f'{line}\n' for line in lines(draw, 300, 3000)) + above
    data = above.encode() + text.data.removesuffix(b'\n') + below.encode() + draw.choice((b'', b'\n'))
    end = draw.choice((b'\n', b'\n', b'\n', b'\r\n', b'\r\n', b'\r'))
    if end != b'\n' and b'\r' not in data:
        data = data.replace(b'\n', end)
    if draw.random() < 0.05:
        data = b'\xef\xbb\xbf' + data
    return text._replace(data=data, alone=True)
