"""Class 5, third part: PDF, by its specification (ISO 32000-1)."""
from __future__ import annotations

import base64
import io
import random
import zlib

from benchmarks.detection import surroundings
from benchmarks.detection.packing import packed
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer


def parts(draw: random.Random, token: str, most: int = 4) -> list[str]:
    """The token in one piece or in a few, as spelling marks and formats cut it."""
    ends = [0, *sorted(draw.sample((5, 4, 20, 33, 50, 71, 90), draw.randint(0, most))), len(token)]
    return [token[a:b] for a, b in zip(ends, ends[1:])]


def pdf(objects: list[bytes]) -> bytes:
    """A file of these objects, numbered from 1, the first being the catalogue; with its table of places."""
    out = b'%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (number, one)
    table = b''.join(b'%010d 00000 n \n' % at for at in places)
    return out + b'xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (
        len(objects) + 1, table, len(objects) + 1, len(out))


def stream(draw: random.Random, data: bytes, coder: str) -> bytes:
    rows = [data[at:at + 128] for at in range(0, len(data), 128)]
    made = {
        'none': (b'', data), 'flate': (b'/Filter/FlateDecode', zlib.compress(data)),
        'hex': (b'/Filter/ASCIIHexDecode', data.hex().encode() + b'>'),
        '85': (b'/Filter/ASCII85Decode', base64.a85encode(data) + b'~>'),
        '85 of flate': (b'/Filter[/ASCII85Decode/FlateDecode]', base64.a85encode(zlib.compress(data)) + b'~>'),
        'run length': (b'/Filter/RunLengthDecode', b''.join(b'%c%s' % (len(row) - 1, row) for row in rows) + b'\x80'),
    }[coder]
    return b'<<%s/Length %d>>\nstream\n%s\nendstream' % (made[0], len(made[1]), made[1])


def _page(content: bytes, extra: bytes = b'', info: bytes = b'') -> list[bytes]:
    return [
        b'<</Type/Catalog/Pages 2 0 R>>', b'<</Type/Pages/Kids[3 0 R]/Count 1>>',
        b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>' + extra + b'>>',
        content, b'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>', b'<<' + info + b'/Producer(x)>>',
    ]


def _shown(draw: random.Random, token: bytes) -> bytes:
    """The operators that write it."""
    pieces = [part.encode() for part in parts(draw, token.decode())]
    single = b'(' + token + b') Tj'
    array = b'[' + b' '.join(b'(%s) %d' % (piece, draw.randint(-90, 90)) for piece in pieces) + b'] TJ'
    letters = b'[' + b''.join(b'(%c)%d' % (c, draw.randint(-5, 5)) for c in token) + b'] TJ'
    octal = b'(' + token.replace(b'_', b'\\137') + b') Tj'
    continued = b'(' + token[:40] + b'\\\n' + token[40:] + b') Tj'
    hexed = b'<' + token.hex().encode() + b'> Tj'
    hexes = b'[' + b''.join(b'<%s>%d' % (piece.hex().upper().encode(), draw.randint(-9, 9)) for piece in pieces) + b'] TJ'
    many = b' '.join(b'(%s) Tj' % piece for piece in pieces)
    lines = b'(%s) Tj 0 -14 Td (%s) Tj' % (token[:60], token[60:])
    quote = b'(' + token + b") '"
    return draw.choice((single, array, letters, octal, continued, hexed, hexes, many, lines, quote))


def _pdf_text(coder: str) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        content = b'BT /F1 12 Tf 72 720 Td (The token is) Tj 0 -14 Td ' + _shown(draw, token) + b' 0 -14 Td (and no other) Tj ET'
        return packed(pdf(_page(stream(draw, content, coder))), '.pdf')
    return write


def _pdf_info(draw: random.Random, token: bytes) -> Text:
    value = draw.choice((b'(' + token + b')', b'<' + token.hex().encode() + b'>',
        b'<feff' + token.decode().encode('utf-16-be').hex().encode() + b'>'))
    return packed(pdf(_page(stream(draw, b'BT ET', 'flate'), info=b'/Title' + value)), '.pdf')


def _pdf_link(draw: random.Random, token: bytes) -> Text:
    extra = b'/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://example.org/?t=' + token + b')>>>>]'
    return packed(pdf(_page(stream(draw, b'BT ET', 'flate'), extra)), '.pdf')


def _pdf_attached(draw: random.Random, token: bytes) -> Text:
    objects = _page(stream(draw, b'BT ET', 'flate'))
    objects[0] = b'<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt) 7 0 R]>>>>>>'
    objects += [b'<</Type/Filespec/F(a.txt)/EF<</F 8 0 R>>>>', stream(draw, b'a=1\ntoken=' + token, 'flate')]
    return packed(pdf(objects), '.pdf')


def _pdf_by_reportlab(draw: random.Random, token: bytes) -> Text:
    """As a common library writes it."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=draw.randint(0, 1), invariant=True)
    canvas.setFont(draw.choice(('Helvetica', 'Courier', 'Times-Roman')), 8)
    text = canvas.beginText(40, 800)
    for line in (*surroundings.lines(draw, 0, 5), f'token: {token.decode()}'):
        text.textLine(line.encode('ascii', 'replace').decode())
    canvas.drawText(text)
    canvas.save()
    return packed(out.getvalue(), '.pdf')


PDF: dict[str, Writer] = {
    **{f'PDF, {coder}': _pdf_text(coder) for coder in ('none', 'hex', '85', '85 of flate', 'run length')},
    **{f'PDF, flate, {number}': _pdf_text('flate') for number in range(1, 9)},
    'PDF, its properties': _pdf_info,
    'PDF, a link': _pdf_link,
    'PDF, a file in it': _pdf_attached,
    'PDF of a library': _pdf_by_reportlab,
    'PDF of a library again': _pdf_by_reportlab,
}
