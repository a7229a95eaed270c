"""Every rule keeps what its card says: the examples of the cards are the tests."""

import os
import re
from collections import Counter
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import cableproof
from cableproof import validators
from cableproof.report import Report
from cableproof.sources.batches import COLUMNS, PAGE
from cableproof.validators.catalogue import CATALOGUE, FAMILIES
from cableproof.validators.engine import Checked
from cableproof.validators.examples import BODY, CLEAN
from cableproof.validators.rule import OF_FILES, Example, Row, Rule
from cableproof.validators.telling import FOREIGN, OURS

Codes = Callable[[Sequence[Row]], list[str]]
Check = Callable[[Sequence[Row]], Checked]

SEVERITIES = {
    "error": "SRC001 SRC003 REC001 REC002 REC004 IDN001 IDN003 IDN004 ORG002 DAT001 DAT002 DAT003 "
    "DAT005 DAT006 CLS001 PRV003 IDN006 TXT001 SRC004 SRC005 SRC006 SRC010 SRC011",
    "warning": "SRC002 SRC007 SRC008 IDN002 IDN005 ORG001 CLS002 TAG001 TAG002 TAG003 TAG004 "
    "RED001 RED002 EXT001 PRV001 PRV002 ORG003 DAT004 DAT007 DAT009 CLS003 CLS004 CLS005 CLS006 "
    "TAG005 SUB002 EXT003 EXT004 EXT005 EXT006 TXT009 "
    "REF003 RED004 TXT002 TXT003 TXT004 TXT005 TXT006 TXT007",
    "note": "SRC009 REC003 DAT008 TAG006 TAG007 SUB001 EXT002 REF001 REF002 RED003 TXT008",
}
#: What else the bad example of a rule shows by its nature, with the reason.
COMPANIONS = {
    "IDN005": ["IDN001"],  # a twin is a malformed identifier with a partner
    "RED004": ["IDN004"],  # two copies in one collection
    "SRC010": ["TXT004"],  # the reference is read as the control that it names
}

#: All that a message may show: metadata values, counts, and words of our own; never a text.
MAY_BE_SHOWN = {
    *("identifier", "canonical", "station", "link_identifier", "page_names", "page_months"),
    *("origin", "post", "created", "year", "when", "field", "value", "classification", "form"),
    *("tag", "suggestion", "times", "copies", "how", "subject_tags", "geographic_tags"),
    *("marks", "said", "flag", "seen", "used", "reason", "key", "records", "timed"),
    *("source_release", "source_released", "known", "hint", "name", "after", "before", "mark"),
    *("numbers_apart", "stations_apart", "ranks_apart", "missing_paragraphs", "written"),
    *("counter", "beside", "pages", "entries", "disagreement", "cables"),
    *("controls", "hidden", "mojibake", "replaced", "residue", "foreign", "damaged_quotes"),
    *("reference", "styles", "passages", "copy"),
    *("text_of", "twin", "portions", "first_section", "used_in", "first_year", "last_year"),
}

RULES = list(CATALOGUE.values())
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
on_records = pytest.mark.parametrize(
    "rule", [r for r in RULES if r.on not in OF_FILES], ids=lambda rule: rule.code
)
on_files = pytest.mark.parametrize(
    "rule", [r for r in RULES if r.on in OF_FILES], ids=lambda rule: rule.code
)


def report_on(files: Example, folder: Path) -> Report:
    """Return the report on a folder with the files that an example states."""
    for file in files:
        path = folder / str(file["file"])
        path.parent.mkdir(parents=True, exist_ok=True)
        if file.get("special") == "pipe":
            os.mkfifo(path)
        else:
            encoding = str(file.get("encoding", "utf-8"))
            path.write_text(str(file["content"]), encoding=encoding, newline="")
    return cableproof.validate(folder)


@on_records
def test_the_bad_example_is_found_by_this_rule_alone(rule: Rule, codes_found: Codes) -> None:
    assert set(codes_found(rule.bad)) == {*COMPANIONS.get(rule.code, []), rule.code}


@on_records
def test_the_good_example_is_not_found(rule: Rule, codes_found: Codes) -> None:
    assert codes_found(rule.good) == []


@on_files
def test_the_bad_file_is_found_by_this_rule_alone(rule: Rule, tmp_path: Path) -> None:
    report = report_on(rule.bad, tmp_path)
    expected = sorted([*COMPANIONS.get(rule.code, []), rule.code])
    assert sorted(report.findings["rule"]) == expected


@on_files
def test_the_good_file_is_not_found(rule: Rule, tmp_path: Path) -> None:
    assert report_on(rule.good, tmp_path).findings.empty


def test_the_clean_record_is_found_by_no_rule(codes_found: Codes) -> None:
    assert codes_found([{}]) == []


def test_an_empty_archive_has_no_findings_and_no_rule_ran(checked: Check) -> None:
    found = checked([])
    assert found.sheet.empty
    assert found.ran == dict.fromkeys(CATALOGUE, 0)


@each_rule
def test_the_card_is_whole(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{3}[0-9]{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert all((rule.what, rule.why, rule.evidence, rule.reads, rule.says, rule.bad, rule.good))
    assert rule.what.endswith(".") and rule.why.endswith(".") and rule.evidence.endswith(".")


@each_rule
def test_a_card_speaks_of_fields_of_the_contract(rule: Rule) -> None:
    assert set(rule.fields.split()) <= CLEAN.keys()
    if rule.on not in OF_FILES:
        known = {*COLUMNS, "clasification"}
        assert {name for row in (*rule.bad, *rule.good) for name in row} <= known


@each_rule
def test_a_message_shows_only_what_may_be_shown(rule: Rule) -> None:
    told = {name for _, name, _, _ in Formatter().parse(rule.says) if name}
    assert told <= MAY_BE_SHOWN


def test_it_is_laid_down_how_each_thing_may_be_shown() -> None:
    counts = {"copies", "geographic_tags", "marks", "records", "subject_tags", "timed", "times"}
    counts |= {"counter", "pages", "entries", "damaged_quotes"}
    counts |= {"portions", "first_section", "used_in", "first_year"}
    assert MAY_BE_SHOWN - {"year"} == OURS | FOREIGN.keys() | counts


def test_nothing_that_may_be_shown_is_a_text() -> None:
    texts = {"subject", "header", "body", "text", "redaction_statement", "other", "facts"}
    assert MAY_BE_SHOWN & (texts | PAGE.keys()) == set()


@each_rule
def test_a_rule_never_reads_a_text(rule: Rule) -> None:
    assert {*rule.reads.split(), *rule.uses.split()} & {
        "header",
        "body",
        "subject",
        "other",
    } == set()


@each_rule
def test_a_rule_stands_only_for_rules_that_there_are(rule: Rule) -> None:
    assert set(rule.stands_for.split()) <= CATALOGUE.keys() - {rule.code}


def test_the_catalogue_has_the_rules_of_this_release_with_their_severities() -> None:
    found: dict[str, set[str]] = {}
    for rule in RULES:
        found.setdefault(rule.severity.value, set()).add(rule.code)
    assert found == {severity: set(codes.split()) for severity, codes in SEVERITIES.items()}
    assert len(RULES) == 73


def test_no_code_and_no_name_comes_twice() -> None:
    rules = [
        rule for family in FAMILIES for rule in vars(family).values() if isinstance(rule, Rule)
    ]
    assert [code for code, n in Counter(rule.code for rule in rules).items() if n > 1] == []
    assert [name for name, n in Counter(rule.name for rule in rules).items() if n > 1] == []


def test_every_module_that_defines_rules_is_a_family() -> None:
    files = Path(next(iter(validators.__path__))).glob("[!_]*.py")
    modules = [import_module(f"cableproof.validators.{file.stem}") for file in files]
    defining = [m for m in modules if any(isinstance(value, Rule) for value in vars(m).values())]
    assert {module.__name__ for module in defining} == {family.__name__ for family in FAMILIES}


def test_the_rules_of_a_family_share_its_letters() -> None:
    for family in FAMILIES:
        rules = [rule for rule in vars(family).values() if isinstance(rule, Rule)]
        assert len({rule.code[:3] for rule in rules}) == 1, family.__name__


#: The executive orders on classification, from Truman's to Obama's; all others are slips.
ORDERS = (10290, 10501, 10964, 11652, 12065, 12356, 12958, 13292, 13526)


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_on_classification_is_known_and_the_number_beside_it_is_not(
    order: int, codes_found: Codes
) -> None:
    assert codes_found([{"body": BODY.replace("12958", str(order))}]) == []
    for other in (order - 1, order + 1):
        assert codes_found([{"body": BODY.replace("12958", str(other))}]) == ["CLS006"]
