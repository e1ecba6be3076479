"""Counts the table of `pina_scan/judge/randomness.py` again: which letters follow which in words."""
from __future__ import annotations

import argparse
import glob
import os
import re
import string
import sysconfig
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence

_LANGUAGES = ('ca', 'de', 'es', 'fr', 'id', 'it', 'pl', 'pt', 'sv', 'tr')
#: The share of what follows a letter that the table's letters make up together.
_SHARE = 0.9
#: A word counts so often at the most: else `self` and `return` would be the language.
_CAP = 20
_PER_LINE = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Prints FOLLOWERS, from the standard library's sources and the message catalogues in each DIR (git's `po`)."""
    parser = argparse.ArgumentParser(prog='python -m benchmarks.word_pairs', description=main.__doc__)
    parser.add_argument('folders', metavar='DIR', nargs='+')
    options = parser.parse_args(argv)
    catalogues = [
        path for folder in options.folders for path in glob.glob(os.path.join(folder, '*.po'))
        if re.split('[_.@]', os.path.basename(path))[0] in _LANGUAGES
    ]
    library = sysconfig.get_path('stdlib')
    sources = [path for below in ('*.py', '*/*.py') for path in glob.glob(os.path.join(library, below))]
    print(form(followers(pairs([words(sources), words(catalogues)]))))
    return 0


def words(paths: Iterable[str]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for path in paths:
        with open(path, encoding='utf-8', errors='ignore') as file:
            counted.update(word.lower() for word in re.findall('[A-Za-z]{3,}', file.read()))
    return counted


def pairs(corpora: Iterable[Counter[str]]) -> dict[str, Counter[str]]:
    """For each letter, how often each other follows it."""
    after: dict[str, Counter[str]] = {letter: Counter() for letter in string.ascii_lowercase}
    for counted in corpora:
        for word, count in counted.items():
            for left, right in zip(word, word[1:]):
                after[left][right] += min(count, _CAP)
    return after


def followers(after: dict[str, Counter[str]]) -> dict[str, str]:
    """The most frequent ones, until they make up _SHARE of all."""
    table = {}
    for letter, counted in after.items():
        kept: list[str] = []
        reached = 0
        for right, count in counted.most_common():
            if reached > _SHARE * counted.total():
                break
            kept.append(right)
            reached += count
        table[letter] = ''.join(sorted(kept))
    return table


def form(table: dict[str, str]) -> str:
    cells = [f'{letter!r}: {right!r},' for letter, right in table.items()]
    lines = [' '.join(cells[at:at + _PER_LINE]) for at in range(0, len(cells), _PER_LINE)]
    return '\n'.join(['FOLLOWERS = {', *(f'    {line}' for line in lines), '}'])


if __name__ == '__main__':
    raise SystemExit(main())
