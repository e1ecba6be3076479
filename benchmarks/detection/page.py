"""`docs/detection.md`, from the figures of one run."""
from __future__ import annotations

from collections.abc import Sequence

from benchmarks import clock
from benchmarks.detection import real
from benchmarks.detection.real import Seen
from benchmarks.detection.score import Score
from benchmarks.detection.score import Sizes
from benchmarks.detection.score import alarm_rows
from benchmarks.detection.score import recall_rows
from benchmarks.detection.tools import Outcome

_HEAD = """\
# Detection

What pina-scan finds of the ways in which a token leaks, and what it takes for one that is none, beside other scanners.
Made by one command, in an environment with the extra `test`:

```
sh benchmarks/install_peers.sh peers
python -m benchmarks.detection --peers peers --write docs --trees TREE... --random 2G
```

The corpus is made at run time from a seed, with fresh tokens, in a folder that is deleted afterwards: every class has its
variants - ways of writing, containers, programs that write them - and every variant comes several times, in other
surroundings: languages, quotes, indentation, line ends, near the beginning of a file or far from it. `--keep FOLDER` keeps it,
`--list` shows the variants, `-v` what was missed.

For pina-scan a hit is a `high` finding with the token's very SHA-256, at the right line and column where one can be said; with
another hash, `medium`, or a column beside it, it is a miss. For the others it is enough that they report the sample's file,
whatever they take it for.

![Share of the tokens found, by class and tool](detection.svg)
"""
_RANDOM = """\
At b777487, 2 GB each of random base64, base32 and hexadecimal, in one line and in lines, 12 GB in all: nothing found, nothing
unread. What is unread in git's tree is an object that its tests keep cut short.
"""
_PEERS = """\
## How the others were asked

Each in its best mode for this token: rules for it where there are some, else one that was given to it; decoding and archives to a
depth beyond the corpus's where there is an option, comments that accept findings ignored, no request to anybody's server.
betterleaks, and trufflehog in any version since 2021, are not given out as Go modules: their newest rows are missing.
General scanners look for other secrets too, so an alarm on a harmless file is not always wrong: random text may be a secret of
another kind.
"""


def page(scores: list[Score], counts: Sizes, outcomes: Sequence[Outcome], seen: Sequence[Seen], words: str) -> str:
    """`words` says which revision, on what, from which seed."""
    parts = [
        _HEAD, words + '\n', '## Recall\n', clock.table(recall_rows(scores, counts)) + '\n',
        'The last line is the share of tokens in all that was reported, over leaks and harmless files.\n',
        '## False alarms\n', 'Files in which something was reported:\n', clock.table(alarm_rows(scores, counts)) + '\n',
    ]
    if seen:
        parts += ['Real trees, and random text through standard input, pina-scan alone:\n', clock.table(real.rows(seen)) + '\n']
    parts += [_RANDOM, _PEERS, clock.table([['tool', 'version', 'seconds', 'command'], *(
        [one.title, one.version or '-', f'{one.seconds:,.0f}' if not one.failed else one.failed,
            '`' + one.command.replace('|', '\\|') + '`'] for one in outcomes
    )])]
    return '\n'.join(parts) + '\n'
