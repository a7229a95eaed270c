"""What a finding may tell of a record, and how it is worded where it may not."""

import pytest

from cableproof.validators.telling import FOREIGN, told, worded

#: By name what may be told as it stands, and what may not.
_VALUES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "identifier": (
        ("06BERN1234", "a", "\u00e9", " x", "x ", "x" * 40),
        ("", "two words", "x" * 41, "x\n\n", "  x"),
    ),
    "classification": (
        ("SECRET//NOFORN", "Confidential (draft)", "A, B-C", "x" * 60),
        ("", "SECRET 1", "x" * 61, "SECRET\n", "S\u00c9CRET"),
    ),
    "created": (
        ("2006-09-12 12:39:00", "9/12/2006 12:39", "2006-09-12T12:39:00+00:00Z"),
        ("", "soon", "1" * 31),
    ),
    "field": (("body", "_x", "a.b-c9"), ("", "9a", "-a", "a b", "a" * 42)),
    "origin": (("Embassy Bern", "\u00c9cole (2)", "A & B/C*'."), ("", "x" * 61, "a:b", "<b>")),
    "page_names": (
        ("heading 06BERN1", "file name 06BERN1, heading 06BERN2"),
        ("", "Heading 1", "heading", "a 1, b 2, c 3, d 4"),
    ),
    "source_release": (("cablebrowser-2", "x.y_z"), ("", "a b", "x" * 41)),
    "tag": (("PGOV", "A&B'C-1", "KEEPER, A. (B)"), ("", "PGOV;", "X1 2", "x" * 41, "1" * 25)),
    "cables": (
        ("06BERN1", "06BERN1, [12 characters]", "[123 characters]"),
        ("", "06bern1", "[1234 characters]"),
    ),
    "copy": (("any place: really", "x" * 400), ("", "x" * 401, "a\nb", "\x7f")),
    "reason": (("anything of ours\n", ""), ()),
}


@pytest.mark.parametrize("name", _VALUES)
def test_a_value_is_told_if_it_looks_like_its_field(name: str) -> None:
    plain, others = _VALUES[name]
    assert [told(name, each) for each in plain] == [*plain]
    assert [told(name, each) for each in others] == [None] * len(others)


def test_numbers_and_nothing_are_told_under_every_name() -> None:
    assert (told("identifier", 7), told("identifier", None), told("origin", True)) == (
        7,
        None,
        True,
    )


def test_under_a_name_for_which_nothing_is_laid_down_nothing_is_told() -> None:
    with pytest.raises(KeyError):
        told("body", "trams")


def test_what_may_not_be_told_is_worded_by_its_length() -> None:
    assert worded("identifier", "two words") == "[9 characters]"
    assert worded("identifier", "06BERN1") == "06BERN1"


@pytest.mark.parametrize(("size", "plain"), [(1, True), (39, True), (40, True), (41, False)])
def test_a_tag_in_words_is_told_up_to_forty_characters(size: int, plain: bool) -> None:
    assert (FOREIGN["tag"].fullmatch(("A b" * 14)[:size]) is not None) is plain
