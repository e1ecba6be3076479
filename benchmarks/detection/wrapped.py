"""Class 4, second part: a token over several lines, or over elements of an array."""
from __future__ import annotations

import json
import random

from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

#: suffix, before, between two pieces, after
_CONTINUED: dict[str, tuple[str, str, str, str]] = {
    'shell': ('.sh', 'export T=', '\\\n', ''),
    'shell, quoted': ('.sh', 'curl -H "Authorization: Bearer ', '\\\n', '"'),
    'cmd': ('.bat', 'set T=', '^\n', ''),
    'PowerShell': ('.ps1', '$t = "', '`\n', '"'),
    'Python': ('.py', 'T = "', '\\\n', '"'),
    'JavaScript': ('.js', 't = "', '\\\n', '"'),
    'JavaScript, indented': ('.js', 't = "', '\\\n    ', '"'),
    'C': ('.c', '#define T "', '\\\n', '"'),
    'CSS': ('.css', 'content: "', '\\\n', '"'),
    'YAML, doubly quoted': ('.yaml', 'token: "', '\\\n  ', '"'),
    'YAML, doubly quoted and deep': ('.yaml', 'a:\n  b:\n    token: "', '\\\n      ', '"'),
    'YAML, folded': ('.yaml', 'token: >-\n  ', '\n  ', '\nother: 1'),
    'YAML, literal': ('.yaml', 'token: |\n  ', '\n  ', '\nother: 1'),
    'YAML, plain': ('.yaml', 'token: ', '\n  ', '\nother: 1'),
    'YAML, doubly quoted without a sign': ('.yaml', 'token: "', '\n  ', '"\nother: 1'),
    'YAML, singly quoted': ('.yaml', "token: '", '\n  ', "'"),
    'TOML': ('.toml', 't = """\\\n  ', '\\\n  ', '"""'),
    'TOML, no blanks': ('.toml', 't = """', '\\\n', '"""'),
    'Make': ('Makefile', 'T := ', '\\\n', ''),
    'Make, tabs': ('Makefile', 'T := ', '\\\n\t', ''),
    'Make, recipe': ('Makefile', 'x:\n\techo ', '\\\n\t', ''),
    'Make, a dollar': ('Makefile', 'T := ', '$\\\n\t', ''),
    'properties': ('.properties', 'pinterest.token=', '\\\n    ', ''),
    'Docker': ('Dockerfile', 'ENV T=', '\\\n', ''),
    'Docker, indented': ('Dockerfile', 'RUN echo ', '\\\n    ', ''),
    'INI': ('.ini', 'token = ', '\n    ', ''),
    'INI, backslash': ('.cfg', 'token = ', '\\\n    ', ''),
    'gitconfig': ('.gitconfig', '[x]\n\ttoken = ', '\\\n', ''),
    'Tcl': ('.tcl', 'set t "', '\\\n', '"'),
    'Rust': ('.rs', 'let t = "', '\\\n        ', '";'),
    'Swift': ('.swift', 'let t = """\n    ', '\\\n    ', '\n    """'),
    'Java text block': ('.java', 'var t = """\n    ', '\\\n    ', '""";'),
    'Julia': ('.jl', 't = "', '\\\n    ', '"'),
    'vCard': ('.vcf', 'NOTE:', '\r\n ', '\r\nEND:VCARD'),
    'LDIF': ('.ldif', 'description: ', '\n ', '\ncn: x'),
    'HTTP header': ('.http', 'Authorization: Bearer ', '\r\n ', '\r\nAccept: */*'),
    'TeX': ('.tex', '\\def\\t{', '%\n', '}'),
    'XML attribute': ('.xml', '<t v="', '\n     ', '"/>'),
    'XML element': ('.xml', '<t>\n  ', '\n  ', '\n</t>'),
    'Markdown, backslash': ('.md', '`', '\\\n', '`'),
    'HTML, br': ('.html', '<p>', '<br>', '</p>'),
    'HTML, br on lines': ('.html', '<p>', '<br/>\n', '</p>'),
    'JSON, n': ('.json', '{"t": "', '\\n', '"}'),
    'JSON, r and n': ('.json', '{"t": "', '\\r\\n', '"}'),
    'JSON in JSON, n': ('.json', '{"t": "{\\"u\\": \\"', '\\\\n', '\\"}"}'),
    'JSON, n and a quote': ('.json', '{"mail": "> ', '\\n> ', '"}'),
    'format=flowed': ('.eml', 'Content-Type: text/plain; format=flowed\n\n', ' \n', '\n'),
    'form data': ('.txt', 'token=', '%0A', '&x=1'),
    'form data, CRLF': ('.txt', 'token=', '%0D%0A', '&x=1'),
    'entities': ('.xml', '<t v="', '&#10;', '"/>'),
    'entities, CRLF': ('.xml', '<t v="', '&#xD;&#xA;', '"/>'),
    'CR': ('.txt', 'token: ', '\r', '\rend'),
    'vertical tab': ('.txt', 'token: ', '\x0b', '\nend'),
    'NEL': ('.txt', 'token: ', '\u0085', '\nend'),
    'line separator': ('.txt', 'token: ', '\u2028', '\nend'),
    'PO': ('.po', 'msgstr ""\n"', '"\n"', '"'),
    'iCalendar tab': ('.ics', 'DESCRIPTION:', '\r\n\t', '\r\nEND:VEVENT'),
    'Fortran': ('.f90', 't = "', '&\n    &', '"'),
    'Vim': ('.vim', "let t = '", '\n    \\', "'"),
}
#: What a quoting, a comment, a patch or a terminal puts in front of every line, and behind it.
_PREFIXES: dict[str, tuple[str, str]] = {
    'nothing': ('', ''),
    'four blanks': ('    ', ''),
    'a tab': ('\t', ''),
    'a mail': ('> ', ''),
    'a mail, close': ('>', ''),
    'a mail, twice': ('> > ', ''),
    'a mail, twice close': ('>> ', ''),
    'a mail, three times': ('> >> ', ''),
    'a bar': ('| ', ''),
    'a line of a box': ('│ ', ''),
    'a box': ('│ ', ' │'),
    'a box of ASCII': ('| ', ' |'),
    'a comment of shells': ('# ', ''),
    'a comment of shells, indented': ('    # ', ''),
    'comments of shells': ('## ', ''),
    'a comment of C': ('// ', ''),
    'a comment of C, close': ('//', ''),
    'a comment of C, indented': ('        // ', ''),
    'documentation of Rust': ('/// ', ''),
    'documentation of a crate': ('//! ', ''),
    'documentation of Java': (' * ', ''),
    'documentation of Java, deep': ('     * ', ''),
    'a frame of stars': ('* ', ' *'),
    'a comment of SQL': ('-- ', ''),
    'a comment of Lisp': (';; ', ''),
    'a comment of INI': ('; ', ''),
    'a comment of TeX': ('% ', ''),
    'a comment of VB': ("' ", ''),
    'a comment of Vim': ('" ', ''),
    'a comment of Batch': ('REM ', ''),
    'a comment of Batch, colons': (':: ', ''),
    'a comment of Fortran': ('! ', ''),
    'a comment of m4': ('dnl ', ''),
    'a comment of HTML': ('<!-- ', ' -->'),
    'comments of C': ('/* ', ' */'),
    'a comment in a quote': ('> # ', ''),
    'a quote in a comment': ('# > ', ''),
    'a patch': ('+', ''),
    'a patch, taken out': ('-', ''),
    'a patch, around': (' ', ''),
    'a patch of a comment': ('+# ', ''),
    'a patch of a comment of C': ('-    // ', ''),
    'a patch of a merge': ('++', ''),
    'a patch in a mail': ('> +', ''),
    'a patch of a quote': ('+> ', ''),
    'a list': ('- ', ''),
    'line numbers': ('{n}  ', ''),
    'line numbers and a bar': ('{n} | ', ''),
    'line numbers of grep': ('{n}:', ''),
    'line numbers of grep, around': ('{n}-', ''),
    'a file of grep': ('notes.txt:', ''),
    'a time': ('2026-11-23T20:41:34Z ', ''),
    'spaces at the end': ('', '   '),
    'a sign of a wrap': ('', '\\'),
}


def _cuts(draw: random.Random, length: int) -> list[int]:
    """One place, or lines of one width."""
    kind = draw.randrange(6)
    if kind == 0:
        return [5]
    if kind == 1:
        return [draw.randint(1, 4)]
    if kind < 4:
        return [draw.randint(6, length - 1)]
    width = draw.randint(8, 60)
    return list(range(draw.randint(1, width), length, width))


def _parts(draw: random.Random, token: bytes) -> list[bytes]:
    ends = [0, *_cuts(draw, len(token)), len(token)]
    return [token[a:b] for a, b in zip(ends, ends[1:])]


def _continued(name: str) -> Writer:
    suffix, before, between, after = _CONTINUED[name]

    def write(draw: random.Random, token: bytes) -> Text:
        text = before.encode() + MARK + between.encode().join(_parts(draw, token)) + after.encode()
        name = suffix if suffix.startswith('.') else '.' + suffix
        return Text(text, name, block=True)
    return write


def _prefixed(name: str) -> Writer:
    before, after = _PREFIXES[name]

    def write(draw: random.Random, token: bytes) -> Text:
        lead = draw.choice(('', '', 'token: ', 'Bearer ', 'PINTEREST_TOKEN=', 'the token is ', 'T="'))
        width = draw.randint(24, 78)
        text = lead.encode() + MARK + token + draw.choice((b'', b'', b'.', b'"'))
        real = text.replace(MARK, b'')
        ends = [*range(0, len(real), width), len(real)]
        first = draw.randrange(1, 1000)
        lines = []
        for number, (a, b) in enumerate(zip(ends, ends[1:])):
            line = real[a:b]
            if a <= len(lead) < b:
                line = line[:len(lead) - a] + MARK + line[len(lead) - a:]
            lines.append(before.replace('{n}', str(first + number)).encode() + line + after.encode())
        return Text(b'\n'.join(lines), block=True)
    return write


def notebook(draw: random.Random, token: bytes) -> Text:
    """A cell's source is an array of lines."""
    at = draw.randint(5, 95)
    source = draw.choice((
        ['import os\n', f'token = "{token[:at].decode()}" \\\n', f'    "{token[at:].decode()}"\n'],
        ['t = (\n', f"    '{token[:at].decode()}'\n", f"    '{token[at:].decode()}')"],
        [f'# {token[:at].decode()}\n', f'# {token[at:].decode()}'],
        [f't = "{token[:at].decode()}" + \\\n', f'"{token[at:].decode()}"'],
        [f'{token[:at].decode()}\n', token[at:].decode()],
    ))
    cell = {'cells': [{'cell_type': draw.choice(('code', 'markdown')), 'metadata': {}, 'source': source}], 'nbformat': 4}
    text = json.dumps(cell, indent=draw.choice((1, 2, None))).encode()
    here = text.index(token[:at])
    return Text(text[:here] + MARK + text[here:], '.ipynb', block=True)


def output(draw: random.Random, token: bytes) -> Text:
    """A cell's output, as a terminal wrapped it."""
    at = draw.randint(5, 95)
    lines = ['Using token\n', f'{token[:at].decode()}\n', f'{token[at:].decode()}\n', 'done\n']
    text = json.dumps({'cells': [{'outputs': [{'name': 'stdout', 'text': lines}]}]}, indent=1).encode()
    here = text.index(token[:at])
    return Text(text[:here] + MARK + text[here:], '.ipynb', block=True)


def array(draw: random.Random, token: bytes) -> Text:
    """A JSON array of strings."""
    parts = [part.decode() for part in _parts(draw, token)]
    text = json.dumps({'token': parts, 'x': ['a', 'b']}, indent=draw.choice((None, 1, 2, 4)),
        separators=draw.choice((None, (',', ':')))).encode()
    here = text.index(b'"' + parts[0].encode() + b'"') + 1
    return Text(text[:here] + MARK + text[here:], '.json', block=True)


def yaml_array(draw: random.Random, token: bytes) -> Text:
    parts = _parts(draw, token)
    quote = draw.choice((b'', b'"', b"'"))
    lines = [b'  - ' + quote + part + quote for part in parts]
    here = 4 + len(quote)
    lines[0] = lines[0][:here] + MARK + lines[0][here:]
    return Text(b'token:\n' + b'\n'.join(lines) + b'\nother: 1\n', '.yaml', block=True)


def changed(draw: random.Random, token: bytes) -> Text:
    """A wrapped token in a patch, with lines of the patch around it."""
    at = draw.randint(5, 95)
    sign = draw.choice((b'+', b'-'))
    body = draw.choice((b'TOKEN="%s\\\n', b'  "%s"\n', b'# %s\n', b'%s\n'))
    end = {b'TOKEN="%s\\\n': b'%s"\n', b'  "%s"\n': b'  "%s"\n', b'# %s\n': b'# %s\n', b'%s\n': b'%s\n'}[body]
    text = sign + body.replace(b'%s', MARK + token[:at]) + sign + end.replace(b'%s', token[at:])
    return Text(b'--- a/f\n+++ b/f\n@@ -1,3 +1,5 @@\n context\n' + text + b' context\n', '.patch', block=True)


WRAPPED: dict[str, Writer] = {
    **{f'continued: {name}': _continued(name) for name in _CONTINUED},
    **{f'continued: {name}, again': _continued(name) for name in _CONTINUED},
    **{f'behind {name}': _prefixed(name) for name in _PREFIXES},
    **{f'behind {name}, again': _prefixed(name) for name in _PREFIXES},
    'notebook': notebook,
    'notebook again': notebook,
    'notebook, output': output,
    'array of JSON': array,
    'array of JSON again': array,
    'array of YAML': yaml_array,
    'patch': changed,
    'patch again': changed,
}
