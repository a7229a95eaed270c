"""Archives of invented pages, whole, damaged and made to harm, in every form."""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from functools import partial

import pyarrow as pa

Members = Mapping[str, bytes]


def zipped(members: Members, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return out.getvalue()


def with_link(members: Members, name: str, target: str) -> bytes:
    """Return a zip with a symbolic link as its last member."""
    out = io.BytesIO(zipped(members))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
    return out.getvalue()


def tarred(members: Members, **links: str) -> bytes:
    """Return a tar of members, and of links by their names."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, target in links.items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            archive.addfile(info)
    return out.getvalue()


def special(kind: bytes) -> bytes:
    """Return a tar of a device, a pipe or a hard link."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("07BERN1.txt")
        info.type, info.linkname = kind, "elsewhere.txt"
        archive.addfile(info)
    return out.getvalue()


def zstd(data: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(data, asbytes=True)
    return packed


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gz": lambda data: gzip.compress(data, mtime=0),
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstd,
}


def _packed(pack: Callable[[bytes], bytes], members: Members) -> bytes:
    return pack(tarred(members))


FORMS: dict[str, Callable[[Members], bytes]] = {
    "zip": zipped,
    "tar": tarred,
    **{f"tar.{end}": partial(_packed, pack) for end, pack in PACKED.items()},
}


def seven(members: Members) -> bytes:
    """Return a 7z archive, by the library that a reader of ours uses, too."""
    import py7zr

    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(data, name)
    return out.getvalue()


def overlapping(data: bytes) -> bytes:
    """Return a zip whose directory names one member twice."""
    packed = zipped({"07BERN1.txt": data})
    end = packed.rindex(b"PK\5\6")
    start = packed.index(b"PK\1\2")
    entry = packed[start:end]
    tail = bytearray(packed[end:])
    tail[8:12] = b"\2\0\2\0"
    tail[12:16] = (2 * len(entry)).to_bytes(4, "little")
    return packed[:start] + entry + entry + bytes(tail)
