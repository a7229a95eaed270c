"""What earlier runs kept gives the same bytes, holds no text, and is never trusted where it may err."""

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cableproof import performing, work
from cableproof.caching import program, runs, stamps, store, tasks
from cableproof.caching.fit import pattern_of, tables_fit
from cableproof.caching.runs import Asked, answered
from cableproof.caching.store import Store
from cableproof.reports.document import lines
from cableproof.run import run
from cableproof.source import Source
from cableproof.sources.digests import digest_of
from cableproof.sources.limits import DEFAULT, Limits
from cableproof.tasks import Done, Measure, Task
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.collation.alike import signed
from cableproof.validators.collation.forms import RUNGS
from cableproof.validators.collation.witness import attested
from cableproof.work import EVIDENCE
from tests.archives import CANARY, FAULTY, build, json_lines, record
from tests.programs import Call

RULES = list(CATALOGUE.values())
SMALL = Limits(range=2048, block=1024)  # so that tables are read in pieces
#: Each command with reports, over two folders and a manifest.
COMMANDS = {
    "validate": ("validate", "a", "b"),
    "compare": ("compare", "a", "b", "-o", "html=out.html"),
    "history": ("history", "a", "b"),
    "audit": ("audit", "a", "--against", "b", "--against", "c.manifest", "-o", "html=out.html"),
    "check": ("manifest", "a", "--check", "c.manifest"),
}
FORMS = ("-o", "json=out.json", "-o", "receipt=out.receipt", "-o", "csv=out.csv")


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an empty folder for what is kept, where files are trusted as soon as written."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(store.VARIABLE, str(folder))
    monkeypatch.setattr(stamps, "SETTLED", -1)
    monkeypatch.setattr(tasks, "_WORTH", 0)
    yield folder
    store.use(None)


@pytest.fixture
def never_read(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return a function after which nothing is read any more."""

    def fail(*_: object) -> Done:
        raise AssertionError("it was read again")

    return lambda: monkeypatch.setattr(tasks, "done", fail)


def entries(folder: Path, kind: str = "*") -> list[Path]:
    return sorted(folder.glob(f"{kind}/??/*"))


def validated(folder: Path, limits: Limits = DEFAULT) -> list[str]:
    """Return the report on a folder, as far as it is known from what was kept."""
    source = Source("data", folder)
    made = partial(run, [source], RULES, limits=limits)
    return list(lines(answered(Asked("validate", [source], {}, digests=True), made)))


def fresh(folder: Path, limits: Limits = DEFAULT) -> list[str]:
    """Return the same, read anew."""
    before = store.in_use()
    store.use(None)
    found = list(lines(run([Source("data", folder)], RULES, limits=limits)))
    store.use(before)
    return found


def two_folders(call: Call, folder: Path) -> None:
    build(folder / "a")
    build(folder / "b")
    (folder / "b" / "cables.jsonl").write_text(json_lines(FAULTY[1:]), encoding="utf-8")
    (folder / "c.manifest").write_text(call("cableproof", "manifest", "b", "--no-cache").out)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_second_run_reads_nothing_and_says_the_same(
    name: str, call: Call, tmp_path: Path, kept: Path, never_read: Callable[[], None]
) -> None:
    two_folders(call, tmp_path)
    files = {tmp_path / word.partition("=")[2] for word in (*COMMANDS[name], *FORMS) if "=" in word}
    said = []
    for number, more in enumerate(("--no-cache", "--cache", "--cache")):
        if number == 2:
            never_read()
        ended = call("cableproof", *COMMANDS[name], *FORMS, more)
        said.append((ended, {file.name: file.read_bytes() for file in files}))
        assert bool(entries(kept)) is bool(number)
    assert said[0] == said[1] == said[2]
    assert len(entries(kept, "reports")) == 1


def test_on_a_terminal_it_is_said_that_nothing_was_read(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "a")
    told = "nothing changed since it was read; --no-cache reads it again\n"
    assert call("validate", "a", "--cache").err == call("validate", "a", "--cache").err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert call("validate", "a", "--cache").err == told
    assert call("validate", "a", "--cache", "--quiet").err == ""


def test_without_a_cache_nothing_is_written(call: Call, tmp_path: Path, kept: Path) -> None:
    build(tmp_path / "a")
    call("validate", "a", "--no-cache")
    assert not kept.exists()


def test_for_programs_that_import_it_nothing_is_written(tmp_path: Path, kept: Path) -> None:
    import cableproof

    cableproof.validate(build(tmp_path / "a"))
    assert not kept.exists()


@pytest.fixture
def used(kept: Path) -> Store:
    made = Store(kept, "this program")
    store.use(made)
    return made


def test_a_change_of_the_same_size_with_the_old_time_is_seen(tmp_path: Path, used: Store) -> None:
    folder = build(tmp_path / "a")
    validated(folder)
    file = folder / "pages" / "06BERN20.txt"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"2006-09-12", b"2006-19-12"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size
    assert validated(folder) == fresh(folder)
    assert "2006-19-12" in "".join(fresh(folder))


def test_a_file_that_changed_just_now_is_known_by_its_bytes_alone(
    tmp_path: Path, used: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "SETTLED", 3600)
    folder = build(tmp_path / "a")
    validated(folder)
    (stamped,) = entries(used.folder, "stamps")
    assert json.loads(stamped.read_bytes()[:-32])["stamps"] == ""
    read: set[Path] = set()

    def noted(file: Path) -> str:
        read.add(file)
        return digest_of(file)

    monkeypatch.setattr(runs, "digest_of", noted)
    assert validated(folder) == fresh(folder)
    assert {file for file in folder.rglob("*") if file.is_file()} <= read


def test_files_with_other_times_and_the_same_bytes_are_not_read_by_the_readers(
    tmp_path: Path, used: Store, never_read: Callable[[], None]
) -> None:
    folder = build(tmp_path / "a")
    first = validated(folder)
    for file in folder.rglob("*.*"):
        os.utime(file, (1, 1))
    never_read()
    assert validated(folder) == first


@pytest.mark.parametrize("kind", ["reports", "stamps", "tasks"])
@pytest.mark.parametrize("harm", ["empty", "cut", "changed", "of others"])
def test_an_entry_that_is_not_as_it_was_written_is_none(
    kind: str, harm: str, tmp_path: Path, used: Store
) -> None:
    folder = build(tmp_path / "a")
    first = validated(folder, SMALL)
    for other in ("reports", "stamps"):
        if kind == "tasks":
            for entry in entries(used.folder, other):
                entry.unlink()
    for entry in entries(used.folder, kind):
        data = entry.read_bytes()
        middle = len(data) // 2
        changed = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        entry.write_bytes({"empty": b"", "cut": data[:-1], "changed": changed}.get(harm, data))
        entry.chmod(0o666 if harm == "of others" else 0o600)
    assert entries(used.folder, kind)
    assert validated(folder, SMALL) == first


def test_a_folder_that_cannot_be_written_is_no_fault(
    call: Call, tmp_path: Path, kept: Path
) -> None:
    build(tmp_path / "a")
    kept.write_text("a file where the folder would be")
    assert call("validate", "a") == call("validate", "a", "--no-cache")


def test_a_run_that_was_ended_goes_on_from_where_it_was(
    tmp_path: Path, used: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / "cables.jsonl").write_text(json_lines(map(record, range(1, 80))), encoding="utf-8")
    anew = fresh(folder, SMALL)
    performed: list[Task] = []

    def until(end: int, task: Task, *more: Any) -> Done:
        if len(performed) == end:
            raise KeyboardInterrupt
        performed.append(task)
        return work.done(task, *more)

    monkeypatch.setattr(tasks, "done", partial(until, 4))
    with pytest.raises(KeyboardInterrupt):
        validated(folder, SMALL)
    monkeypatch.setattr(tasks, "done", partial(until, 1000))
    assert validated(folder, SMALL) == anew
    pieces = [task.number for task in performed]
    assert pieces == list(range(len(pieces)))
    assert len(pieces) > 8


def test_a_file_more_makes_only_its_own_lot_be_read(
    tmp_path: Path, used: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    for number in range(600):
        (folder / f"{number:04}.json").write_text(json.dumps(record(number)))
    validated(folder)
    (folder / "0300b.json").write_text(json.dumps(record(999)))
    anew = fresh(folder)
    read: list[Task] = []

    def done(task: Task, *more: Any) -> Done:
        read.append(task)
        return work.done(task, *more)

    monkeypatch.setattr(tasks, "done", done)
    assert validated(folder) == anew
    (lot,) = read
    assert len(lot.small) < 300


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["write", "remove", "rename", "touch", "nothing"]),
        st.sampled_from(["cables.jsonl", "pages/06BERN20.txt", "more.json", "style.css"]),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=2,
)


@settings(max_examples=6, deadline=None)
@given(EDITS)
def test_whatever_is_done_to_an_archive_the_report_is_that_of_reading_it(edits: Any) -> None:
    with tempfile.TemporaryDirectory() as room:
        folder = build(Path(room) / "a")
        store.use(Store(Path(room) / "kept", "this program"))
        validated(folder, SMALL)
        for what, name, number in edits:
            edited(folder / name, what, number)
            assert validated(folder, SMALL) == fresh(folder, SMALL)
        store.use(None)


def edited(file: Path, what: str, number: int) -> None:
    if what == "write":
        file.write_text(json_lines(map(record, range(number))), encoding="utf-8")
    elif what == "remove":
        file.unlink(missing_ok=True)
    elif what == "rename" and file.exists():
        file.rename(file.with_name(f"moved{number}{file.suffix}"))
    elif what == "touch" and file.exists():
        os.utime(file, (number, number))


def performed_on(folder: Path, measure: Measure) -> list[Done]:
    """Return what comes of the tasks of a folder."""
    from cableproof.gathering import _planned

    _, planned = _planned(Source("data", folder), SMALL, True, None)
    return [work.done(task, SMALL, measure) for task in planned]


MEASURES = {
    "rules": EVIDENCE,
    "witnesses": Measure(partial(attested, rungs=RUNGS)),
    "fixity": Measure(partial(attested, rungs=("exact",))),
}


@pytest.mark.parametrize("name", MEASURES)
def test_what_is_kept_of_a_task_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    folder = build(tmp_path / "a")
    (folder / "rows.csv").write_text("identifier,created\n" + "06BERN1,2006-01-02\n" * 300)
    for found in performed_on(folder, MEASURES[name]):
        back = tasks.thawed(found.task, tasks.frozen(found))
        for part in ("evidence", "listed"):
            one, other = getattr(found, part), getattr(back, part)
            assert one.schema == other.schema
            assert one.equals(other)
        for part in ("task", "troubles", "seen", "lines", "digest", "links"):
            assert getattr(found, part) == getattr(back, part)


@pytest.mark.parametrize("name", MEASURES)
def test_of_every_column_of_text_it_is_laid_down_what_may_be_kept(
    name: str, tmp_path: Path
) -> None:
    for found in performed_on(build(tmp_path / "a"), MEASURES[name]):
        for table in (found.evidence, found.listed):
            for column, kind in table.schema.items():
                inner = kind.inner if isinstance(kind, pl.List) else kind
                if inner == pl.String:
                    pattern_of(column)


def test_what_a_report_may_not_tell_is_not_kept(tmp_path: Path, used: Store) -> None:
    folder = build(tmp_path / "a")
    (folder / "mixed.csv").write_text(f'identifier,created\n06BERN1,"{CANARY} said it"\n')
    validated(folder, SMALL)
    assert entries(used.folder, "tasks")
    for entry in entries(used.folder):
        assert CANARY not in spelt(entry)


def spelt(entry: Path) -> str:
    """Return all that an entry says, its tables as text."""
    data = entry.read_bytes()
    if "tasks" not in entry.parts:
        return data.decode("utf-8", "replace")
    back = tasks.thawed(Task(0), data[:-32])
    said = [table.write_json() for table in (back.evidence, back.listed)]
    return "".join([*said, str(back.troubles), str(back.links), str(back.seen)])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("classification", "the clerk said: it"),
        ("created", "noon"),
        ("tags", ["PGOV", "the clerk; and others"]),
        ("identifier", "two words or three"),
        ("subject_key", "TRAMS"),
    ],
)
def test_a_table_with_a_value_that_is_not_of_its_field_does_not_fit(
    column: str, value: object
) -> None:
    assert not tables_fit([pl.DataFrame({column: [value, None]})])


def test_slots_that_were_settled_fit(tmp_path: Path) -> None:
    file = tmp_path / "cables.jsonl"
    file.write_text(json_lines(map(record, range(1, 9))), encoding="utf-8")
    from cableproof.sources.blocks import Piece
    from cableproof.sources.walk import Found

    piece = Piece(Found(file.name, file, file.stat().st_size), "json-lines", 0, file.stat().st_size)
    task = Task(0, beside=(piece, piece))
    found = work.done(task, DEFAULT, Measure(signed))
    assert len(found.evidence) == 16
    assert tables_fit([found.evidence, found.listed])
    assert tasks.thawed(task, tasks.frozen(found)).evidence.equals(found.evidence)


def test_another_program_finds_nothing_of_what_this_one_kept(tmp_path: Path, used: Store) -> None:
    used.write("tasks", used.key("a"), b"kept")
    other = Store(used.folder, "another program")
    assert used.read("tasks", used.key("a")) == b"kept"
    assert other.read("tasks", other.key("a")) is None


def test_own_rows_of_a_table_make_it_another_program() -> None:
    assert program.digest({}) == program.digest({}) != program.digest({"tags": "tag\nTRAM\n"})


def test_what_was_of_no_use_for_longest_goes_first(used: Store) -> None:
    for number in range(6):
        used.write("tasks", used.key(number), bytes(1000))
        os.utime(used.file("tasks", used.key(number)), (number + 1, number + 1))
    used.read("tasks", used.key(0))
    used.prune(3 * 1032)
    assert [used.read("tasks", used.key(n)) is not None for n in range(6)] == [
        *(True, False, False, False, True, True)
    ]


def test_nobody_else_may_enter_the_folder(used: Store) -> None:
    used.write("tasks", used.key("a"), b"kept")
    modes = {file.stat().st_mode & 0o077 for file in [used.folder, *entries(used.folder)]}
    assert modes == {0}
    assert (used.folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f")


def test_workers_keep_too(
    tmp_path: Path, used: Store, monkeypatch: pytest.MonkeyPatch, never_read: Callable[[], None]
) -> None:
    monkeypatch.setattr(performing, "WORTH", 0)
    file = tmp_path / "cables.jsonl"  # larger than what is too small to be worth it
    file.write_text(json_lines(map(record, range(1, 101))), encoding="utf-8")
    source = [Source("a", file)]
    first = list(lines(run(source, RULES, jobs=2)))
    never_read()
    assert list(lines(run(source, RULES, jobs=1))) == first


def test_of_a_user_who_has_no_home_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(store.VARIABLE)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    assert store.folder() is None


@pytest.mark.parametrize("when", ["before", "after"])
def test_what_changed_while_it_was_read_is_not_kept(
    when: str, tmp_path: Path, used: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    file = folder / "a.json"
    texts = [json.dumps(record(number)) for number in (1, 2)]
    file.write_text(texts[0])

    def changing(task: Task, *more: Any) -> Done:
        if when == "before":
            file.write_text(texts[1])
        found = work.done(task, *more)
        file.write_text(texts[1])
        return found

    monkeypatch.setattr(tasks, "done", changing)
    validated(folder)
    monkeypatch.setattr(tasks, "done", work.done)
    assert entries(used.folder, "reports") == []
    assert len(entries(used.folder, "tasks")) == (when == "after")
    for text in texts:
        file.write_text(text)
        assert validated(folder) == fresh(folder)
