"""What makes an object of a pack worth resolving, asked of bytes that are not resolved. The argument: docs/history.md.

A delta tears an object's bytes apart: a part is copied from here, the next from there, the rest inserted. An anchor
that lies whole in any one piece is seen as it lies. For one that is torn there are three more questions: is it whole
once two inserts are joined, does an insert begin with what a copy may have begun, is there a long run of the token's
own alphabet for such pieces to be put before?
"""
from __future__ import annotations

import hashlib
import re

from pina_scan.decode.containers import MAGICS
from pina_scan.decode.containers import MARKS
from pina_scan.decode.encodings import ANCHORS
from pina_scan.decode.glance import worth
from pina_scan.git.probe import Bytes
from pina_scan.git.probe import Probe
from pina_scan.match.anchors import build as automaton
from pina_scan.token import ACCESS
from pina_scan.token import REFRESH

_ALPHABET = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
#: A body of 96 has one this long unless it is in four pieces or more.
RUN = 32
#: What a token looks like in most of its encodings: UTF-16 has zeros in it, base64url the dashes.
_WIDE_ALPHABET = _ALPHABET + _ALPHABET.lower() + b'0189+/_-\0'
WIDE_RUN = 48
#: How much of a token has to follow what is left of an anchor.
_BEHIND = 40


#: The prefixes as they stand, and in UTF-16 and UTF-32 of either order: without the last character's zeros.
PREFIXES = tuple(
    gap.join(prefix[i:i + 1] for i in range(len(prefix)))
    for gap in (b'', b'\0', b'\0\0\0') for prefix in (ACCESS, REFRESH)
)


def _table(alphabet: bytes) -> bytes:
    return bytes(byte in alphabet for byte in range(256))


_IN_ALPHABET = _table(_ALPHABET)
_IN_WIDE = _table(_WIDE_ALPHABET)


def runs(data: Bytes, table: bytes, length: int) -> list[int]:
    """Where runs of `length` or more bytes that the table marks begin.

    Two passes at a gigabyte a second and more. To look at one byte in eight first is slower: half of a licence's text
    in capitals looks like a run then.
    """
    found = []
    marked = data.translate(table)
    needle = b'\1' * length
    at = marked.find(needle)
    while at >= 0:
        found.append(at)
        end = marked.find(b'\0', at)
        at = marked.find(needle, end) if end >= 0 else -1
    return found


def identity() -> str:
    """Another one for whatever changes what is found in a pack."""
    parts = (*ANCHORS, *MAGICS, *MARKS, b'%d %d %d' % (RUN, WIDE_RUN, _BEHIND))
    return hashlib.sha256(b'\n'.join(parts)).hexdigest()


def _marks(data: Bytes) -> list[int]:
    """Where a container may be that doesn't begin with its magic."""
    found = []
    for mark in MARKS:
        at = data.find(mark)
        while at >= 0:
            found.append(at)
            at = data.find(mark, at + 1)
    return found


def build() -> Probe:
    """Hits are flagged that have what a token needs around them: anchors are too short to flag by themselves.

    In a delta what a token needs may be a copy away: so there the prefixes, plain and wide, flag whatever is around
    them. Containers are read whole.
    """
    find = automaton(ANCHORS)
    find_prefix = automaton(PREFIXES)

    def anchors(data: Bytes) -> list[int]:
        hits = find(data)
        if not hits:
            return []
        return [start for _, start, _ in worth(data, hits)] + [start for _, start, _ in find_prefix(data)]

    find_head = automaton(MAGICS)
    rests = {anchor[cut:] for anchor in ANCHORS for cut in range(1, len(anchor))}
    torn = re.compile(
        b'(?:' + b'|'.join(map(re.escape, sorted(rests))) + rb')[%b]{%d}' % (re.escape(_WIDE_ALPHABET), _BEHIND), re.DOTALL,
    )
    return Probe(
        anywhere=lambda data: anchors(data) + runs(data, _IN_ALPHABET, RUN) + _marks(data),
        # across a seam there is nothing around to go by
        anchors=lambda data: [start for _, start, _ in find(data)],
        reach=min(max(map(len, ANCHORS)) - 1, 126),
        in_deltas=lambda data: runs(data, _IN_WIDE, WIDE_RUN),
        torn=lambda delta, start, end: torn.match(delta, start, end) is not None,
        heads=MAGICS,
        heads_in_deltas=lambda data: [start for _, start, _ in find_head(data)],
    )
