"""PDF, by pypdf: every stream, what it writes as text, the text of pages with fonts of their own codes, metadata.

ISO 32000-1. Pictures are left out.
"""
from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING
from typing import Any
from typing import BinaryIO

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

if TYPE_CHECKING:
    from pypdf import PdfReader

_ENCRYPTED = 'encrypted'


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
    for number in numbers:
        yield from _object(reader, number, budget)
    for number in range(pages):
        yield from _page(reader, number, budget)


def _object(reader: PdfReader, number: int, budget: Budget) -> Iterator[Member | Flaw]:
    from pypdf.generic import IndirectObject
    from pypdf.generic import StreamObject

    name = b'object %d' % number
    try:
        with deadline(budget):
            found = reader.get_object(IndirectObject(number, _generation(reader, number), reader))
            if not isinstance(found, StreamObject) or found.get('/Subtype') == '/Image':
                return
            # a string of its own, for some filters
            data = _bytes(found.get_data())
    except Exception as error:  # noqa: BLE001 - as above
        yield Flaw(name, reason(error))
        return
    if written := pdf_text.written(data):
        yield text(name + b'/text', written)
    yield text(name, data, again=True)


def _at(found: Any, key: str) -> Any:
    """What a dictionary has there, or a reference in it leads to; nothing where it is no dictionary."""
    value = found.get(key) if isinstance(found, dict) else None
    value = getattr(value, 'get_object', lambda: value)()
    return value if isinstance(value, dict) else {}


def _bytes(data: Any) -> bytes:
    return data.encode('utf-8', 'surrogatepass') if isinstance(data, str) else bytes(data)


def _generation(reader: PdfReader, number: int) -> int:
    return next((generation for generation, known in reader.xref.items() if number in known), 0)


def _page(reader: PdfReader, number: int, budget: Budget) -> Iterator[Member | Flaw]:
    """The text as a reader sees it, where its codes are not ASCII's: only those fonts have a table of what they mean."""
    name = b'page %d' % (number + 1)
    try:
        with deadline(budget):
            page = reader.pages[number]
            fonts = _at(_at(page, '/Resources'), '/Font')
            if not any('/ToUnicode' in _at(fonts, name) for name in fonts):
                return
            seen = page.extract_text()
    except Exception as error:  # noqa: BLE001 - as above
        yield Flaw(name, reason(error))
        return
    yield text(name, seen.encode('utf-8', 'surrogatepass'), again=True)
