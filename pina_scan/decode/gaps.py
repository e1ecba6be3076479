"""What may stand between two pieces of one token, as patterns to build others from.

Three kinds: what can't be seen (INVISIBLE), a line's end with what the next line begins with (WRAP), and a closed
literal with whatever leads to the next one (CONCAT). Each is bounded and possessive, so that a file of nothing but
gaps takes time in proportion to its length. They are generous: the judge of a join is `pieces.whole`.
"""
from __future__ import annotations

#: A line's end, also as it is written inside a literal, in a URL and in HTML.
EOL = (
    rb'(?:\r\n?|\n|(?:\\{1,64}+r)?+\\{1,64}+n|(?:%0[Dd])?+%0[Aa]|\\{1,64}+u000[aA]|&(?:amp;)?#(?:10|13|[xX]0?[aAdD]);|#012)'
)
#: Quotation marks, also escaped, and as HTML, URLs and word processors have them.
QUOTE = (
    rb'(?:\\{0,64}+(?:"{1,3}|\'{1,3}|`)|&(?:amp;)?(?:quot|apos|#0?3[49]|#[xX]2[27]);|\\{1,64}+u002[27]|\\{1,64}+x2[27]'
    rb'|%2[27]|\xe2\x80[\x98\x99\x9c\x9d])'
)
_ESC = rb'(?:\x1b|\xe2\x90\x9b|\^\[|\\{1,4}(?:x1[bB]|0?33|[eE]|u001[bB])|&#27;|%1[bB])'
_TERMINAL = (
    rb'(?:\\\[)?' + _ESC + rb'(?:\[|%5[bB])[0-9;:?]{0,24}+[A-Za-z](?:\\\])?|\xc2?\x9b[0-9;]{0,24}+[mK]'
    rb'|\x1b\][^\x07\x1b\n]{0,200}+(?:\x07|\x1b\\)'
    rb'|\x1b[()][A-Z0-9]|\x1b[0-9=>]|\[[0-9;]{1,12}+m'
)
#: Any character that isn't ASCII, quotation marks left out, or a control character: a copied page puts them in.
_ODD = rb'(?!\xe2\x80[\x98\x99\x9c\x9d])[\xc2-\xf4][\x80-\xbf]{1,3}+|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff]'
#: The same in an escape.
_ODD_ESCAPED = (
    rb'\\{1,64}+(?:u(?:0000|(?!00[0-7])[0-9A-Fa-f]{4})|x00|0(?:00)?(?![0-7])|0(?=[2-7]\\)|[ux]\{0\}|[ux]\{(?!0{0,6}[0-7][0-9A-Fa-f]\})[0-9A-Fa-f]{2,8}\}'
    rb'|U(?!000000[0-7])[0-9A-Fa-f]{8}|x[89A-Fa-f][0-9A-Fa-f]|[23][0-7]{2}|N\{[A-Z][A-Z -]{2,40}\})'
    rb'|%(?:[89A-Fa-f][0-9A-Fa-f]|00)|=(?:[89A-F][0-9A-F]|00)'
    rb'|&(?!quot;|apos;|amp;|lt;|gt;|lowbar;|UnderBar;)[A-Za-z]{2,24}+;'
    rb'|&#(?:1[2-9][0-9]|[2-9][0-9]{2}|[0-9]{4,7}|[xX]0{0,4}(?:[89A-Fa-f][0-9A-Fa-f]|[1-9A-Fa-f][0-9A-Fa-f]{2,5}));'
)
_TAG = rb'<\\{0,4}/?[A-Za-z][^<>]{0,200}+>|<!--(?:(?!-->)[^\n]){0,160}+-->|<\?[^<>\n]{0,80}+>|<!\[CDATA\[|\]\]>'
#: Emphasis, hyphenation and breaks: Markdown, BBCode, TeX, troff, AsciiDoc, Org.
_MARKUP = (
    rb'\*\*|~~|__|``|\[/?[a-z]{1,8}\]|\{\}|\{\+|\+\}|\[-(?:(?!-\])[^\r\n]){1,120}+-\](?=\{\+)|\[-|-\]|\\[-,!&:/]'
    rb'|\\(?:allowbreak|discretionary|linebreak|break|hskip0pt|zw(?:sp|nj|j)|-)(?:\{\}){0,3}[ ]?'
    rb'|@-|%(?=[\r\n])'
)
#: What there is of these within base64 and the like, where any other byte ends it.
_ZERO_WIDTH = (
    rb'\xe2\x80[\x8b-\x8f\xa8-\xae]|\xe2\x81[\xa0-\xaf]|\xc2[\xa0\xad]|\xef\xbb\xbf|\xef\xb8[\x80-\x8f]|\xcd\x8f'
)
UNSEEN = rb'(?=[\x1b\\\xe2\xc2\xef\xcd&<\[])(?:' + b'|'.join((_TERMINAL, _ODD_ESCAPED, _TAG, _ZERO_WIDTH)) + rb')'
INVISIBLE = (
    rb'(?=[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xff\\&<%=\[\]*~_`{+^@-])(?:'
    + b'|'.join((_TERMINAL, _ODD_ESCAPED, _TAG, _MARKUP, _ODD)) + rb')'
)
#: What mail, comments, lists and patches put before each line; a patch may come before any of the others.
_MARK = (
    rb'(?:>|&gt;|\||#{1,6}|//[/!]?|\*|--|;{1,4}|\+|-|%{1,3}(?![0-9A-Fa-fu])|!|&(?!#|[A-Za-z]{2,24};)'
    rb'|\\(?=[ ]|[A-Z2-7]{2}|[A-Z2-7]["\']|(?:i?n)?a?_[A-Z2-7])|(?:REM|rem|dnl)(?=[ \t]))'
)
_LEAD = rb'[ \t]{0,80}+(?:' + _MARK + rb'[ \t]{0,20}+){0,4}+'
#: The end of a quoted-printable line (RFC 2045), or the sign that a line goes on, in most languages.
_GOES_ON = (
    rb'(?:\\{1,64}+(?=[ \t]{0,4}[\r\n])|=(?=[ \t]{0,4}(?:[\r\n]|\\{1,64}[rn]))|[`&^](?=[\r\n])|\$\\(?=[\r\n])'
    rb'|\\[cz](?=\r?\n))?+'
)
WRAP = rb'(?:[ \t]{0,8}+' + _GOES_ON + rb'[ \t]{0,4}+(?:' + EOL + _LEAD + rb'){1,2}+)'
#: Wrapped base64 and hex: only what can be no part of them is taken for a line's beginning.
PLAIN_WRAP = (
    rb'(?:[ \t]{0,4}+(?:\\{1,64}+(?=[\r\n])|=(?=[\r\n]|\\{1,64}[rn]))?+(?:' + EOL
    + rb'[ \t]{0,80}+(?:(?:>|&gt;|#|\*|;|\|)[ \t]{0,20}+){0,4}+){1,2}+)'
)
#: The same behind a mark that might be taken for base64.
MARKED_WRAP = rb'(?:[ \t]{0,4}+(?:' + EOL + rb'[ \t]{0,80}+(?:(?://|--|\+|-)[ \t]{0,20}+)){1,2}+)'

# A comment's words may be in the way of a literal, but a comment mark may also stand before the literal's own line.
_COMMENT = (
    rb'(?:(?:#|//|--|;|%)(?![ \t]{0,8}\(?(?:' + QUOTE + rb'|[A-Z2-7]{1,96}+(?:' + QUOTE + rb'|' + EOL
    + rb'|\\|$)))'
    rb'(?:(?!\\{1,64}+[rn]|["\'`][A-Z2-7]{12})[^\r\n]){0,160}+(?=[\r\n\\])'
    rb'|/\*[^*]{0,160}+\*++/|\(\*[^*]{0,160}+\*\)|<!--[^<>]{0,160}+-->|\{-[^}]{0,160}+\})'
)
_OPERATOR = (
    rb'(?:\+{1,2}=?|\.{1,3}=?|//(?=[ \t]{0,4}["\'&\r\n])|&amp;|&=?|<<|&lt;&lt;|<>|\|\||~=?|,|\^|\\(?=[ \t]{0,4}[\r\n])|\*|'
    rb'(?<=[ \t])_(?=[ \t]{0,4}[\r\n])|[()\[\]]|`(?=\r?\n)'
    rb'|;(?=[ \t\r\n\\"\'])|\}?[$#]\{|[\\$](?=\()|\{(?=["\'])|\|[ ]?(?=[a-z]{3,10}[(:])'
    rb'|\}(?=[ \t]{0,4}["\'`$]|[ina]{0,3}_?[A-Z2-7]{12})|\}\{(?=["\'`]))'
)
# x += "…"; x = x . "…"
_NAME = rb'[A-Za-z_$@][\w.$]{0,40}+'
_APPEND = (
    rb'(?:(?:(?:const|let|local|my|var|val|final|static|public|private|auto|char|string|String|Dim|def|set|export) ){0,3}+'
    + _NAME + rb'[ \t]{0,4}+(?:\+=|\.\.?=|&=|~=|<<'
    rb'|=[ \t]{0,4}+' + _NAME + rb'[ \t]{0,4}+(?:\+|\.\.?|&|~)(?=[ \t"\'])))'
)
_CALL = rb'(?:[.:]?[A-Za-z_][\w:.!]{0,24}+!?\((?:["\']?[A-Za-z_]\w{0,20}+["\']?, ?(?=["\']))?+)'
#: What names the next literal: a declaration, a key, a directive of an assembler, a command.
_NAMED = (
    rb'(?:(?:[A-Za-z_#@][\w:.<>]{0,24}+[ \t]{1,4}(?=[A-Za-z_$@])){0,4}+' + _NAME
    + rb'[ \t]{0,8}+(?:\+=|\.=|:=|=>|=|:)[ \t]{0,4}+(?=["\'`\\&])'
    rb'|\.?(?:ascii|asciz|string|db|append|echo)[ \t]{1,8}+(?:-n[ \t]{1,4}|[A-Za-z]\w{0,20}[ \t]{1,4})?+(?=["\'`])'
    rb'|(?<=["\'])[A-Za-z_]\w{0,20}+["\'][ \t]{0,4}+(?::|=>?)[ \t]{0,4}+(?=["\'])'
    rb'|[A-Za-z]\w{2,30}+:[ ]?(?=@?["\'])'
    rb'|::(?:text|varchar)\b|to_(?:string|owned)\(\)|-?text|(?<=["\'])(?:s|\.to_s)(?=[ \t]))'
)
_LITERAL_KIND = rb'(?<!["\'`])(?:u8|[fFrRbBuULNE@$]{1,2}+)(?=["\'`\\]{1,8}[A-Za-z2-7_])'
_ALWAYS = (
    INVISIBLE,
    rb'(?<=["\'`])[ \t]{0,20}+' + _MARK + rb'[ \t]{1,20}+(?=[pina_]{0,5}[A-Z2-7]{2}|[pina_A-Z2-7]{1,5}["\'`\\])',
    QUOTE, rb'[ \t]++', EOL + rb'\#[ ]?define[ \t]{1,4}\w{1,40}+[ \t]{1,4}(?:\w{1,40}+[ \t]{1,4})?+(?=["\'])',
    EOL + rb'[ \t]{0,80}+' + _COMMENT,
    EOL + _LEAD, _COMMENT, _OPERATOR,
)


def _concatenation(*between: bytes) -> bytes:
    """A line's end written inside the literal, as a notebook's cells have it, may come before the closing mark."""
    return rb'(?:' + EOL + rb'?+' + QUOTE + b'(?:' + b'|'.join(between) + rb'){0,40}+)'


_BETWEEN = b'(?:' + b'|'.join((*_ALWAYS, _APPEND, _NAMED, _CALL, _LITERAL_KIND)) + b')'
#: Between two literals of base64, where names and base64 look alike.
CONCAT = _concatenation(*_ALWAYS, _APPEND, _CALL, _LITERAL_KIND) + rb'(?<=["\'`;27\x98\x99\x9c\x9d])'
_NAMED_CONCAT = _concatenation(*_ALWAYS, _APPEND, _NAMED, _CALL, _LITERAL_KIND)
#: The next line's name for a piece without quotation marks, or the name of what was put together so far.
_SO_FAR = rb'(?:\$\{?[A-Za-z_]\w{0,40}+\}?|\$\([A-Za-z_]\w{0,40}+\)|%[A-Za-z_]\w{0,40}+%)'
BARE = (
    rb'(?:' + QUOTE + rb'?+(?:;?[ \t]{0,4}+' + EOL + rb'|(?:;|[ ]?&&)[ ]{1,4}+)[ \t]{0,40}+(?:\+{1,4}[ ])?+'
    rb'(?:(?:export|set|ENV|ARG|setenv|let|local)[ \t]{1,4})?+'
    rb'[A-Za-z_][\w.-]{0,40}+[ \t]{0,4}+(?:\+=|:=|\?=|=|:|[ \t])[ \t]{0,4}+' + QUOTE
    + rb'?+(?:' + _SO_FAR + QUOTE + rb'?+)?+(?=[A-Z2-7]{12}))'
)
#: Up to where a text names what a line before holds, or an expression on a later line adds to it.
_ANY = rb'(?:(?![A-Z2-7]{12})[^\0]){1,300}?'
_PLACED = rb'[A-Za-z_$@][\w.]{0,40}+'
_FILLED = (
    rb'(?:(?:' + QUOTE + rb'|(?=[\r\n<;]))(?:' + _ANY + rb'(?:[$#]?\{{1,2}[ ]?' + _PLACED + rb'[ ]?\}{1,2}'
    rb'|\\?\(' + _PLACED + rb'\)|%\(\w{1,40}\)s|%\w{1,40}%)'
    rb'|(?=[^\r\n]{0,40}+[\r\n])' + _ANY + rb'(?:(?:[=(,:\[{]|\breturn)[ ]{0,2}' + _PLACED
    + rb'[ ]?(?:\+{1,2}|\.{1,2}|<>|&|\|\||~|\^)[ ]?|[(\[][ ]?' + _PLACED + rb',[ ]?)' + QUOTE + rb')(?=_?[A-Z2-7]{80}))'
)
#: A copy of wrapped text has one.
BLANK = rb'(?:(?<![A-Z2-7])[ ]{1,4}+|[ ])'
#: Encoded words (RFC 2047) side by side, literals in brackets.
_BRACKETED = (
    rb'(?:\\{1,64}+[ \t]{0,4}+(?:\r\n?|\n)[ \t]{0,80}+\\{1,64}+(?=[A-Z2-7ina_])'
    rb'|[ ](?=_[A-Z2-7]{80})|' + BLANK + rb'(?=[A-Z2-7]{60,96}(?![A-Za-z0-9]))'
    rb'|\?=(?:\r?\n)?[ \t]{1,8}+=\?[\w-]{1,20}+\?[QqBb]\?|[}\])]{1,2}[ ]{0,2}(?:\+|\.\.?|)[ ]{0,2}(?:%?q|R"|)[{\[(]{1,2}'
    rb'|[ ](?=[A-Z2-7]{96}[\])]))'
)
#: The next run of a word processor's text, the next chunk of an answer, the next event of a recording.
_PARTS = (
    rb'(?:\}(?:\r?\n)?\{(?:\\\*|\\[a-z]{1,24}-?[0-9]{0,9}[ ]?|\r?\n|\{){1,24}+|\r\n[0-9A-Fa-f]{1,6}+\r\n(?=[A-Z2-7]{12})'
    rb'|"\][ ]?,?(?:\r?\n)?[ ]{0,8}\[\s{0,12}[0-9.]{1,20}+,\s{0,12}(?:"[io]", ?)?")'
)
GAP = rb'(?![A-Za-z0-9])(?:' + b'|'.join((
    BARE, _FILLED, _PARTS, b'(?:' + INVISIBLE + b'){1,12}+(?:' + WRAP + b'(?:' + INVISIBLE + b'){0,4}+)?+', _NAMED_CONCAT,
    WRAP + b'(?:(?:' + INVISIBLE + b')[ ]{0,2}){0,4}+', _BRACKETED,
)) + b')'
#: Between a prefix and a body that a template or a format puts together.
FORMAT = (
    rb'(?=[%{$?#\\<~`])(?:(?:%(?:1\$)?[sv@qr]|%\(\w{1,20}\)s|~a|\{[\w:!.]{0,16}\}|\$\{?\w{1,20}+\}?|\?)'
    rb'[^\r\n"\'`A-Z2-7]{0,40}+(?:' + EOL
    + rb')?+' + QUOTE + rb'(?:' + _BETWEEN + rb'|%|-f|=>?|[A-Za-z]\w{0,20}=(?=["\'])){0,40}+'
    rb'|(?:[$#]?\{|\\\(|\$\(|\{\{-?|<%=|\|?\{)[ \t]{0,4}+' + QUOTE
    + rb'|(?:\$\(|`)echo[ ]["\']?|\$\{\w{1,20}:?[-=]|%s[\'"]?[ ]["\']?(?=[A-Z2-7]{96}))'
)
