"""Text of others that is shown: a name, an author, a comment, an error's words. Whatever a scan finds in it is cut."""
from __future__ import annotations

from pina_scan.blob import Unread
from pina_scan.pipeline import Totals
from pina_scan.pipeline import finder
from pina_scan.pipeline import scan
from pina_scan.token import scrub

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def redacted(name: bytes) -> bytes:
    """A path, a ref or an author as a report may show it."""
    return next(item.path for item in scan([Unread(name, '')], Totals()) if isinstance(item, Unread))


def redactor() -> Callable[[bytes], bytes]:
    """`redacted` for thousands of names, most of which are asked for again and have nothing in them."""
    from functools import lru_cache

    find = finder()
    return lru_cache(maxsize=1 << 16)(lambda name: redacted(name) if find(name) else name)


def redacted_text(text: str) -> str:
    return redacted(text.encode('utf-8', 'surrogatepass')).decode('utf-8', 'surrogatepass')


def said(text: str) -> str:
    """What is told beside a report: also what only looks like a token is cut, but not before what a line end splits."""
    return scrub(redacted_text(text))
