"""Targets for what is read of a repository's own files: deltas, pack indexes and packs."""
from __future__ import annotations

import os
import tempfile
import zlib

from pina_scan import suspect
from pina_scan.errors import DamagedError
from pina_scan.git import delta
from pina_scan.git import packindex
from pina_scan.git.flag import Flagger
from pina_scan.git.pack import open_pack
from pina_scan.git.resolve import Resolver
from pina_scan.git.resolve import TooLarge
from pina_scan.git.upon import upon
from tests.fuzz import checks
from tests.fuzz.draw import Draw
from tests.helpers import gitrepo

_HASH = 20


def deltas(data: bytes) -> None:
    """Any instructions, and some that are right: what they make is what they say."""
    draw = Draw(data)
    base = draw.taken(200)
    if draw.number(2):
        with checks.bounded(len(data)):
            instructions = draw.rest()
            try:
                begins = delta.first(instructions)
                made = delta.apply(base, instructions)
            except DamagedError:
                return
        assert len(made) == delta.sizes(instructions)[1]
        assert made.startswith(begins.inserted or base[begins.offset:begins.offset + begins.length])
        return
    steps, wanted = _steps(draw, base)
    assert delta.apply(base, gitrepo.make_delta(base, len(wanted), *steps)) == wanted


def _steps(draw: Draw, base: bytes) -> tuple[list[bytes], bytes]:
    """Some instructions, and what they make of the base."""
    steps, wanted = [], b''
    for _ in range(1 + draw.number(6)):
        if base and draw.number(2):
            offset = draw.number(len(base))
            length = 1 + draw.number(len(base) - offset)
            steps.append(gitrepo.copy(offset, length))
            wanted += base[offset:offset + length]
        else:
            text = draw.taken(150)
            steps.append(gitrepo.insert(text, 1 + draw.number(127)) if text else b'')
            wanted += text
    return steps, wanted


def indexes(data: bytes) -> None:
    draw = Draw(data)
    with tempfile.TemporaryDirectory() as folder:
        path = os.fsencode(os.path.join(folder, 'p.idx'))
        made = bytearray(_index(draw)) if draw.number(2) else bytearray()
        if made:
            for _ in range(draw.number(6)):
                made[draw.number(min(len(made), 65536))] = draw.number(256)
        _write(path, bytes(made) + draw.rest())
        try:
            index = packindex.read(path, _HASH)
        except DamagedError:
            return
        packindex.in_pack_order(index, path)
        assert len(index.names) == len(index.offsets) * _HASH


def _index(draw: Draw) -> bytes:
    """Version 2, of some objects, with whatever is said of them."""
    count = draw.number(5)
    fanout = b''.join(min(at, count).to_bytes(4, 'big') for at in range(1, 257))
    offsets = b''.join((12 + at).to_bytes(4, 'big') for at in range(count))
    return b'\377tOc\0\0\0\2' + fanout + bytes(count * (_HASH + 4)) + offsets + bytes(2 * _HASH)


def packs(data: bytes) -> None:
    """A pack of a base and a delta upon it that puts the token together from what the base has and what it inserts, as git
    would: its inserts are full ones. Then the same with some bytes changed."""
    draw = Draw(data)
    cut = sorted(draw.number(len(checks.TOKEN) + 1) for _ in range(2))
    before, after = b'a ' + draw.taken(60) + b'\n(', b')\n\n' + draw.taken(60)
    wanted = before + checks.TOKEN + after
    # the base has the middle of it, so that neither has it whole
    base = draw.taken(40) + wanted[len(before) + cut[0]:len(before) + cut[1]] + draw.taken(40)
    at = base.find(wanted[len(before) + cut[0]:len(before) + cut[1]])
    steps = [gitrepo.insert(wanted[:len(before) + cut[0]])]
    if cut[0] < cut[1]:
        steps.append(gitrepo.copy(at, cut[1] - cut[0]))
    steps.append(gitrepo.insert(wanted[len(before) + cut[1]:]))
    _in_pack(draw, base, gitrepo.make_delta(base, len(wanted), *steps), wanted)


def _in_pack(draw: Draw, base: bytes, instructions: bytes, wanted: bytes) -> None:
    first = gitrepo.entry_header(3, len(base)) + zlib.compress(base)
    second = gitrepo.entry_header(6, len(instructions)) + gitrepo.backwards(len(first)) + zlib.compress(instructions)
    body = b'PACK\0\0\0\2\0\0\0\2' + first + second + bytes(_HASH)
    offsets = (12, 12 + len(first))
    fanout = b'\0\0\0\2' * 256
    places = b''.join(offset.to_bytes(4, 'big') for offset in offsets)
    index = b'\377tOc\0\0\0\2' + fanout + bytes(2 * (_HASH + 4)) + places + bytes(2 * _HASH)
    damaged = draw.number(2)
    if damaged:
        changed = bytearray(body)
        for _ in range(1 + draw.number(5)):
            changed[12 + draw.number(len(changed) - 12)] = draw.number(256)
        body = bytes(changed)
    flagged, made = _read(body, index)
    if not damaged:
        assert made[offsets[1]] == wanted
        assert offsets[1] in flagged, 'what holds the token is not resolved'


def _read(body: bytes, index: bytes) -> tuple[set[int], dict[int, bytes]]:
    """What would be resolved of a pack, and everything resolved."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.fsencode(os.path.join(folder, 'p.pack'))
        _write(path, body)
        _write(packindex.beside(path, b'.idx'), index)
        pack = open_pack(path, _HASH)
        try:
            with checks.bounded(len(body)):
                part = _FLAGGER.chunk(pack, 0, len(pack.order))
                flagged = upon(pack, [part], _PROBE)
                made = {}
                resolver = Resolver(pack, lambda name: None)
                for offset in pack.order:
                    try:
                        made[offset] = resolver.resolve(offset)[1]
                    except (DamagedError, TooLarge):
                        continue
        finally:
            os.close(pack.fd)
    return flagged, made


def _write(path: bytes, data: bytes) -> None:
    with open(path, 'wb') as file:
        file.write(data)


_PROBE = suspect.build()
_FLAGGER = Flagger(_PROBE)
