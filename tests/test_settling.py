"""What all sources have alike need not be read: the report is the same to the byte."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cableproof import settling
from cableproof.comparing import compare
from cableproof.errors import CableproofError, SourceChanged
from cableproof.manifests import manifest_of
from cableproof.reports.document import lines
from cableproof.signing import Signing
from cableproof.source import Source
from cableproof.sources.limits import Limits
from cableproof.sources.manifest import lines as manifest_lines
from cableproof.validators.collation.alike import Settled, settled
from tests.samples import Record, cables_row, json_lines, record, records

#: Every file is large, and nearly every record a block of its own.
SMALL = Limits(range=64, block=64)
FORMS = ("cables-csv", "json-lines", "manifest")


def row(form: str, each: Record, number: int) -> bytes:
    return cables_row(each, number) if form == "cables-csv" else json_lines([each])


def written(folder: Path, name: str, form: str, rows: Sequence[bytes]) -> Source:
    """Write rows as a source; a manifest is made of the JSON lines that they then are."""
    file = folder / f"{name}.{form}"
    file.write_bytes(b"".join(rows))
    if form == "manifest":
        plain = file.rename(folder / f"{name}.jsonl")
        file.write_bytes(b"".join(manifest_lines(manifest_of(Source(name, plain)))))
    return Source(name, file)


def report(sources: Sequence[Source], limits: Limits = SMALL, *, fast: bool = True) -> str:
    """Return the whole report or what was raised, with the first pass or without it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "_WORTH", -1.0)
        if not fast:
            patch.setattr(settling, "_files", lambda *given: {})
        try:
            return "".join(lines(compare(sources, limits=limits)))
        except CableproofError as error:
            return repr(error)


def settled_in(sources: Sequence[Source], limits: Limits = SMALL) -> int:
    """Return how many records are settled without being read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settling, "_WORTH", -1.0)
        said = settling.witnesses(sources, limits, 1, False, lambda done, total: None)
    return said.settled


#: What may happen to a record on its way.
EDITS: dict[str, Callable[[Record], Record]] = {
    "classified": lambda each: each | {"classification": "SECRET"},
    "reworded": lambda each: each | {"body": each["body"].replace("lamp", "bench")},
    "wrapped": lambda each: each | {"body": each["body"].replace(" ", "\n", 3)},
    "covered": lambda each: each | {"body": each["body"].replace("NOBODY", "XXXXXXXX")},
    "long": lambda each: each | {"body": each["body"] * 20},
    "quoted": lambda each: each | {"body": each["body"] + '\n"7","1/2/2007 10:30", \\ "'},
    "renamed": lambda each: each | {"identifier": "08OSLO77"},
    "respelt": lambda each: each | {"identifier": "2007BERN0002"},
    "nameless": lambda each: each | {"identifier": ""},
    "of a release": lambda each: each | {"source_release": "cablebrowser-2"},
    "of no release": lambda each: each | {"source_release": "what is no release at all"},
}
#: What may happen to its bytes.
DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda data: data[: len(data) // 2] + b"\n",
    "run on": lambda data: data.rstrip(b"\n"),
    "NUL": lambda data: data.replace(b"tram", b"tr\0m"),
    "no UTF-8": lambda data: data.replace(b"tram", b"tr\xe9m"),
    "UTF-8": lambda data: data.replace(b"tram", "tr\u00e4m".encode()),
    "other line end": lambda data: data.rstrip(b"\n") + b"\r\n",
    "blank line": lambda data: data + b"\n",
    "a quote more": lambda data: data.replace(b"lamp", b'la"mp'),
    "a key twice": lambda data: data.replace(b'"subject"', b'"origin": "Embassy Oslo", "subject"'),
    "another first key": lambda data: data.replace(b'{"', b'{"x": 1, "', 1),
    "a mark before": lambda data: b"\xef\xbb\xbf" + data,
}
#: What may happen to all of them.
ORDERS: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "as they were": lambda rows: rows,
    "reversed": lambda rows: rows[::-1],
    "the first again": lambda rows: [*rows, *rows[:1]],
    "one less": lambda rows: rows[1:],
    "no line end": lambda rows: [*rows[:-1], *(last.rstrip(b"\n") for last in rows[-1:])],
}
_CHANGE = st.tuples(st.integers(0, 5), st.sampled_from([*EDITS, *DAMAGE]))
_CHANGES = st.lists(_CHANGE, max_size=3)


def changed(form: str, changes: Sequence[tuple[int, str]], order: str, start: int) -> list[bytes]:
    cables = records(6)
    for number, name in changes:
        if name in EDITS:
            cables[number] = EDITS[name](cables[number])
    rows = [row(form, each, number) for number, each in enumerate(cables, start)]
    for number, name in changes:
        if name in DAMAGE:
            rows[number] = DAMAGE[name](rows[number])
    return ORDERS[order](rows)


@given(
    form=st.sampled_from(FORMS),
    shared=_CHANGES,
    own=st.lists(st.tuples(_CHANGES, st.sampled_from([*ORDERS])), min_size=2, max_size=4),
    limits=st.sampled_from([SMALL, Limits(range=64, record=1500), Limits(range=64, block=2000)]),
)
@settings(max_examples=20, deadline=None)
@example("manifest", [(2, "of a release")], [([(3, "covered")], "reversed")] * 2, SMALL)
@example("cables-csv", [(1, "respelt")], [([], "as they were")] * 2, SMALL)
@example("cables-csv", [(0, "a mark before")], [([], "as they were")] * 2, SMALL)
@example("cables-csv", [(5, "cut")], [([], "as they were"), ([], "one less")], SMALL)
@example("json-lines", [(0, "of a release")] * 2, [([(1, "a key twice")], "reversed")] * 3, SMALL)
def test_the_report_is_the_same_whether_or_not_what_is_alike_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    form: str,
    shared: list[tuple[int, str]],
    own: list[tuple[list[tuple[int, str]], str]],
    limits: Limits,
) -> None:
    folder = tmp_path_factory.mktemp("alike")
    made = [
        written(folder, "abcd"[n], form, changed(form, [*shared, *more], order, n + 1))
        for n, (more, order) in enumerate(own)
    ]
    assert report(made, limits) == report(made, limits, fast=False)


@pytest.mark.parametrize("form", FORMS)
def test_records_that_are_alike_are_settled_and_not_read(form: str, tmp_path: Path) -> None:
    made = [
        written(tmp_path, "a", form, changed(form, [(2, "reworded")], "as they were", 1)),
        written(tmp_path, "b", form, changed(form, [(4, "renamed")], "reversed", 9)),
    ]
    assert settled_in(made) == 4
    assert report(made) == report(made, fast=False)


@pytest.mark.parametrize("form", FORMS)
def test_sources_that_are_alike_throughout_are_identical(form: str, tmp_path: Path) -> None:
    made = [written(tmp_path, name, form, changed(form, [], "as they were", 1)) for name in "ab"]
    assert settled_in(made) == 6
    (pair,) = compare(made, limits=SMALL).pairs
    assert (pair.both, pair.identical, pair.bytes_differ) == (6, 6, 0)


def test_a_record_whose_name_another_turns_out_to_have_is_read_with_it(tmp_path: Path) -> None:
    rows = [row("cables-csv", each, n) for n, each in enumerate(records(3), 1)]
    hidden = rows[0].replace(b'"1",', b'"x",').replace(b"lamp", b"bench")  # no slot of its own
    made = [
        written(tmp_path, name, "cables-csv", [*rows, *more])
        for name, more in (("a", []), ("b", [hidden]))
    ]
    assert settled_in(made) == 1
    assert report(made) == report(made, fast=False)


@pytest.mark.parametrize("damage", ["cut", "NUL", "no UTF-8", "a quote more", "a key twice"])
@pytest.mark.parametrize("form", ["cables-csv", "json-lines"])
def test_what_is_damaged_alike_in_all_sources_is_reported_in_each(
    form: str, damage: str, tmp_path: Path
) -> None:
    rows = changed(form, [(2, damage)], "as they were", 1)
    made = [written(tmp_path, name, form, rows) for name in "abc"]
    assert report(made) == report(made, fast=False)


@pytest.mark.parametrize("forms", [("cables-csv", "json-lines"), ("json-lines", "manifest")])
def test_sources_of_two_forms_are_read_whole(forms: tuple[str, str], tmp_path: Path) -> None:
    made = [
        written(tmp_path, name, form, changed(form, [], "as they were", 1))
        for name, form in zip("ab", forms, strict=True)
    ]
    assert settled_in(made) == 0
    assert report(made) == report(made, fast=False)


def test_small_sources_and_those_that_have_little_in_common_are_read_whole(tmp_path: Path) -> None:
    rows = [json_lines([each]) for each in records(6)]
    made = [
        written(tmp_path, "a", "json-lines", rows[:4]),
        written(tmp_path, "b", "json-lines", rows[3:]),
    ]
    nothing = (1, False, lambda done, total: None)
    assert settling.witnesses(made, SMALL, *nothing).settled == 0
    assert settling.witnesses([made[0], Source("c", made[0].path)], Limits(), *nothing).settled == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-9],
        lambda data: data.replace(b'"records": 6', b'"records": 7'),
        lambda data: data.replace(b"cableproof/1", b"cableproof/9"),
        lambda data: data.replace(b'"covered":false', b'"covered":', 1),
        lambda data: data.replace(b'"line":2', b'"line":x', 1),
        lambda data: data.replace(b'"covered":false', b'"covered":"no"', 1),
        lambda data: data.replace(b'"kind":"json-lines"', b'"kind":"wikileaks-page"'),
        lambda data: data.replace(b"Embassy", b"Emb\\u0061ssy"),
        lambda data: data.replace(b"Embassy", b"Emb\xffssy", 1),
    ],
)
@pytest.mark.parametrize("both", [True, False])
def test_a_damaged_manifest_is_what_it_is_when_read_whole(
    damage: Callable[[bytes], bytes], both: bool, tmp_path: Path
) -> None:
    rows = changed("manifest", [], "as they were", 1)
    made = [written(tmp_path, name, "manifest", rows) for name in "ab"]
    for each in made if both else made[1:]:
        each.path.write_bytes(damage(each.path.read_bytes()))
    assert report(made) == report(made, fast=False)


def test_a_file_that_changes_after_the_first_pass_is_said_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = changed("json-lines", [], "as they were", 1)
    made = [written(tmp_path, name, "json-lines", rows) for name in "ab"]

    def late(slots: dict[str, pl.DataFrame]) -> Settled:
        made[0].path.write_bytes(b"".join(rows) + json_lines([record(7)]))
        return settled(slots)

    monkeypatch.setattr("cableproof.settling.settled", late)
    with pytest.raises(SourceChanged):
        compare(made, limits=SMALL)


@pytest.mark.parametrize("form", FORMS)
def test_files_that_are_not_read_whole_have_their_digests(form: str, tmp_path: Path) -> None:
    rows = changed(form, [], "as they were", 1)
    made = [written(tmp_path, name, form, rows) for name in "ab"]
    digests = [each.digest for each in compare(made, limits=SMALL).sources]
    assert digests == [f"sha256:{sha256(each.path.read_bytes()).hexdigest()}" for each in made]
    assert {each.digest for each in compare(made, limits=SMALL, digests=False).sources} == {""}


def test_a_file_that_changes_until_it_is_digested_is_said_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = changed("json-lines", [], "as they were", 1)
    made = [written(tmp_path, name, "json-lines", rows) for name in "ab"]

    def late(signing: Signing) -> dict[str, str]:
        made[1].path.write_bytes(b"".join(rows[1:]))
        return {}

    monkeypatch.setattr(Signing, "digests", late)
    with pytest.raises(SourceChanged):
        compare(made, limits=SMALL)
