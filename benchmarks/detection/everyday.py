"""Class 4, third part: what programs, recorders and people write that no language's manual lists beside its strings."""
from __future__ import annotations

import json
import random

from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

#: suffix, and a text in which `¶` is the prefix, `§` the body
_PREFIX_AND_BODY: dict[str, tuple[str, str]] = {
    'Rust, push_str': ('.rs', 'let mut t = String::from("¶"); t.push_str("§");'),
    'Kotlin, a builder': ('.kt', 'buildString {\n    append("¶")\n    append("§")\n}'),
    'C, strcat': ('.c', 'strcpy(t, "¶"); strcat(t, "§");'), 'C, macros': ('.h', '#define A "¶"\n#define B A "§"'),
    'C++, append': ('.cpp', 't.append("¶").append("§");'), 'C#, a builder': ('.cs', 'sb.Append("¶");\nsb.Append("§");'),
    'Go, constants': ('.go', 'const a = "¶"\nconst b = a + "§"'),
    'Objective-C, a selector': ('.m', '[@"¶" stringByAppendingString:@"§"]'),
    'Swift, joined': ('.swift', '["¶", "§"].joined()'), 'Swift, twice interpolated': ('.swift', '"\\("¶")\\("§")"'),
    'Julia, interpolated': ('.jl', '"$("¶")$("§")"'), 'Ruby, words': ('.rb', '%w[¶ §].join'),
    'Perl, words': ('.pl', "join '', qw(¶ §)"), 'Python, a template': ('.py', 'Template("¶$x").substitute(x="§")'),
    'CloudFormation, Sub': ('.json', '{"Fn::Sub": ["¶${B}", {"B": "§"}]}'), 'Liquid': ('.html', '{{ "¶" | append: "§" }}'),
    'Jinja, format': ('.j2', '{{ "¶%s"|format("§") }}'), 'Helm, printf': ('.yaml', '{{ printf "¶%s" "§" }}'),
    'shell, a name': ('.sh', 'P=¶; T="${P}§"'), 'shell, a name in quotes': ('.sh', 'P=¶\nT="$P"§'),
    'batch': ('.bat', 'set T=¶\nset T=%T%§'), 'Dockerfile, a name': ('.txt', 'ARG P=¶\nENV T=${P}§'),
    'PowerShell, joined': ('.ps1', '("¶","§") -join ""'), 'AppleScript': ('.txt', 'set t to "¶" & "§"'),
    'ABAP': ('.txt', "t = '¶' && '§'."), 'Tcl, append': ('.tcl', 'append t ¶ §'),
}
#: suffix, and what stands before the token, where it is cut, and behind it
_CUT: dict[str, tuple[str, str, str, str]] = {
    'RTF, runs': ('.rtf', '{\\rtf1 {\\rtlch\\fcs1 \\insrsid17 ', '}{\\rtlch\\fcs1 \\af0 \\ltrch\\fcs0 \\insrsid45 ', '}}'),
    'words of a patch': ('.txt', 'T=', '[-OLD-]{+', '+}'), 'psql, wrapped': ('.txt', ' t | ', '.\n   |.', '\n'),
    'Lua, a gap': ('.lua', 't = "', '\\z\n   ', '"'), 'Fortran, one literal': ('.f90', "t = '", '&\n  &', "'"),
    'COBOL, a line': ('.cob', "       05 T PIC X(101) VALUE '", "'\n      -    '", "'."),
    'a calendar': ('.ics', 'DESCRIPTION:', '\r\n ', '\r\n'), 'LDIF': ('.ldif', 'description: ', '\n ', '\n'),
    'a catalogue': ('.po', 'msgid ""\n"', '"\n"', '"\n'), 'troff': ('.1', '.B ', '\\:', ''),
}


def _whole(suffix: str, way: str) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        text = way.encode().replace('¶'.encode(), MARK + token[:5]).replace('§'.encode(), token[5:])
        return Text(text, suffix, block=True)
    return write


def _cut(suffix: str, before: str, between: str, after: str) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        at = draw.randint(30, 80)
        return Text(before.encode() + MARK + token[:at] + between.encode() + token[at:] + after.encode(), suffix, alone=True)
    return write


def chunks(draw: random.Random, token: bytes) -> Text:
    """An answer in two parts (RFC 9112 section 7.1)."""
    at = draw.randint(30, 80)
    one, two = token[:at], token[at:]
    head = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n' % len(one)
    return Text(head + MARK + one + b'\r\n%x\r\n' % len(two) + two + b'\r\n0\r\n\r\n', '.txt', alone=True)


def recording(draw: random.Random, token: bytes) -> Text:
    """Two events of a terminal's recording (asciicast, version 2)."""
    at = draw.randint(30, 80)
    one, two = (json.dumps([draw.random(), 'o', part.decode()]).encode() for part in (token[:at], token[at:]))
    events = one.replace(b'"p', b'"' + MARK + b'p') + b'\n' + two
    return Text(b'{"version": 2, "width": 80}\n' + events + b'\n', '.cast', alone=True)


EVERYDAY: dict[str, Writer] = {
    **{name: _whole(*way) for name, way in _PREFIX_AND_BODY.items()}, **{name: _cut(*way) for name, way in _CUT.items()},
    'chunks of an answer': chunks, 'a recording': recording,
}
