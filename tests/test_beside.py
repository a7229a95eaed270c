"""Slots of files held beside each other, against the same found one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest

from cableproof.sources import beside
from cableproof.sources.blocks import Piece
from cableproof.sources.limits import Limits
from cableproof.sources.slots import SLOTS
from cableproof.sources.walk import Found


class Slot(NamedTuple):
    """A slot as it stands, and what is expected of it where it is one of the first file."""

    data: bytes
    name: str | None
    said: str | None
    sound: bool = True
    release: str | None = None


def line(text: str, name: str | None = None, *, sound: bool = True, release: str = "") -> Slot:
    data = text.encode("latin-1")
    return Slot(data, name, text if name else None, sound, release or None)


def listed(name: str | None, more: str, said: str | None, *, sound: bool = True) -> Slot:
    told = None if said is None else f'{{"identifier":"{name}",{said}\n'
    data = f'{{"identifier":"{name}",{more}\n'.encode("latin-1")
    release = re.search(r'"source_release":"([^"]*)"', more)
    return Slot(data, name, told, sound, release[1] if release else None)


def row(name: str, body: str = "b", number: int = 1, end: str = "\n") -> Slot:
    said = f'"{number + 5}/2/2007 10:30","{name}","o","c","","","{body}"{end}'
    plain = re.fullmatch("[0-9A-Z]{1,40}", name) is not None
    sound = said.count('"') - said.count('\\"') == 14 and not end.strip("\r\n")
    data = f'"{number}",{said}'.encode("latin-1")
    return Slot(data, name if plain else None, said if plain else None, sound and data.isascii())


_PLACED = '"path":"p%d","kind":"k","line":%d,"row":null,"digest":"d"}'
SLOTS_OF: dict[str, list[Slot]] = {
    "json-lines": [
        line('{"identifier":"07BERN1","x":1}\n', "07BERN1"),
        line('{"identifier": "07BERN2","source_release":"r-1"}\n', "07BERN2", release="r-1"),
        line('{"identifier":"07BERN3","source_release":7}\n', "07BERN3", sound=False),
        line('{"identifier":"07BERN4","x":1,"x":2}\n', "07BERN4", sound=False),
        line('{"x":1,"identifier":"07BERN5","source_release":"r-2"}\n', release="r-2"),
        line('{"identifier":"07BERN6"}\r\n', "07BERN6"),
        line('{"identifier":"07BERN7","source_release":null}\n', "07BERN7"),
        line('{"identifier":"07BERN8",\n', "07BERN8", sound=False),
        line("\n", sound=False),
        line("[7]\n", sound=False),
        line(
            '{"identifier":"07BERN9","source_release":"","x":{"y":"z"}}\n', "07BERN9", sound=False
        ),
        line('{"identifier":"08BERN1"}', "08BERN1"),
    ],
    "manifest": [
        listed("07BERN1", _PLACED % (1, 1), '"kind":"k","digest":"d"}'),
        listed("07BERN2", '"path":"p","kind":"k","digest":"e"}', '"kind":"k","digest":"e"}'),
        listed(
            "07BERN3",
            '"source_release":"r-1","path":"p","kind":"k","row":7,"digest":"e"}',
            '"source_release":"r-1","kind":"k","digest":"e"}',
        ),
        listed("07BERN4", '"digest":"d"}', None),
        listed("07BERN5", '"digest":"d","x":1}', None, sound=False),
        listed(
            "07BERN6",
            '"path":"p","kind":"wikileaks-page","digest":"e"}',
            '"kind":"wikileaks-page","digest":"e"}',
            sound=False,
        ),
        Slot(
            b'{"identifier":"07BERN7","path":"\xff","kind":"k","digest":"e"}\n', None, None, False
        ),
        Slot(b'{"manifest":"cableproof/1","records":8}\n', None, None, False),
        Slot(b"\n", None, None, False),
        Slot(b'{"origin":"o","digest":"d"}\n', None, None),
    ],
    "cables-csv": [
        Slot(b"\n", None, None, False),
        row("07BERN1"),
        row("07BERN2", '\\"\n\n\\"', 2),
        row("07BERN3", '"', 3),
        row("07bern4", number=4),
        row("07BERN5", "\xe9", 5),
        row("07BERN6", number=6, end="\r\n"),
        row("07BERN7", number=7, end="\nx\n\n"),
        row("07BERN8", number=8),
        row("07BERN9", number=9, end=""),
    ],
}
#: Files by the numbers of their slots; in the first no name stands twice.
ORDERS: list[list[list[int]]] = [
    [[*range(12)], [*range(12)]],
    [[1, 11], [10, 11]],
    [[*range(10)], [0, 8, 7, 6, 5, 4, 3, 2, 1, 9], [*range(10)]],
    [[0, 1, 2, 3, 4, 5], [1, 2, 3, 8, 1, 4, 5], [0, 3, 2, 1, 6]],
    [[3, 1, 2, 9], [1, 2, 1, 2, 8, 7, 3]],
    [[1, 2], [8, 7], [1, 2]],
    [[5], []],
    [[], [1, 2, 3, 8]],
]


def pieces_of(folder: Path, kind: str, files: Sequence[Sequence[Slot]]) -> list[Piece | None]:
    made: list[Piece | None] = []
    for number, slots in enumerate(files):
        data = b"".join(slot.data for slot in slots)
        file = folder / str(number)
        file.write_bytes(data)
        found = Found(str(number), file, len(data))
        made.append(Piece(found, kind, 0, len(data)) if slots else None)
    return made


def expected(files: Sequence[Sequence[Slot]], limit: int) -> list[dict[str, object]]:
    """Return the slots of all files: what is said in all of them is said in none."""
    said = [{(slot.name, slot.said) for slot in slots if slot.said} for slots in files]
    everywhere = set.intersection(*said)
    rows: list[dict[str, object]] = []
    for source, slots in enumerate(files):
        edges = accumulate((len(slot.data) for slot in slots), initial=0)
        for (start, end), slot in zip(pairwise(edges), slots, strict=True):
            alike = (slot.name, slot.said) in everywhere
            told = slot.said if slot.said and slot.said.isascii() else None  # others: no UTF-8
            sound = slot.sound if source == 0 else end - start <= limit
            rows.append(
                {
                    "source": source,
                    "start": start,
                    "end": end,
                    "identifier": slot.name,
                    "said": "" if alike else told,
                    "release": slot.release if source == 0 else None,
                    "sound": sound,
                }
            )
    return rows


def numbered(slots: Sequence[Slot], kind: str, by: int) -> list[Slot]:
    """Return slots as they stand in another file: at other places, and by other numbers."""
    if kind == "cables-csv":
        number = b'"%d",' % (by * 17)
        return [each._replace(data=re.sub(rb'\A"\d+",', number, each.data)) for each in slots]
    place = b'"path":"q%d"' % by
    return [each._replace(data=each.data.replace(b'"path":"p"', place)) for each in slots]


@pytest.mark.parametrize("kind", SLOTS_OF)
@pytest.mark.parametrize("orders", ORDERS, ids=map(str, ORDERS))
@pytest.mark.parametrize("block", [1, 90, 1 << 20])
def test_what_all_files_say_is_found_as_one_by_one(
    kind: str, orders: list[list[int]], block: int, tmp_path: Path
) -> None:
    every = SLOTS_OF[kind]
    files = [
        numbered([every[n] for n in order if n < len(every)], kind, by)
        for by, order in enumerate(orders, 1)
    ]
    made = beside.surveyed(pieces_of(tmp_path, kind, files), Limits(block=block))
    assert made.schema == {"source": pl.Int32(), **SLOTS}
    assert made.to_dicts() == expected(files, Limits().record)


@pytest.mark.parametrize("kind", SLOTS_OF)
def test_a_slot_is_as_long_as_the_limit_at_most(kind: str, tmp_path: Path) -> None:
    slots = [each for each in SLOTS_OF[kind][:4] if each.name and each.said and each.sound]
    sizes = [len(each.data) for each in slots]
    files = [slots, slots[::-1]]
    pieces = pieces_of(tmp_path, kind, files)
    for limit in {each + more for each in sizes for more in (-1, 0, 1)}:
        made = beside.surveyed(pieces, Limits(record=limit)).to_dicts()
        for each in made:
            fits = int(each["end"]) - int(each["start"]) <= limit
            assert each["sound"] == (fits or (kind == "manifest" and each["source"] == 0))
            assert each["said"] == ""


@pytest.mark.parametrize("block", [1, 1 << 20])
def test_a_line_that_is_no_utf8_takes_proof_from_its_block_only(block: int, tmp_path: Path) -> None:
    one, other = SLOTS_OF["json-lines"][:2]
    odd = line('{"identifier":"07BERN7","x":"\xe9"}\n', sound=False)
    files = [[one, odd, other], [odd, other]]
    alone = block == 1
    known = [[one._replace(sound=alone), odd, other._replace(sound=alone)], files[1]]
    known[0][2] = known[0][2]._replace(release="r-1" if alone else None)
    made = beside.surveyed(pieces_of(tmp_path, "json-lines", files), Limits(block=block))
    assert made.to_dicts() == expected(known, Limits().record)


LONG = {
    "json-lines": line('{"identifier":"07BERN77","x":"' + "y" * 400 + '"}\n', "07BERN77"),
    "cables-csv": row("07BERN77", "y" * 400),
}


@pytest.mark.parametrize("kind", LONG)
@pytest.mark.parametrize("orders", [[[1, -1, 2], [-1, 1, 2]], [[-1], [2, 1, -1]]])
def test_a_slot_that_is_too_long_to_be_read_is_there_but_says_nothing(
    kind: str, orders: list[list[int]], tmp_path: Path
) -> None:
    every = [*SLOTS_OF[kind], LONG[kind]]
    files = [[every[n] for n in order] for order in orders]
    made = beside.surveyed(pieces_of(tmp_path, kind, files), Limits(block=100, record=150))
    unread = Slot(LONG[kind].data, None, None, False)
    known = [[unread if each == LONG[kind] else each for each in slots] for slots in files]
    assert made.to_dicts() == expected(known, 150)


def said_in(folder: Path, kind: str, *files: Sequence[Slot]) -> list[list[bool]]:
    """Tell of each slot of each file whether all files were found to say it."""
    made = beside.surveyed(pieces_of(folder, kind, files), Limits())
    return [
        [each == "" for each in made.filter(source=source)["said"]]
        for source, _ in enumerate(files)
    ]


_A, _OTHER, _B = row("07BERN1"), row("07BERN1", "other"), row("07BERN2")
_NEW = row("07BERN9", "new")
#: Of rows of one name the first is found anywhere, and others where they are due.
TWICE = [
    ([_A, _OTHER, _B], [_A, _OTHER, _B], [True] * 3, [True] * 3),
    ([_A, _OTHER, _B], [_OTHER, _B, _A], [True, False, True], [False, True, True]),
    ([_A, _OTHER], [_A, _NEW, _OTHER], [True, True], [True, False, True]),
    ([_B, _A, _OTHER], [_A, _OTHER, _B], [True] * 3, [True] * 3),
    ([_B, _A, _OTHER], [_OTHER, _OTHER], [False, False, True], [False, True]),
    ([_A, _A], [_A], [True, False], [True]),
    ([_A, _B], [_A, _A, _A], [True, False], [True] * 3),
]


@pytest.mark.parametrize(("first", "second", "there", "here"), TWICE)
def test_rows_of_one_name_are_found_in_their_order(
    first: list[Slot], second: list[Slot], there: list[bool], here: list[bool], tmp_path: Path
) -> None:
    assert said_in(tmp_path, "cables-csv", first, second) == [there, here]


@pytest.mark.parametrize("kind", ["json-lines", "manifest"])
def test_of_lines_of_one_name_the_first_is_found(kind: str, tmp_path: Path) -> None:
    one, other = SLOTS_OF[kind][:2]
    data = other.data.replace(b"07BERN2", b"07BERN1")
    renamed = Slot(data, "07BERN1", None)
    found = said_in(tmp_path, kind, [one, renamed, one], [renamed, one, one])
    assert found == [[True, False, False], [False, True, True]]


def test_a_row_without_number_is_not_one_that_has_a_number(tmp_path: Path) -> None:
    data = _A.data.replace(b'"1",', b'"",', 1)
    assert said_in(tmp_path, "cables-csv", [_A, _B], [_A._replace(data=data), _B]) == [
        [False, True],
        [False, True],
    ]


def test_a_row_that_says_more_than_another_is_not_alike(tmp_path: Path) -> None:
    short = row("07BERN1", end="")
    for more in (b"\n", b",", b'\n"2"', b"\n\n"):
        longer = Slot(short.data + more, "07BERN1", None)
        assert said_in(tmp_path, "cables-csv", [short], [longer]) == [[False], [False]]
        assert said_in(tmp_path, "cables-csv", [longer], [short]) == [[False], [False]]
    two = [_A, _B]  # in which a line end and the next row stand behind what the other says
    assert said_in(tmp_path, "cables-csv", [short], two) == [[False], [False] * 2]
    assert said_in(tmp_path, "cables-csv", [short], [short]) == [[True], [True]]
