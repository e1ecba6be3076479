from __future__ import annotations

from pathlib import Path

import pytest

from pina_scan.errors import ConfigError
from pina_scan.judge import exclude as module
from pina_scan.judge.config import Config
from pina_scan.judge.config_file import KEYS
from pina_scan.judge.config_file import load
from pina_scan.judge.exclude import Exclude
from pina_scan.records import Limits


def config(tmp_path: Path, text: str, name: str = '.pina-scan.toml') -> Config:
    return load(text.encode(), str(tmp_path / name))


def test_every_field_has_a_key() -> None:
    assert set(KEYS) == set(Config._fields)


@pytest.mark.parametrize('text', ('', '# nothing\n', '\ufeff', '\ufeff# nothing\r\n'))
def test_defaults(tmp_path: Path, text: str) -> None:
    assert config(tmp_path, text) == Config()
    assert config(tmp_path, text, 'pyproject.toml') == Config()


def test_values(tmp_path: Path) -> None:
    text = 'exclude = ["a/", "*.md"]\nplaceholders = "allow"\ninline_allow = false\njobs = 2\n[limits]\nseconds = 9\n'
    wanted = Config(exclude=('a/', '*.md'), placeholders='allow', inline_allow=False, jobs=2, limits=Limits(seconds=9))
    assert config(tmp_path, text) == wanted
    nested = text.replace('[limits]', '[tool.pina-scan.limits]')
    assert config(tmp_path, '[tool.pina-scan]\n' + nested, 'pyproject.toml') == wanted


@pytest.mark.parametrize(
    ('text', 'words'), (
        ('exlude = ["a"]', r'there is no key "exlude". Did you mean "exclude"?'),
        ('zzz = 1', r'there is no key "zzz". There are: exclude, '),
        ('exclude = "a"', '"exclude" takes a list of strings'),
        ('exclude = [1]', '"exclude" takes a list of strings'),
        ('placeholders = true', '"placeholders" takes a string'),
        ('placeholders = "alow"', '"placeholders" takes fail or allow, not "alow". Did you mean "allow"?'),
        ('inline_allow = "no"', '"inline_allow" takes true or false'),
        ('jobs = true', '"jobs" takes a number from 0'),
        ('jobs = -1', '"jobs" takes a number from 0'),
        ('limits = 1', '"limits" takes a table'),
        ('[limits]\nsecond = 1', 'there is no key "limits.second". Did you mean "seconds"?'),
        ('[limits]\ndepth = 2.5', '"limits.depth" takes a whole number above 0'),
        ('[limits]\ndepth = 51', '"limits.depth" takes 50 at the most'),
        ('[limits]\nmembers = true', '"limits.members" takes a whole number above 0'),
        ('[limits]\nratio = -1.5', '"limits.ratio" takes a number above 0'),
        ('[limits]\nseconds = 0', '"limits.seconds" takes a number above 0'),
        ('baseline = "a\\u0000b"', '"baseline" has a zero character'),
        ('report = ["json=a\\u0000b"]', '"report" has a zero character'),
        ('exclude = [', 'not TOML'),
        ('exclude = "\udcff"', 'not TOML'),
    ),
)
def test_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / '.pina-scan.toml'
    with pytest.raises(ConfigError) as caught:
        load(text.encode('utf-8', 'surrogateescape'), str(path))
    assert words in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize('text', ('tool = 1', '[tool]\npina-scan = "x"', 'tool = ["pina-scan"]'))
def test_a_pyproject_without_a_table(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match='has to be a table'):
        config(tmp_path, text, 'pyproject.toml')


@pytest.mark.parametrize('pattern', ('*', '**', '/**', '**/*', '/*', '*/**', '**/', '*?', '.*/**\n*', '.*\n[!.]*'))
def test_a_pattern_that_excludes_everything_is_refused(pattern: str) -> None:
    with pytest.raises(ConfigError, match='excludes everything'):
        Exclude(pattern.split('\n'), 'c')


@pytest.mark.parametrize('pattern', ('\\', '[z-a]'))
def test_a_pattern_that_is_none_is_refused_or_takes_nothing(pattern: str) -> None:
    try:
        assert not Exclude([pattern], 'c')(b'a')
    except ConfigError as error:
        assert 'has a pattern that git could not read' in str(error)


@pytest.mark.parametrize(
    ('patterns', 'out', 'kept'), (
        (['vendor/'], [b'vendor/x', b'a/vendor/y'], [b'vendored', b'vendor']),
        (['*.md', '!README.md'], [b'a.md', b'd/b.md'], [b'README.md', b'a.mdx']),
        (['/docs/**/x'], [b'docs/x', b'docs/a/b/x'], [b'a/docs/x']),
        (['caf\u00e9/'], ['café/x'.encode()], [b'cafe/x', b'\xff']),
    ),
)
def test_gitignore_patterns(patterns: list[str], out: list[bytes], kept: list[bytes]) -> None:
    exclude = Exclude(patterns, 'c')
    assert [exclude(path) for path in out] == [True] * len(out)
    assert [exclude(path) for path in kept] == [False] * len(kept)


@pytest.mark.parametrize(('pattern', 'path'), (
    ('*a' * 30 + 'b', b'a' * 200 + b'bc'),
    ('/'.join(['**', 'a'] * 20) + '/b', b'a/' * 200 + b'bc'),
))
def test_a_pattern_of_many_wildcards_takes_no_ages(pattern: str, path: bytes) -> None:
    assert not Exclude([pattern], 'c')(path)


def test_one_that_does_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, '_SECONDS', 1e-9)
    with pytest.raises(ConfigError, match='takes too long'):
        Exclude(['/'.join(['**', 'a'] * 20) + '/b'], 'c')(b'a/' * 500 + b'bc')


def test_names_that_take_long_each_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, '_IN_ALL', 0.0)
    with pytest.raises(ConfigError, match='takes too long'):
        Exclude(['vendor/'], 'c')(b'a')


@pytest.mark.parametrize('text', ('x = ' + '[' * 100_000, 'x = ' + '{a=' * 100_000))
def test_toml_that_is_nested_without_end(text: str) -> None:
    with pytest.raises(ConfigError, match='nested too deep'):
        load(text.encode(), 'c')


def test_a_number_without_end() -> None:
    with pytest.raises(ConfigError, match='not TOML'):
        load(b'jobs = ' + b'9' * 10_000, 'c')
