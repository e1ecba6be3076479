"""The recall of every tool in every class as a picture: a row a class, a column a tool, in each cell a bar of its share."""
from __future__ import annotations

from collections.abc import Sequence
from html import escape

_LEFT = 250
_TOP = 56
_ROW = 26
_COLUMN = 106
_BAR = 56
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #1f2328 }
.head { font-weight: 600 } .number { font-size: 11px; fill: #59636e }
.track { fill: #eff2f5 } .bar { fill: #8c959f } .own { fill: #0969da }
.back { fill: #ffffff } line { stroke: #d1d9e0 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .number { fill: #9198a1 } .track { fill: #212830 }
.bar { fill: #656c76 } .own { fill: #4493f8 } .back { fill: #0d1117 }
line { stroke: #3d444d } }
"""


def draw(rows: Sequence[Sequence[str]]) -> str:
    """`rows` as `score.recall_rows` has them; the third column is pina-scan's own."""
    header, *body = rows
    tools = header[2:]
    body = [row for row in body if row[0] != 'precision']
    width = _LEFT + _COLUMN * len(tools) + 16
    height = _TOP + _ROW * len(body) + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="Share of leaked tokens found, by class and tool">',
        f'<style>{_STYLE}</style>', f'<rect class="back" width="{width}" height="{height}" rx="6"/>',
    ]
    for number, tool in enumerate(tools):
        name, _, rest = tool.partition(' and ')
        x = _LEFT + _COLUMN * number
        parts.append(f'<text class="head" x="{x}" y="24">{escape(name)}</text>')
        if rest:
            parts.append(f'<text class="number" x="{x}" y="40">and {escape(rest)}</text>')
    for number, row in enumerate(body):
        y = _TOP + _ROW * number
        if row[0] == 'all':
            parts.append(f'<line x1="12" x2="{width - 12}" y1="{y}" y2="{y}"/>')
        label = 'head' if row[0] == 'all' else 'label'
        parts.append(f'<text class="{label}" x="12" y="{y + 17}">{escape(row[0])}</text>')
        for column, cell in enumerate(row[2:]):
            parts.extend(_cell(_LEFT + _COLUMN * column, y, cell, 'own' if column == 0 else 'bar'))
    return '\n'.join((*parts, '</svg>')) + '\n'


def _cell(x: int, y: int, cell: str, kind: str) -> list[str]:
    share = float(cell)
    return [
        f'<rect class="track" x="{x}" y="{y + 7}" width="{_BAR}" height="12" rx="2"/>',
        f'<rect class="{kind}" x="{x}" y="{y + 7}" width="{_BAR * share:.1f}" height="12" rx="2"/>',
        f'<text class="number" x="{x + _BAR + 4}" y="{y + 17}">{"1" if share == 1 else f"{share:.2f}".removeprefix("0")}</text>',
    ]
