"""Where a report comes from, for machines: PROV-JSON, an RO-Crate and an in-toto statement."""

import hashlib
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from jsonschema import Draft202012Validator
from prov.model import ProvDocument
from rocrate.rocrate import ROCrate

from cableproof import cli
from cableproof.reports.crate import NAMES
from tests.archives import build, json_lines, record

RUNS = {
    "validate": ("validate", "mixed"),
    "compare": ("compare", "--reference", "a.jsonl", "mixed"),
    "history": ("history", "a.jsonl", "mixed"),
    "audit": ("audit", "mixed", "--against", "a.jsonl"),
    "manifest": ("manifest", "mixed", "--check", "a.manifest"),
}
DATED = ("--published", "2026-01-02")
Run = Callable[..., int]

#: What W3C's schema of PROV-JSON asks of the parts that a document of ours has.
_ATTRIBUTE = {
    "oneOf": [
        {"type": ["string", "number", "boolean"]},
        {
            "type": "object",
            "required": ["$"],
            "properties": {"$": {"type": "string"}, "type": {"type": "string"}},
            "additionalProperties": False,
        },
    ]
}
_NAME = {"type": "string", "pattern": "^[a-zA-Z]+:[A-Za-z0-9_-]+$"}


def _relation(*ends: str) -> dict[str, Any]:
    """Return the schema of relations, of which a PROV-JSON document has one with these ends."""
    return {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "required": [f"prov:{end}" for end in ends],
            "properties": {f"prov:{end}": _NAME for end in ends},
            "additionalProperties": _ATTRIBUTE,
        },
    }


_NAMED = {
    "type": "object",
    "propertyNames": _NAME,
    "additionalProperties": {
        "type": "object",
        "propertyNames": {"pattern": "^(?:prov|cableproof):"},
        "additionalProperties": _ATTRIBUTE,
    },
}
PROV_JSON = {
    "type": "object",
    "required": ["prefix", "entity", "activity", "agent"],
    "additionalProperties": False,
    "properties": {
        "prefix": {
            "type": "object",
            "propertyNames": {"pattern": "^[a-z]+$"},
            "additionalProperties": {"type": "string", "format": "uri"},
        },
        **dict.fromkeys(("entity", "activity", "agent"), _NAMED),
        "used": _relation("activity", "entity"),
        "wasGeneratedBy": _relation("entity", "activity"),
        "wasAssociatedWith": _relation("activity", "agent", "plan"),
        "wasAttributedTo": _relation("entity", "agent"),
        "wasDerivedFrom": _relation("generatedEntity", "usedEntity", "activity"),
    },
}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the program in a folder with two sources and a manifest."""
    monkeypatch.chdir(tmp_path)
    build(tmp_path / "mixed")
    Path("a.jsonl").write_text(json_lines([record(1), record(2), record(20)]))

    def called(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["cableproof", *words, "-q"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return ended.value.code

    return called


@pytest.fixture
def made(run: Run, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Return the same function, where there is a manifest too."""
    run("manifest", "a.jsonl")
    Path("a.manifest").write_bytes(capfdbinary.readouterr().out)
    return run


def sha256(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.mark.parametrize("name", RUNS)
def test_a_prov_document_is_valid_and_read_back_as_it_was(name: str, made: Run) -> None:
    made(*RUNS[name], "-o", "prov=run.prov.json", "-o", "json=report.json")
    text = Path("run.prov.json").read_text()
    document = json.loads(text)
    Draft202012Validator(PROV_JSON).validate(document)
    read = ProvDocument.deserialize(content=text, format="json")
    assert isinstance(read, ProvDocument)
    assert read == ProvDocument.deserialize(content=read.serialize(format="json"), format="json")
    assert read.unified() == read
    assert (
        document["entity"]["run:report"]["cableproof:digest"] == f"sha256:{sha256('report.json')}"
    )
    assert document["prefix"]["run"] == f"urn:cableproof:run:{sha256('report.json')}:"


def test_every_word_of_ours_in_a_prov_document_is_explained(made: Run) -> None:
    made(*RUNS["compare"], "-o", "prov=run.prov.json")
    words = set(re.findall(r'"cableproof:(\w+)"', Path("run.prov.json").read_text()))
    page = (Path(__file__).parents[1] / "docs" / "provenance.md").read_text()
    assert words == set(re.findall(r"`(\w+)`", page[page.index("| word |") : page.index("## RO")]))


def test_every_source_rule_and_setting_of_a_run_is_an_entity_of_its_prov(made: Run) -> None:
    made(*RUNS["compare"], "-o", "prov=run.prov.json", "-o", "json=report.json")
    document = json.loads(Path("run.prov.json").read_text())
    report = json.loads(Path("report.json").read_text())
    for number, source in enumerate(report["sources"], 1):
        entity = document["entity"][f"run:source-{number}"]
        assert entity["prov:label"] == source["name"]
        for part in ("path", "role", "digest"):
            assert entity[f"cableproof:{part}"] == source[part]
    assert document["entity"]["run:rules"]["cableproof:digest"] == report["tool"]["rules"]
    assert document["entity"]["run:rules"]["prov:type"]["$"] == "prov:Plan"
    assert document["agent"]["run:tool"]["prov:type"]["$"] == "prov:SoftwareAgent"
    used = {each["prov:entity"] for each in document["used"].values()}
    assert used == {"run:source-1", "run:source-2", "run:settings"}
    derived = {each["prov:usedEntity"] for each in document["wasDerivedFrom"].values()}
    assert derived == {"run:source-1", "run:source-2"}
    (associated,) = document["wasAssociatedWith"].values()
    assert associated["prov:plan"] == "run:rules"


def test_the_same_run_gives_the_same_bytes_of_each_format(made: Run) -> None:
    for name in ("x", "y"):
        outputs = ("-o", f"prov={name}.prov", "-o", f"receipt={name}.json", "-o")
        made(*RUNS["validate"], *outputs, f"ro-crate={name}", *DATED)
    pairs = [("x.prov", "y.prov"), ("x.json", "y.json"), *((f"x/{n}", f"y/{n}") for n in NAMES)]
    for one, other in pairs:
        assert Path(one).read_bytes() == Path(other).read_bytes()


#: Each MUST of RO-Crate 1.1 that a crate of ours falls under, as a question on its entities by id.
MUSTS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "the descriptor is a CreativeWork about the root": lambda by: (
        by["ro-crate-metadata.json"]["@type"] == "CreativeWork"
        and by["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    ),
    "the descriptor conforms to the version": lambda by: (
        by["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    ),
    "the root is a Dataset": lambda by: by["./"]["@type"] == "Dataset",
    "the root has name, description, licence and date": lambda by: (
        {"name", "description", "license", "datePublished"} <= set(by["./"])
        and by["./"]["datePublished"] == "2026-01-02"
    ),
    "the licence is an entity with name and description": lambda by: (
        {"name", "description"} <= set(by[by["./"]["license"]["@id"]])
    ),
    "all files are parts of the root": lambda by: (
        {each["@id"] for each in by["./"]["hasPart"]}
        == {at for at, each in by.items() if each["@type"] == "File"}
    ),
    "each part is there": lambda by: all(
        Path("crate", each["@id"]).is_file() for each in by["./"]["hasPart"]
    ),
    "each file says its size and digest": lambda by: all(
        Path("crate", at).stat().st_size == int(each["contentSize"])
        and sha256(f"crate/{at}") == each["sha256"]
        for at, each in by.items()
        if each["@type"] == "File"
    ),
    "every entity has a type, and a name but for the descriptor": lambda by: all(
        each["@type"] and ("name" in each or at == "ro-crate-metadata.json")
        for at, each in by.items()
    ),
    "what is referred to is there": lambda by: all(
        ref["@id"] in by
        for at, each in by.items()
        for value in each.values()
        for ref in (value if isinstance(value, list) else [value])
        if isinstance(ref, dict) and at != "ro-crate-metadata.json"
    ),
    "the run has an instrument, objects and results": lambda by: (
        by[by["./"]["mentions"]["@id"]]["@type"] == "CreateAction"
        and by[by["#run"]["instrument"]["@id"]]["@type"] == "SoftwareApplication"
        and len(by["#run"]["result"]) == 2
    ),
}


def crate_of(made: Run, name: str) -> dict[str, Any]:
    """Make a crate, and return its entities by their ids, which are flat and unique."""
    made(*RUNS[name], "-o", "ro-crate=crate", *DATED)
    graph = json.loads(Path("crate/ro-crate-metadata.json").read_text())["@graph"]
    by = {each["@id"]: each for each in graph}
    assert len(by) == len(graph)
    return by


@pytest.mark.parametrize("name", RUNS)
def test_a_crate_does_what_the_specification_asks(name: str, made: Run) -> None:
    by = crate_of(made, name)
    assert [law for law, holds in MUSTS.items() if not holds(by)] == []
    assert sorted(file.name for file in Path("crate").iterdir()) == sorted(NAMES)


def test_a_crate_is_read_by_the_library(made: Run) -> None:
    crate_of(made, "compare")
    crate = ROCrate("crate")
    assert {each.id for each in crate.data_entities} == {"report.json", "receipt.json"}
    objects = [each["name"] for each in crate.get("#run")["object"]]
    assert objects == ["a.jsonl", "mixed", "rules", "settings"]


def test_the_receipt_in_a_crate_can_be_verified(made: Run) -> None:
    crate_of(made, "validate")
    assert made("verify", "crate/receipt.json") == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("-o", "ro-crate=crate"), "--published YYYY-MM-DD"),
        (("-o", "ro-crate=crate", "--published", "today"), "%Y-%m-%d"),
        (("-o", "ro-crate=mixed", *DATED), "is a source"),
        (("-o", "ro-crate=.", *DATED), "is a source"),
        (("-o", "ro-crate=mixed/new", *DATED), "is a source"),
        (("-o", "ro-crate=other", *DATED), "there are other files"),
        (("-o", "ro-crate=a.jsonl", *DATED), "there are other files"),
        (("-o", "json=crate/report.json", "-o", "ro-crate=crate", *DATED), "another report"),
        (("-o", "ro-crate=crate", "-o", "json=crate/report.json", *DATED), "another report"),
    ],
)
def test_a_crate_has_a_date_and_a_folder_of_its_own(
    words: tuple[str, ...], told: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("other").mkdir()
    Path("other/mine.txt").write_text("mine")
    assert run("validate", "mixed", *words) == 2
    assert told in " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert [file.name for file in Path("other").iterdir()] == ["mine.txt"]


def test_a_crate_takes_the_place_of_an_older_one(made: Run) -> None:
    crate_of(made, "validate")
    Path("mixed/cables.jsonl").write_text("")
    assert MUSTS["each file says its size and digest"](crate_of(made, "validate"))


def test_a_crate_in_no_folder_cannot_be_written(run: Run) -> None:
    assert run("validate", "mixed", "-o", "ro-crate=none/crate", *DATED) == 4


@pytest.mark.parametrize(("form", "library"), [("prov", "prov"), ("ro-crate", "rocrate")])
def test_without_the_extra_one_sentence_says_what_to_install(
    form: str,
    library: str,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("cableproof.delivery.find_spec", lambda name: None)
    assert run("validate", "mixed", "-o", f"{form}=x", *DATED) == 2
    told = " ".join(capsys.readouterr().err.replace("│", " ").split())
    assert f"{form} needs the library {library}: pip install 'cableproof[provenance]'" in told
    assert not Path("x").exists()


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_a_statement_is_valid_and_over_the_bytes_that_were_printed(
    form: str, run: Run, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    words = ("manifest", "a.jsonl", "--format", form, "--statement", "a.intoto.json")
    assert run(*words) == 0
    printed = capfdbinary.readouterr().out
    text = Path("a.intoto.json").read_text()
    parsed = json_format.Parse(text, statement_pb2.Statement())
    Statement.copy_from_pb(parsed).validate()
    document = json.loads(text)
    assert document["_type"] == "https://in-toto.io/Statement/v1"
    assert document["predicateType"] == "urn:cableproof:predicate:manifest:1"
    assert document["subject"] == [
        {"name": "a.jsonl.manifest", "digest": {"sha256": hashlib.sha256(printed).hexdigest()}}
    ]
    told = document["predicate"]
    assert (told["records"], told["unreadable"], told["kinds"]) == (3, 0, {"json-lines": 3})
    assert told["source"]["digest"] == f"sha256:{sha256('a.jsonl')}"
    assert told["format"] == form


def test_a_statement_makes_no_difference_to_the_manifest(
    run: Run, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    run("manifest", "mixed")
    plain = capfdbinary.readouterr().out
    run("manifest", "mixed", "--statement", "a.intoto.json")
    assert capfdbinary.readouterr().out == plain


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("--statement", "a.jsonl"), 2, "is a source"),
        (("--statement", "x", "--check", "a.jsonl"), 2, "it is made of a new manifest"),
        (("--statement", "none/x"), 4, "could not write none/x"),
    ],
)
def test_a_statement_that_cannot_be_made_is_said(
    words: tuple[str, ...], status: int, told: str, run: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    before = sha256("a.jsonl")
    assert run("manifest", "a.jsonl", *words) == status
    assert told in " ".join(capfd.readouterr().err.replace("│", " ").split())
    assert sha256("a.jsonl") == before
