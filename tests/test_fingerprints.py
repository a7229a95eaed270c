"""Fingerprints: a finding keeps its name wherever it stands, and what it shows is part of it."""

import json
import shutil
import string
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cableproof
from cableproof.auditing import audit
from cableproof.finding import fingerprint, told_apart
from cableproof.fixity import checked
from cableproof.report import Report
from cableproof.source import Source
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.examples import CLEAN
from cableproof.validators.rule import OF_FILES
from cableproof.validators.telling import FOREIGN, OURS, lasting
from tests import mirrors
from tests.archives import CANARY, FAULTY, json_lines, page, record
from tests.test_manifest import written
from tests.witnesses import TEXT, compared, source, with_text

FEW = settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
BROKEN = ['{"identifier": "06BERN30"\n', '["06BERN31"]\n', '{"identifier": "06BERN30"\n']
BAD = [row for rule in CATALOGUE.values() if rule.on not in OF_FILES for row in rule.bad]
ROWS = [*map(json.dumps, FAULTY), *(line.strip() for line in BROKEN)]


def prints(report: Report) -> list[str]:
    """Return the fingerprints of a report without their order, of which none is there twice."""
    found = sorted(report.findings["fingerprint"])
    assert len(set(found)) == len(found) > 0
    return found


def of_rows(folder: Path, rows: Iterable[str]) -> list[str]:
    """Return the fingerprints of what is found in rows of JSON lines."""
    (folder / "cables.jsonl").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return prints(cableproof.validate(f"archive={folder / 'cables.jsonl'}"))


def of_record(folder: Path, **more: object) -> Mapping[str, str]:
    """Return the fingerprint of each rule's finding on a record."""
    (folder / "x.jsonl").write_text(json_lines([record(1, **more)]), encoding="utf-8")
    sheet = cableproof.validate(f"archive={folder / 'x.jsonl'}").findings
    return dict(zip(sheet["rule"], sheet["fingerprint"], strict=True))


@FEW
@given(rows=st.permutations(ROWS), before=st.integers(0, 3), blank=st.integers(0, 3))
def test_rows_in_another_order_or_behind_others_have_the_same_fingerprints(
    rows: list[str], before: int, blank: int, tmp_path: Path
) -> None:
    clean = [json.dumps(record(n)) for n in range(40, 40 + before)]
    assert of_rows(tmp_path, [*clean, *[""] * blank, *rows]) == of_rows(tmp_path, ROWS)


@FEW
@given(order=st.randoms())
def test_what_the_rules_find_has_the_same_fingerprints_in_any_order_of_rows(
    order: Any, tmp_path: Path
) -> None:
    rows = [json.dumps({**CLEAN, **bad}) for bad in BAD]
    first = of_rows(tmp_path, rows)
    order.shuffle(rows)
    assert of_rows(tmp_path, rows) == first


@FEW
@given(folders=st.lists(st.text(string.ascii_lowercase, min_size=1, max_size=3), min_size=4))
def test_pages_in_other_folders_have_the_same_fingerprints(
    folders: list[str], tmp_path: Path
) -> None:
    pages = {
        "06BERN21.txt": page(21, tags="PGOV QXQX"),
        "06BERN22.txt": page(22)[:200],
        "06BERN23.txt": page(23).replace("Identifier: 06BERN23\n", ""),
        "06BERN24.txt": page(24) + "\n\n" + page(24, tags="QXQX PGOV"),
    }
    found = []
    for where in (["."] * 4, folders):
        shutil.rmtree(tmp_path / "archive", ignore_errors=True)
        for (name, text), folder in zip(pages.items(), where, strict=False):
            (tmp_path / "archive" / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / "archive" / folder / name).write_text(text, encoding="utf-8")
        found.append(prints(cableproof.validate(tmp_path / "archive")))
    assert found[0] == found[1]


def test_lines_before_a_value_do_not_change_its_name(tmp_path: Path) -> None:
    found = []
    for lines in (0, 5):
        (tmp_path / "x.txt").write_text("\n" * lines + page(21, tags="PGOV QXQX"))
        found.append(prints(cableproof.validate(f"archive={tmp_path / 'x.txt'}")))
    assert found[0] == found[1]


def test_a_file_that_cannot_be_read_is_known_by_its_name_and_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "a" / "deep").mkdir(parents=True)
    (tmp_path / "a" / "cables.zip").write_bytes(b"PK\3\4 and no more")
    first = prints(cableproof.validate(tmp_path / "a"))
    (tmp_path / "a" / "cables.zip").rename(tmp_path / "a" / "deep" / "cables.zip")
    assert prints(cableproof.validate(tmp_path / "a")) == first
    (tmp_path / "a" / "deep" / "cables.zip").rename(tmp_path / "a" / "deep" / "other.zip")
    assert prints(cableproof.validate(tmp_path / "a")) != first


def test_another_value_is_another_finding(tmp_path: Path) -> None:
    one, again, other = (of_record(tmp_path, origin=where) for where in ("Oz", "Oz", "Nowhere"))
    assert one == again
    assert one["ORG001"] != other["ORG001"]


@pytest.mark.parametrize("code", ["TAG001", "TAG002"])
def test_another_fault_of_the_record_renames_no_finding(code: str, tmp_path: Path) -> None:
    tags = ["PGOV", "SZ", "QXQX", "POLITICAL"]
    found = of_record(tmp_path, tags=tags)
    assert of_record(tmp_path, tags=tags, origin="Oz", subject=7)[code] == found[code]


def test_what_a_finding_withholds_is_no_part_of_its_name(tmp_path: Path) -> None:
    covered = [f"Embassy {word}\n" * 9 for word in (CANARY, CANARY[::-1])]
    found = [of_record(tmp_path, origin=where) for where in covered]
    assert found[0] == found[1] != {}


def test_numbers_in_words_of_ours_are_left_out_and_those_of_the_record_are_not() -> None:
    assert {"reason", "copy"} <= {*OURS, *FOREIGN}
    facts = {"reason": "row 7 holds a NUL", "copies": 3, "reference": "06BERN7", "copy": "x:7"}
    assert lasting(facts) == ["reason=row # holds a NUL", "reference=06BERN7"]


@given(names=st.lists(st.sampled_from("abc")), seed=st.randoms())
def test_what_is_alike_has_the_same_set_of_names_in_any_order(names: list[str], seed: Any) -> None:
    other = names.copy()
    seed.shuffle(other)
    apart = told_apart(names)
    assert len(set(apart)) == len(names)
    assert set(apart) == set(told_apart(other))
    assert {name for name in names if names.count(name) == 1} <= set(apart)


def discrepancies(folder: Path, **sources: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the fingerprints of the discrepancies of sources, of which none is there twice."""
    found = [each.fingerprint for each in compared(folder, **sources).discrepancies]
    assert len(set(found)) == len(found) > 0
    return sorted(found)


@FEW
@given(order=st.permutations(range(4)), swapped=st.booleans())
def test_discrepancies_keep_their_names_in_any_order_of_rows_and_of_further_sources(
    order: list[int], swapped: bool, tmp_path: Path
) -> None:
    a = [with_text(TEXT), *(record_of(n) for n in (2, 3, 4))]
    b = [with_text(TEXT.replace("green", "white")), record_of(2, origin="Embassy Oz"), *a[2:]]
    c = [a[0], record_of(2, origin="Embassy Quito"), a[2]]
    first = discrepancies(tmp_path, a=a, b=b, c=c)
    mixed = {"b": [b[n] for n in order], "c": c[::-1]}
    further = dict(reversed(mixed.items())) if swapped else mixed
    assert discrepancies(tmp_path, a=[a[n] for n in order], **further) == first


def record_of(number: int, **changes: Any) -> dict[str, Any]:
    return dict(with_text(TEXT.replace("000001", f"{number:06d}"), number, **changes))


@pytest.mark.parametrize(
    "changes",
    [{"origin": "Embassy Quito"}, {"body": TEXT.replace("green before", "quite another colour")}],
    ids=["another value", "more words"],
)
def test_a_discrepancy_that_changes_is_another_one(changes: dict[str, Any], tmp_path: Path) -> None:
    here = with_text(TEXT.replace("green", "white"), origin="Embassy Oz")
    before = discrepancies(tmp_path, a=[with_text(TEXT)], b=[here])
    after = discrepancies(tmp_path, a=[with_text(TEXT)], b=[{**here, **changes}])
    assert len(set(before) & set(after)) == len(before) - 1 == len(after) - 1


def test_discrepancies_of_cables_that_are_not_named_are_told_apart(tmp_path: Path) -> None:
    odd = [with_text(TEXT) | {"identifier": f"{CANARY} and {n} more"} for n in range(3)]
    discrepancies(tmp_path, a=[with_text(TEXT, 9), *odd], b=[with_text(TEXT, 9)])


def test_pages_of_a_mirror_that_move_keep_the_names_of_their_findings(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", name) for name in "BC"]
    mirror = mirrors.write(tmp_path, "A").path
    first = prints(audit(Source("mirror", mirror), against))
    (mirror / "cable" / "2007").rename(mirror / "cable" / "moved")
    assert prints(audit(Source("mirror", mirror), against)) == first


def test_a_difference_from_a_release_that_changes_is_another_finding(tmp_path: Path) -> None:
    against = [mirrors.write(tmp_path / "given", "A")]
    mirror = mirrors.write(tmp_path, "A").path
    path = mirror / "cable/2007/01/07BERN1.html"
    text = path.read_text(encoding="utf-8")
    found = []
    for words in ("keeper asked", "clerk asked", "clerk and the keeper's clerk asked"):
        path.write_text(text.replace("keeper asked", words), encoding="utf-8")
        sheet = audit(Source("mirror", mirror), against).findings
        found.append(set(sheet.loc[sheet["identifier"] == "07BERN1", "fingerprint"]))
    assert found[1] and found[2] and not found[1] & found[2]
    assert not found[0] & (found[1] | found[2])


def test_altered_missing_and_added_records_keep_their_names_when_they_move(tmp_path: Path) -> None:
    old = [record_of(n) for n in (1, 2, 3)] + [record_of(4) | {"identifier": None}] * 2
    new = [record_of(1, origin="Embassy Oz"), *old[1:2], record_of(5)]
    file = written(tmp_path, source(tmp_path, "a", old))
    found = []
    for folder, rows in (("x", new), ("y", new[::-1])):
        (tmp_path / folder).mkdir()
        moved = source(tmp_path / folder, "a", rows)
        found.append(prints(checked(Source("a", moved.path), file)))
    assert found[0] == found[1]


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    assert fingerprint("REC001", "archive", "06BERN2", "origin") == "3fd763735f952a47"
