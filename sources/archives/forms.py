"""What form an archive has, told by its first bytes."""

import re

ZIP, SEVEN, TAR = "zip", "7z", "tar"
#: Compressions of a single file, which may be a tar, by how they begin.
PACKINGS = {
    b"\x1f\x8b\x08": "gz",
    b"BZh": "bz2",
    b"\xfd7zXZ\x00": "xz",
    b"\x28\xb5\x2f\xfd": "zst",
}
HEAD = 512  # bytes that tell the form, the first block of a tar
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_SEVEN = b"7z\xbc\xaf\x27\x1c"
_CHECKSUM = slice(148, 156)
_OCTAL = re.compile(rb" *([0-7]{1,7})[ \0]*")
#: Names of the first member of documents that are zip files.
_DOCUMENT = re.compile(rb"\[Content_Types\]|mimetype|META-INF/|_rels/|docProps/|word/|xl/")
_FIRST_NAME = 30  # where the name of the first member begins


def form_of(head: bytes) -> str:
    """Return the form of an archive by its first bytes, or nothing where it is none."""
    if head.startswith(_ZIP):
        return "" if is_document(head) else ZIP
    if head.startswith(_SEVEN):
        return SEVEN
    return packing_of(head) or (TAR if is_tar(head) else "")


def is_document(head: bytes) -> bool:
    """Tell whether a zip file is a document of an office program, or a program."""
    return head.startswith(_ZIP) and bool(_DOCUMENT.match(head, _FIRST_NAME))


def packing_of(head: bytes) -> str:
    """Return the compression of a single file by its first bytes, or nothing."""
    return next((name for magic, name in PACKINGS.items() if head.startswith(magic)), "")


def is_tar(head: bytes) -> bool:
    """Tell whether a block is the header of a member of a tar, by its checksum."""
    if len(head) < HEAD:
        return False
    found = _OCTAL.fullmatch(head[_CHECKSUM])
    if found is None:
        return False
    blank = head[:148] + b" " * 8 + head[156:HEAD]
    return sum(blank) == int(found[1], 8)
