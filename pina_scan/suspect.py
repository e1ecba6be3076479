"""What makes an object of a pack worth resolving, asked of bytes that are not resolved. The argument: docs/history.md.

A delta tears an object's bytes apart: a part is copied from here, the next from there, the rest inserted. A token is
known by its prefix with what belongs to it, or by any part of its body; a container by how it begins or ends.
"""
from __future__ import annotations

import hashlib
from binascii import a2b_base64
from collections.abc import Callable
from collections.abc import Sequence

from pina_scan import chance
from pina_scan import fragments
from pina_scan.decode.containers import MAGICS
from pina_scan.decode.containers import MARKS
from pina_scan.decode.containers import STARTS
from pina_scan.decode.containers import begins
from pina_scan.decode.counted import BASE64
from pina_scan.decode.encodings import ANCHORS
from pina_scan.decode.encodings import IN_RUNS
from pina_scan.decode.encodings import WIDE_MARKS
from pina_scan.decode.encodings import is_wide
from pina_scan.decode.encodings import runs as long_runs
from pina_scan.decode.glance import at_once
from pina_scan.decode.glance import worth
from pina_scan.git.probe import Bytes
from pina_scan.git.probe import Found
from pina_scan.git.probe import Probe
from pina_scan.match import database
from pina_scan.match import runs
from pina_scan.match.anchors import build as automaton
from pina_scan.token import ACCESS
from pina_scan.token import REFRESH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pina_scan.match.anchors import Hit

#: Another one for whatever changes what is found in a pack, and is not in what `identity` takes.
_RULES = b'4'
_WIDTHS = (b'', b'\0', b'\0\0\0')


def _wide(text: bytes, gap: bytes) -> bytes:
    return gap.join(text[i:i + 1] for i in range(len(text)))


#: The prefixes as they stand, and in UTF-16 and UTF-32 of either order: without the last character's zeros.
PREFIXES = tuple(_wide(prefix, gap) for gap in _WIDTHS for prefix in (ACCESS, REFRESH))
#: What bodies that are no fragments have at their beginning. A refresh token's is a JSON Web Token: `{"` in base64.
#: gzip in base64 is known by its magic, here without the first character, and with the usual flags and times.
BODIES = (*(_wide(b'eyJ', gap) for gap in _WIDTHS), b'4sIA', b'4sIC', b'sIAAAA')
_JSON = b'eyJ'
#: So much of it is looked at: among random base64 one in ten thousand is text so far.
_BEGINNING = 16
_TEXT = b'\t\n\r' + bytes(range(0x20, 0x7F))
_URL_SAFE = bytes.maketrans(b'-_', b'+/')
_TAR = b'ustar'
#: What may be torn where one insert ends and the next begins, and has no fragments.
_TORN = (*PREFIXES, *MARKS)
#: What may be in a long run of an encoding's characters where that is in several inserts, all but the last of them full.
_TORN_RUNS = IN_RUNS[:0x7F] + b'\1' + IN_RUNS[0x80:]
#: Hits that are looked at one by one.
_FEW = 16
#: So many are looked at closely: where there are more that look like a prefix, that isn't by chance, or is meant to take long.
_ASKED = 1 << 6
#: So much of a container's beginning says which it is.
HEAD = 512
#: What the end of a zip has: the only mark of one that stands behind something else.
_ENDS = tuple(mark for mark in MARKS if mark != _TAR)
_FLAGGED = (*BODIES, *_ENDS)
#: In full: of zstd's skippable frames the first byte of the magic is free (RFC 8878, 3.1.2).
_FRAME = b'\x2a\x4d\x18'
_HEADS = tuple(magic for magic in MAGICS if magic != _FRAME) + tuple(b'%c' % low + _FRAME for low in range(0x50, 0x60))
#: Too short to be looked for anywhere else (RFC 1950, 2.2).
_ZLIB = (b'x\1', b'x\x5e', b'x\x9c', b'x\xda')


def identity() -> str:
    """Another one for whatever changes what is found in a pack."""
    parts = (_RULES, *ANCHORS, *MAGICS, *MARKS, *BODIES, *fragments.SPELLED, repr((fragments.NARROW, fragments.BROAD)).encode())
    return hashlib.sha256(b'\n'.join(parts)).hexdigest()


def _begins(head: Bytes) -> bool:
    """Whether a whole object that begins so is a container, or may be one if that is not all of its beginning; or is text of
    which nothing is known but that it is wide."""
    if is_wide(head):
        return True
    if not begins(head):
        return False
    from pina_scan.decode.signatures import detect

    return head.startswith(_HEADS) or detect(bytes(head[:HEAD])) is not None


def build(much: bool = False) -> Probe:
    """Anchors are too short to flag by themselves: hits are flagged that have what a token needs around them. What it
    needs may be a copy away, so that the prefixes, and what a body begins with, flag whatever is around them.

    `much`: there is so much to look through that it pays to make what looks faster.
    """
    find = _together((ANCHORS, _FLAGGED, fragments.SPELLED, (*MAGICS, _TAR)), much)
    find_short = automaton(_TORN)
    narrow, broad = (
        fragments.Finder(
            kind, runs.build(kind.alphabet(), kind.length, much), runs.first(fragments.hints(kind)) if much else None, tells,
        ) for kind, tells in ((fragments.NARROW, chance.build()), (fragments.BROAD, bool))
    )

    def anchors(text: bytes) -> Sequence[Hit]:
        return find(text)[0]

    def look(data: Bytes) -> Found:
        hits, flagged, spelled, magics = find(data)
        # by few: many together are looked at by tables of all of the data, which pay where hits are dense
        step = len(hits) if len(hits) << 10 > len(data) else _FEW
        likely = [hit for at in range(0, len(hits), step or 1) for hit in worth(data, hits[at:at + step], step > _FEW)]
        found = _with_prefix(bytes(data), likely, anchors) if likely else []
        found += [start for _, start, _ in hits if data.startswith(PREFIXES, start)]
        found += [start for _, start, _ in flagged if not data.startswith(_JSON, start) or _is_text(data, start)]
        found += [start for _, start, _ in spelled if fragments.spelled(data, start)]
        return Found(found + narrow(data), _within(data, magics) if magics else ())

    return Probe(
        look=look,
        broad=broad,
        # a body that is torn there has its fragments: what is left are the prefixes of those that have none, and marks
        seams=lambda data: [start for _, start, _ in find_short(data)],
        torn=_TORN,
        # what a pickle begins with is also what instructions that copy begin with
        by_chance=b'\x80',
        begins=_begins,
        runs=_starts_of_runs,
        has=lambda data: any(_in_run(data, start, end, anchors) for start, end in long_runs(data)),
        may_begin=lambda head: any(magic.startswith(head) for magic in (*_HEADS, *_ZLIB)),
        starts=(*STARTS, *WIDE_MARKS, *(head[:2] for head in _HEADS)),
        # LHA and ACE, as `containers.begins` knows them; what it knows behind that, no insert is long enough for
        further_in=rb'..-lh|.{9}ACE',
    )


def _with_prefix(data: bytes, hits: Sequence[Hit], find: Callable[[bytes], Sequence[Hit]]) -> list[int]:
    """Where the prefix is that belongs to an anchor: by chance nearly none has one."""
    from pina_scan.decode.prefixes import begins

    return [hit[1] for number, hit in enumerate(hits) if number >= _ASKED or begins(data, hit, find)]


def _starts_of_runs(data: bytes, torn: bool) -> list[int]:
    return [start for start, _ in long_runs(data, _TORN_RUNS if torn else IN_RUNS)]


def _in_run(data: bytes, start: int, end: int, find: Callable[[bytes], Sequence[Hit]]) -> bool:
    """Whether a long run of an encoding's characters says anything that a file's would be asked for: an encoding of an
    encoding may have no anchor."""
    from pina_scan.decode.long_runs import read

    return any(
        _begins(decoded.text) or long_runs(decoded.text) or at_once(decoded.text, find(decoded.text))
        for decoded in read(data, start, end)
    )


def _is_text(data: Bytes, start: int) -> bool:
    """Whether the base64 there, as far as it goes on, says what JSON may begin with: no control characters, and ASCII."""
    run = bytes(data[start:start + _BEGINNING])
    whole = run[:len(run) - len(run.lstrip(BASE64))]
    return not a2b_base64(whole[:len(whole) // 4 * 4].translate(_URL_SAFE)).translate(None, _TEXT)


def _within(data: Bytes, hits: Sequence[Hit]) -> list[int]:
    from pina_scan.decode.signatures import detect

    # three bytes turn up by chance: the ids in trees are random
    return [at for _, at, _ in hits if data.startswith(_TAR, at) or detect(bytes(data[at:at + HEAD])) is not None]


def _together(groups: Sequence[Sequence[bytes]], much: bool) -> Callable[[Bytes], list[Sequence[Hit]]]:
    """Finds the words of each group: all in one pass where there can be a database, else each group by itself, for what
    stands inside another would not be found."""
    find = database.build([word for group in groups for word in group]) if much else None
    if find is None:
        finders = [automaton(group) for group in groups]
        return lambda data: [one(data) for one in finders]
    in_one = find
    group_of = [number for number, group in enumerate(groups) for _ in group]

    def split(data: Bytes) -> list[Sequence[Hit]]:
        found: list[list[Hit]] = [[] for _ in groups]
        # the first group's own numbers are those of all: the others' are not asked for
        for hit in in_one(data):
            found[group_of[hit[0]]].append(hit)
        return [*found]
    return split
