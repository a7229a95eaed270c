"""Manifests: the same bytes each time, valid, without text, and as good a witness as digests allow."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cableproof import schemas
from cableproof.comparing import compare
from cableproof.errors import NoManifest
from cableproof.fixity import checked
from cableproof.manifests import manifest_of
from cableproof.source import Source
from cableproof.sources.manifest import is_manifest, lines, loaded, parquet
from tests.samples import CANARY, page, record, records
from tests.witnesses import TEXT, found, only, source, with_text


def written(folder: Path, made: Source, form: str = "jsonl") -> Path:
    """Write the manifest of a source, and return its file."""
    manifest = manifest_of(made)
    file = folder / f"{made.name}.manifest"
    file.write_bytes(b"".join(lines(manifest)) if form == "jsonl" else parquet(manifest))
    return file


def test_a_reading_that_a_manifest_shares_with_a_source_is_read_in_the_source(
    tmp_path: Path,
) -> None:
    base = source(tmp_path, "a", [with_text(TEXT)])
    opened = source(tmp_path, "c", [with_text(TEXT.replace("green", "white"))])
    manifest = Source("b", written(tmp_path, opened))
    each = only(compare([base, manifest, opened], reference="a"))
    assert (each.cells["b"], each.cells["c"], each.facts["removed"]) == ("differs", "differs", 1)


def test_a_header_of_which_a_manifest_covers_something_may_have_been_opened(
    tmp_path: Path,
) -> None:
    covered = source(tmp_path, "a", [record(1, header="VZCZC\nTO XXXXXXXX")])
    opened = source(tmp_path, "b", [record(1, header="VZCZC\nTO NOBODY")])
    each = only(compare([Source("m", written(tmp_path, covered)), opened], reference="m"))
    assert (each.kind, each.facts["hint"]) == ("CMP304", "or CMP402")


def test_a_manifest_that_does_not_say_what_is_covered_opens_no_subject(tmp_path: Path) -> None:
    made = [source(tmp_path, "a", [record(1)]), source(tmp_path, "b", [record(1, subject="TREES")])]
    file = written(tmp_path, made[0])
    file.write_text(file.read_text().replace('"covered":false,', ""))
    each = only(compare([*made, Source("m", file)]))
    assert (each.kind, each.facts["withheld"]) == ("CMP205", True)


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_manifest_is_read_as_it_was_written(form: str, tmp_path: Path) -> None:
    made = source(tmp_path, "a", [record(1), with_text(TEXT, 2, redacted=True)])
    file = written(tmp_path, made, form)
    assert is_manifest(file)
    assert not is_manifest(made.path)
    assert loaded(file).records.equals(manifest_of(made).records)
    assert file.read_bytes() == written(tmp_path, made, form).read_bytes()


def test_every_line_of_a_manifest_is_valid_and_holds_no_text(tmp_path: Path) -> None:
    made = source(tmp_path, "a", [record(1), record(2, classification=f"{CANARY}; or so")])
    text = written(tmp_path, made).read_text()
    validator = Draft202012Validator(schemas.load("manifest"))
    for line in text.splitlines():
        validator.validate(json.loads(line))
    assert CANARY not in text
    assert "TRAM" not in text


def test_a_source_and_its_manifest_do_not_differ(tmp_path: Path) -> None:
    made = source(tmp_path, "a", [*records(3), with_text(TEXT, 4)])
    report = compare([made, Source("m", written(tmp_path, made))])
    assert found(report) == []
    assert report.pairs[0].bytes_differ == 0


EDITS: dict[str, tuple[str, str, str]] = {
    "white space": ("CMP301", "trams than benches", "trams\nthan  benches"),
    "an entity": ("CMP302", "trams than benches", "trams&#32;than benches"),
    "a heading": ("CMP303", "E.O. 12958:", "EO 12958"),
    "a word": ("CMP306", "green", "white"),
    "a covered name": ("CMP306", "The keeper of the lamps", "XXXXXXXXXX"),
}


@pytest.mark.parametrize("name", EDITS)
@pytest.mark.parametrize("both", [False, True])
def test_against_a_manifest_kinds_are_told_as_far_as_digests_go(
    name: str, both: bool, tmp_path: Path
) -> None:
    kind, old, new = EDITS[name]
    mine = source(tmp_path, "a", [with_text(TEXT)])
    theirs = source(tmp_path, "b", [with_text(TEXT.replace(old, new))])
    if both:
        theirs = Source("b", written(tmp_path, theirs))
    report = compare([Source("reference", written(tmp_path, mine)), theirs], reference="reference")
    each = only(report)
    assert (each.kind, each.fields) == (kind, ("body",))
    if name == "a covered name":
        assert each.facts["hint"] == "or CMP305 or CMP401"


def test_a_claim_that_a_manifest_withholds_is_still_that_of_its_source(tmp_path: Path) -> None:
    odd = {"origin": "A sentence; of words?", "tags": ["more words; so"], "created": "once"}
    rows = [record(n, **{name: value}) for n, (name, value) in enumerate(odd.items(), 1)]
    made = source(tmp_path, "a", rows)
    file = written(tmp_path, made)
    assert file.read_text(encoding="utf-8").count("withheld:") == len(odd)
    assert found(compare([made, Source("b", file)])) == []


def test_what_the_source_of_a_manifest_could_not_read_is_not_missing_from_it(
    tmp_path: Path,
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        for number in (1, 2):
            (tmp_path / name / f"07BERN{number}.txt").write_bytes(page(record(number)))
    whole = (tmp_path / "a/07BERN2.txt").read_bytes()
    (tmp_path / "a/07BERN2.txt").write_bytes(whole[: len(whole) // 2])
    file = written(tmp_path, Source("a", tmp_path / "a"))
    assert json.loads(file.read_text().splitlines()[0])["lost"] == ["07BERN2"]
    report = compare([Source("m", file), Source("b", tmp_path / "b")], reference="b")
    assert "CMP101" not in report.kinds


def test_a_claim_is_compared_with_a_manifest_in_full(tmp_path: Path) -> None:
    mine = source(tmp_path, "a", [record(1)])
    theirs = source(tmp_path, "b", [record(1, classification="SECRET", tags=["SZ"])])
    report = compare([Source("m", written(tmp_path, mine)), theirs])
    assert [kind for kind, _, _ in found(report)] == ["CMP201", "CMP204"]


def fixity(folder: Path, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[str]:
    report = checked(source(folder, "new", new), written(folder, source(folder, "old", old)))
    return list(report.findings["rule"] + " " + report.findings["identifier"])


def test_a_source_is_what_its_manifest_lists(tmp_path: Path) -> None:
    assert fixity(tmp_path, records(3), records(3)) == []
    assert fixity(tmp_path, records(3), records(3)[::-1]) == []


def test_what_was_altered_is_missing_or_was_added_is_named(tmp_path: Path) -> None:
    new = [record(1), record(2, body="another"), record(4)]
    assert fixity(tmp_path, records(3), new) == [
        "FIX001 07BERN2",
        "FIX002 07BERN3",
        "FIX003 07BERN4",
    ]


def test_what_a_manifest_calls_a_record_is_not_shown_unless_it_looks_like_an_identifier(
    tmp_path: Path,
) -> None:
    made = source(tmp_path, "a", [record(1), record(2), record(3) | {"identifier": None}])
    file = written(tmp_path, made)
    text = file.read_text().replace('"07BERN1"', f'"{CANARY} and {CANARY}"')
    file.write_text(text.replace('"07BERN2"', '"07\\u001b[31mBERN"'))
    made.path.write_text("")
    messages = " ".join(checked(made, file).findings["message"])
    assert CANARY not in messages
    assert "\x1b" not in messages
    assert "None" not in messages


@pytest.mark.parametrize(
    "field",
    [
        *("origin", "created", "released", "classification", "subject", "redaction_statement"),
        *("link", "source_release", "source_released", "header", "body", "tags", "references"),
        *("redacted", "partial_extract"),
    ],
)
def test_a_change_of_any_field_of_a_row_is_an_alteration(field: str, tmp_path: Path) -> None:
    values: dict[str, tuple[Any, Any]] = {
        "tags": (["SZ"], ["AU"]),
        "references": (["06BERN1"], ["06BERN2"]),
        "redacted": (True, False),
        "partial_extract": (True, False),
    }
    old, new = values.get(field, ("2007-01-02", "2007-01-03"))
    file = written(tmp_path, source(tmp_path, "a", [record(1, **{field: old})]))
    changed = source(tmp_path, "a", [record(1, **{field: new})])
    assert checked(changed, file).findings["rule"].tolist() == ["FIX001"]


def test_copies_are_counted_when_a_manifest_is_checked(tmp_path: Path) -> None:
    assert fixity(tmp_path, [record(1), record(1)], [record(1)]) == ["FIX002 07BERN1"]
    assert fixity(tmp_path, [record(1)], [record(1), record(1)]) == ["FIX003 07BERN1"]


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_manifest_in_a_folder_is_no_record_of_it(form: str, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    source(folder, "a", records(3))
    written(folder, Source("kept", folder), form)
    report = checked(Source("folder", folder), folder / "kept.manifest")
    assert not len(report.findings)
    assert dict(report.sources[0].skipped) == {"manifest": 1}


def test_one_byte_of_a_page_around_the_record_is_an_alteration(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "07BERN1.txt").write_bytes(page(record(1)))
    file = written(tmp_path, Source("pages", folder))
    (folder / "07BERN1.txt").write_bytes(page(record(1)).replace(b"put up", b"hung up"))
    report = checked(Source("pages", folder), file)
    assert list(report.findings["rule"]) == ["FIX001"]
    assert report.books.flagged == 1


@pytest.mark.parametrize("damage", ["cut", "version", "line", "number", "depth"])
def test_a_damaged_manifest_is_refused(damage: str, tmp_path: Path) -> None:
    file = written(tmp_path, source(tmp_path, "a", records(3)))
    text = file.read_text()
    damaged = {
        "cut": text[: text.rindex("\n", 0, -1) + 1],
        "version": text.replace("cableproof/1", "cableproof/9"),
        "line": text[:-40],
        "number": text.replace('"unreadable": 0', '"unreadable": 1e999'),
        "depth": '{"manifest": "cableproof/1", "records": ' + "[" * 100_000,
    }[damage]
    file.write_text(damaged)
    with pytest.raises(NoManifest):
        loaded(file)
