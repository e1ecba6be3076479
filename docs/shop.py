"""A made-up shop for the pictures: a repository of two years with tokens in it that are nobody's."""
from __future__ import annotations

import base64
import io
import os
import subprocess
import zipfile
from pathlib import Path

from pina_scan.token import ACCESS
from pina_scan.token import make

ANN, BO, CHI = 'Ann Weaver', 'Bo Lindqvist', 'Chidi Okafor'


class Shop:
    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir()
        self.git('init', '--quiet', '--initial-branch=main')

    def git(self, *args: str, who: str = ANN, on: str = '2025-01-01') -> None:
        names = {f'GIT_{role}_{what}': word for role in ('AUTHOR', 'COMMITTER') for what, word in (
            ('NAME', who), ('EMAIL', 'dev@example.org'), ('DATE', f'{on}T10:00:00+01:00'),
        )}
        environ = {**os.environ, 'GIT_CONFIG_GLOBAL': os.devnull, 'GIT_CONFIG_NOSYSTEM': '1', **names}
        subprocess.run(('git', *args), cwd=self.path, env=environ, check=True, stdout=subprocess.DEVNULL)

    def commit(self, on: str, who: str, message: str, **files: bytes) -> None:
        for name, data in files.items():
            path = self.path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self.git('add', '-A')
        self.git('commit', '--quiet', '-m', message, who=who, on=on)

    def tag(self, name: str, on: str) -> None:
        self.git('tag', '-a', '-m', name, name, on=on)


def build(path: Path) -> None:
    shop = Shop(path)
    live, test = make(), make()
    before = b'shop: conversions\nads:\n  account: 549755885175\n'
    shop.commit('2025-01-13', ANN, 'A shop', **{'README.md': b'# Shop\n', 'config/production.yml': before})
    shop.commit('2025-02-03', ANN, 'Track conversions', **{'config/production.yml': before + b'  token: ' + live + b'\n'})
    shop.tag('v1.0', '2025-03-20')
    secret = b'kind: Secret\ndata:\n  PINTEREST_TOKEN: ' + base64.b64encode(live) + b'\n'
    shop.commit('2025-05-12', BO, 'Deploy by helm', **{'deploy/helm/secret.yaml': secret})
    shop.tag('v1.1', '2025-07-01')
    guide = b'# Setup\n\n    export PINTEREST_TOKEN=' + ACCESS + b'A' * 96 + b'\n'
    shop.commit('2025-09-02', CHI, 'How to set it up', **{'docs/setup.md': guide})
    shop.commit('2025-11-20', ANN, 'Tokens come from the environment', **{'config/production.yml': before})
    shop.tag('v2.0', '2026-02-02')
    shop.commit('2026-02-09', BO, 'Old exports', **{'exports/2024.zip': locked(), 'tests/fixtures/capi.json': fixture()})
    shop.git('update-ref', 'refs/remotes/origin/main', 'HEAD')
    shop.git('config', 'remote.origin.url', 'https://github.com/example/shop.git')
    shop.git('checkout', '--quiet', '-b', 'conversions')
    notebook = b'{"cells": [{"source": "token = \'' + test + b'\'"}]}\n'
    shop.commit('2026-03-15', CHI, 'Look at conversions', **{'notebooks/conversions.ipynb': notebook})


def fixture() -> bytes:
    return b'{"token": "' + make() + b'", "why": "pina-scan: allow revoked in 2024"}\n'


def locked() -> bytes:
    """A zip whose member says of itself that it is encrypted: bit 0 of the flags, in both of its headers."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w') as archive:
        archive.writestr('dump.sql', b'select 1;')
    data = bytearray(made.getvalue())
    data[6] |= 1
    data[data.index(b'PK\1\2') + 8] |= 1
    return bytes(data)
