"""OLE compound files: which program wrote one, and what its HWP header says."""

from __future__ import annotations

import struct
from pathlib import Path

from dochan.cfb import OleFileIO

from corpus.errors import UnreadableDocumentError, UnsupportedFormatError

MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")

# Bits of the properties word at byte 36 of the FileHeader stream. Source: Hancom, "한글 문서 파일
# 형식 5.0", revision 1.3, table 3.
_PASSWORD, _DISTRIBUTION, _DRM, _CERTIFICATE, _CERTIFICATE_DRM = (
    1 << 1,
    1 << 2,
    1 << 4,
    1 << 8,
    1 << 10,
)

_FOREIGN = {
    "WordDocument": "doc",
    "Workbook": "xls",
    "Book": "xls",
    "PowerPoint Document": "ppt",
}


def recognise_compound(path: Path) -> str:
    """`hwp`, the only format in this container that is read.

    Raises:
        UnreadableDocumentError: Locked by a password or by rights management.
        UnsupportedFormatError: Written by a program whose old binary format is not read.
    """
    with OleFileIO(path) as container:
        streams = {"/".join(parts) for parts in container.listdir()}
        if "EncryptedPackage" in streams:
            locked = any("DRMEncrypted" in stream for stream in streams)
            raise UnreadableDocumentError("drm" if locked else "encrypted")
        if "FileHeader" in streams:
            _refuse_locked(_properties(container))
            return "hwp"
    for stream, code in _FOREIGN.items():
        if stream in streams:
            raise UnsupportedFormatError(code)
    raise UnsupportedFormatError


def is_distribution(path: Path) -> bool:
    """Whether an HWP file is a 배포용 (distribution) one, whose text lies elsewhere, encrypted."""
    with OleFileIO(path) as container:
        return bool(_properties(container) & _DISTRIBUTION)


def _properties(container: OleFileIO) -> int:
    with container.openstream("FileHeader") as stream:
        header = stream.read(40)
    if len(header) < 40 or not header.startswith(b"HWP Document File"):
        raise UnreadableDocumentError("damaged")
    (properties,) = struct.unpack_from("<I", header, 36)
    return int(properties)


def _refuse_locked(properties: int) -> None:
    if properties & (_PASSWORD | _CERTIFICATE):
        raise UnreadableDocumentError("encrypted")
    if properties & (_DRM | _CERTIFICATE_DRM):
        raise UnreadableDocumentError("drm")
