"""Ways in which programs and people write a token that no family of encodings has for itself."""
from __future__ import annotations

import json

import pytest

from tests.decode.found import BODY
from tests.decode.found import TOKEN
from tests.decode.found import is_found

_ONE, _TWO = TOKEN[:40], TOKEN[40:]


def _each(way: bytes) -> bytes:
    return b''.join(way % c for c in TOKEN)


#: prefix and body, or two pieces, as code and documents put them together
SHAPES: dict[str, bytes] = {
    'Rust, push_str': b'let mut s = String::from("pina_"); s.push_str("' + BODY + b'");',
    'C, strcat': b'strcpy(t, "pina_"); strcat(t, "' + BODY + b'");', 'C++, twice': b't = "pina_"; t += "' + BODY + b'";',
    'C, macros': b'#define A "pina_"\n#define B A "' + BODY + b'"',
    'Go, constants': b'const a = "pina_"\nconst b = a + "' + BODY + b'"',
    'Objective-C': b'[@"pina_" stringByAppendingString:@"' + BODY + b'"]', 'Lua, a gap': b'"' + _ONE + b'\\z\n   ' + _TWO + b'"',
    'Swift, interpolated': b'"\\("pina_")\\("' + BODY + b'")"', 'Julia, interpolated': b'"$("pina_")$("' + BODY + b'")"',
    'Python, a template': b'Template("pina_$x").substitute(x="' + BODY + b'")', 'Pascal': b"'pina' + #95 + '" + BODY + b"'",
    'CloudFormation': b'{"Fn::Sub": ["pina_${B}", {"B": "' + BODY + b'"}]}', 'Liquid': b'{{ "pina_" | append: "' + BODY + b'" }}',
    'Jinja, format': b'{{ "pina_%s"|format("' + BODY + b'") }}', 'shell, a name': b'P=pina_; T="${P}' + BODY + b'"',
    'shell, a name in quotes': b'P=pina_\nT="$P"' + BODY, 'SQL, four digits': b"U&'pina\\005f" + BODY + b"'",
    'WebAssembly': b'(data "' + _each(b'\\%02x') + b'")', 'C, octal of any length': b'"' + _each(b'\\%o') + b'"',
    'RTF': b'{\\rtf1 {\\rtlch\\fcs1 \\insrsid123 ' + _ONE + b'}{\\rtlch\\fcs1 \\af0 \\insrsid456 ' + _TWO + b'}}',
    'words of a patch': TOKEN[:30] + b'[-X-]{+' + TOKEN[30:] + b'+}',
    'psql, wrapped': b'\n t  | ' + _ONE + b'.\n    |.' + _TWO + b'\n',
    'chunks': b'transfer-encoding: chunked\r\n\r\n28\r\n' + _ONE + b'\r\n3d\r\n' + _TWO + b'\r\n0\r\n\r\n',
    'a recording': b'\n'.join(json.dumps([at, 'o', one.decode()]).encode() for at, one in ((1.5, _ONE), (1.75, _TWO))),
}


@pytest.mark.parametrize('name', SHAPES)
def test_shapes(name: str) -> None:
    is_found(SHAPES[name])
