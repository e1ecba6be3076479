"""7z, by py7zr. LZMA SDK, 7zFormat.txt."""
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from typing import BinaryIO

from pina_scan.decode.deadline import deadline
from pina_scan.decode.limits import Budget
from pina_scan.decode.members import Damaged
from pina_scan.decode.members import Flaw
from pina_scan.decode.members import Member
from pina_scan.decode.members import Missing
from pina_scan.decode.members import reason

if TYPE_CHECKING:
    from py7zr import SevenZipFile

_UNSUPPORTED = 'compressed in a way that py7zr does not read'


def members(file: BinaryIO, budget: Budget) -> Iterator[Member | Flaw]:
    """All members are expanded before the first is given: py7zr pushes, and a solid block can't be begun twice
    without paying twice. Raises Missing."""
    try:
        import py7zr
        from py7zr import exceptions
    except ImportError:
        raise Missing('7z') from None
    try:
        with deadline(budget):
            archive = py7zr.SevenZipFile(file)
            locked = archive.needs_password()
    except exceptions.PasswordRequired:
        yield Flaw(None, 'encrypted')
        return
    except exceptions.UnsupportedCompressionMethodError:
        yield Flaw(None, _UNSUPPORTED)
        return
    except Exception as error:  # noqa: BLE001 - a third party's parser on hostile bytes, whose errors are of any type
        raise Damaged(reason(error)) from None
    for info in archive.list():
        budget.member()
        if locked and not info.is_directory:
            yield Flaw(info.filename.encode('utf-8', 'surrogateescape'), 'encrypted')
    if not locked:
        yield from _expanded(archive, budget)


def _expanded(archive: SevenZipFile, budget: Budget) -> Iterator[Member | Flaw]:
    from py7zr.exceptions import UnsupportedCompressionMethodError

    from pina_scan.decode.sevenzip_memory import Memory

    memory = Memory(budget)
    broken = None
    try:
        with deadline(budget):
            archive.extract(factory=memory)
    except Exception as error:  # noqa: BLE001 - as above
        broken = error
    yield from memory.contents()
    if budget.reached is not None:
        raise budget.reached
    if isinstance(broken, UnsupportedCompressionMethodError):
        yield Flaw(None, _UNSUPPORTED)
    elif broken is not None:
        raise Damaged(reason(broken))
