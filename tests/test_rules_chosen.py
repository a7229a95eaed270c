"""Which rules there are and are asked, and what the tables of words say of a tag or a value."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from cableproof import plugins
from cableproof.errors import BrokenPlugIn, NoSuchRule
from cableproof.finding import Severity
from cableproof.schemas.contract import fields
from cableproof.validators import catalogue, tagging
from cableproof.validators.catalogue import CATALOGUE, selected
from cableproof.validators.examples import CLEAN
from cableproof.validators.rule import columns
from cableproof.validators.telling import FOREIGN, OURS, lasting, worded

Patch = pytest.MonkeyPatch


def codes(*select: str, without: tuple[str, ...] = ()) -> list[str]:
    return [rule.code for rule in selected(select, without)]


def test_rules_are_chosen_by_how_their_codes_begin() -> None:
    every = [*CATALOGUE]
    assert codes() == every
    assert codes("REC") == ["REC001", "REC002", "REC003", "REC004"]
    assert codes("REC00", without=("REC002", "REC003")) == ["REC001", "REC004"]
    assert codes(without=("REC", "IDN001")) == [
        code for code in every if not code.startswith("REC") and code != "IDN001"
    ]
    assert codes("SUB001", "REC001") == ["REC001", "SUB001"]
    assert codes("CMP") == []
    assert codes("REC004", without=("CMP101",)) == ["REC004"]


@pytest.mark.parametrize("select", [True, False])
def test_a_beginning_that_no_code_has_is_refused_with_the_nearest(select: bool) -> None:
    for odd, near in {"IDM": "IDN", "REX": "REF", "SRC9": "SRC"}.items():
        with pytest.raises(NoSuchRule, match=rf"^no rule {odd}; did you mean {near}\?$"):
            selected((odd,) if select else (), () if select else (odd,))


def test_a_rule_is_found_by_its_code_in_either_case() -> None:
    assert catalogue.rule("idn001") is catalogue.rule("IDN001") is CATALOGUE["IDN001"]
    with pytest.raises(NoSuchRule, match="no rule IDN0011"):
        catalogue.rule("IDN0011")


# --- rules of other packages ------------------------------------------------------------------


def added(patch: Patch, code: str, says: str = "odd") -> list[str]:
    """Return the codes of a catalogue with a rule of another package."""

    @columns(
        code=code,
        severity=Severity.NOTE,
        reads="identifier",
        says=says,
        why="Why.",
        evidence="None.",
        bad=[],
        good=[],
    )
    def odd_tram(records: Any) -> Any:
        """Trams are odd."""
        return records["identifier"] != ""

    module = ModuleType("trams")
    vars(module).update(odd_tram=odd_tram, other=7)
    patch.setattr(plugins, "modules", lambda group: {"trams": module} if group else {})
    return [*catalogue._catalogue()]


def test_a_rule_of_another_package_stands_behind_ours(monkeypatch: Patch) -> None:
    assert added(monkeypatch, "OWN001") == [*CATALOGUE, "OWN001"]
    assert added(monkeypatch, "OWN001", "{identifier}{hint}") == [*CATALOGUE, "OWN001"]
    every = "".join(f"{{{name}}}" for name in (*OURS, *FOREIGN))
    assert added(monkeypatch, "OWN001", every) == [*CATALOGUE, "OWN001"]


@pytest.mark.parametrize("code", ["IDN001", "CMP101", "OWN1", "own001", "OWN0011", "XOWN001"])
def test_a_rule_of_another_package_has_a_code_of_its_own(code: str, monkeypatch: Patch) -> None:
    with pytest.raises(BrokenPlugIn, match=f"trams: {code} is no code of its own"):
        added(monkeypatch, code)


@pytest.mark.parametrize("says", ["{body}", "{identifier} {subject} {body}"])
def test_a_rule_of_another_package_may_not_tell_a_text(says: str, monkeypatch: Patch) -> None:
    with pytest.raises(BrokenPlugIn, match="trams: OWN001 may tell no body"):
        added(monkeypatch, "OWN001", says)


def test_the_clean_record_has_each_field_of_the_contract() -> None:
    assert [*CLEAN] == [*fields()]


# --- tags -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("ECPSN", "ECPS"),  # from the table of misspelt tags
        ("ENIV", "SENV"),
        ("PGOX", "PGOV"),
        ("KICCA", "KICC"),  # used five times
        ("KACTA", None),  # of which the code is used four times
        ("UNESCB", "UNESCO"),
        ("UNESCOX", None),  # longer than what is typed
        ("NPX", None),  # shorter
        ("QXQX", None),
    ],
)
def test_a_misspelt_tag_stands_for_a_frequent_code_that_is_an_edit_away(
    tag: str, code: str | None
) -> None:
    assert tagging.misspelt(tag) == code
    assert tagging.verdict(tag) == ("misspelt" if code else "unknown")


# --- words of findings ------------------------------------------------------------------------


def test_words_of_ours_and_several_values_are_cut_later_than_one_value() -> None:
    cut = "\u2026 (+1 characters)"
    assert worded("reason", "x" * 400) == "x" * 400
    assert worded("reason", "x" * 401) == "x" * 400 + cut
    several = ", ".join(["X" * 40] * 5)
    assert worded("cables", several) == several
    assert worded("copy", "x" * 80) == "x" * 80
    assert worded("copy", "x" * 81) == "x" * 80 + cut


def test_what_lasts_of_facts_are_values_and_our_words_without_their_numbers() -> None:
    facts = {
        "tag": "C-20",
        "identifier": "06BERN1",
        "reason": "row 12 of 7",
        "how": "",
        "copy": "a/b.jsonl:7",
        "marks": 12,
        "value": None,
    }
    assert lasting(facts) == ["how=", "identifier=06BERN1", "reason=row # of #", "tag=C-20"]
