"""What a planted fault is, and what an innocent change is: a name, and a function that makes it.

The functions register themselves when their module is imported. Each returns something new and
leaves alone what it was given, or returns None where it cannot be made: a header line cannot be
wrong where there is no header.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

#: The fields of the contract, as one line of JSON has them.
Record = dict[str, Any]
#: A file of a tree: its bytes, or what it is instead, such as a pipe.
Content = bytes | str
#: The files of a folder by their paths, with forward slashes.
Tree = dict[str, Content]

Planter = Callable[[Record, Random], Record | list[Record] | None]
Exchange = Callable[[Record, Record, Random], Record | list[Record] | None]
Upheaval = Callable[[list[Record], Random], list[Record] | None]
Felling = Callable[[Tree, Random], Tree | None]


@dataclass(frozen=True)
class Fault:
    """One way in which a record, an archive or a tree can be wrong."""

    code: str  #: of the rule that must find it
    phrase: str
    record: Planter | None = None
    exchange: Exchange | None = None  #: takes another record of the same archive too
    archive: Upheaval | None = None
    tree: Felling | None = None
    note: bool = False  #: by its card the rule says this one as a note
    sparse: bool = False  #: in every other record only: where all have it, it is no fault
    #: Codes that this fault shows too, by its nature, and why.
    shows: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Code and phrase, from which chance is drawn too."""
        return f"{self.code} {self.phrase}"


@dataclass(frozen=True)
class Innocent:
    """One way in which a record or a tree can look wrong, and is not."""

    phrase: str
    record: Planter | None = None
    tree: Felling | None = None
    #: Codes that may be said of it, and why.
    shows: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The phrase, from which chance is drawn too."""
        return self.phrase


FAULTS: list[Fault] = []
INNOCENT: list[Innocent] = []
_NOTHING: Mapping[str, str] = {}


def fault(
    code: str,
    phrase: str,
    *,
    note: bool = False,
    sparse: bool = False,
    shows: Mapping[str, str] = _NOTHING,
) -> Callable[[Planter], Planter]:
    """Register a function that plants a fault in one record."""

    def register(plant: Planter) -> Planter:
        FAULTS.append(Fault(code, phrase, plant, note=note, sparse=sparse, shows=shows))
        return plant

    return register


def exchange(
    code: str, phrase: str, *, note: bool = False, shows: Mapping[str, str] = _NOTHING
) -> Callable[[Exchange], Exchange]:
    """Register a function that plants a fault in one record by means of another."""

    def register(plant: Exchange) -> Exchange:
        FAULTS.append(Fault(code, phrase, exchange=plant, note=note, shows=shows))
        return plant

    return register


def archive_fault(
    code: str, phrase: str, *, shows: Mapping[str, str] = _NOTHING
) -> Callable[[Upheaval], Upheaval]:
    """Register a function that plants one fault in a whole archive."""

    def register(plant: Upheaval) -> Upheaval:
        FAULTS.append(Fault(code, phrase, archive=plant, shows=shows))
        return plant

    return register


def tree_fault(
    code: str, phrase: str, *, shows: Mapping[str, str] = _NOTHING
) -> Callable[[Felling], Felling]:
    """Register a function that plants one fault in a folder of files."""

    def register(plant: Felling) -> Felling:
        FAULTS.append(Fault(code, phrase, tree=plant, shows=shows))
        return plant

    return register


def innocent(phrase: str, *, shows: Mapping[str, str] = _NOTHING) -> Callable[[Planter], Planter]:
    """Register a function that changes a record and makes nothing wrong."""

    def register(change: Planter) -> Planter:
        INNOCENT.append(Innocent(phrase, record=change, shows=shows))
        return change

    return register


def innocent_tree(
    phrase: str, *, shows: Mapping[str, str] = _NOTHING
) -> Callable[[Felling], Felling]:
    """Register a function that changes files of a folder and makes nothing wrong."""

    def register(change: Felling) -> Felling:
        INNOCENT.append(Innocent(phrase, tree=change, shows=shows))
        return change

    return register


def changed(record: Record, **fields: object) -> Record:
    """Return the record with other values in some fields; one that becomes None is left out."""
    return {name: value for name, value in {**record, **fields}.items() if value is not None}


def some(choices: Sequence[Any], rng: Random) -> Any:
    """Return one of the choices, or None where there are none."""
    return rng.choice(choices) if choices else None
