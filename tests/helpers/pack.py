"""Containers made at run time, and what a scan of one gives."""
from __future__ import annotations

import io
import tarfile
import zipfile
from typing import Any

from pina_scan.blob import Blob
from pina_scan.blob import Unread
from pina_scan.pipeline import Totals
from pina_scan.pipeline import scan
from pina_scan.records import Finding
from pina_scan.records import Limits


def scanned(data: bytes, name: bytes = b'x', limits: Limits | None = None) -> tuple[list[Finding], list[Unread]]:
    results = list(scan([Blob(name, data)], Totals(), limits))
    return [r for r in results if isinstance(r, Finding)], [r for r in results if isinstance(r, Unread)]


def places(data: bytes, name: bytes = b'x', limits: Limits | None = None) -> list[tuple[Any, ...]]:
    """(path, line, column, via) of each finding, and (path, reason) of what is unread."""
    findings, unread = scanned(data, name, limits)
    return [(f.path, f.line, f.column, f.via) for f in findings] + [(u.path, u.reason) for u in unread]


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b'') -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, 'w', method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.comment = comment
    return made.getvalue()


def tarred(files: dict[str, bytes], mode: str = 'w', format: int = tarfile.PAX_FORMAT) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=format) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()
