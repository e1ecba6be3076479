"""A token as people write it: each context by its name, with the line and column where it has to be found."""
from __future__ import annotations

from pathlib import Path

import pytest

from pina_scan.token import make
from tests.helpers.command import places

# `§` is the token
CONTEXTS = {
    '.env': 'A=1\nPINTEREST_ACCESS_TOKEN=§\n',
    '.env quoted': 'export PINTEREST_TOKEN="§" # prod\n',
    '.env.windows': 'A=1\r\nTOKEN=§\r\n',
    'config.yaml': 'pinterest:\n  ad_account: "549755885175"\n  token: §\n',
    'folded.yaml': 'token: >-\n  §\n',
    'list.yaml': 'tokens: [a, §, b]\n',
    'values.toml': '[pinterest]\ntoken = \'§\'\n',
    'settings.ini': '[pinterest]\ntoken=§;comment\n',
    'app.properties': 'pinterest.token=§\\n\n',
    'data.json': '{"access_token":"§","expires_in":2592000}\n',
    'minified.json': '{"a":' + '"x",' * 500 + '"t":"§"}',
    'request.http': 'POST /v5/ad_accounts/1/events\nAuthorization: Bearer §\nContent-Type: application/json\n',
    'curl.sh': 'curl -X POST "https://api.pinterest.com/v5/x" \\\n  -H "Authorization: Bearer §"\n',
    'url.txt': 'https://example.org/?access_token=§&x=1\n',
    'url-encoded.txt': 'redirect=https%3A%2F%2Fx%3Ftoken%3D§%26y%3D2\n',
    'README.md': '# Setup\n\nUse `§` as the token.\n',
    'table.md': '| name | token |\n|---|---|\n| prod |§|\n',
    'link.md': '[token](https://x/§)\n',
    'page.html': '<p>\n<code>§</code></p>\n',
    'attribute.html': '<meta name=token content=§>\n',
    'config.xml': '<config><token>§</token></config>\n',
    'cdata.xml': '<t><![CDATA[§]]></t>\n',
    'client.py': 'import os\nTOKEN = os.environ.get("T", "§")\n',
    'fstring.py': "headers = {'Authorization': f'Bearer §'}\n",
    'bytes.py': "TOKEN = b'§'\n",
    'client.js': 'const token = `§`;\n',
    'client.ts': 'const token: string = "§" as const;\n',
    'client.go': 'var token = "§" // TODO\n',
    'Client.java': 'class C {\n\tprivate static final String T = "§";\n}\n',
    'client.rb': 'TOKEN = %q(§)\n',
    'client.php': "<?php define('TOKEN', '§');\n",
    'client.rs': 'const T: &str = r#"§"#;\n',
    'client.cs': 'var t = @"§";\n',
    'client.c': '#define TOKEN "§\\0"\n',
    'query.sql': "INSERT INTO t VALUES (1,'§',NULL);\n",
    'dump.csv': 'id,token,name\n1,§,x\n',
    'dump.tsv': 'id\ttoken\n1\t§\tx\n',
    'Dockerfile': 'FROM x\nENV TOKEN=§ OTHER=1\n',
    'main.tf': 'variable "t" {\n  default = "§"\n}\n',
    'Makefile': 'TOKEN := §\n',
    'ci.yml': 'env:\n  TOKEN: ${{ secrets.X || \'§\' }}\n',
    'app.log': '2026-11-23T20:41:34Z INFO token=§, status=200\n',
    'ansi.log': '\x1b[32mtoken\x1b[0m=\x1b[31m§\x1b[0m\n',
    'trace.txt': 'Error: bad token (§)\n    at x (y.js:1:1)\n',
    'mail.txt': 'Hi,\n\nthe token is §.\nBye\n',
    'angle.txt': 'token <§>\n',
    'change.patch': '--- a/f\n+++ b/f\n@@ -1 +1 @@\n-TOKEN=x\n+TOKEN=§\n',
    'notebook.ipynb': '{"cells": [{"source": ["token = \'§\'\\n"]}]}\n',
    'message.eml': 'Subject: x\n\n§\n-- \nA\n',
    'glued.txt': 'TOKEN§END\n',
    'underscored.txt': 'x_§_y\n',
    'digits.txt': '123§456\n',
    'no-newline': '§',
    'only.cr': 'a\rb\rtoken: §\r',
    'accents.txt': 'clé privée : « § »\n',
    'emoji.txt': '🔑🔑 § 🔑\n',
    'hebrew.txt': 'אסימון §\n',
    'tabs.txt': '\t\t§\n',
    'nul.bin': 'a\0b\0\0§\0c',
}


@pytest.mark.parametrize('name', CONTEXTS)
def test_found_where_it_stands(tmp_path: Path, name: str) -> None:
    before, _, after = CONTEXTS[name].partition('§')
    assert after is not None
    lines = before.replace('\r\n', '\n').replace('\r', '\n').split('\n')
    (tmp_path / name).write_bytes(f'{before}{make().decode()}{after}'.encode())
    assert places(cwd=tmp_path) == [(name, len(lines), len(lines[-1]) + 1, 'high')]


def test_there_are_fifty_and_more() -> None:
    assert len(CONTEXTS) >= 50
    assert all(text.count('§') == 1 for text in CONTEXTS.values())
