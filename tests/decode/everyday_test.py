"""Ways in which programs and people write a token that no family of encodings has for itself."""
from __future__ import annotations

import json

import pytest

from tests.decode.found import BODY
from tests.decode.found import TOKEN
from tests.decode.found import found
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
#: The prefix has a name, and a later line puts the body behind it.
NAMED: dict[str, bytes] = {
    'Python, f': b"P = 'pina_'\nU = 'x'\n\n\ndef h():\n    return {'Authorization': f'Bearer {P}%b'}",
    'Python, an attribute': b'    p = "pina_"\n\n    def t(self):\n        return self.p + "%b"',
    'Python, an attribute in f': b'    p = "pina_"\n\n    def t(self):\n        return f"{self.p}%b"',
    'Python, an underscore in f': b"P = 'pina'\nT = f'{P}_%b'", 'Python, a list': b"p = 'pina_'\nt = ''.join([p, '%b'])",
    'Python, a format': b"p = 'pina_'\nt = '%%s%%s' %% (p, '%b')", 'JavaScript': b"const p='pina_';const t = `${p}%b`;",
    'JavaScript, plus': b"const P = 'pina_';\nconst U = 'x';\nconst t = P + '%b';", 'Ruby': b'P = "pina_"\nT = "#{P}%b"',
    'PHP': b"$p = 'pina_';\n$u = 'x';\n$t = $p . '%b';", 'PHP, braces': b'$p=\'pina_\'; $t = "{$p}%b";',
    'Kotlin': b'private const val P = "pina_"\nval t = "${P}%b"', 'Swift': b'let p = "pina_"\nlet t = "\\(p)%b"',
    'C#': b'const string P = "pina_";\nstring t = $"{P}%b";', 'Elixir': b'@p "pina_"\n@t "#{@p}%b"',
    'Go': b'const p = "pina_"\n\nvar (\n\turl = "x"\n\tt   = p + "%b"\n)', 'R': b'p <- "pina_"\nt <- paste0(p, "%b")',
    'SQL': b"SET @p = 'pina_';\nSET @t = CONCAT(@p, '%b');", 'PowerShell': b"$p = 'pina_'\r\n$t = \"$($p)%b\"",
    'Terraform': b'  default = "pina_"\n}\n\nlocals {\n  t = "${var.p}%b"', 'Ansible': b'p: pina_\nt: "{{ p }}%b"',
    'INI': b'p = pina_\nt = %%(p)s%b', 'Maven': b'<p>pina_</p><t>${p}%b</t>', 'make': b'P := pina_\nH := x\nT := $(P)%b',
    'batch': b'set P=pina_\nset H=x\nset T=%%P%%%b', 'shell': b'P=pina_\nH=x\nT=${P}%b',
    'fields with names': b'"{p}{b}", p = "pina_", b = "%b"',
    'an underscore between fields': b"'{p}_{b}'.format(p='pina', b='%b')",
    'a join on lines': b"'_'.join(('pina',\n              '%b'))", 'Lua, a method': b'("pina_%%s"):format("%b")',
}
#: One character an event, an element of a call.
SINGLE: dict[str, bytes] = {
    'typed into a recording': b'\n'.join(json.dumps([at / 8, 'o', chr(c)]).encode() for at, c in enumerate(TOKEN)),
    'a recording of the first form': json.dumps([[.5, TOKEN[:7].decode()], [.25, TOKEN[7:].decode()]]).encode(),
    'Swift': b', '.join(b'UInt8(ascii: "%c")' % c for c in TOKEN),
}
APART = (
    b'P = "pina_"\nT = A + B + "%b"', b'P = "pina_" + name + "%b"', b'["pina_", name, "%b"]', b'P = "pina_"\nT = "{x}-%b"',
    b'pina_ = f(x)\nt = {"x": "%b"}',
)


@pytest.mark.parametrize('text', APART)
def test_what_is_not_put_together(text: bytes) -> None:
    assert found(text % BODY) == []


@pytest.mark.parametrize('name', NAMED)
def test_a_prefix_with_a_name(name: str) -> None:
    is_found(NAMED[name] % BODY)


@pytest.mark.parametrize('name', SINGLE)
def test_character_by_character(name: str) -> None:
    is_found(SINGLE[name])


@pytest.mark.parametrize('name', SHAPES)
def test_shapes(name: str) -> None:
    is_found(SHAPES[name])
