"""PDF, by pypdf: every stream, what it writes as text, the text of pages with fonts of their own codes, metadata.

ISO 32000-1. Pictures are left out.
"""
from __future__ import annotations

import logging
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING
from typing import Any
from typing import BinaryIO

from pina_scan.decode import pdf_fonts
from pina_scan.decode import pdf_text
from pina_scan.decode.deadline import deadline
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import NOTES
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Member
from pina_scan.decode.members import Missing
from pina_scan.decode.members import reason
from pina_scan.decode.members import text
from pina_scan.decode.pdf_fonts import Font

if TYPE_CHECKING:
    from pypdf import PdfReader

_ENCRYPTED = 'encrypted'
#: Objects that are read at once: a deadline for each one would cost more than most of them do.
_BATCH = 64
_BATCH_SIZE = 8 << 20


def members(file: BinaryIO, budget: Budget) -> Iterator[Member | Flaw]:
    """Raises Missing. Streams of a PDF that can't be read are expanded where they stand, and it is Damaged."""
    try:
        import pypdf
    except ImportError:
        raise Missing('pdf') from None
    # it tells of every flaw it meets, in words of the file's own
    logger = logging.getLogger('pypdf')
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    try:
        with deadline(budget):
            reader = pypdf.PdfReader(file, strict=False)
            locked = reader.is_encrypted and not reader.decrypt('')
            numbers = sorted({*reader.xref_objStm, *(number for known in reader.xref.values() for number in known)})
            metadata = '' if locked else '\n'.join(str(value) for value in (reader.metadata or {}).values())
            pages = 0 if locked else len(reader.pages)
    except pypdf.errors.DependencyError:
        yield Flaw(None, _ENCRYPTED)
        return
    except Exception as error:  # noqa: BLE001 - a third party's parser on hostile bytes, whose errors are of any type
        yield from pdf_text.carved(file)
        raise Damaged(reason(error)) from None
    if locked:
        yield Flaw(None, _ENCRYPTED)
        return
    if metadata:
        yield text(NOTES, metadata.encode('utf-8', 'surrogatepass'))
    strings: list[bytes] = []
    left = iter(numbers)
    for number in left:
        yield from _objects(reader, chain((number,), left), strings, budget)
    if strings:
        yield text(NOTES, b'\n'.join(strings), again=True)
    for number in range(pages):
        yield from _page(reader, number, budget)


def _objects(reader: PdfReader, numbers: Iterable[int], strings: list[bytes], budget: Budget) -> Iterator[Member | Flaw]:
    """The streams among the next objects; strings that don't stand in the file as what they say go into `strings`."""
    found: list[tuple[bytes, bytes]] = []
    flaws = []
    size = 0
    with deadline(budget):
        for count, number in enumerate(numbers):
            name = b'object %d' % number
            try:
                data = _object(reader, number, strings)
                if data is not None:
                    found.append((name, data))
                    size += len(data)
            except Exception as error:  # noqa: BLE001 - as above
                flaws.append(Flaw(name, reason(error)))
            if count >= _BATCH or size >= _BATCH_SIZE:
                break
    budget.hold(size)
    yield from flaws
    for name, data in found:
        if written := pdf_text.written(data):
            yield text(name + b'/text', written)
        yield text(name, data, again=True)


def _object(reader: PdfReader, number: int, strings: list[bytes]) -> bytes | None:
    """What a stream has in it; None for pictures and for what is no stream."""
    from pypdf.generic import IndirectObject
    from pypdf.generic import StreamObject

    found = reader.get_object(IndirectObject(number, _generation(reader, number), reader))
    strings += _strings(found)
    if not isinstance(found, StreamObject) or _at(found, '/Subtype') == '/Image':
        return None
    # a string of its own, for some filters
    data = _bytes(found.get_data())
    if found.get('/Type') != '/ObjStm' and hasattr(found, 'decoded_self'):
        # all that was expanded would be kept
        found.decoded_self = None
    return data


def _strings(found: Any) -> Iterator[bytes]:
    """The strings in a dictionary or an array: of annotations, forms and outlines, in an encoding of PDF's own."""
    todo = [found]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo += value.values()
        elif isinstance(value, list):
            todo += value
        elif isinstance(value, bytes):
            yield value
        elif isinstance(value, str) and not value.startswith('/'):
            yield value.encode('utf-8', 'surrogatepass')


def _at(found: Any, key: str) -> Any:
    """What a dictionary has there, or a reference in it leads to; nothing where it is no dictionary."""
    value = found.get(key) if isinstance(found, dict) else None
    return getattr(value, 'get_object', lambda: value)()


def _bytes(data: Any) -> bytes:
    return data.encode('utf-8', 'surrogatepass') if isinstance(data, str) else bytes(data)


def _generation(reader: PdfReader, number: int) -> int:
    return next((generation for generation, known in reader.xref.items() if number in known), 0)


def _page(reader: PdfReader, number: int, budget: Budget) -> Iterator[Member | Flaw]:
    """What it shows where that is not in one of its streams as it stands: in fonts of their own codes, or over several."""
    name = b'page %d' % (number + 1)
    try:
        with deadline(budget):
            page = reader.pages[number]
            fonts = _fonts(_at(page, '/Resources'))
            contents = _at(page, '/Contents')
            several = isinstance(contents, list) and len(contents) > 1
            if not fonts and not several:
                return
            parts = [part.get_object() for part in contents] if isinstance(contents, list) else [contents]
            seen = pdf_text.written(b'\n'.join(_bytes(part.get_data()) for part in parts if hasattr(part, 'get_data')), fonts)
            for form in (_at(_at(page, '/Resources'), '/XObject') or {}).values():
                drawn = form.get_object()
                if _at(drawn, '/Subtype') == '/Form' and (fonts_of_it := _fonts(_at(drawn, '/Resources'))):
                    seen += b'\n' + pdf_text.written(_bytes(drawn.get_data()), fonts_of_it)
    except Exception as error:  # noqa: BLE001 - as above
        yield Flaw(name, reason(error))
        return
    yield text(name, seen, again=True)


def _fonts(resources: Any) -> dict[bytes, Font]:
    found = _at(resources, '/Font')
    made = {}
    for name in found if isinstance(found, dict) else ():
        one = _at(found, name)
        font = pdf_fonts.font(one) if isinstance(one, dict) else None
        if font is not None:
            made[name[1:].encode()] = font
    return made
