"""Files of pages: where each page ends, where it stands, what is lost, and header and body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from typing import Any

import pytest

from cableproof.sources.batches import Reading
from cableproof.sources.pages import Page, _ends, divided_text, read_pages
from cableproof.sources.places import At, Damaged, Trouble

WHERE = At("cable/2007/01/07BERN1.html", 100, 7)


def told(page: Page) -> dict[str, Any]:
    """Return what a page says; one that says "lost" after a line is damaged there."""
    if "lost" in page.text:
        raise Damaged("it is lost", page.data.find(b"lost"))
    if "cut" in page.text:
        raise Damaged("it is cut short", 10_000)
    return {"body": page.text}


def read(data: bytes, is_html: bool, at: At = WHERE) -> Reading:
    return read_pages(data, at, told, is_html)


def pieces(data: bytes, is_html: bool) -> list[bytes]:
    """Return the documents of a file, by what their rows say of their places."""
    made = read(data, is_html)
    assert made.gaps == ()
    return [data[row["start"] - 100 : row["end"] - 100] for row in made.rows]


MARKS = {
    "H": b"US embassy cable - 07BERN1\n",
    "L": b"Identifier: 07BERN1\n",
    "F": b"Latest source of this page is one\n\n",
    "x": b"words\n",
}


def cuts(marks: str) -> Iterator[int]:
    """Yield before which mark another page begins, each mark looked at anew."""
    begin = 0
    for at, mark in enumerate(marks):
        own = marks[begin:at]
        since = own[own.rfind("L") + 1 :]
        if mark == "H" and "F" in since:
            begin = at
        elif mark == "L" and "L" in own and "F" in since:
            begin += own.rfind("F") + 1
        elif mark == "L" and "L" in own and "H" in since:
            begin += own.rfind("H")
        else:
            continue
        yield begin


def test_a_text_page_ends_where_the_next_one_begins() -> None:
    for length in range(7):
        for marks in product(MARKS, repeat=length):
            sizes = [len(MARKS[mark]) for mark in marks]
            ends = [sum(sizes[:cut]) for cut in cuts("".join(marks))]
            data = b"".join(MARKS[mark] for mark in marks)
            assert [*_ends(data, is_html=False)] == ends, marks


@pytest.mark.parametrize(
    "pages",
    [
        [b""],
        [b" \n"],
        [b"a"],
        [b"<html>a</html>"],
        [b"<html>a</html>\n \n"],
        [b"<html>a</html>\n<!-- b --> \n<!-- c -->\n"],
        [b"<html>a</html>", b"<HTML>b</HTML >\n"],
        [b"<html>a</html>\n\n", b"<html>b"],
        [b"<html>a</html>\n<!-- b -->\n", b"c"],
        [b"<html>a</html>", b"<html>b</html>", b"<html>c</html>"],
    ],
)
def test_an_html_page_ends_behind_its_end_and_the_white_space_after_it(pages: list[bytes]) -> None:
    assert pieces(b"".join(pages), is_html=True) == pages
    assert pieces(b"".join(pages), is_html=False) == [b"".join(pages)]


def test_each_page_has_its_place_its_digest_and_what_its_path_says() -> None:
    one, two = b"<html>\na</html>\n", b"<html>b</html>"
    first, second = read(one + two, is_html=True).rows
    path = {"file_identifier": "07BERN1", "path_month": "2007-01"}
    assert first == path | {
        "body": one.decode(),
        "start": 100,
        "end": 116,
        "line": 7,
        "page_digest": sha256(one).hexdigest(),
    }
    assert second == path | {
        "body": two.decode(),
        "start": 116,
        "end": 130,
        "line": 9,
        "page_digest": sha256(two).hexdigest(),
    }


@pytest.mark.parametrize(
    ("path", "identifier", "month"),
    [
        ("cable/1966/12/66BERN1.html", "66BERN1", "1966-12"),
        ("tree/cable/2010/02/10BERN10.txt", "10BERN10", "2010-02"),
        ("mycable/2010/02/10BERN10.txt", "10BERN10", None),
        ("cable/2010/02/03/notes.txt", None, None),
        ("07BERN1.txt", "07BERN1", None),
        ("index.html", None, None),
    ],
)
def test_a_path_names_a_cable_and_its_month(
    path: str, identifier: str | None, month: str | None
) -> None:
    (row,) = read(b"a", is_html=False, at=At(path)).rows
    assert (row["file_identifier"], row["path_month"]) == (identifier, month)


def test_a_damaged_page_is_lost_alone_and_told_where() -> None:
    pages = (b"<html>a</html>\n", b"<html>\n\nlost\n</html>\n", b"<html>cut</html>")
    data = b"".join((*pages, b"<html>d</html>"))
    made = read(data, is_html=True)
    assert [row["body"] for row in made.rows] == ["<html>a</html>\n", "<html>d</html>"]
    assert [row["line"] for row in made.rows] == [7, 12]
    assert made.slots == ((115, 136), (136, 152))
    where = WHERE.path
    assert made.troubles == (
        Trouble("SRC003", where, 10, 123, lost=True, facts={"reason": "it is lost"}),
        Trouble("SRC003", where, 12, 152, lost=True, facts={"reason": "it is cut short"}),
    )
    assert made.extents == Counter({"records": 15 + 14, "unreadable": 21 + 16})


def test_a_line_end_with_which_a_page_begins_counts_as_a_line() -> None:
    assert [each.line for each in read(b"\n&#0;", is_html=True).troubles] == [8]
    assert [each.line for each in read(b"\nlost", is_html=True).troubles] == [8]


def test_what_was_guessed_of_the_encoding_is_told_with_the_page() -> None:
    made = read(b"<html>a</html>\n<html>\n\xe9</html>", is_html=True)
    assert [row["body"] for row in made.rows] == ["<html>a</html>\n", "<html>\n\u00e9</html>"]
    assert [(each.code, each.start, each.line) for each in made.troubles] == [("SRC005", 122, 9)]


def test_links_to_other_files_are_told_beside_the_records() -> None:
    def linking(page: Page) -> dict[str, Any]:
        return {"body": page.text, "inner_links": (frozenset({page.text[6]}),)}

    made = read_pages(b"<html>a</html><html>b</html>", WHERE, linking, is_html=True)
    assert made.links == (frozenset("a"), frozenset("b"))
    assert all("inner_links" not in row for row in made.rows)
    assert read(b"a", is_html=False).links == ()


def forbidden(page: str) -> list[tuple[int | None, int | None, object]]:
    """Return where references to forbidden characters are told, and how."""
    made = read(b"<html>\n</html>" + page.encode(), is_html=True)
    assert {each.code for each in made.troubles} <= {"SRC010"}
    assert {each.path for each in made.troubles} <= {WHERE.path}
    return [(each.line, each.start, each.facts["reason"]) for each in made.troubles]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        *[("#0", "U+0000"), ("#x0", "U+0000"), ("#8", "U+0008"), ("#x8", "U+0008")],
        *[("#11", "U+000B"), ("#xb", "U+000B"), ("#XB", "U+000B"), ("#00014", "U+000E")],
        *[("#31", "U+001F"), ("#x1F", "U+001F"), ("#127", "U+007F"), ("#x7f", "U+007F")],
        *[("#55296", "U+D800"), ("#xDFFF", "U+DFFF"), ("#65534", "U+FFFE"), ("#xffff", "U+FFFF")],
        *[("#1114111", "U+10FFFF"), ("#x10FFFF", "U+10FFFF"), ("#1114112", "U+10FFFF")],
        *[("#x110000", "U+10FFFF"), ("#99999999", "U+10FFFF"), ("#x999999999", "U+10FFFF")],
        *[("#000000000000011", "U+000B"), ("#" + "9" * 5000, "U+10FFFF")],
        *[("#9", ""), ("#10", ""), ("#xA", ""), ("#x000A", ""), ("#12", ""), ("#13", "")],
        *[("#32", ""), ("#126", ""), ("#x7E", ""), ("#128", ""), ("#x9f", ""), ("#55295", "")],
        *[("#57344", ""), ("#65533", ""), ("#x10000", ""), ("#1114110", ""), ("#x10FFFE", "")],
        *[("amp", ""), ("#", ""), ("#x", ""), ("#xg", "")],
    ],
)
def test_a_reference_to_what_is_no_character_of_a_page_is_told(written: str, named: str) -> None:
    why = f"1 reference by number to characters that no page may hold, first {named}"
    assert forbidden(f"<p>\n\n&{written};") == ([(10, 119, why)] if named else [])


@pytest.mark.parametrize("number", [2, 3, 999, 1000])
def test_references_to_what_is_no_character_are_counted_and_the_first_is_placed(
    number: int,
) -> None:
    why = f"{number:,} references by number to characters that no page may hold, first U+0002"
    page = "&#x41;\n&#2;" + "&#3; &#65;\n" * (number - 2) + "&#4;"
    assert forbidden(page) == [(9, 121, why)]


def test_references_in_texts_that_are_no_markup_are_not_looked_at() -> None:
    assert read(b"&#0;", is_html=False).troubles == ()


SENDER, CLASS, CLASS_TOO = "FM AMEMBASSY BERN", "UNCLAS BERN 000001", "C O N F I D E N T I A L"


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ([], []),
        ([], ["1. Tram."]),
        ([], [CLASS, "1. Tram."]),
        ([], [SENDER, "TO RUEHC", "1. Tram."]),
        ([], [CLASS, SENDER, CLASS]),
        ([], ["X", CLASS, SENDER, CLASS]),
        ([SENDER], [CLASS]),
        (["VZCZC", SENDER, "TO RUEHC", ""], [CLASS, "1. Tram.", SENDER, CLASS_TOO]),
        (["VZCZC", SENDER], [f" {CLASS_TOO}", "1. Tram."]),
        (["UN CLAS BERN", SENDER], ["S E C R E T BERN"]),
        ([], ["FM amembassy", CLASS]),
    ],
)
def test_a_body_begins_with_the_classification_behind_the_sender(
    header: list[str], body: list[str]
) -> None:
    text = "\n".join([*header, *body])
    assert divided_text(text) == ("\n".join(header).rstrip("\n"), "\n".join(body))
