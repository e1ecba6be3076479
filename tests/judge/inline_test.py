from __future__ import annotations

import pytest

from pina_scan.token import make
from tests.match.rules_test import found

SPELLINGS = (
    'pina-scan: allow', 'pina-scan:allow', 'PINA-SCAN: ALLOW', 'pina-scan: allow a reason', 'pragma: allowlist secret',
    'pragma:allowlist secret', 'gitleaks:allow', 'betterleaks:allow', 'kingfisher:ignore', 'trufflehog:ignore', 'ggignore',
)


@pytest.mark.parametrize(
    'template', (
        '{t}', '{t} # pina-scan: allowed', '{t} # pina-scan', '{t} # loggignore', '{t} # .ggignore', '{t} # ggignored',
        '{t} # x-ggignore', '{t} # .x-pina-scan: allow',
        '# pina-scan: allow\n\n{t}', '{t}\n# pina-scan: allow', '{t} # pragma: allowlist nextline secret',
        'x\r\n{t}\r\n# gitleaks:allow', '# pragma: allowlist nextline secret\nx\n{t}', '# xgitleaks:allow\n{t}',
    ),
)
def test_not_accepted(template: str) -> None:
    finding, = found(template.format(t=make().decode()).encode())
    assert finding.inline is None


@pytest.mark.parametrize('spelling', SPELLINGS)
@pytest.mark.parametrize(
    'template', (
        '{t} # {s}', '/* {s} */ {t}', '# {s}\n{t}', '# {s}\r\n{t}', '# {s}\r{t}', 'x\n<!-- {s} -->\nk = "{t}"', '{t}\t//{s}',
        '{t} --{s}', '{t} <!--{s}-->', '--{s}\n{t}', '{t} {{-{s}-}}', '//-{s}\n{t}',
    ),
)
@pytest.mark.parametrize('encoding', ('utf-8', 'utf-16-le', 'utf-16-be', 'utf-32-le'))
def test_accepted(template: str, spelling: str, encoding: str) -> None:
    text = template.format(t=make().decode(), s=spelling)
    finding, = found(('\ufeff' + text).encode(encoding))
    assert finding.inline is not None
    assert finding.inline.lower().startswith(spelling[:6].lower())


def test_next_line() -> None:
    finding, = found(b'# pragma: allowlist nextline secret\nx = ' + make())
    assert finding.inline == 'pragma: allowlist nextline secret'


def test_it_covers_its_own_line_only() -> None:
    one, two, three = (make().decode() for _ in range(3))
    text = f'{one} # pina-scan: allow\n{two}\n# pina-scan: allow\n{three}\n'
    assert [f.inline is not None for f in found(text.encode())] == [True, False, True]


def test_a_reason_is_kept_but_for_what_could_be_a_token() -> None:
    token = make()
    finding, = found(token + b' /* pina-scan: allow - for the  docs ' + b'Q' * 40 + b' */')
    assert finding.inline == 'pina-scan: allow: for the docs …'


def test_a_comment_between_tokens_of_one_line_covers_both() -> None:
    assert [f.inline for f in found(make() + b' ggignore ' + make())] == ['ggignore', 'ggignore']
