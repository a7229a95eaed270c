"""On which rung of the ladder texts are alike that differ in one thing alone."""

from collections.abc import Callable

import polars as pl
import pytest

from cableproof.sources.batches import TEXT
from cableproof.validators.collation.forms import RUNGS, judged_by, ladder, repaired, spaced

_BASE = (
    "UNCLAS BERN 000123 \n \nSIPDIS \n \nE.O. 12958: N/A \nTAGS: ETRD, PGOV, SZ \n"
    "SUBJECT: TRAMS, BOATS \n \nREF: A. BERN 99 \n \n"
    "1. (U) Summary: The clerk said that nobody's tram \u2013 the 7 - was late. \n \n"
    "2. (U) \u201cWe counted forty,\u201d he said; XXXXX XXXXXXXX agreed. \n \n"
    "3. (U) A caf\u00e9 of Bern, Nova Scotia. \n \nNOBODY \n \nNNNN"
)


def _with(old: str, new: str) -> str:
    assert old in _BASE
    return _BASE.replace(old, new)


#: What is different, the first rung on which it does not count ("" on none), and the text.
_VARIANTS = {
    "tab for a blank": ("spaced", _with("The clerk", "The\tclerk")),
    "no-break space": ("spaced", _with("The clerk", "The\u00a0clerk")),
    "thin space": ("spaced", _with("The clerk", "The\u2009clerk")),
    "zero width space": ("spaced", _with("The clerk", "The \u200bclerk")),
    "byte order mark": ("spaced", "\ufeff" + _BASE),
    "CRLF": ("spaced", _with("\n", "\r\n")),
    "CR alone": ("spaced", _with("\n", "\r")),
    "form feed": ("spaced", _with("The clerk", "The\x0cclerk")),
    "vertical tab": ("spaced", _with("The clerk", "The\x0bclerk")),
    "two blanks": ("spaced", _with("The clerk", "The  clerk")),
    "line wrapped": ("spaced", _with("The clerk said", "The clerk \n   said")),
    "blank lines": ("spaced", _with(" \n \n", "\n\n\n")),
    "blanks at both ends": ("spaced", "  \n" + _BASE + "\n \n"),
    "blank lost": ("", _with("The clerk", "Theclerk")),
    "entity of a quote": ("encoded", _with("\u201c", "&ldquo;")),
    "decimal entity": ("encoded", _with("\u2013", "&#8211;")),
    "hexadecimal entity": ("encoded", _with("\u2013", "&#x2013;")),
    "hexadecimal entity, capital": ("encoded", _with("\u2013", "&#X2013;")),
    "entity with figures": ("", _with("7 -", "7&frac12; -")),
    "entity twice": ("", _with("\u2013", "&amp;#8211;")),
    "ampersand of none": ("", _with("forty", "&forty;")),
    "utf-8 read as cp1252": ("encoded", _with("\u201cWe", "\u00e2\u20ac\u0153We")),
    "utf-8 read as latin-1": ("encoded", _with("caf\u00e9", "caf\u00c3\u00a9")),
    "question mark for a sign": ("", _with("caf\u00e9", "caf?")),
    "straight quotes": ("laid_out", _with("\u201c", '"').replace("\u201d", '"')),
    "guillemets": ("laid_out", _with("\u201c", "\u00ab").replace("\u201d", "\u00bb")),
    "two apostrophes": ("laid_out", _with("\u201c", "''").replace("\u201d", "''")),
    "curly apostrophe": ("laid_out", _with("nobody's", "nobody\u2019s")),
    "grave accent": ("laid_out", _with("nobody's", "nobody`s")),
    "low quote": ("laid_out", _with("\u201cWe", "\u201eWe")),
    "em dash": ("laid_out", _with("\u2013", "\u2014")),
    "two hyphens": ("laid_out", _with("\u2013", "--")),
    "underscore": ("laid_out", _with("\u2013", "_")),
    "minus sign": ("laid_out", _with("\u2013", "\u2212")),
    "dash at a line end": ("spaced", _with("\u2013 the", "\u2013\nthe")),
    "page mark": ("laid_out", _with("3. (U) A", "\nBERN 00000123  002 OF 003 \n \n3. (U) A")),
    "page mark with a decimal": (
        "laid_out",
        _with("3. (U) A", "\nBERN 00000123  002.2 OF 003 \n \n3. (U) A"),
    ),
    "page mark in small letters": (
        "laid_out",
        _with("3. (U) A", "\nBERN 00000123  002 of 003 \n \n3. (U) A"),
    ),
    "page mark of two words": (
        "laid_out",
        _with("3. (U) A", "\nADDIS ABAB 00000123  002 OF 003 \n \n3. (U) A"),
    ),
    "page mark without a post": (
        "laid_out",
        _with("3. (U) A", "\n00000123  002 OF 003 \n \n3. (U) A"),
    ),
    "page mark in a line": ("laid_out", _with("agreed.", "agreed. BERN 00000123 002 OF 003")),
    "page mark of two words in a line": (
        "laid_out",
        _with("agreed.", "agreed. ADDIS ABAB 00000123 002 OF 003"),
    ),
    "page mark with seven figures": (
        "",
        _with("3. (U) A", "\nBERN 0000123  002 OF 003 \n \n3. (U) A"),
    ),
    "dateline": ("laid_out", _with("UNCLAS BERN", "Tuesday, 02 January 2007, 10:10\nUNCLAS BERN")),
    "dateline of one figure": (
        "laid_out",
        _with("UNCLAS BERN", "Friday, 2 January 2007, 10:10\nUNCLAS BERN"),
    ),
    "dateline without a weekday": ("", _with("UNCLAS BERN", "02 January 2007, 10:10\nUNCLAS BERN")),
    "ruled line": ("laid_out", _with("3. (U) A", "------------\n3. (U) A")),
    "ruled line of stars": ("laid_out", _with("3. (U) A", "* * * * *\n3. (U) A")),
    "two dots": ("", _with("3. (U) A", "..\n3. (U) A")),
    "three dots alone": ("laid_out", _with("3. (U) A", "...\n3. (U) A")),
    "pilcrow": ("laid_out", _with("3. (U)", "\u00b63. (U)")),
    "heading without points": ("laid_out", _with("E.O. 12958:", "EO 12958")),
    "heading with a blank in E. O.": ("laid_out", _with("E.O. 12958:", "E. O. 12958:")),
    "heading without commas": ("laid_out", _with("ETRD, PGOV, SZ", "ETRD PGOV SZ")),
    "heading with other words": ("", _with("TRAMS, BOATS", "TRAMS, KERBS")),
    "comma lost below the heading": ("", _with("forty,", "forty")),
    "capital below the heading": ("", _with("The clerk", "the clerk")),
    "a mark of another width": ("covered_alike", _with("XXXXX XXXXXXXX", "XXXXXXXXXXXX")),
    "a mark in brackets": ("covered_alike", _with("XXXXX XXXXXXXX", "[redacted]")),
    "blocks": ("covered_alike", _with("XXXXX XXXXXXXX", "\u2588\u2588\u2588\u2588")),
    "four X": ("", _with("XXXXX XXXXXXXX", "XXXX")),
    "a name for the mark": ("", _with("XXXXX XXXXXXXX", "The keeper")),
    "another word": ("", _with("clerk", "baker")),
    "another figure": ("", _with("forty", "thirty")),
    "figure in the class line": ("", _with("000123", "000132")),
}


@pytest.mark.parametrize("what", _VARIANTS)
def test_a_difference_counts_below_its_own_rung_and_not_above(what: str) -> None:
    rung, text = _VARIANTS[what]
    digests = ladder(pl.Series([_BASE, text], dtype=TEXT), RUNGS)
    alike = [name for name in RUNGS if digests[name].n_unique() == 1]
    assert alike == [*RUNGS[RUNGS.index(rung) :]] if rung else alike == []


@pytest.mark.parametrize("rung", ["spaced", "encoded", "laid_out"])
def test_the_forms_by_which_texts_are_judged_are_those_of_the_ladder(rung: str) -> None:
    texts = pl.Series([text for _, text in _VARIANTS.values()], dtype=TEXT)
    forms = judged_by(texts)[rung]
    assert ladder(texts, (rung,))[rung].to_list() == ladder(forms, ("exact",))["exact"].to_list()


@pytest.mark.parametrize("form", [spaced, repaired, judged_by, lambda texts: ladder(texts, RUNGS)])
def test_texts_stay_as_they_are_whatever_is_made_of_them(
    form: Callable[[pl.Series], object],
) -> None:
    texts = pl.Series([text for _, text in _VARIANTS.values()], dtype=TEXT)
    form(texts)
    assert texts.to_list() == [text for _, text in _VARIANTS.values()]
