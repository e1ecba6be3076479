"""Class 4, first part: a token that code puts together, in the usual languages."""
from __future__ import annotations

import random

from benchmarks.detection.samples import MARK
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

#: suffix, what stands before the first literal, between two and after the last; `§` is where the quotes' content is.
#: The first and the last character of what stands between close and open a literal.
_JOINS: dict[str, tuple[str, str, str, str]] = {
    'Python, adjacent': ('.py', 'T = ("', '" "', '")'),
    'Python, adjacent on lines': ('.py', 'T = (\n    "', '"\n    "', '"\n)'),
    'Python, adjacent with a comment': ('.py', "T = (\n    '", "'  # the rest\n    '", "'\n)"),
    'Python, plus': ('.py', "T = '", "' + '", "'"),
    'Python, plus on lines': ('.py', "T = ('", "'\n     + '", "')"),
    'Python, backslash': ('.py', 'T = "', '" \\\n    "', '"'),
    'Python, bytes': ('.py', "T = b'", "' b'", "'"),
    'Python, raw and f': ('.py', "T = f'", "' r'", "'"),
    'Python, f on lines': ('.py', 'T = (\n    f"', '"\n    f"', '"\n)'),
    'Python, three quotes': ('.py', 'T = """', '""" """', '"""'),
    'Python, join': ('.py', "T = ''.join(['", "', '", "'])"),
    'Python, join on lines': ('.py', "T = ''.join((\n    '", "',\n    '", "',\n))"),
    'Python, mixed quotes': ('.py', 'T = "', '" + "', '"'),
    'Python, without blanks': ('.py', "T='", "'+'", "'"),
    'JavaScript, plus on lines': ('.js', "const t = '", "' +\n  '", "';"),
    'JavaScript, plus before lines': ('.js', "const t = '", "'\n  + '", "';"),
    'JavaScript, with a comment': ('.js', 'const t = "', '" /* and */ + /* then */ "', '";'),
    'JavaScript, with a line comment': ('.js', 'const t = "', '" + // second part\n  "', '";'),
    'JavaScript, backticks': ('.js', 'const t = `', '` + `', '`;'),
    'JavaScript, join': ('.js', 'const t = ["', '", "', '"].join("");'),
    'JavaScript, concat': ('.js', 'const t = "', '".concat("', '");'),
    'JavaScript, chain of concat': ('.js', "var t = '", "'.concat('", "')"),
    'JavaScript, in a template': ('.js', "const t = `${'", "'}${'", "'}`;"),
    'JavaScript, minified': ('.js', 'a={t:"', '"+"', '"}'),
    'Java': ('.java', 'String t = "', '"\n            + "', '";'),
    'Java, StringBuilder': ('.java', 'new StringBuilder("', '").append("', '")'),
    'Java, concat': ('.java', 'String t = "', '".concat("', '");'),
    'C#': ('.cs', 'var t = "', '" +\n    @"', '";'),
    'C#, raw': ('.cs', 'var t = @"', '" + @"', '";'),
    'C': ('.c', 'char *t = "', '"\n    "', '";'),
    'C, on one line': ('.c', '#define T "', '" "', '"'),
    'C, a macro': ('.c', '#define T "', '" \\\n  "', '"'),
    'C, with a comment': ('.c', 'char *t = "', '" /* x */ "', '";'),
    'C, wide': ('.c', 'wchar_t *t = L"', '" L"', '";'),
    'C++, u8': ('.cpp', 'auto t = u8"', '" u8"', '";'),
    'C++, streamed': ('.cpp', 'out << "', '" << "', '";'),
    'C++, streamed on lines': ('.cpp', 'out << "', '"\n    << "', '";'),
    'C++, plus': ('.cpp', 'std::string t = std::string("', '") + "', '";'),
    'Objective-C': ('.m', 'NSString *t = @"', '" @"', '";'),
    'Swift': ('.swift', 'let t = "', '" + "', '"'),
    'Kotlin': ('.kt', 'val t = "', '" +\n    "', '"'),
    'Scala': ('.scala', 'val t = "', '" ++ "', '"'),
    'Go': ('.go', 't := "', '" +\n\t"', '"'),
    'Go, raw': ('.go', 't := `', '` + `', '`'),
    'Go, a comment': ('.go', 't := "', '" + // body\n\t\t"', '"'),
    'Go, Join': ('.go', 'strings.Join([]string{"', '", "', '"}, "")'),
    'Rust, concat': ('.rs', 'const T: &str = concat!("', '", "', '");'),
    'Rust, concat on lines': ('.rs', 'concat!(\n    "', '",\n    "', '",\n)'),
    'Rust, plus': ('.rs', 'let t = "', '".to_owned() + "', '";'),
    'Ruby, adjacent': ('.rb', 't = "', '" "', '"'),
    'Ruby, backslash': ('.rb', "T = '", "' \\\n    '", "'"),
    'Ruby, shovel': ('.rb', 't = "', '" << "', '"'),
    'Ruby, plus': ('.rb', "t = '", "' + '", "'"),
    'PHP': ('.php', "$t = '", "' . '", "';"),
    'PHP, without blanks': ('.php', '$t="', '"."', '";'),
    'PHP, on lines': ('.php', "$t = '", "'\n    . '", "';"),
    'PHP, at the end of lines': ('.php', "$t = '", "'.\n    '", "';"),
    'PHP, echo': ('.php', "echo '", "', '", "';"),
    'Perl': ('.pl', 'my $t = "', '" . "', '";'),
    'Perl, on lines': ('.pl', "my $t = '", "'\n  . '", "';"),
    'Perl, join': ('.pl', "join('', '", "', '", "')"),
    'Lua': ('.lua', 'local t = "', '" .. "', '"'),
    'Lua, on lines': ('.lua', "local t = '", "'\n  .. '", "'"),
    'Lua, a comment': ('.lua', 'local t = "', '" .. -- body\n  "', '"'),
    'VB': ('.vb', 'Dim t = "', '" & "', '"'),
    'VB, on lines': ('.vb', 'Dim t = "', '" & _\n    "', '"'),
    'VB, on lines without a sign': ('.vb', 'Dim t = "', '" &\n    "', '"'),
    'VB, plus': ('.vb', 'Dim t = "', '" + "', '"'),
    'Excel': ('.txt', '="', '"&"', '"'),
    'Excel, CONCAT': ('.txt', '=CONCAT("', '","', '")'),
    'Excel, CONCATENATE': ('.txt', '=CONCATENATE("', '";"', '")'),
    'SQL': ('.sql', "SELECT '", "' || '", "';"),
    'SQL, without blanks': ('.sql', "select '", "'||'", "'"),
    'SQL, on lines': ('.sql', "SELECT '", "'\n    || '", "';"),
    'SQL, adjacent on lines': ('.sql', "SELECT '", "'\n    '", "';"),
    'SQL, CONCAT': ('.sql', "SELECT CONCAT('", "', '", "');"),
    'SQL, plus': ('.sql', "SELECT N'", "' + N'", "';"),
    'SQL, a comment': ('.sql', "SELECT '", "' || -- body\n    '", "';"),
    'PowerShell': ('.ps1', "$t = '", "' + '", "'"),
    'PowerShell, on lines': ('.ps1', '$t = "', '" +\n  "', '"'),
    'PowerShell, join': ('.ps1', "$t = -join ('", "', '", "')"),
    'shell, adjacent': ('.sh', "T='", "''", "'"),
    'shell, adjacent doubled': ('.sh', 'T="', '""', '"'),
    'shell, backslash': ('.sh', "T='", "'\\\n'", "'"),
    'shell, doubled backslash': ('.sh', 'T="', '"\\\n"', '"'),
    'YAML, plus': ('.yaml', "run: echo '", "' + '", "'"),
    'Haskell': ('.hs', 't = "', '" ++ "', '"'),
    'Haskell, on lines': ('.hs', 't = "', '"\n  <> "', '"'),
    'Haskell, a gap': ('.hs', 't = "', '\\\n    \\', '"'),
    'Elixir': ('.ex', 't = "', '" <> "', '"'),
    'Elixir, on lines': ('.ex', 't =\n  "', '" <>\n    "', '"'),
    'Erlang': ('.erl', 'T = "', '" "', '".'),
    'Erlang, plus': ('.erl', 'T = "', '" ++ "', '".'),
    'OCaml': ('.ml', 'let t = "', '" ^ "', '"'),
    'F#': ('.fs', 'let t = "', '"\n        + "', '"'),
    'Julia': ('.jl', 't = "', '" * "', '"'),
    'D': ('.d', 'auto t = "', '" ~ "', '";'),
    'Raku': ('.raku', "my $t = '", "' ~ '", "';"),
    'Nim': ('.nim', 'const t = "', '" & "', '"'),
    'Ada': ('.adb', 'T : String := "', '" & "', '";'),
    'VHDL': ('.vhd', 'constant t : string := "', '"\n    & "', '";'),
    'Pascal': ('.pas', "T = '", "' + '", "';"),
    'Pascal, on lines': ('.pas', "T = '", "'\n    + '", "';"),
    'Fortran': ('.f90', "t = '", "' // '", "'"),
    'Fortran, on lines': ('.f90', 't = "', '" // &\n    "', '"'),
    'MATLAB': ('.m', "t = ['", "' '", "'];"),
    'MATLAB, commas': ('.m', "t = ['", "', '", "'];"),
    'MATLAB, on lines': ('.m', "t = ['", "', ...\n     '", "'];"),
    'R': ('.R', 't <- paste0("', '", "', '")'),
    'R, on lines': ('.R', "t <- paste0('", "',\n            '", "')"),
    'Lisp': ('.el', '(setq t (concat "', '" "', '"))'),
    'Clojure': ('.clj', '(def t (str "', '" "', '"))'),
    'Terraform': ('.tf', 't = join("", ["', '", "', '"])'),
    'Terraform, template': ('.tf', 't = "${"', '"}${"', '"}"'),
    'Jinja': ('.j2', "{{ '", "' ~ '", "' }}"),
    'Groovy': ('.groovy', "def t = '", "' +\n    '", "'"),
    'Dart': ('.dart', "const t = '", "'\n    '", "';"),
    'Zig': ('.zig', 'const t = "', '" ++ "', '";'),
    'Vim': ('.vim', "let t = '", "' . '", "'"),
    'Vim, newer': ('.vim', "let t = '", "' .. '", "'"),
    'AWK': ('.awk', 'BEGIN { t = "', '" "', '" }'),
    'Tcl': ('.tcl', 'set t [string cat "', '" "', '"]'),
    'COBOL': ('.cob', "STRING '", "' '", "' INTO T"),
    'CMake': ('.cmake', 'string(CONCAT T "', '" "', '")'),
    'Jsonnet': ('.jsonnet', "{ t: '", "' + '", "' }"),
    'Nix': ('.nix', 't = "', '" + "', '";'),
    'CloudFormation, Join': ('.yaml', "T: !Join ['', ['", "', '", "']]"),
    'CloudFormation, Join in JSON': ('.json', '{"Fn::Join": ["", ["', '", "', '"]]}'),
    'escaped in JSON': ('.json', '{"code": "t = \\"', '\\" + \\"', '\\""}'),
    'escaped in JSON, on lines': ('.json', '{"code": "t = (\\"', '\\"\\n  \\"', '\\")"}'),
    'escaped in HTML': ('.html', '<pre>t = &quot;', '&quot; + &quot;', '&quot;</pre>'),
    'escaped in HTML, quotes': ('.html', '<pre>t = &#39;', '&#39; . &#39;', '&#39;</pre>'),
    'XSLT': ('.xsl', "<xsl:value-of select=\"concat('", "', '", "')\"/>"),
}


def pieces(draw: random.Random, token: bytes, places: list[int]) -> list[bytes]:
    ends = [0, *sorted(set(places)), len(token)]
    return [token[a:b] for a, b in zip(ends, ends[1:])]


def _cuts(draw: random.Random, token: bytes) -> list[int]:
    """After the prefix, in the prefix, in the body, in several places, or between all characters."""
    kind = draw.randrange(8)
    if kind < 2:
        return [5]
    if kind == 2:
        return [draw.randint(1, 4)]
    if kind < 5:
        return [draw.randint(6, len(token) - 1)]
    if kind == 5:
        return [5, draw.randint(6, len(token) - 1)]
    if kind == 6:
        return draw.sample(range(1, len(token)), draw.randint(2, 12))
    width = draw.randint(4, 40)
    return list(range(width, len(token), width))


def _joined(name: str) -> Writer:
    suffix, before, between, after = _JOINS[name]

    def write(draw: random.Random, token: bytes) -> Text:
        parts = pieces(draw, token, _cuts(draw, token))
        joint = between.encode()
        return Text(before.encode() + MARK + joint.join(parts) + after.encode(), suffix, block=True)
    return write


def _prefix_and_body(*ways: tuple[str, str]) -> Writer:
    """`¶` is the prefix or what there is of it, `§` the body."""
    def write(draw: random.Random, token: bytes) -> Text:
        suffix, way = draw.choice(ways)
        at = draw.choice((5, 5, 5, 4, draw.randint(6, 30)))
        text = way.encode().replace('¶'.encode(), MARK + token[:at]).replace('§'.encode(), token[at:])
        return Text(text, suffix, block=True)
    return write


def characters(draw: random.Random, token: bytes) -> Text:
    """A list of single characters."""
    suffix, before, quote, between, after = draw.choice((
        ('.py', "T = ''.join([", "'", ', ', '])'), ('.js', 'const t = [', '"', ',', '].join("");'),
        ('.c', 'char t[] = {', "'", ', ', '};'),
        ('.java', 'char[] t = {', "'", ', ', '};'), ('.json', '[', '"', ', ', ']'), ('.py', 'T = ', '"', ' + ', ''),
    ))
    text = between.join(f'{quote}{chr(c)}{quote}' for c in token)
    return Text(before.encode() + text.encode().replace(quote.encode() + b'p', quote.encode() + MARK + b'p',
        1) + after.encode(), suffix, block=True)


def mixed_quotes(draw: random.Random, token: bytes) -> Text:
    parts = pieces(draw, token, _cuts(draw, token))
    signs = [draw.choice('\'"') for _ in parts]
    text = ' + '.join(f'{sign}{part.decode()}{sign}' for sign, part in zip(signs, parts)).encode()
    first = text.index(parts[0][:1])
    return Text(b't = ' + text[:first] + MARK + text[first:], '.js', block=True)


def shell_quotes(draw: random.Random, token: bytes) -> Text:
    """Words that a shell glues together, in any quotes and in none."""
    parts = pieces(draw, token, _cuts(draw, token))
    words = [draw.choice(('{}', "'{}'", '"{}"')).format(part.decode()) for part in parts]
    text = ''.join(words)
    first = text.index('p')
    return Text(b'export T=' + (text[:first].encode() + MARK + text[first:].encode()), '.sh', block=True)


LITERALS: dict[str, Writer] = {
    **{name: _joined(name) for name in _JOINS},
    'one by one': characters,
    'one by one again': characters,
    'one by one once more': characters,
    'mixed quotes': mixed_quotes,
    'mixed quotes again': mixed_quotes,
    'quotes of a shell': shell_quotes,
    'quotes of a shell again': shell_quotes,
    'Python, format': _prefix_and_body(
        ('.py', 'T = "¶{}".format("§")'), ('.py', "T = f'¶{\"§\"}'"), ('.py', "T = '¶%s' % '§'"),
        ('.py', "T = f'{\"¶\"}{\"§\"}'"),
        ('.py', "T = '{}{}'.format('¶', '§')"), ('.py', 'T = "%s%s" % ("¶", "§")'), ('.py', "T = '¶%s' % ('§',)"),
    ),
    'JavaScript, template': _prefix_and_body(('.js', 'const t = `¶${"§"}`;'), ('.js', "const t = `${'¶'}§`;"),
        ('.js', "`¶${'§'}`")),
    'Ruby, template': _prefix_and_body(('.rb', 't = "¶#{\'§\'}"'), ('.rb', "t = '¶%s' % '§'"), ('.rb', "t = format('¶%s', '§')")),
    'printf': _prefix_and_body(('.sh', "printf 'pina_%s' §".replace('pina_', '¶')), ('.sh', 'printf "%s%s" ¶ §'),
        ('.c', 'sprintf(t, "¶%s", "§");'),
                               ('.go', 'fmt.Sprintf("¶%s", "§")'), ('.go', 'fmt.Sprintf("%s%s", "¶", "§")'),
                               ('.java', 'String.format("¶%s", "§")'), ('.php', "sprintf('¶%s', '§')"),
                               ('.lua', 'string.format("¶%s", "§")'), ('.rs', 'format!("¶{}", "§")'),
                               ('.cs', 'string.Format("¶{0}", "§")'), ('.cs', '$"¶{"§"}"'),
                               ('.kt', 'val t = "¶${"§"}"'), ('.swift', 'let t = "¶\\("§")"'),
                               ('.ps1', "'¶{0}' -f '§'"), ('.scala', 's"¶${"§"}"')),
    'shell, prefix apart': _prefix_and_body(('.sh', 'T=¶"§"'), ('.sh', "T='¶'§"), ('.sh', "T=\"¶\"'§'"),
        ('.sh', "T=¶'§'"), ('.sh', 'T="¶"§'), ('.sh', "T=$'¶''§'")),
    'code in a template': _prefix_and_body(('.html', '{{ "¶" + "§" }}'), ('.j2', "{{ '¶' ~ '§' }}"),
        ('.jsp', '<%= "¶" + "§" %>'), ('.php', "<?= '¶' . '§' ?>"), ('.tf', '"¶${"§"}"')),
}
