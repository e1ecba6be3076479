"""Class 5, second part: office documents, PDF, databases, pickles and compiled code."""
from __future__ import annotations

import importlib.util
import marshal
import os
import pickle
import plistlib
import random
import sqlite3
import tempfile
from collections.abc import Callable

from benchmarks.detection.packing import packed
from benchmarks.detection.packing import zipped
from benchmarks.detection.pdfs import PDF
from benchmarks.detection.pdfs import parts
from benchmarks.detection.samples import Text
from benchmarks.detection.samples import Writer

_TYPES = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def _office(suffix: str, name: str, document: Callable[[random.Random, str], str]) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + document(draw, token.decode())
        return packed(zipped(draw, [('[Content_Types].xml', _TYPES), (name, text.encode())], 8), suffix)
    return write


def _word(draw: random.Random, token: str) -> str:
    between = draw.choice(('', '<w:proofErr w:type="spellStart"/>', '<w:bookmarkStart w:id="0" w:name="x"/>'))
    ways = (
        '<w:r><w:t>{}</w:t></w:r>', '<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>',
        '<w:r w:rsidR="00A1"><w:t xml:space="preserve">{}</w:t></w:r>',
    )
    runs = between.join(draw.choice(ways).format(part) for part in parts(draw, token))
    lead = draw.choice(('', '<w:r><w:t xml:space="preserve">Token: </w:t></w:r>'))
    return f'<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>Key</w:t></w:r></w:p><w:p>{lead}{runs}</w:p></w:body></w:document>'


def _word_revised(draw: random.Random, token: str) -> str:
    """Part of it inserted while changes are tracked."""
    at = draw.randint(6, 90)
    return (
        f'<w:document><w:body><w:p><w:r w:rsidR="00A1"><w:t>{token[:at]}</w:t></w:r><w:ins w:id="1" w:author="A">'
        f'<w:r w:rsidR="00B2"><w:t>{token[at:]}</w:t></w:r></w:ins></w:p></w:body></w:document>'
    )


def _word_deleted(draw: random.Random, token: str) -> str:
    return f'<w:document><w:p><w:del w:id="1"><w:r><w:delText>{token}</w:delText></w:r></w:del></w:p></w:document>'


def _word_field(draw: random.Random, token: str) -> str:
    return (
        '<w:document><w:p><w:r><w:instrText xml:space="preserve"> HYPERLINK "https://example.org/?t='
        f'{token}" </w:instrText></w:r></w:p></w:document>'
    )


def _strings(draw: random.Random, token: str) -> str:
    runs = ''.join(f'<r><rPr><b/></rPr><t>{part}</t></r>' for part in parts(draw, token))
    item = draw.choice((f'<si><t>{token}</t></si>', f'<si>{runs}</si>'))
    return f'<sst count="2"><si><t>name</t></si>{item}<si><t>other</t></si></sst>'


def _cell(draw: random.Random, token: str) -> str:
    at = draw.randint(6, 90)
    cell = draw.choice((
        f'<c r="A1" t="inlineStr"><is><t>{token}</t></is></c>',
        f'<c r="A1" t="str"><f>"{token[:at]}"&amp;"{token[at:]}"</f><v>x</v></c>',
        f'<c r="A1" t="str"><f>CONCATENATE("{token[:5]}","{token[5:]}")</f></c>',
        f'<c r="A1" t="str"><f>A2</f><v>{token}</v></c>',
    ))
    return f'<worksheet><sheetData><row r="1">{cell}</row></sheetData></worksheet>'


def _slide(draw: random.Random, token: str) -> str:
    runs = ''.join(f'<a:r><a:rPr lang="en-US" dirty="0" err="1"/><a:t>{part}</a:t></a:r>' for part in parts(draw, token))
    return f'<p:sld><p:txBody><a:p>{runs}<a:endParaRPr lang="en-US"/></a:p></p:txBody></p:sld>'


def _open(draw: random.Random, token: str) -> str:
    spans = ''.join(draw.choice(('<text:span text:style-name="T1">{}</text:span>', '{}',
        '<text:span>{}</text:span>')).format(part) for part in parts(draw, token))
    soft = draw.choice(('', '<text:soft-page-break/>', '<text:bookmark text:name="a"/>'))
    return f'<office:text><text:p>Token</text:p><text:p>{soft}{spans}</text:p></office:text>'


def _properties(draw: random.Random, token: str) -> str:
    return f'<cp:coreProperties><dc:title>Report</dc:title><dc:description>{token}</dc:description></cp:coreProperties>'


def _relations(draw: random.Random, token: str) -> str:
    target = f'https://example.org/v5?access_token={token}'
    return f'<Relationships><Relationship Id="rId1" Target="{target}" TargetMode="External"/></Relationships>'


def _sqlite(schema: str, insert: str, pragma: str = '', after: str = '', gone: bool = False) -> Writer:
    """`insert` takes the value and a key. What is long continues on overflow pages. `gone`: `after` takes the value away."""
    def write(draw: random.Random, token: bytes) -> Text:
        lead = 'x' * draw.choice((0, 0, 10, 3000, 9000)) + draw.choice(('', 'token=', '\n'))
        tail = draw.choice(('', '\n', ' ' * 5000))
        if gone:
            # of a longer one that is deleted, no page need be left whole
            lead = tail = ''
        text = lead + token.decode() + tail
        value: str | bytes = text.encode() if 'blob' in schema else text
        # a page that SQLite writes anew when it takes a row away has nothing left of it: that is no leak
        made = b''
        while not made or gone and token not in made:
            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, 'd')
                base = sqlite3.connect(path)
                base.execute(f'PRAGMA page_size={draw.choice((512, 1024, 4096, 8192))}')
                if pragma:
                    base.execute(pragma)
                base.execute(schema)
                for number in range(draw.randint(0, 60)):
                    base.execute(insert, (f'v{number}', f'k{number}'))
                base.execute(insert, (value, 'the one'))
                base.execute('PRAGMA secure_delete=0')
                if after:
                    base.execute(after)
                base.commit()
                base.close()
                with open(path, 'rb') as file:
                    made = file.read()
        return packed(made, draw.choice(('.db', '.sqlite', '')))
    return write


def _pickled(protocol: int) -> Writer:
    def write(draw: random.Random, token: bytes) -> Text:
        value = draw.choice(({'token': token.decode(), 'n': 1}, [token], ('a', token.decode(), None),
            {'a': {'b': [token.decode(), 2.5]}}))
        return packed(pickle.dumps(value, protocol), draw.choice(('.pkl', '.pickle')))
    return write


def _pickled_container(draw: random.Random, token: bytes) -> Text:
    return packed(pickle.dumps({'data': zipped(draw, [('a.txt', token)], 8)}, draw.choice((2, 3, 4, 5))), '.pkl')


def _compiled(draw: random.Random, token: bytes) -> Text:
    at = draw.randint(6, 90)
    source = draw.choice((
        'T = "{}"\n', 'def f():\n    return ["{}"]\n', 'T = ("{0}"\n "{1}")\n', 'T = "{0}" + "{1}"\n',
        'class A:\n    t = b"{}"\n', '"""{}"""\n',
    ))
    source = source.format(token[:at].decode(), token[at:].decode()) if '{1}' in source else source.format(token.decode())
    return packed(importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile(source, 'x.py', 'exec')), '.pyc')


def _array(draw: random.Random, token: bytes) -> Text:
    """An array of numpy's keeps text as UTF-32; `.npz` is a zip of such."""
    text = token.decode().encode('utf-32-le')
    head = "{'descr': '<U101', 'fortran_order': False, 'shape': (1,), }".ljust(117).encode() + b'\n'
    made = b'\x93NUMPY\1\0' + len(head).to_bytes(2, 'little') + head + text
    if draw.random() < 0.5:
        return packed(zipped(draw, [('t.npy', made)], 8), '.npz')
    return packed(made, '.npy')


def _plist(draw: random.Random, token: bytes) -> Text:
    kind = draw.choice((plistlib.FMT_BINARY, plistlib.FMT_XML))
    return packed(plistlib.dumps({'token': draw.choice((token.decode(), token, token.decode() + 'é')), 'n': 1},
        fmt=kind), '.plist')


DOCUMENTS: dict[str, Writer] = {
    'docx': _office('.docx', 'word/document.xml', _word),
    'docx again': _office('.docx', 'word/document.xml', _word),
    'docx, a note': _office('.docx', 'word/comments.xml', _word),
    'docx, a header': _office('.docx', 'word/header1.xml', _word),
    'docx, revised': _office('.docx', 'word/document.xml', _word_revised),
    'docx, deleted': _office('.docx', 'word/document.xml', _word_deleted),
    'docx, a field': _office('.docx', 'word/document.xml', _word_field),
    'docx, properties': _office('.docx', 'docProps/core.xml', _properties),
    'docx, a link': _office('.docx', 'word/_rels/document.xml.rels', _relations),
    'xlsx, strings': _office('.xlsx', 'xl/sharedStrings.xml', _strings),
    'xlsx, strings again': _office('.xlsx', 'xl/sharedStrings.xml', _strings),
    'xlsx, cells': _office('.xlsx', 'xl/worksheets/sheet1.xml', _cell),
    'xlsx, cells again': _office('.xlsx', 'xl/worksheets/sheet1.xml', _cell),
    'pptx': _office('.pptx', 'ppt/slides/slide1.xml', _slide),
    'pptx, notes': _office('.pptx', 'ppt/notesSlides/notesSlide1.xml', _slide),
    'odt': _office('.odt', 'content.xml', _open),
    'odt again': _office('.odt', 'content.xml', _open),
    'odt, properties': _office('.odt', 'meta.xml', _properties),
    **PDF,
    'sqlite': _sqlite('CREATE TABLE t (v text, k text)', 'INSERT INTO t VALUES (?, ?)'),
    'sqlite again': _sqlite('CREATE TABLE t (v text, k text)', 'INSERT INTO t VALUES (?, ?)'),
    'sqlite, blob': _sqlite('CREATE TABLE t (v blob, k text)', 'INSERT INTO t VALUES (?, ?)'),
    'sqlite, UTF-16': _sqlite('CREATE TABLE t (v text, k text)', 'INSERT INTO t VALUES (?, ?)', "PRAGMA encoding='UTF-16le'"),
    'sqlite, UTF-16 BE': _sqlite('CREATE TABLE t (v text, k text)', 'INSERT INTO t VALUES (?, ?)', "PRAGMA encoding='UTF-16be'"),
    'sqlite, without rowid': _sqlite('CREATE TABLE t (v text, k text PRIMARY KEY) WITHOUT ROWID',
        'INSERT OR REPLACE INTO t VALUES (?, ?)'),
    'sqlite, an index': _sqlite('CREATE TABLE t (v text, k text)', 'INSERT INTO t VALUES (?, ?)',
        after='CREATE INDEX i ON t (v)'),
    'sqlite, deleted': _sqlite('CREATE TABLE t (v text, k text)', 'INSERT INTO t VALUES (?, ?)',
        after="DELETE FROM t WHERE k = 'the one'", gone=True),
    'sqlite, dropped': _sqlite('CREATE TABLE t (v text, k text)', 'INSERT INTO t VALUES (?, ?)', after='DROP TABLE t', gone=True),
    **{f'pickle, protocol {protocol}': _pickled(protocol) for protocol in range(6)},
    'pickle, a container in it': _pickled_container,
    'pyc': _compiled,
    'pyc again': _compiled,
    'numpy': _array,
    'plist': _plist,
}
