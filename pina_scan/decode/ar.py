"""ar, which Debian's packages are too. ar(5), deb(5); long names as GNU and as BSD write them."""
from __future__ import annotations

from collections.abc import Iterator

from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Member
from pina_scan.decode.members import Part
from pina_scan.decode.members import Readable
from pina_scan.decode.members import exactly

_MAGIC = 8
_HEADER = 60
_HEADER_END = b'`\n'
#: GNU's table of long names. A larger one is read over: names are plain bytes in any case.
_TABLE = 16 << 20


def members(file: Readable, budget: Budget) -> Iterator[Member]:
    exactly(file, _MAGIC)
    table = b''
    while header := exactly(file, _HEADER):
        if len(header) < _HEADER or header[58:] != _HEADER_END:
            if len(header) < _HEADER or not header.strip(b'\0\n'):
                # cut short, and all that there is was read; or padding
                return
            raise Damaged('a damaged header')
        name = header[:16].rstrip(b' ')
        try:
            size = int(header[48:58])
            if size < 0:
                raise ValueError(size)
            content = Part(file, size)
            if name.startswith(b'#1/'):
                name = exactly(content, min(int(name[3:]), content.left, 1 << 16)).rstrip(b'\0')
            elif name[:1] == b'/' and name[1:].isdigit():
                name = table[int(name[1:]):].partition(b'\n')[0].rstrip(b'/')
        except ValueError:
            raise Damaged('a damaged header') from None
        if name == b'//':
            table = exactly(content, min(size, _TABLE))
        else:
            yield Member(name.rstrip(b'/'), content.read)
        content.skip()
        exactly(file, size % 2)
