"""Two texts of one cable: what differs is told in places and numbers, and no word of it."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableproof.validators.collation.alignment import Aligned, Passage, aligned

TEXT = (
    "Subject: Trams in Bern 1. Summary: The clerk of the kerbs counted forty trams. "
    "2. He said that the bridge by the mill was closed, and that boats would run instead. "
    "3. Comment: Nobody at the ferry had heard of it."
)
STYLES = ("XXXXX", "XXXXXXXXXXXX", "xxxxxx", "[redacted]", "[NAME REMOVED]", "\u2588\u2588\u2588")
WORDS = ("trams", "boats", "kerbs", "clerk", "bridge", "mill", "ferry", "said", "that", ",", ".")
MIRRORED = {"covered": "opened", "opened": "covered", "wording": "wording"}

words = st.sampled_from(WORDS)
marks = st.sampled_from(STYLES)
texts = st.lists(st.one_of(words, words, words, marks), max_size=30).map(" ".join)
distinct = st.integers(8, 30).map(lambda n: [f"tram{i}" for i in range(n)])


def kinds(found: Aligned) -> Counter[str]:
    return Counter(passage.kind for passage in found.passages)


def wordings(found: Aligned) -> list[tuple[int, int]]:
    return sorted((p.removed, p.added) for p in found.passages if p.kind == "wording")


@given(texts)
def test_equal_texts_do_not_differ(text: str) -> None:
    assert aligned(text, text) == Aligned((), False, "", "", 100, True)


def test_a_mark_for_words_is_covered_here_and_opened_there() -> None:
    covered = TEXT.replace("the mill", "XXXXXXXXXXXX")
    there, here = aligned(TEXT, covered), aligned(covered, TEXT)
    assert there.passages == (Passage("covered", 2, 50, 0, 0, "a few words"),)
    assert here.passages == (Passage("opened", 2, 52, 0, 0, "a few words"),)
    assert (there.restyled, there.extends, there.whole) == (False, "", True)


def test_little_words_under_a_mark_are_not_taken_for_those_beside_it() -> None:
    base = "He met the head of the house of the trams of the town"
    found = aligned(base, base.replace("head of the house of the trams", "XXXXX"))
    assert [(p.kind, p.length) for p in found.passages] == [("covered", "a phrase")]


def test_a_long_passage_under_a_mark_is_one_whatever_else_changed() -> None:
    base = " ".join(
        f"The clerk of the tram {n} said that the boat was at the mill." for n in range(50)
    )
    other = base[:700] + "XXXXX" + base[2000:2500] + "stamps" + base[2500:]
    assert kinds(aligned(base, other)) == {"covered": 1, "wording": 1}


def test_a_mark_takes_in_the_letters_that_are_glued_to_it() -> None:
    assert kinds(aligned("Ask Trammer now", "Ask TramXXXXX now")) == {"covered": 1}


def test_marks_side_by_side_are_one() -> None:
    assert kinds(aligned("Ask Anna Tram now", "Ask XXXXX [redacted] now")) == {"covered": 1}


def test_other_marks_in_the_same_places_are_a_matter_of_style() -> None:
    base = TEXT.replace("clerk", "XXXXX").replace("mill", "XXXXXXX")
    found = aligned(base, re.sub("X+", "[redacted]", base))
    assert found == Aligned((), True, "", "", 100, True)


def test_more_and_wider_marks_are_covered() -> None:
    base = TEXT.replace("mill", "XXXXX")
    found = aligned(base, TEXT.replace("clerk", "XXXXX").replace("by the mill was", "XXXXX"))
    assert [(p.kind, p.length) for p in found.passages] == [("covered", "a few words")] * 2


def test_words_beside_a_mark_that_stays_are_opened() -> None:
    base = "The clerk XXXXX was seen"
    assert kinds(aligned(base, "The clerk Anna XXXXX was seen")) == {"opened": 1}


@pytest.mark.parametrize(
    ("count", "length"),
    [
        *((0, "none"), (1, "a few words"), (3, "a few words"), (4, "a phrase"), (12, "a phrase")),
        *((13, "a passage"), (60, "a passage"), (61, "paragraphs")),
    ],
)
def test_how_much_is_covered_is_told_coarsely(count: int, length: str) -> None:
    base = "Said " + "trams " * count + "the clerk"
    assert [p.length for p in aligned(base, "Said XXXXX the clerk").passages] == [length]


@pytest.mark.parametrize(
    ("text", "paragraph"),
    [
        ("trams", 0),
        ("Bern 1. trams", 1),
        ("1. Boats. \u00b62. trams 3. Kerbs.", 2),
        ("1. Boats cost 2.5 or 3,2. That is trams", 1),
        ("Of 9. June. 4. Boats. 5. trams", 5),
        ("Of 9. June trams", 0),
    ],
)
def test_a_passage_stands_in_a_paragraph_of_the_base(text: str, paragraph: int) -> None:
    found = aligned(text, text.replace("trams", "ships"))
    assert [p.paragraph for p in found.passages] == [paragraph]


def test_a_text_goes_on_at_its_end_or_its_beginning() -> None:
    found = aligned("The clerk said", "The clerk said that, he said")
    assert (found.extends, found.where, wordings(found)) == ("longer", "at the end", [(0, 3)])
    found = aligned("So the clerk said", "the clerk said")
    assert (found.extends, found.where, wordings(found)) == (
        "shorter",
        "at the beginning",
        [(1, 0)],
    )


def test_a_mark_for_all_that_follows_is_covered_and_no_cut() -> None:
    for other in ("The clerk said XXXXX", "XXXXX said that", "The clerk said that XXXXX"):
        found = aligned("The clerk said that", other)
        assert (found.extends, kinds(found)) == ("", {"covered": 1})


def test_words_after_a_mark_at_the_end_may_be_some_of_those_it_covered() -> None:
    found = aligned("The clerk said XXXXX", "The clerk said XXXXX and left")
    assert (found.extends, kinds(found)) == ("longer", {"wording": 1, "opened": 1})
    found = aligned("Then XXXXX said that", "XXXXX said that")
    assert (found.extends, kinds(found)) == ("shorter", {"wording": 1, "covered": 1})


def test_an_empty_text_is_not_the_beginning_of_another() -> None:
    found = aligned("", "The clerk said")
    assert (found.extends, wordings(found), found.alike) == ("", [(0, 3)], 0)
    assert aligned("", "").alike == 100


def test_an_opened_mark_is_not_hidden_behind_a_change_of_words() -> None:
    base = "The clerk XXXXX said that trams ran"
    assert kinds(aligned(base, "A porter Anna Tram told that trams ran")) == {
        "wording": 1,
        "opened": 1,
    }
    assert kinds(aligned(base, "The clerk Anna XXXXX that boats ran"))["opened"] == 1


def test_a_word_changed_beside_a_mark_is_no_more_than_that() -> None:
    found = aligned("The clerk XXXXX said that", "The porter XXXXX said that")
    assert kinds(found) == {"wording": 1}


@pytest.mark.parametrize("name", ["Anna Tram", "anna tram"])  # before a bracket, and after it
def test_a_name_among_dashes_is_covered_whatever_else_changed(name: str) -> None:
    base = "Staff " + "- " * 9 + f"{name} - - " + "- " * 30 + "end of the list of trams"
    other = base.replace(f"{name} - -", "[redacted]").replace("trams", "boats")
    found = aligned(base, other)
    assert (kinds(found), wordings(found)) == ({"covered": 1, "wording": 1}, [(1, 1)])


@given(st.lists(st.tuples(st.lists(words, min_size=1), st.lists(words, min_size=1), marks)), words)
def test_covered_runs_are_all_that_is_found(
    parts: list[tuple[list[str], list[str], str]], last: str
) -> None:
    base = " ".join([*(word for shown, hidden, _ in parts for word in shown + hidden), last])
    other = " ".join([*(word for shown, _, mark in parts for word in [*shown, mark]), last])
    found = aligned(base, other)
    assert kinds(found) == ({"covered": len(parts)} if parts else {})
    assert not (found.restyled or found.extends)


@given(st.lists(words, min_size=1, max_size=40), st.data())
def test_one_word_changed_is_one_wording(base: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(base) - 1))
    base[at] = data.draw(st.sampled_from(WORDS[:-2]))
    found = aligned(" ".join(base), " ".join([*base[:at], "stamps", *base[at + 1 :]]))
    assert (kinds(found), wordings(found)) == ({"wording": 1}, [(1, 1)])


@given(distinct, st.data(), marks)
def test_a_word_changed_near_a_covered_one_is_told_apart(
    base: list[str], data: st.DataObject, mark: str
) -> None:
    changed = data.draw(st.integers(0, len(base) - 1))
    covered = data.draw(st.sampled_from([n for n in range(len(base)) if abs(n - changed) > 1]))
    other = list(base)
    other[changed], other[covered] = "stamps", mark
    found = aligned(" ".join(base), " ".join(other))
    assert (kinds(found), wordings(found)) == ({"wording": 1, "covered": 1}, [(1, 1)])


@given(st.lists(words, min_size=2), st.lists(words, min_size=1))
def test_a_text_and_more_is_longer(base: list[str], more: list[str]) -> None:
    count = sum(word.isalpha() for word in more)
    if not any(word.isalpha() for word in base):
        base[0] = "trams"
    longer = aligned(" ".join(base), " ".join(base + more))
    assert (longer.extends, longer.where, wordings(longer)) == (
        "longer",
        "at the end",
        [(0, count)],
    )
    shorter = aligned(" ".join(more + base), " ".join(base))
    assert (shorter.extends, wordings(shorter)) == ("shorter", [(count, 0)])


def edited(base: list[str], data: st.DataObject) -> list[str]:
    """Return a text of which marks were opened, and words covered, changed, added and dropped."""
    other: list[str] = []
    for word in base:
        edits = ["keep", "keep", "keep", "cover", "change", "add", "drop"]
        edit = data.draw(st.sampled_from(["keep", "open"] if word in STYLES else edits))
        kept = [word] if edit in ("keep", "add") else []
        new = {"open": "name", "change": "stamps", "add": "stamps"}.get(edit)
        other += kept + ([new] if new else []) + (["XXXXXX"] if edit == "cover" else [])
    return other


@given(distinct, st.data())
def test_an_opened_mark_is_never_missed(base: list[str], data: st.DataObject) -> None:
    for at in range(2, len(base), 5):
        base[at] = data.draw(st.sampled_from([base[at], *STYLES]))
    other = edited(base, data)
    found = aligned(" ".join(base), " ".join(other))
    assert kinds(found)["opened"] or "name" not in other


@given(texts, texts, st.data())
def test_seen_from_the_other_side_it_is_the_same_mirrored(
    base: str, unlike: str, data: st.DataObject
) -> None:
    for other in (unlike, " ".join(edited(base.split(), data))):
        here, there = aligned(base, other), aligned(other, base)
        told = sorted((p.kind, p.removed, p.added, p.length) for p in here.passages)
        mirrored = [(MIRRORED[p.kind], p.added, p.removed, p.length) for p in there.passages]
        assert told == sorted(mirrored)
        assert (here.alike, here.restyled, here.whole) == (there.alike, there.restyled, there.whole)
        assert {here.extends, there.extends} in ({""}, {"longer", "shorter"})
        assert (here.alike == 100) == (not here.passages)


@given(texts, texts)
def test_no_word_of_a_text_is_shown(base: str, unlike: str) -> None:
    shown = re.findall(r"\w+", " ".join(repr(aligned(base, other)) for other in (unlike, TEXT)))
    assert not {*WORDS, *STYLES, *re.findall(r"\w{4,}", TEXT)} & set(shown)


@pytest.mark.parametrize("change", ["told us", "said to us"])
def test_how_many_words_are_covered_is_told_in_classes_alone(change: str) -> None:
    words = "the keeper of the lamps and the clerk of the town were glad to hear of it again " * 2
    covered = f"{words}then XXXXXXXX {change} that nothing was green. {words}"
    four, twelve = (
        aligned(covered, f"{words}then {'nobody ' * n}told us that nothing was green. {words}")
        for n in (4, 12 if change == "told us" else 10)
    )
    assert four == twelve
