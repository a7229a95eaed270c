"""Bytes of a page to text; what had to be guessed is said."""

import codecs
import re

from cableproof.sources.places import At, Damaged, Trouble

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"""charset\s{0,20}=\s{0,20}["']?([A-Za-z0-9_.:-]{1,40})""")
#: Encodings that a page may declare: one or two bytes a character, ASCII as in ASCII. Python
#: knows others by name that are none of texts, or that read markup as something else.
_DECLARABLE = re.compile(r"iso8859-[0-9]+|cp125[0-8]|koi8-[ru]|gb(?:2312|k|18030)|big5|euc_\w+")
_DECLARED_WITHIN = 2048  # bytes in which a page may declare its encoding
FALLBACK = "cableproof-windows-1252"  # the name of an error handler


def _one_byte_each(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as windows-1252, or as Latin-1 where that has none."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    try:
        return odd.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return odd.decode("latin-1"), error.end


codecs.register_error(FALLBACK, _one_byte_each)


def without_bom(data: bytes) -> int:
    """Return how many bytes of ``data`` are a UTF-8 byte order mark: 0 or 3."""
    return len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0


def bom_trouble(at: At) -> Trouble:
    """Return the finding on a UTF-8 byte order mark at the beginning of a file."""
    return Trouble("SRC009", at.path, at.line, at.start)


def not_utf8(at: At) -> Trouble:
    """Return the finding on a byte that is no UTF-8, which stands at ``at``."""
    facts = {"seen": "a byte that is no UTF-8", "used": "windows-1252 for such bytes"}
    return Trouble("SRC005", at.path, at.line, at.start, facts=facts)


def decoded(data: bytes, at: At) -> tuple[str, list[Trouble]]:
    """Return the text of a page and what had to be guessed about its encoding.

    UTF-8 is what the formats declare; a page may declare another encoding for itself. Bytes
    that are no UTF-8 are read as windows-1252, one by one, and that is a finding.

    Raises:
        Damaged: the page holds a NUL byte, or is not even what its byte order mark says.

    """
    mark, encoding = next(((m, e) for m, e in BOMS if data.startswith(m)), (b"", ""))
    if encoding == "utf-16":
        return _utf16(data, at)
    nul = data.find(b"\0")
    if nul >= 0:
        raise Damaged("it holds a NUL byte", nul)
    troubles = [bom_trouble(at)] if mark else []
    data = data[len(mark) :]
    declared = "" if mark else _declared(data)
    if declared:
        try:
            return data.decode(declared), troubles
        except UnicodeDecodeError:
            pass
    try:
        return data.decode("utf-8"), troubles
    except UnicodeDecodeError as error:
        start = error.start + len(mark)
        line = at.line + data.count(b"\n", 0, error.start)
    troubles.append(not_utf8(At(at.path, at.start + start, line)))
    return data.decode("utf-8", FALLBACK), troubles


def _utf16(data: bytes, at: At) -> tuple[str, list[Trouble]]:
    facts = {"seen": "a UTF-16 byte order mark", "used": "UTF-16"}
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        raise Damaged("it begins as UTF-16 and is none") from None
    if "\0" in text:
        raise Damaged("it holds a NUL byte")
    return text, [Trouble("SRC005", at.path, at.line, at.start, facts=facts)]


def _declared(data: bytes) -> str:
    """Return the encoding other than UTF-8 that a page declares for itself, or nothing."""
    found = _CHARSET.search(data, 0, _DECLARED_WITHIN)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    return name if _DECLARABLE.fullmatch(name) else ""
