"""Texts within containers that say more when they are read a second way, and how."""
from __future__ import annotations

from collections.abc import Callable

from pina_scan.decode import markup
from pina_scan.records import Decoded

#: the layer that it stands in, whether its first bytes are those of one, what it says
READINGS: tuple[tuple[str, Callable[[bytes], bool], Callable[[bytes], Decoded]], ...] = (
    # office documents, books, packages' descriptions
    ('zip', markup.is_markup, markup.text),
)


def reading(head: bytes, layer: str) -> Callable[[bytes], Decoded] | None:
    """How a member of such a container that begins with `head` is read again; None if it isn't."""
    return next((text for within, fits, text in READINGS if within == layer and fits(head)), None)
