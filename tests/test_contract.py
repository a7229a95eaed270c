"""One contract, three verdicts: the JSON Schema, the table schema and the report agree."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError

import cableproof
from cableproof import schemas
from cableproof.errors import NoSuchSchema
from cableproof.schemas.contract import fields
from cableproof.sources.batches import FIELDS
from cableproof.sources.objects import batch_of
from cableproof.validators.examples import CLEAN

Record = dict[str, Any]
Verdicts = Callable[[Sequence[Record]], list[set[tuple[str, str]]]]

ANSWERS = {"REC001", "REC002", "IDN001", "DAT001"}  # the rules that answer for the contract
BLANK = re.compile(r"[\s\x1c-\x1f\x85\ufeff]*")  # what some dialect of patterns calls so
GOOD: Record = dict(CLEAN)
TEXTS = [
    *("", " ", "\n", "\t \r\n", "\x1c", "\x85", "\u00a0", "\u2003", "\u200b", "\ufeff", "x", "-"),
    *("07BERN1", "07BERN1\n", "07BERN1 ", " 07BERN1", "07bern1", "07BERN01", "\u0660\u0667BERN1"),
    *("07BERN\u0661", "66BUENOSAIRES2481", "07BERN1234567", "07BER1", "BERN1", "07EFTOBERN1"),
    *("2006-09-12", "2006-09-12 12:39", "2006-09-12T12:39:00Z", "2006-09-12 12:39:00+00:00"),
    *("2006-09-12 12:39:00+01:00", "2006-09-12 12:39:00\n", "2006-9-12", "2006-09-12 12"),
    *("2006-09-12  12:39", "2006-09-12 12:39Z ", "20060912", "\u0662006-09-12", "06-09-12"),
    *("9/12/2006 12:39", "9/12/2006 1:39", "9/12/2006", "9/12/06 12:39", "12.09.2006 12:39"),
    *("2011-10", "2011-1", "2011-1-4", "2011-10-04\n", " 2011-10-04", "2011-10-04 21:00"),
    *("+2011-10-04", "2011-10-4", "2011/10/04", "true", "false", "null", "NA", "PGOV"),
]
OTHERS: list[object] = [
    *(None, True, False, 0, 1, -1, 20060912, 1.5, {}, {"a": 1}),
    *([], ["PGOV"], ["PGOV", ""], ["PGOV", 1], [1], [None], [True], [["PGOV"]], [{}]),
]


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schemas.load("cable"))


def keywords(record: Record) -> set[tuple[str, str]]:
    """Return what the JSON Schema refuses of a record: each field with the keyword."""
    return {(_field(error), str(error.validator)) for error in validator().iter_errors(record)}


def _field(error: ValidationError) -> str:
    if error.validator == "required":
        return next(name for name in GOOD if f"'{name}'" in error.message)
    return str(error.absolute_path[0])


def changed(name: str, value: object) -> Record:
    return {**GOOD, name: value}


def without(name: str) -> Record:
    return {key: value for key, value in GOOD.items() if key != name}


def one_change() -> Iterator[Record]:
    """Yield the good record with each value in each field, and without each field."""
    for name in FIELDS:
        yield from (changed(name, value) for value in (*TEXTS, *OTHERS))
        yield without(name)


values = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from(OTHERS),
    st.text(
        max_size=12, alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    ),
    st.integers(-9, 9),
)
changes = st.dictionaries(st.sampled_from(list(FIELDS)), values, max_size=3)
absences = st.sets(st.sampled_from(list(FIELDS)), max_size=2)
records = st.builds(
    lambda change, absent: {k: v for k, v in (GOOD | change).items() if k not in absent},
    changes,
    absences,
)


def refused_by_table(frame: pd.DataFrame) -> set[int]:
    """Return the rows that the table schema refuses."""
    try:
        schemas.table().validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        index = errors.failure_cases["index"]
        return set(frame.index) if index.isna().any() else set(map(int, index))
    return set()


def framed(many: Sequence[Record]) -> pd.DataFrame:
    """Return records as a frame of objects with every field as a column."""
    cells = {
        name: pd.Series([record.get(name) for record in many], dtype=object) for name in FIELDS
    }
    return pd.DataFrame(cells)


def refused_by_schema(many: Iterable[Record]) -> set[int]:
    return {number for number, record in enumerate(many) if keywords(record)}


@pytest.mark.parametrize("name", schemas.names())
def test_a_shipped_schema_is_valid_by_its_draft_and_has_a_name_of_its_own(name: str) -> None:
    schema = schemas.load(name)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    version = "1.2" if name == "report" else "1.0"
    assert schema["$id"] == f"urn:cableproof:schema:{name}:{version}"


def test_the_shipped_schemas_are_five() -> None:
    assert schemas.names() == ["cable", "card", "manifest", "receipt", "report"]


def test_an_unknown_schema_is_refused_with_the_names_of_those_there_are() -> None:
    names = "cable, card, manifest, receipt, report"
    with pytest.raises(NoSuchSchema, match=f"no schema cabel; there are: {names}"):
        schemas.load("cabel")


def test_the_fields_of_the_contract_are_those_that_readers_hand_on() -> None:
    assert list(fields()) == list(FIELDS) == list(schemas.load("cable")["properties"])


def test_the_clean_record_and_the_examples_of_the_schema_are_valid() -> None:
    assert keywords(GOOD) == set()
    for name, part in schemas.load("cable")["properties"].items():
        assert [e for e in part.get("examples", []) if keywords(changed(name, e))] == []


def test_a_field_that_the_contract_does_not_know_is_let_through() -> None:
    record = {**GOOD, "shelfmark": 7}
    assert keywords(record) == set()
    assert refused_by_table(pd.DataFrame([record], dtype=object)) == set()


def test_both_schemas_give_one_verdict_on_each_change_of_a_good_record() -> None:
    many = list(one_change())
    assert refused_by_table(framed(many)) == refused_by_schema(many)


@given(st.lists(records, min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_both_schemas_give_one_verdict_on_generated_records(many: list[Record]) -> None:
    assert refused_by_table(framed(many)) == refused_by_schema(many)


@given(records)
@settings(max_examples=60, deadline=None)
def test_both_schemas_give_one_verdict_on_a_record_alone(record: Record) -> None:
    frame = pd.DataFrame({key: pd.Series([value], dtype=object) for key, value in record.items()})
    refused = bool(refused_by_table(frame)) if len(frame.columns) else True
    assert refused == bool(keywords(record))


def test_an_empty_table_is_valid() -> None:
    assert refused_by_table(framed([])) == set()


@pytest.mark.parametrize("name", list(FIELDS))
@pytest.mark.parametrize("value", [*OTHERS, "abc"], ids=repr)
def test_a_wrong_type_is_found_where_it_is_the_only_one(name: str, value: object) -> None:
    batch = batch_of([GOOD, changed(name, value)], {})
    wrong = value is not None and not fields()[name].admits_type(value)
    assert batch["wrong"].to_list() == [None, [name] if wrong else None]


def found_by_line(many: Sequence[Record], folder: Path) -> list[set[tuple[str, str]]]:
    """Return the errors on each record of a JSON lines file: each field with the rule."""
    path = folder / "records.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in many), encoding="utf-8")
    report = cableproof.validate(path, select=sorted(ANSWERS))
    assert (report.books.records, report.books.unreadable) == (len(many), 0)
    found: list[set[tuple[str, str]]] = [set() for _ in many]
    sheet = report.findings
    for line, field, rule in zip(sheet["line"], sheet["fields"], sheet["rule"], strict=True):
        found[int(line) - 1].add((str(field), str(rule)))
    return found


def expected(record: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return which rule answers for each field that the JSON Schema refuses."""
    return {(field, _answer(record.get(field), field)) for field, _ in keywords(dict(record))}


def _answer(value: object, field: str) -> str:
    if value is None:
        return "REC001"
    if not isinstance(value, str) or fields()[field].kind != "string":
        return "REC002"
    if fields()[field].required and BLANK.fullmatch(value):
        return "REC001"
    return "IDN001" if field == "identifier" else "DAT001"


def contradictions(many: Sequence[Record], folder: Path) -> list[object]:
    """Return the records on which the report and the JSON Schema do not say the same.

    Beyond the schema, IDN001 refuses spellings that a table knows and DAT001 days that no
    calendar has.
    """
    odd: list[object] = []
    for record, found in zip(many, found_by_line(many, folder), strict=True):
        wanted = expected(record)
        refused = {field for field, _ in wanted}
        contract = {(f, rule) for f, rule in found if f in refused or rule.startswith("REC")}
        if contract != wanted:
            odd.append((record, found, wanted))
    return odd


def test_the_report_refuses_each_change_that_the_schema_refuses(tmp_path: Path) -> None:
    many = list(one_change())
    told = contradictions(many, tmp_path)
    assert [_change(each) for each in told] == []


def _change(odd: Any) -> tuple[object, ...]:
    record, found, wanted = odd
    diff = {k: v for k, v in record.items() if v != GOOD[k] or type(v) is not type(GOOD[k])}
    return diff, sorted(GOOD.keys() - record.keys()), sorted(found), sorted(wanted)


@given(st.lists(records, min_size=20, max_size=60))
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a shrunk list says no more
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_the_report_refuses_what_the_schema_refuses(tmp_path: Path, many: list[Record]) -> None:
    assert [_change(each) for each in contradictions(many, tmp_path)] == []
