"""Identifiers: the shapes of the whole set, and the canonical form of what is spelt otherwise."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableproof.schemas import vocab
from cableproof.sources.batches import COLUMNS
from cableproof.sources.identifiers import canonical, parsed
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.engine import Checked, check
from cableproof.validators.evidence import measured
from cableproof.validators.rule import Row
from cableproof.validators.tables import TROUBLES, tables
from tests.telegrams import agreeing

Check = Callable[[Sequence[Row]], Checked]

SET = 251_287  # identifiers of the public list
TWINS = 82  # malformed ones whose canonical form is in the list too
MALFORMED = dict(vocab.malformed_identifiers())


def well_formed() -> Iterator[str]:
    """Yield as many identifiers of each station as the list has, canonical partners first."""
    partners: dict[str, list[str]] = {}
    for row in vocab.rows("malformed_ids"):
        if "canonical form is in the identifier list too" in row["note"]:
            identifier = parsed(row["canonical"])
            assert identifier is not None
            partners.setdefault(identifier.station, []).append(row["canonical"])
    targets = set(MALFORMED.values())
    for station, post in vocab.posts().items():
        mine = partners.get(station, [])
        yield from mine
        first = int(post["first_year"]) % 100
        names = (f"{first:02d}{station}{n}" for n in range(1, 999_999))
        fresh = (name for name in names if name not in targets)
        yield from (next(fresh) for _ in range(int(post["ids"]) - len(mine)))


@pytest.fixture(scope="module")
def whole_set() -> pl.DataFrame:
    """Return the shapes of the whole set as the records of one file."""
    names = pl.Series("identifier", [*well_formed(), *MALFORMED])
    empty = pl.DataFrame(schema=COLUMNS).drop("identifier")
    nulls = [pl.lit(None, dtype=kind).alias(name) for name, kind in empty.schema.items()]
    where = {"path": "cables.csv", "kind": "cables-csv", "source": "data", "group": "0"}
    return names.to_frame().with_columns(*nulls, **{k: pl.lit(v) for k, v in where.items()})


@pytest.fixture(scope="module")
def whole_set_checked(whole_set: pl.DataFrame) -> Checked:
    rules = [rule for code, rule in CATALOGUE.items() if code.startswith("IDN")]
    return check(rules, tables(measured(whole_set), pl.DataFrame(schema=TROUBLES), rules))


def found(checked: Checked, code: str) -> list[str]:
    return checked.sheet.loc[checked.sheet["rule"] == code, "identifier"].tolist()


def test_the_set_has_as_many_distinct_identifiers_as_the_list(whole_set: pl.DataFrame) -> None:
    assert whole_set["identifier"].n_unique() == len(whole_set) == SET


def test_exactly_the_203_of_the_set_are_malformed(whole_set_checked: Checked) -> None:
    assert sorted(found(whole_set_checked, "IDN001")) == sorted(MALFORMED)


def test_no_station_of_the_set_is_unknown(whole_set_checked: Checked) -> None:
    assert found(whole_set_checked, "IDN002") == []


def test_82_of_the_set_have_a_twin_and_none_is_a_duplicate(whole_set_checked: Checked) -> None:
    counts = Counter(whole_set_checked.sheet["rule"])
    assert counts == {"IDN001": len(MALFORMED), "IDN005": TWINS}


def test_the_rules_ran_on_every_record_of_the_set(whole_set_checked: Checked) -> None:
    assert whole_set_checked.ran["IDN001"] == whole_set_checked.ran["IDN004"] == SET


def test_every_finding_names_the_canonical_form(whole_set_checked: Checked) -> None:
    sheet = whole_set_checked.sheet
    sheet = sheet[sheet["rule"] == "IDN001"]
    for identifier, message in zip(sheet["identifier"], sheet["message"], strict=True):
        assert message.endswith(f"; perhaps {MALFORMED[identifier]}")


@pytest.mark.parametrize(("identifier", "form"), MALFORMED.items())
def test_the_canonical_form_of_a_malformed_identifier_is_the_tables(
    identifier: str, form: str
) -> None:
    assert canonical(identifier) == form
    assert canonical(form) == form


@pytest.mark.parametrize(
    ("spelt", "form"),
    [
        ("07BERN1", "07BERN1"),
        ("07bern1", "07BERN1"),
        (" 07 BERN 1 ", "07BERN1"),
        ("07BERN000001", "07BERN1"),
        ("2007BERN1", "07BERN1"),
        ("1966BUENOSAIRES2481", "66BUENOSAIRES2481"),
        ("1966BUENOSAIRES02481_b", "66BUENOSAIRES2481"),
        ("07BERN1_a", "07BERN1"),
        ("07BERN1_e", "07BERN1"),
        ("07AMEMBASSYBERN1", "07BERN1"),
        ("07AMEMBASSY BERN 0001", "07BERN1"),
        ("07EFTOBERN1", "07BERN1"),
        ("07REFTELBERN1", "07BERN1"),
        ("07USMISSIONGENEVA1", "07GENEVA1"),
        ("07AMCONSULMUNICH1", "07MUNICH1"),
        ("07SECTION01OF02BERN1", "07BERN1"),
        ("07BERN1TOSEC140301", "07BERN1"),
        ("07BERN000160ZDK164", "07BERN160"),
        ("07SECSTATE12", "07STATE12"),
    ],
)
def test_another_spelling_has_its_canonical_form(spelt: str, form: str) -> None:
    assert canonical(spelt) == form


@pytest.mark.parametrize(
    ("spelt", "why"),
    [
        ("", "nothing"),
        ("BERN1", "no year"),
        ("07BERN", "no serial"),
        ("07BERN0", "no serial but zeros"),
        ("07BERN1234567", "seven digits"),
        ("07BERNN1", "a misspelt station is suggested, never rewritten"),
        ("07BA1", "an alias of two meanings only suggests"),
        ("1807BERN1", "no century of telegrams"),
        ("07BERN\u0661", "Arabic digits"),
        ("07BERN1\u200b", "an invisible character"),
        ("07BERN1.html", "a file name"),
    ],
)
def test_what_nothing_tells_has_no_canonical_form(spelt: str, why: str) -> None:
    assert canonical(spelt) is None, why


identifiers = st.builds(
    lambda year, station, serial: f"{year:02d}{station}{serial}",
    st.integers(0, 99),
    st.sampled_from(sorted(vocab.posts())),
    st.integers(1, 999_999),
)


@given(identifiers)
def test_a_well_formed_identifier_is_its_own_canonical_form(identifier: str) -> None:
    assert canonical(identifier) == identifier
    assert str(parsed(identifier)) == identifier


@given(st.text(alphabet="0189ABEFMNORSTY_ \n\u0661", max_size=24) | identifiers.map(str.lower))
def test_a_canonical_form_is_strict_and_its_own_canonical_form(text: str) -> None:
    form = canonical(text)
    if form is not None:
        assert parsed(form) is not None
        assert canonical(form) == form


SPELLINGS: list[tuple[str, list[str], str]] = [
    ("07BERN1\n", ["IDN001"], "07BERN1\\x0a is no well-formed identifier; perhaps 07BERN1"),
    ("07BERN\u0661", ["IDN001"], "U+0661 ARABIC-INDIC DIGIT ONE"),
    ("07BERNN1", ["IDN002"], "names the station BERNN, which is in no table; perhaps BERN"),
    ("07XQXQXQ1", ["IDN002"], "names the station XQXQXQ, which is in no table"),
    ("07SECSTATE1", ["IDN001"], "perhaps 07STATE1"),
    ("07BERN01", ["IDN001"], "perhaps 07BERN1"),
    ("07BERN1234567", ["IDN001"], "is no well-formed identifier"),
]


@pytest.mark.parametrize(("identifier", "codes", "told"), SPELLINGS)
def test_a_spelling_is_found_once_and_told(
    identifier: str, codes: list[str], told: str, checked: Check
) -> None:
    row = {"identifier": identifier, "created": "2007-09-12 12:39:00", "link": None}
    sheet = checked([agreeing(row)]).sheet
    sheet = sheet[sheet["rule"] != "ORG002"]
    assert sheet["rule"].tolist() == codes
    assert told in sheet["message"].iloc[0]
