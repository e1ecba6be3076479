from __future__ import annotations

import pytest

from pina_scan.git.names import names

ID = b'\0 1' + b'x' * 17


@pytest.mark.parametrize(('tree', 'expected'), (
    (b'', []),
    (b'100644 a\0' + ID, [b'a']),
    (b'100644 a b\0' + ID + b'40000 \xff \n\0' + ID, [b'a b', b'\xff \n']),
    # cut short within an id, a name and a mode
    (b'100644 a\0' + ID + b'100644 b\0' + ID[:7], [b'a', b'b']),
    (b'100644 a\0' + ID + b'100644 b', [b'a']),
    (b'100644 a\0' + ID + b'100', [b'a']),
))
def test_names(tree: bytes, expected: list[bytes]) -> None:
    assert names(tree, 20) == expected


def test_longer_ids() -> None:
    assert names(b'100644 a\0' + b'y' * 12 + ID + b'100644 b\0' + ID, 32) == [b'a', b'b']
