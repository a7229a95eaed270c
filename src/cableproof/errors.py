"""What can go wrong with us or with a call, never with the records.

CableproofError
  NoSuchPath(path)        a source that is not there
  WrongSetting(where)     a setting, or a file that one names, is not as it must be
  BrokenPlugIn(name)      a package that adds to this one is not as it must be
  NoSuchRule(code)        the message names the nearest code
  NoSuchSchema(name)      the message names the schemas there are
  NoSuchCable(identifier) the source holds no record of that name
  NameTakenTwice(name)    two sources of one run have one name
  TooFewSources(names)    there is nothing to compare with
  TooManySources(number)  more than a table can show
  NothingInCommon(names)  sources that hold no cable together
  NoManifest(path)        a file that is no whole manifest
  NoReceipt(path)         a file that is no receipt of this version
  NoReport(path)          a file that is no report of this version
  NothingVerified(reason) a run that cannot be done again
  SourceChanged(path)     a file changed while it was read
  ReaderFailed(reason)    a process ended again and again at the input
  BooksDoNotBalance(law)  the run lost or invented an input: our fault
  ReportNotWritten(path)  a report could not be written whole
"""

from collections.abc import Iterable


def nearest(word: str, words: Iterable[str]) -> str:
    """Return a hint that names the word of ``words`` nearest to ``word``, or nothing."""
    from difflib import get_close_matches

    close = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f"; did you mean {close[0]}?" if close else ""


class CableproofError(Exception):
    """The root of all errors of this package."""


class NoSuchPath(CableproofError):
    """A path that does not exist."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"no such file or folder: {self.path}"


class WrongSetting(CableproofError):
    """A setting, or a file that settings name, that is not as it must be."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(where, reason)
        self.where = where
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class BrokenPlugIn(CableproofError):
    """An entry point of another package that is not as it must be."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.name = name
        self.reason = reason

    def __str__(self) -> str:
        return f"plug-in {self.name}: {self.reason}"


class NoSuchRule(CableproofError):
    """A rule code, or the beginning of one, that the catalogue does not have."""

    def __init__(self, code: str, codes: Iterable[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.hint = nearest(code, codes)

    def __str__(self) -> str:
        return f"no rule {self.code}{self.hint}"


class NoSuchSchema(CableproofError):
    """A schema name that the package does not have."""

    def __init__(self, name: str, names: Iterable[str] = ()) -> None:
        super().__init__(name)
        self.name = name
        self.names = sorted(names)

    def __str__(self) -> str:
        return f"no schema {self.name}; there are: {', '.join(self.names)}"


class NoSuchCable(CableproofError):
    """An identifier that no record of the source has."""

    def __init__(self, identifier: str) -> None:
        super().__init__(identifier)
        self.identifier = identifier

    def __str__(self) -> str:
        return f"no record with the identifier {self.identifier}"


class NameTakenTwice(CableproofError):
    """Two sources of one run that have the same name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name

    def __str__(self) -> str:
        return f"two sources are called {self.name}; name them: NAME=PATH"


class TooFewSources(CableproofError):
    """A comparison of fewer than two sources."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number

    def __str__(self) -> str:
        return f"a comparison needs two sources or more, and here is {self.number}"


class TooManySources(CableproofError):
    """A comparison of more sources than a table can show."""

    def __init__(self, number: int, most: int) -> None:
        super().__init__(number, most)
        self.number = number
        self.most = most

    def __str__(self) -> str:
        return f"a comparison takes up to {self.most} sources, and here are {self.number}"


class NothingInCommon(CableproofError):
    """Sources of which no two hold the same cable."""

    def __init__(self, names: Iterable[str], unreadable: int = 0) -> None:
        self.names = list(names)
        super().__init__(self.names, unreadable)
        self.unreadable = unreadable

    def __str__(self) -> str:
        why = f"no cable is in two of the sources {', '.join(self.names)}: nothing was compared"
        return why + (f"; {self.unreadable:,} could not be read" if self.unreadable else "")


class NoManifest(CableproofError):
    """A file that is no manifest, or no whole one."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path} is no manifest that can be read: {self.reason}"


class NoReceipt(CableproofError):
    """A file that is no receipt, no whole one, or one of another version."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path} is no receipt that can be verified: {self.reason}"


class NoReport(CableproofError):
    """A file that is no report, no whole one, or one of another version."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path} is no report that can be rendered: {self.reason}"


class NothingVerified(CableproofError):
    """A run that cannot be done again as its receipt says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"nothing was verified: {self.reason}"


class SourceChanged(CableproofError):
    """A file that no longer holds what was read from it."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"{self.path} changed while it was read; run again"


class ReaderFailed(CableproofError):
    """A process that ended again and again at what is no reading of records."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    def __str__(self) -> str:
        return f"the input could not be read: {self.reason}"


class BooksDoNotBalance(CableproofError):
    """A conservation law that the run broke."""

    def __init__(self, law: str) -> None:
        super().__init__(law)
        self.law = law

    def __str__(self) -> str:
        return f"the books do not balance: {self.law}"


class ReportNotWritten(CableproofError):
    """A report that could not be written whole; an older one is left as it was."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"could not write {self.path}: {self.reason}"
