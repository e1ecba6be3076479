"""Colour for a terminal, by rich; loaded only for one."""
from __future__ import annotations

from rich.color import ColorSystem
from rich.style import Style


def paint(style: str, text: str) -> str:
    return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)
