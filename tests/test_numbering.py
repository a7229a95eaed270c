"""Which numbers at the beginning of a line are those of paragraphs, and which of them lack."""

import pytest

from cableproof.validators.telegram.numbering import missing

MARK = "BERN 00001234  {:03}   OF 003\n\n"


def numbered(*numbers: int, before: str = "\n\n") -> str:
    """Return a text with paragraphs of these numbers."""
    return before.join(f"{number}. All trams ran on time." for number in numbers) + "\n\nNOBODY\n"


@pytest.mark.parametrize("before", ["\n\n", "\n"], ids=["blank lines", "one line each"])
@pytest.mark.parametrize("numbers", [(1, 2, 8, 9, 10), (1, 2, 8, 9), (1, 2, 8)], ids=str)
def test_many_paragraphs_that_lack_are_found_by_numbers_that_stand_apart(
    numbers: tuple[int, ...], before: str
) -> None:
    assert missing(numbered(*numbers, before=before)) == ("3, 4, 5, 6, 7", False)


def test_many_paragraphs_that_lack_are_found_by_a_run_that_goes_on_inside_sentences() -> None:
    text = "1. The tram\n2. and the boat\n8. and the kerb\n9. and the bench\n10. and the lamp"
    assert missing(text) == ("3, 4, 5, 6, 7", False)


def test_a_section_that_the_page_marks_skip_takes_its_paragraphs_along() -> None:
    text = "1. The tram\n2. and the boat\n" + MARK.format(3) + "8. and the kerb\n9. and the lamp"
    assert missing(text)[0] == "3, 4, 5, 6, 7"


def test_dates_that_begin_lines_are_no_paragraphs() -> None:
    text = "1. The fair was moved from May\n12. to May\n13. and then ended.\n\n2. It will be back."
    assert missing(text) == ("", False)
    assert missing(text.replace("\n\n2. It", "\n\nIt")) == ("", False)


def test_a_list_of_the_paragraph_s_own_numbers_is_left_aside_where_paragraphs_go_on() -> None:
    listed = "12. Kerbs.\n13. Lamps.\n"
    text = "1. The decree says:\n\n" + listed + "\n2. Noted.\n\n3. Seen.\n\n4. Filed.\n"
    assert missing(text) == ("", False)


def test_a_number_that_stands_in_a_gap_does_not_lack() -> None:
    text = "1. All trams\nXXXXXXXXXXXX\n3. Boats\nXXXXXXXXXXXX\n6. Kerbs\n\n7. Lamps\n\n8. Fairs\n"
    assert missing(text) == ("2, 4, 5", True)
