"""What flows from the match to the report. NamedTuples, no behaviour beyond properties."""
from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Limits(NamedTuple):
    """How much one thing to scan may cost once it is opened; each limit that is reached is an `unread` entry.

    `depth`    containers within one another, the outermost counted
    `members`  what all its containers hold together
    `bytes`    what they expand to together, each layer counted
    `ratio`    how many times its own size that may be; what is below 10 MiB may be any number of times its size
    `memory`   bytes of one container that can only be read where it can be gone back and forth in, if it isn't a file
    `seconds`  spent on it
    `findings` that are told of it
    """

    depth: int = 8
    members: int = 100_000
    bytes: int = 4 << 30
    ratio: float = 1000.0
    memory: int = 256 << 20
    seconds: float = 60.0
    findings: int = 100_000


class Position(NamedTuple):
    """A place in a text as an editor shows it: both start at 1, columns count characters."""

    line: int
    column: int


class Decoded(NamedTuple):
    """Text that a reader made of a stretch of bytes.

    `text`     what was written, in ASCII-compatible bytes
    `offsets`  for each byte of `text`, and one past the end, where it stands in the bytes that were read
    `via`      the names of the layers, as the report's `via` has them
    """

    text: bytes
    offsets: Sequence[int]
    via: tuple[str, ...]


class Candidate(NamedTuple):
    """A stretch of decoded text that has the form of a token; `start` and `end` are offsets in that text.

    `exact` says that it has the very form Pinterest issues, not only one like it.
    """

    rule: str
    start: int
    end: int
    prefix: bytes
    body: bytes
    exact: bool


class Verdict(NamedTuple):
    """What the judge says of a candidate: `high`, `medium`, `placeholder` or `fake`, and why, as a sentence."""

    confidence: str
    reason: str


class Origin(NamedTuple):
    """Where a finding of history came from, and how far it got.

    `commit` brought it in, `removed_by` took it out last; `in_head` is None for what has no path. `refs` are the first
    that hold the commit, `more_refs` how many there are beside those; `dangling`: nothing reaches it. `exposure` is one
    sentence on that and one on what to do, `reach` the same in a word: `remote`, `bare`, `tag`, `local`, `stash`, `ref`,
    `reflog`, `dangling`, `staged` or `unknown`. `releases` are the first tags that hold it, each with its date, oldest
    first; `link` is its page at the forge, if a remote-tracking branch has it.
    """

    commit: str | None = None
    author: str | None = None
    date: str | None = None
    removed_by: str | None = None
    removed_on: str | None = None
    in_head: bool | None = None
    refs: tuple[str, ...] = ()
    more_refs: int = 0
    dangling: bool = False
    exposure: str = ''
    link: str | None = None
    reach: str = 'unknown'
    releases: tuple[tuple[str, str], ...] = ()


class Finding(NamedTuple):
    """One token at one place. Carries nothing of the token but its hash and what `report` may show of it.

    `path` has any token in it already redacted; `line` and the rest are None for a finding in a name.
    `inline` is what a comment beside it says, if one accepts it; `suppressed` is why the finding doesn't count.
    `inner` is how much of `path`, at its end, stands within a container: what goes before is the file that has it.
    """

    rule: str
    confidence: str
    reason: str
    path: bytes
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    token_sha256: str
    redacted: str
    via: tuple[str, ...] = ()
    commit: str | None = None
    object: str | None = None
    inline: str | None = None
    suppressed: str | None = None
    note: str | None = None
    origin: Origin | None = None
    inner: int = 0


class Summary(NamedTuple):
    """`findings` and `suppressed` count findings; `excluded` counts paths that a config leaves out."""

    files: int
    bytes: int
    findings: int
    suppressed: int
    excluded: int
    seconds: float


class Run(NamedTuple):
    """How a run went and where, for the reports that say so.

    `root` is the folder of the config and the baseline, `cwd` the one that findings' paths start from, both absolute.
    `revision`, `branch` and `remote` are the repository's, and only there for a format that tells them; `remote` is a
    URL without user name, password and query. `began` and `ended` are UTC as RFC 3339 writes it.
    """

    command: str = 'scan'
    root: bytes = b'/'
    cwd: bytes = b'/'
    revision: str | None = None
    branch: str | None = None
    remote: str | None = None
    exit_code: int = 0
    began: str = '1970-01-01T00:00:00Z'
    ended: str = '1970-01-01T00:00:00Z'


class Report(NamedTuple):
    """All that a run has to say. `notices` are sentences, such as those on baseline entries."""

    findings: Sequence[Finding]
    suppressed: Sequence[Finding]
    unread: Sequence[tuple[bytes, str]]
    notices: Sequence[str]
    summary: Summary
    version: str
    run: Run = Run()
