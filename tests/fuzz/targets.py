"""Every target by its name, with what a fuzzer starts from. Loaded under the fuzzer's instrumentation."""
from __future__ import annotations

from collections.abc import Callable

from pina_scan.decode.encodings import ANCHORS
from tests.fuzz import checks
from tests.fuzz import containers
from tests.fuzz import names
from tests.fuzz import packs
from tests.fuzz import texts

TARGETS: dict[str, Callable[[bytes], None]] = {
    'escapes': texts.target(texts.escapes),
    'joins': texts.target(texts.joins),
    'wraps': texts.target(texts.wraps),
    'invisible': texts.target(texts.invisible),
    'base64': texts.target(texts.base64_text),
    'base64 of gzip': texts.target(texts.packed_base64),
    'base32': texts.target(texts.base32_text),
    'numbers': texts.target(texts.numbers),
    'armor': texts.target(texts.armor),
    'layers': texts.target(texts.layers),
    'wide': texts.wide,
    'zip': containers.target(containers.zip_file),
    'office': containers.target(containers.office_file),
    'tar': containers.target(containers.tar_file),
    'gzip': containers.target(containers.gzip_file),
    'bzip2': containers.target(containers.bzip2_file),
    'xz': containers.target(containers.xz_file),
    'lzma': containers.target(containers.lzma_file),
    'zstd': containers.target(containers.zstd_file),
    '7z': containers.target(containers.seven_file),
    'ar': containers.target(containers.ar_file),
    'sqlite': containers.target(containers.sqlite_file),
    'pdf': containers.target(containers.pdf_file),
    'pickle': containers.target(containers.pickle_file),
    'git pack': containers.target(containers.git_pack),
    'delta': packs.deltas,
    'index': packs.indexes,
    'pack': packs.packs,
    'names': names.names,
}


def seeds() -> list[bytes]:
    """A few for each branch: what each choice's first bytes lead to, and anchors that lead somewhere or nowhere."""
    made = [bytes((kind, number)) + bytes(range(number, number + 40)) for kind in range(3) for number in range(0, 16, 3)]
    made += [b'\1' + anchor * 3 for anchor in ANCHORS]
    made += [b'\1' + checks.TOKEN, b'\1"' + checks.TOKEN[:40] + b'" + "' + checks.TOKEN[40:] + b'"']
    return made
