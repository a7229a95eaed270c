"""What may be a mark is one where the other text has words for it, and else a word."""

from collections import Counter

import pytest

from cableproof.validators.collation.alignment import aligned

TEXT = (
    "Subject: Trams in Bern 1. Summary: The clerk of the kerbs counted forty trams. "
    "2. He said that the bridge by the mill was closed, and that boats would run instead. "
    "3. Comment: Nobody at the ferry had heard of it."
)
DOUBTFUL = (
    *("XXX", "XXXX", "xxxx", "\u2588", "XXXX XXXX", "(name removed)", "(Names withheld)"),
    *("(redacted)", "[name and post deleted]", "<text removed>", "{names redacted by us}"),
)


def kinds(base: str, other: str) -> Counter[str]:
    return Counter(passage.kind for passage in aligned(base, other).passages)


@pytest.mark.parametrize("mark", DOUBTFUL)
def test_a_doubtful_mark_for_words_is_covered_here_and_opened_there(mark: str) -> None:
    covered = TEXT.replace("The clerk of the kerbs", mark).replace("the mill", mark)
    assert kinds(TEXT, covered) == {"covered": 2}
    assert kinds(covered, TEXT) == {"opened": 2}


@pytest.mark.parametrize("mark", DOUBTFUL)
def test_a_doubtful_mark_beside_a_change_of_words_is_told_apart(mark: str) -> None:
    covered = TEXT.replace("The clerk of the kerbs", mark)
    assert kinds(TEXT, covered.replace("ferry", "tower")) == {"covered": 1, "wording": 1}


@pytest.mark.parametrize("mark", DOUBTFUL)
def test_what_both_texts_have_is_a_word_of_them(mark: str) -> None:
    base = TEXT.replace("forty", mark)
    assert kinds(base, base.replace("ferry", "tower")) == {"wording": 1}
    assert kinds(base, base.replace("the mill", "XXXXXXXXXXXX")) == {"covered": 1}


@pytest.mark.parametrize("mark", DOUBTFUL)
def test_a_doubtful_mark_for_no_words_is_a_word_that_was_added(mark: str) -> None:
    base, other = TEXT, TEXT.replace("forty", f"forty {mark}")
    assert kinds(base, other) == kinds(other, base) == {"wording": 1}


@pytest.mark.parametrize("mark", DOUBTFUL)
def test_another_mark_in_the_same_place_is_a_matter_of_style(mark: str) -> None:
    found = aligned(TEXT.replace("kerbs", "XXXXXXXXXXXX"), TEXT.replace("kerbs", mark))
    assert (found.passages, found.restyled) == ((), True)


@pytest.mark.parametrize(
    "words",
    ["(he was removed)", "(the posts were removed)", "XX", "Maxxx", "(deleted scenes of it)"],
)
def test_words_that_only_resemble_a_notice_are_words(words: str) -> None:
    assert set(kinds(TEXT, TEXT.replace("The clerk of the kerbs", words))) == {"wording"}


def test_more_of_a_doubtful_mark_is_covered() -> None:
    base = TEXT.replace("forty", "XXXX")
    assert kinds(base, base.replace("the mill", "XXXX")) == {"covered": 1}
