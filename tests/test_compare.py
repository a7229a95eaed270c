"""Two sources and more: each kind of difference, its direction, and nothing else."""

import json
import os
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cableproof import comparing, schemas
from cableproof.comparing import compare, judging
from cableproof.errors import (
    NameTakenTwice,
    NothingInCommon,
    SourceChanged,
    TooFewSources,
    TooManySources,
)
from cableproof.finding import Severity
from cableproof.reports.document import lines
from cableproof.source import Source
from cableproof.validators.collation.apart import Doubts
from cableproof.validators.collation.undecided import Judged
from tests.samples import KINDS, Record, page, parquet, record, records
from tests.witnesses import TEXT, compared, found, only, release, source, with_text


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("classification", "SECRET", "CMP201"),
        ("created", "2007-01-02 10:31:00", "CMP202"),
        ("created", "not a date", "CMP202"),
        ("origin", "Embassy Oslo", "CMP203"),
        ("tags", ["ELTN"], "CMP204"),
        ("subject", "BENCHES", "CMP205"),
        ("references", ["06BERN9"], "CMP206"),
        ("released", "2010-12-01", "CMP207"),
        ("redacted", True, "CMP208"),
        ("partial_extract", True, "CMP209"),
    ],
)
def test_a_field_that_differs_is_one_discrepancy_of_its_kind(
    field: str, value: object, kind: str, tmp_path: Path
) -> None:
    whole = record(1, released="2010-11-30", redacted=False, partial_extract=False)
    report = compared(tmp_path, reference=[whole], mirror=[whole | {field: value}])
    each = only(report)
    assert (each.kind, each.fields, dict(each.cells)) == (
        kind,
        (field,),
        {"reference": "agrees", "mirror": "differs"},
    )


def test_hours_that_differ_are_told_though_the_base_has_but_the_day(tmp_path: Path) -> None:
    times = {"reference": "2007-01-02", "b": "2007-01-02 10:30:00", "c": "2007-01-02 11:30:00"}
    each = only(compared(tmp_path, **{n: [record(1, created=at)] for n, at in times.items()}))
    assert (each.kind, each.base, dict(each.values)) == ("CMP202", "b", times)
    assert dict(each.cells) == {"reference": "agrees", "b": "agrees", "c": "differs"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("classification", "UNCLAS"),
        ("created", "2007-01-02 10:30"),
        ("created", "2007-01-02"),
        ("created", "1/2/2007 10:30"),
        ("origin", "EMBASSY BERN"),
        ("tags", ["SZ", "eltn", "SZ"]),
        ("subject", "Tram 1 and its  benches"),
        ("references", ["06BERN10", "06BERN09"]),
    ],
)
def test_another_way_to_say_the_same_is_no_discrepancy(
    field: str, value: object, tmp_path: Path
) -> None:
    report = compared(tmp_path, reference=[record(1)], mirror=[record(1, **{field: value})])
    assert found(report) == []


@pytest.mark.parametrize("field", ["created", "origin", "classification"])
def test_a_blank_is_no_claim(field: str, tmp_path: Path) -> None:
    report = compared(tmp_path, reference=[record(1)], mirror=[record(1, **{field: " "})])
    assert found(report) == []


@pytest.mark.parametrize("field", ["tags", "subject", "references"])
def test_a_source_that_makes_no_such_claim_differs_in_none(field: str, tmp_path: Path) -> None:
    bare = {name: value for name, value in record(1).items() if name != field}
    assert found(compared(tmp_path, reference=[record(1)], mirror=[bare])) == []


def test_a_release_that_writes_the_hour_for_the_minute_is_compared_by_the_hour(
    tmp_path: Path,
) -> None:
    cables = {each["identifier"]: each for each in records(3)}
    tree = release(tmp_path, "201012102105", cables, 1269)
    table = source(tmp_path, "table", records(3))
    kinds = [kind for kind, _, _ in found(compare([tree, table]))]
    assert "CMP202" not in kinds
    late = source(tmp_path, "late", [each | {"created": "2007-01-02 11:30"} for each in records(3)])
    kinds = [kind for kind, _, _ in found(compare([tree, late]))]
    assert kinds.count("CMP202") == 3


def covered(text: str) -> str:
    return text.replace("The keeper of the lamps", "XXXXXXXXXXXX")


TEXTS: dict[str, tuple[str, Callable[[str], str]]] = {
    "other line ends": ("CMP301", lambda text: text.replace("\n", "\r\n")),
    "other wrapping": (
        "CMP301",
        lambda text: text.replace("would be painted ", "would be painted\n"),
    ),
    "an entity": ("CMP302", lambda text: text.replace("the clerk", "the&#32;clerk")),
    "curly quotes": ("CMP303", lambda text: text.replace("(U) Summary", "(U)  \u00b6Summary")),
    "another heading": ("CMP303", lambda text: text.replace("E.O. 12958:", "EO 12958")),
    "a page mark": (
        "CMP303",
        lambda text: text.replace("2. (U)", "BERN 00000001  002 OF 002 \n \n2. (U)"),
    ),
    "a page mark in a line of capitals": (
        "CMP303",
        lambda text: text.replace("the town has", "the town BUENOS AIRES 00000001  002 OF 002 has"),
    ),
    "a word": ("CMP306", lambda text: text.replace("green", "white")),
    "a word less": ("CMP306", lambda text: text.replace("painted green", "painted")),
    "a cut": ("CMP305", lambda text: text[: text.index("3. (U)")]),
    "more at the end": ("CMP305", lambda text: text + "\nTHE CLERK HAS GONE HOME"),
    "a covered passage": ("CMP401", covered),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_differs_is_named_for_what_it_is(name: str, tmp_path: Path) -> None:
    kind, edit = TEXTS[name]
    assert edit(TEXT) != TEXT
    report = compared(tmp_path, reference=[with_text(TEXT)], mirror=[with_text(edit(TEXT))])
    assert found(report) == [(kind, "07BERN1", ("body",))]


def test_an_opened_passage_is_an_error_and_a_covered_one_a_warning(tmp_path: Path) -> None:
    one, other = with_text(covered(TEXT)), with_text(TEXT)
    opened = only(compared(tmp_path, reference=[one], mirror=[other]))
    assert (opened.kind, opened.severity) == ("CMP402", Severity.ERROR)
    added = only(compared(tmp_path, reference=[other], mirror=[one]))
    assert (added.kind, added.severity) == ("CMP401", Severity.WARNING)
    assert added.facts["passages"][0]["paragraph"] == 2


def test_other_marks_in_the_same_places_are_a_note(tmp_path: Path) -> None:
    other = covered(TEXT).replace("XXXXXXXXXXXX", "[name removed]")
    each = only(compared(tmp_path, a=[with_text(covered(TEXT))], b=[with_text(other)]))
    assert (each.kind, each.severity) == ("CMP403", Severity.NOTE)


def test_an_opened_passage_is_never_hidden_by_another_word(tmp_path: Path) -> None:
    other = with_text(TEXT.replace("harvest", "winter"))
    report = compared(tmp_path, reference=[with_text(covered(TEXT))], mirror=[other])
    assert [kind for kind, _, _ in found(report)] == ["CMP306", "CMP402"]


def test_a_sentence_that_goes_with_its_mark_opens_nothing(tmp_path: Path) -> None:
    hidden = covered(TEXT)
    gone = hidden[: hidden.index("2. (U)")] + hidden[hidden.index("3. (U)") :]
    report = compared(tmp_path, reference=[with_text(hidden)], mirror=[with_text(gone)])
    assert found(report) == [("CMP306", "07BERN1", ("body",))]


def test_a_header_that_is_absent_is_told_beside_an_equal_body(tmp_path: Path) -> None:
    routed = "RR RUEHC\nDE RUEHSW #0001 0021030\nR 021030Z JAN 07\nFM AMEMBASSY BERN"
    report = compared(tmp_path, reference=[record(1, header=routed)], mirror=[record(1)])
    assert found(report) == [("CMP304", "07BERN1", ("header",))]
    assert only(report).facts["how"] == "absent in one of them"


def test_a_lost_letter_of_a_subject_is_a_warning_and_a_cut_one_a_note(tmp_path: Path) -> None:
    cut = compared(
        tmp_path, a=[record(1, subject="TRAMS AND LAMPS")], b=[record(1, subject="TRAMS")]
    )
    assert only(cut).severity is Severity.NOTE
    lost = compared(tmp_path, a=[record(1, subject="TRAMS")], b=[record(1, subject="TRMS")])
    assert only(lost).severity is Severity.WARNING
    assert lost.discrepancies[0].values == {"a": "TRAMS", "b": "TRMS"}


def test_a_subject_is_withheld_where_a_witness_covers_anything(tmp_path: Path) -> None:
    one = with_text(covered(TEXT), subject="THE KEEPER OF THE LAMPS")
    report = compared(tmp_path, a=[one], b=[one | {"subject": "XXXXXXXX"}], c=[one])
    each = only(report)
    assert each.values == {"a": None, "b": None, "c": None}
    assert each.facts["withheld"] is True


@pytest.mark.parametrize(
    "mark", ["XXX", "XXXX", "\u2588", "***", "___", "(REDACTED)", "[NAME REMOVED - ASK US]"]
)
def test_a_subject_is_withheld_where_something_may_be_a_mark(mark: str, tmp_path: Path) -> None:
    covered, opened = (record(1, subject=f"TALK WITH {who}") for who in (mark, "NOBODY"))
    each = only(compared(tmp_path, reference=[covered], mirror=[opened]))
    assert each.facts["withheld"]
    assert not any(each.values.values())


def test_a_subject_is_withheld_where_any_copy_covers_anything(tmp_path: Path) -> None:
    covered = with_text(TEXT, subject="XXXXXXXX SITS ON BENCHES")
    opened, other = (record(1, subject=f"{who} SITS ON BENCHES") for who in ("NOBODY", "SOMEBODY"))
    report = compared(tmp_path, reference=[covered, opened], mirror=[other])
    each = only(report)
    assert each.kind == "CMP205"
    assert each.facts["withheld"]
    assert not any(each.values.values())


def test_what_is_missing_and_what_is_extra_is_told_from_the_reference(tmp_path: Path) -> None:
    report = compared(tmp_path, reference=records(3)[:2], mirror=records(3)[1:])
    assert found(report) == [
        ("CMP101", "07BERN1", ("identifier",)),
        ("CMP102", "07BERN3", ("identifier",)),
    ]
    assert report.discrepancies[0].cells == {"reference": "agrees", "mirror": "absent"}


def test_the_same_text_under_another_identifier_is_renamed_and_neither_missing_nor_extra(
    tmp_path: Path,
) -> None:
    other = record(1) | {"identifier": "07BERN77"}
    report = compared(tmp_path, reference=records(2), mirror=[other, record(2)])
    assert found(report) == [("CMP103", "07BERN1", ("identifier",))]
    assert only(report).values == {"reference": "07BERN1", "mirror": "07BERN77"}


def test_a_renamed_record_without_a_header_is_found_and_flagged(tmp_path: Path) -> None:
    kept, renamed = (with_text(TEXT, number, header=None, subject="TRAMS") for number in (2, 3))
    report = compared(tmp_path, reference=[record(1), kept], mirror=[record(1), renamed])
    assert found(report) == [("CMP103", "07BERN2", ("identifier",))]
    assert [source.books.flagged for source in report.sources] == [1, 1]


def test_another_spelling_of_an_identifier_is_the_same_cable(tmp_path: Path) -> None:
    other = record(1) | {"identifier": "07BERN001"}
    report = compared(tmp_path, reference=[record(1)], mirror=[other])
    assert found(report) == [("CMP103", "07BERN1", ("identifier",))]


def test_records_without_an_identifier_are_matched_by_their_text_alone(tmp_path: Path) -> None:
    nameless = record(2) | {"identifier": None}
    other = with_text(TEXT, 3) | {"identifier": None}
    report = compared(
        tmp_path, reference=[record(1), nameless, other], mirror=[record(1), nameless]
    )
    each = only(report)
    assert (each.kind, each.cells["mirror"]) == ("CMP101", "absent")
    assert each.identifier.startswith("nameless:")
    assert not report.copies
    document = json.loads("".join(lines(report)))
    Draft202012Validator(schemas.load("report")).validate(document)


def test_copies_are_compared_with_each_other_and_stand_for_one(tmp_path: Path) -> None:
    twice = [record(1), record(1, classification="SECRET"), record(2), record(2)]
    report = compared(tmp_path, reference=records(2), mirror=twice)
    assert found(report) == []
    assert [(c.source, c.identifier, c.copies, c.kinds) for c in report.copies] == [
        ("mirror", "07BERN1", 2, ("CMP201",)),
        ("mirror", "07BERN2", 2, ()),
    ]


def test_very_many_copies_are_counted_and_some_of_them_compared(tmp_path: Path) -> None:
    many = [with_text(f"{TEXT} {number}") for number in range(300)]
    (each,) = compared(tmp_path, reference=[record(2)], mirror=[record(2), *many]).copies
    assert (each.copies, each.kinds) == (300, ("CMP306",))


def test_texts_that_are_the_same_are_judged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = [with_text(TEXT), with_text(TEXT.replace("green", "white"))]
    made = {name: [*pair, with_text(TEXT, 2, subject=name)] for name in ("a", "b")}
    asked: list[int] = []

    def counted(doubts: Doubts, jobs: int, *, places: bool = True) -> list[Judged]:
        asked.append(len(doubts.rows))
        return judging(doubts, jobs, places=places)

    monkeypatch.setattr(comparing, "judging", counted)
    report = compared(tmp_path, **made)
    assert [each.kinds for each in report.copies] == [("CMP306",), ("CMP306",)]
    assert asked == [1, 1]  # a subject, which is asked about each time, and one pair of copies


def test_of_copies_the_one_that_the_others_have_is_compared(tmp_path: Path) -> None:
    twice = [with_text(TEXT.replace("green", "white")), with_text(TEXT)]
    report = compared(tmp_path, reference=[with_text(TEXT)], mirror=twice)
    assert found(report) == []
    assert report.copies[0].kinds == ("CMP306",)


def test_a_file_whose_name_is_no_text_is_compared_as_any_other(tmp_path: Path) -> None:
    made = []
    for name, text in (("a", TEXT), ("b", TEXT.replace("green", "white"))):
        folder = tmp_path / name
        folder.mkdir()
        file = source(folder, "x", [with_text(text)]).path
        try:
            file.rename(folder / os.fsdecode(b"\xff\xc3\xa9.jsonl"))
        except OSError:
            pytest.skip("this file system takes no such name")
        made.append(Source(name, folder))
    assert only(compare(made)).kind == "CMP306"


@pytest.mark.parametrize("change", ["other words", "gone"])
def test_a_file_that_changes_between_its_readings_is_said_to(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [source(tmp_path, name, [with_text(text)]) for name, text in (("a", TEXT), ("b", "No."))]

    def changed_first(doubts: Doubts, jobs: int) -> list[Judged]:
        if change == "gone":
            made[0].path.unlink()
        else:
            made[0].path.write_text(made[0].path.read_text().replace("green", "white"))
        return judging(doubts, jobs)

    monkeypatch.setattr(comparing, "judging", changed_first)
    with pytest.raises(SourceChanged, match=r"a\.jsonl changed"):
        compare(made)


def test_what_could_not_be_read_is_not_missing(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        for number in (1, 2):
            file = tmp_path / folder / f"07BERN{number}.txt"
            file.write_bytes(page(record(number)))
    broken = tmp_path / "b" / "07BERN2.txt"
    broken.write_bytes(broken.read_bytes()[:90])
    report = compare([Source("a", tmp_path / "a"), Source("b", tmp_path / "b")])
    assert found(report) == []
    assert list(report.findings["rule"]) == ["SRC003"]
    assert report.books.unreadable == 1


def test_a_witness_that_differs_otherwise_is_told_from_one_that_differs_so(tmp_path: Path) -> None:
    report = compared(
        tmp_path,
        a=[with_text(TEXT)],
        b=[with_text(TEXT.replace("green", "white"))],
        c=[with_text(TEXT.replace("harvest", "winter"))],
        d=[with_text(TEXT.replace("harvest", "winter"))],
    )
    assert [dict(each.cells) for each in report.discrepancies] == [
        {"a": "agrees", "b": "differs", "c": "otherwise", "d": "otherwise"},
        {"a": "agrees", "b": "otherwise", "c": "differs", "d": "differs"},
    ]


def test_a_witness_without_a_text_is_silent_on_it_and_does_not_agree(tmp_path: Path) -> None:
    other, bare = with_text(TEXT.replace("green", "white")), record(1, body=None, header=None)
    each = only(compared(tmp_path, reference=[with_text(TEXT)], mirror=[other], table=[bare]))
    assert dict(each.cells) == {"reference": "agrees", "mirror": "differs", "table": "silent"}


def test_white_space_is_told_from_words_between_three_witnesses(tmp_path: Path) -> None:
    report = compared(
        tmp_path,
        a=[with_text(TEXT)],
        b=[with_text(TEXT.replace("\n", "\r\n"))],
        c=[with_text(TEXT.replace(" \n", "\n"))],
        d=[with_text(TEXT.replace("green", "white"))],
    )
    assert [(each.kind, dict(each.cells)) for each in report.discrepancies] == [
        ("CMP301", {"a": "agrees", "b": "differs", "c": "differs", "d": "otherwise"}),
        ("CMP306", {"a": "agrees", "b": "otherwise", "c": "otherwise", "d": "differs"}),
    ]


def test_the_noise_floor_counts_what_differs_in_the_cables_that_both_have(tmp_path: Path) -> None:
    mine = records(5)
    theirs = [
        record(1),
        record(2, classification="SECRET"),
        record(3) | {"body": record(3)["body"].replace(" \n", "\n")},
        record(4) | {"body": record(4)["body"].replace("Nothing", "Something")},
    ]
    (pair,) = compared(tmp_path, a=mine, b=theirs).pairs
    assert (pair.both, pair.only_a, pair.only_b) == (4, 1, 0)
    assert (pair.metadata_differs, pair.whitespace_differs, pair.text_differs) == (1, 1, 1)
    assert (pair.bytes_differ, pair.identical) == (3, 2)


def test_nothing_in_common_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingInCommon):
        compared(tmp_path, a=[with_text(TEXT)], b=[with_text(TEXT + "x", 2)])


def test_wrong_calls_are_refused(tmp_path: Path) -> None:
    one = source(tmp_path, "a", records(1))
    with pytest.raises(TooFewSources):
        compare([one])
    with pytest.raises(NameTakenTwice):
        compare([one, one])
    with pytest.raises(TooManySources):
        compare([Source(str(number), one.path) for number in range(21)])


def _variants() -> list[list[dict[str, object]]]:
    return [
        records(4),
        [record(1), record(2, classification="SECRET"), with_text(covered(TEXT), 3), record(3)],
        [with_text(TEXT, 3), record(1, origin="Embassy Oslo"), record(9)],
    ]


def test_the_order_of_sources_changes_the_order_of_columns_alone(tmp_path: Path) -> None:
    made = [source(tmp_path, name, v) for name, v in zip("abc", _variants(), strict=True)]
    told = []
    for order in permutations(made):
        report = compare(list(order))
        told.append([{**row, "cells": sorted(row["cells"].items())} for row in report.told()])
        assert report.witnesses == tuple(each.name for each in order)
    assert all(each == told[0] for each in told)
    assert told[0]


@given(st.lists(st.sampled_from(sorted(TEXTS)), min_size=1, max_size=4, unique=True))
@settings(max_examples=25, deadline=None)
def test_every_edited_cable_is_found_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    mine = [with_text(TEXT, number) for number in range(1, 6)]
    theirs = list(mine)
    for number, name in enumerate(names):
        theirs[number] = with_text(TEXTS[name][1](TEXT), number + 1)
    report = compared(folder, reference=mine, mirror=theirs)
    planted = [(TEXTS[n][0], f"07BERN{k}", ("body",)) for k, n in enumerate(names, 1)]
    assert sorted(found(report)) == sorted(planted)


def test_the_document_is_valid_and_the_same_to_the_byte(tmp_path: Path) -> None:
    made = [source(tmp_path, name, v) for name, v in zip("abc", _variants(), strict=True)]
    texts = ["".join(lines(compare(made))) for _ in range(2)]
    assert texts[0] == texts[1]
    document = json.loads(texts[0])
    Draft202012Validator(schemas.load("report")).validate(document)
    assert document == json.loads(json.dumps(compare(made).document()))
    assert document["comparison"]["kinds"]


@pytest.mark.parametrize("kind", [*(kind for kind in KINDS if kind != "JSON object"), "Parquet"])
def test_texts_are_read_again_from_every_kind_of_file(kind: str, tmp_path: Path) -> None:
    made = parquet if kind == "Parquet" else KINDS[kind][1]
    several = [with_text(TEXT.replace("000001", f"00000{n}"), n) for n in range(1, 5)]
    changed = [
        each | {"body": each["body"].replace("third bench", "first bench")} if n in (1, 3) else each
        for n, each in enumerate(several)
    ]
    sources = []
    for name, some in (("one", several), ("other", changed)):
        file = tmp_path / f"{name}.txt"
        file.write_bytes(made(some))
        sources.append(Source(name, file))
    told = [
        (each.kind, each.identifier, each.facts["passages"])
        for each in compare(sources).discrepancies
    ]
    place = {"paragraph": 2, "at": 52, "removed": 1, "added": 1}
    assert told == [("CMP306", "07BERN2", [place]), ("CMP306", "07BERN4", [place])]


def test_subjects_are_told_each_by_itself_though_their_texts_are_the_same(tmp_path: Path) -> None:
    def named(*subjects: str) -> list[Record]:
        return [with_text(TEXT, n, subject=each) for n, each in enumerate(subjects, start=1)]

    report = compared(
        tmp_path, a=named("TRAMS", "BOATS", "LAMPS"), b=named("TRAM", "KERBS", "LAMPS")
    )
    told = {each.identifier: each.values for each in report.discrepancies}
    assert told == {
        "07BERN1": {"a": "TRAMS", "b": "TRAM"},
        "07BERN2": {"a": "BOATS", "b": "KERBS"},
    }
