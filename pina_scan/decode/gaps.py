"""What may stand between two pieces of one token, as patterns to build others from.

Three kinds: what can't be seen (INVISIBLE), a line's end with what the next line begins with (WRAP), and a closed
literal with whatever leads to the next one (CONCAT). Each is bounded and possessive, so that a file of nothing but
gaps takes time in proportion to its length. They are generous: the judge of a join is `pieces.whole`.
"""
from __future__ import annotations

#: A line's end, also as it is written inside a literal, in a URL and in HTML.
EOL = (
    rb'(?:\r\n?|\n|(?:\\{1,8}r)?+\\{1,8}n|(?:%0[Dd])?+%0[Aa]|\\{1,8}u000[aA]|&(?:amp;)?#(?:10|13|[xX]0?[aAdD]);)'
)
#: Quotation marks, also escaped, and as HTML, URLs and word processors have them.
QUOTE = (
    rb'(?:\\{0,8}(?:"{1,3}|\'{1,3}|`)|&(?:amp;)?(?:quot|apos|#0?3[49]|#[xX]2[27]);|\\{1,8}u002[27]|\\{1,8}x2[27]'
    rb'|%2[27]|\xe2\x80[\x98\x99\x9c\x9d])'
)
_TERMINAL = rb'(?:\x1b|\\{1,4}(?:x1[bB]|0?33|e|u001[bB]))\[[0-9;:?]{0,24}[A-Za-z]|\x1b\]8;[^\x07\x1b\n]{0,200}+(?:\x07|\x1b\\)'
_ZERO_WIDTH = (
    # U+200B to U+200F, U+202A to U+202E, U+2060 to U+2064, U+00AD, U+FEFF, U+034F
    rb'\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xa4]|\xc2\xad|\xef\xbb\xbf|\xcd\x8f'
    rb'|\\{1,8}u(?:200[b-fB-F]|2060|00[aA][dD]|[fF][eE][fF]{2})'
    rb'|&(?:shy|zwnj|zwj|ZeroWidthSpace|NoBreak|#173|#820[3-5]|#8288|#65279'
    rb'|#[xX](?:200[bcdBCD]|[aA][dD]|2060|[fF][eE][fF]{2}));'
)
_TAG = rb'<\\{0,4}/?[A-Za-z][^<>\n]{0,200}+>|<!--[^<>\n]{0,100}+-->'
INVISIBLE = rb'(?=[\x1b\\\xe2\xc2\xef\xcd&<])(?:' + _TERMINAL + rb'|' + _ZERO_WIDTH + rb'|' + _TAG + rb')'
#: What mail, comments, lists and patches put before each line; a patch may come before any of the others.
_MARK = rb'(?:>|&gt;|\||#{1,6}|//[/!]?|\*|--|;{1,4}|\+|-|%{1,3}|!|&|REM\b|rem\b|dnl\b)'
_LEAD = rb'[ \t]{0,80}+(?:' + _MARK + rb'[ \t]{0,20}+){0,4}+'
#: The end of a quoted-printable line (RFC 2045), or the sign that a line goes on, in most languages.
_GOES_ON = rb'(?:\\{1,8}(?=[ \t]{0,4}[\r\n])|=(?=[ \t]{0,4}[\r\n])|[`&^](?=[\r\n]))?+'
WRAP = rb'(?:[ \t]{0,8}+' + _GOES_ON + rb'[ \t]{0,4}+(?:' + EOL + _LEAD + rb'){1,2}+)'
#: Wrapped base64 and hex: only what can be no part of them is taken for a line's beginning.
PLAIN_WRAP = (
    rb'(?:[ \t]{0,4}+(?:\\{1,8}(?=[\r\n]))?+(?:' + EOL + rb'[ \t]{0,80}+(?:(?:>|&gt;|#|\*|;|\|)[ \t]{0,20}+){0,4}+){1,2}+)'
)
#: The same behind a mark that might be taken for base64.
MARKED_WRAP = rb'(?:[ \t]{0,4}+(?:' + EOL + rb'[ \t]{0,80}+(?:(?://|--|\+|-)[ \t]{0,20}+)){1,2}+)'

# A comment's words may be in the way of a literal, but a comment mark may also stand before the literal's own line.
_COMMENT = (
    rb'(?:(?:#|//|--|;|%)(?![ \t]{0,8}(?:' + QUOTE + rb'|[A-Z2-7]{1,96}+(?:' + QUOTE + rb'|' + EOL
    + rb'|\\|$)))'
    rb'(?:(?!\\{1,8}[rn])[^\r\n]){0,160}+(?=[\r\n\\])'
    rb'|/\*[^*]{0,160}+\*++/|\(\*[^*]{0,160}+\*\)|<!--[^<>]{0,160}+-->|\{-[^}]{0,160}+\})'
)
_OPERATOR = (
    rb'(?:\+{1,2}=?|\.{1,3}=?|&amp;|&=?|<<|&lt;&lt;|<>|\|\||~=?|,|\^|\\(?=[ \t]{0,4}[\r\n])|\*|'
    rb'(?<=[ \t])_(?=[ \t]{0,4}[\r\n])|[()\[\]]|`(?=\r?\n)'
    rb'|;(?=[ \t\r\n\\]))'
)
# x += "…"; x = x . "…"
_NAME = rb'[A-Za-z_$@][\w.$]{0,40}+'
_APPEND = (
    rb'(?:(?:local |var |let |my )?+' + _NAME + rb'[ \t]{0,4}+(?:\+=|\.\.?=|&=|~=|<<'
    rb'|=[ \t]{0,4}+' + _NAME + rb'[ \t]{0,4}+(?:\+|\.\.?|&|~)(?=[ \t"\'])))'
)
_CALL = rb'(?:\.?[A-Za-z_][\w:.!]{0,24}+\()'
_LITERAL_KIND = rb'(?<!["\'`])[fFrRbBuULN@$]{1,2}+(?=["\'`\\]{1,8}[A-Za-z2-7_])'
_BETWEEN = b'(?:' + b'|'.join((
    INVISIBLE,
    rb'(?<=["\'`])[ \t]{0,20}+' + _MARK + rb'[ \t]{1,20}+(?=[pina_]{0,5}[A-Z2-7]{2}|[pina_A-Z2-7]{1,5}["\'`\\])',
    QUOTE, rb'[ \t]++', EOL + rb'[ \t]{0,80}+' + _COMMENT,
    EOL + _LEAD, _COMMENT, _OPERATOR, _APPEND, _CALL, _LITERAL_KIND,
)) + b')'
#: A line's end written inside the literal, as a notebook's cells have it, may come before the closing mark.
CONCAT = rb'(?:' + EOL + rb'?+' + QUOTE + _BETWEEN + rb'{0,40}+)'
GAP = rb'(?![A-Za-z0-9])(?:' + b'|'.join((
    b'(?:' + INVISIBLE + b'){1,12}+(?:' + WRAP + b')?+', CONCAT, WRAP + b'(?:' + INVISIBLE + b'){0,4}+',
)) + b')'
#: Between a prefix and a body that a template or a format puts together.
FORMAT = (
    rb'(?=[%{$?#\\])(?:(?:%(?:1\$)?[sv@qr]|\{[\w:!.]{0,8}\}|\$\{?1\}?|\?)[^\r\n"\'`A-Z2-7]{0,40}+(?:' + EOL + rb')?+' + QUOTE
    + rb'(?:' + _BETWEEN + rb'|%|-f|=>?){0,40}+|(?:[$#]?\{|\\\(|\$\()[ \t]{0,4}+' + QUOTE + rb')'
)
