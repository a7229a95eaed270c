"""The ladder: what a text is when less and less of its outward form counts.

Each form is made of a whole column at a time. Texts that are equal in a form differ, if at all,
only in what that form leaves out.
"""

import html
import re

import ftfy
import polars as pl
from polars_hash import CryptographicHashingNameSpace

from cableproof.schemas import vocab
from cableproof.sources.batches import TEXT
from cableproof.sources.cablebrowser import NOTICE
from cableproof.validators.telegram.marks import MARK

#: The rungs in their order; each leaves out all that the ones before it leave out.
RUNGS = ("exact", "spaced", "encoded", "laid_out", "covered_alike")
WIDTH = 32  # hexadecimal digits of a digest, which is the first half of a SHA-256

_OTHER_BLANKS = r"[\s\x{a0}\x{200b}\x{feff}--[ \n]]"
#: Of these the ones that are ASCII: to look for so few takes a thirtieth of the time.
_RARE_BLANKS = r"[\t\x0b\x0c\r]"
_LINE_END = r" *\n[ \n]*"
_BLANKS = r"  +"
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}[0-9]{0,2});")
#: Two characters or more that are the bytes of one, read in a code of single bytes.
_MOJIBAKE = "[\u00c2-\u00f4\u0192][\u0080-\u00bf\u0152-\u0178\u02c6-\u2122]"

_PAGE_MARK = (
    r"(?m)^[ \t]*(?:[A-Z][A-Za-z .]{2,24}?[ \t]+)?[0-9]{8}[ \t]+[0-9]{3}(?:\.[0-9])?[ \t]+"
    r"(?:OF|of)[ \t]+[0-9]{3}[ \t]*$"
)
_IN_A_PAGE_MARK = r"[0-9][ \t]+(?:OF|of)[ \t]+[0-9]"
_MARK_ALONE = r"\b[0-9]{8}[ \t]+[0-9]{3}(?:\.[0-9])?[ \t]+OF[ \t]+[0-9]{3}\b"
_LONGEST_POST = 10  # characters of a post of several words, at which sending systems cut it
_DATELINE = (
    r"(?m)^[ \t]*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, [0-9]{1,2} [A-Z][a-z]+ [0-9]{4}, "
    r"[0-9]{2}:[0-9]{2}[ \t]*$"
)
_IN_A_DATELINE = "day, "
#: Where the first paragraph begins: its number, or a portion mark at the beginning of a line.
_PARAGRAPH = r"\n[ \t]*(?:[0-9]{1,2}\.[ (]|\([A-Z]{1,4}(?://?[A-Z]{1,6})?\)[ \t])"
_LONGEST_HEADING = 600  # characters of it where no paragraph is found
_PUNCTUATION = r"[^\p{L}\p{N}\x{2588}\[\]]+"
_QUOTES = {
    "'": "[\u2018\u2019\u201a\u201b`\u00b4]",
    '"': "[\u201c\u201d\u201e\u201f\u00ab\u00bb]|''",
}
_DASHES = r"[\x{2010}-\x{2015}\x{2212}_]|--+"
_RULES = r"(?m)^[ \t]*[-=*~. ]{3,}[ \t]*$"


def without_notice(headers: pl.Series) -> pl.Series:
    """Return headers without the sentence that stands in place of one in a partial extract."""
    return headers.str.replace(rf"\s*{re.escape(NOTICE)}\s*", "")


def spaced(texts: pl.Series) -> pl.Series:
    """Return texts with every run of white space as one blank, and none at either end."""
    odd = (_beyond_ascii(texts) | texts.str.contains(_RARE_BLANKS)).arg_true()
    odd = odd.filter(texts.gather(odd).str.contains(_OTHER_BLANKS))
    texts = _put(texts, odd, texts.gather(odd).str.replace_all(_OTHER_BLANKS, " "))
    texts = texts.str.replace_all(_LINE_END, " ")
    wide = texts.str.contains("  ", literal=True).arg_true()
    texts = _put(texts, wide, texts.gather(wide).str.replace_all(_BLANKS, " "))
    return texts.str.strip_chars(" ")


def _put(texts: pl.Series, rows: pl.Series, others: pl.Series) -> pl.Series:
    """Return texts with others in some rows; ``scatter`` by itself changes what it is given."""
    return texts.clone().scatter(rows, others) if len(rows) else texts


def _beyond_ascii(texts: pl.Series) -> pl.Series:
    return texts.str.len_bytes() != texts.str.len_chars()


def repaired(texts: pl.Series) -> pl.Series:
    """Return texts with entities undone and wrongly decoded characters as they were meant."""
    odd = (_beyond_ascii(texts) | texts.str.contains("&", literal=True)).arg_true()
    odd = odd.filter(texts.gather(odd).str.contains(f"{_ENTITY.pattern}|{_MOJIBAKE}"))
    meant = [_meant(text) for text in texts.gather(odd)]
    return _put(texts, odd, pl.Series(meant, dtype=TEXT))


def _meant(text: str) -> str:
    undone = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return ftfy.fix_encoding(undone)


def encoded(texts: pl.Series) -> pl.Series:
    """Return texts as they read in the right encoding, white space folded."""
    return spaced(repaired(texts))


def laid_out(texts: pl.Series) -> pl.Series:
    """Return texts without what sending systems and editors put around their words.

    Page marks, datelines, ruled lines and pilcrow signs go; above the first paragraph all
    punctuation goes, so that ``E.O. 12958:`` is ``EO 12958``; below it quotes and dashes take
    one form.
    """
    return _laid_out(_words_alone(repaired(texts)))


def _words_alone(texts: pl.Series) -> pl.Series:
    """Return texts without page marks, datelines, ruled lines and pilcrow signs."""
    texts = texts.str.replace_all("\r\n", "\n", literal=True)
    texts = texts.str.replace_all("\r", "\n", literal=True)
    texts = texts.str.replace_all("\u00b6", "", literal=True)
    texts = _without(texts, _PAGE_MARK, texts.str.contains(_IN_A_PAGE_MARK))
    marked = texts.str.contains(_MARK_ALONE).arg_true()
    bare = texts.gather(marked).str.replace_all(_mark_in_a_line(), " ")
    texts = _put(texts, marked, bare)
    texts = _without(texts, _DATELINE, texts.str.contains(_IN_A_DATELINE, literal=True))
    return texts.str.replace_all(_RULES, " ")


def _without(texts: pl.Series, pattern: str, where: pl.Series) -> pl.Series:
    """Return texts with blanks for what a pattern matches, which is looked for in some alone.

    What can begin with blanks, wherever a line begins, is looked for slowly.
    """
    at = where.arg_true()
    return _put(texts, at, texts.gather(at).str.replace_all(pattern, " "))


@vocab.derived
def _mark_in_a_line() -> str:
    """Return the pattern of a page mark inside a line, after the name of its post.

    One word before it is taken for the post, and several only where a post has that name: the
    line may be one of capitals.
    """
    names = {row["origin"].upper().partition(" ")[2] for row in vocab.posts().values()}
    several = {name for name in names if " " in name}
    spelt = sorted(several | {name[:_LONGEST_POST].strip() for name in several}, reverse=True)
    posts = "|".join(re.escape(name) for name in spelt if " " in name)
    return rf"(?:\b(?:{posts}|[A-Z]{{3,12}})[ \t]+)?{_MARK_ALONE}"


def _laid_out(alone: pl.Series) -> pl.Series:
    """Return texts, of which only their words are left, with a heading without punctuation."""
    head, rest = _headed(alone)
    heading = head.fill_null(alone.str.slice(0, _LONGEST_HEADING)).str.replace_all(
        r"\bE\.[ \t]?O\b", "EO"
    )
    heading = heading.str.replace_all(_PUNCTUATION, " ")
    return spaced(heading + "\n" + _plain(rest.fill_null(alone.str.slice(_LONGEST_HEADING))))


def _headed(texts: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Return what stands above the first paragraph, and all else; null where none is found.

    To find one byte and to cut there takes a thirtieth of the time of two groups of a pattern.
    """
    found = pl.DataFrame({"text": texts.cast(pl.Binary), "at": texts.str.find(_PARAGRAPH)})
    whole = pl.when(pl.col("at").is_not_null()).then("text")
    head, rest = whole.bin.slice(0, pl.col("at")), whole.bin.slice(pl.col("at"))
    parts = found.select(head=head.cast(pl.String), rest=rest.cast(pl.String))
    return parts["head"], parts["rest"]


def judged_by(texts: pl.Series) -> dict[str, pl.Series]:
    """Return texts in the forms by which their differences are judged.

    ``bare`` is laid out as if all of it stood below the first paragraph: of a text that was cut
    above, what is left of a paragraph is else taken for a heading.
    """
    meant = repaired(texts)
    alone = _words_alone(meant)
    folded = spaced(texts)
    other = (meant != texts).arg_true()
    return {
        "spaced": folded,
        "encoded": _put(folded, other, spaced(meant.gather(other))),
        "laid_out": _laid_out(alone),
        "bare": spaced(_plain(alone)),
    }


def _plain(texts: pl.Series) -> pl.Series:
    """Return texts with straight quotes and one kind of dash, no dash being a line's own."""
    for straight, curly in _QUOTES.items():
        texts = texts.str.replace_all(curly, straight)
    return texts.str.replace_all(_DASHES, "-").str.replace_all(r"\s-\s", " - ")


def covered_alike(laid: pl.Series) -> pl.Series:
    """Return laid out texts with marks side by side as one, and all of one form."""
    return laid.str.replace_all(rf"(?:{MARK})(?:\s*(?:{MARK}))*", "\u2588\u2588")


def digests(texts: pl.Series, width: int = WIDTH) -> pl.Series:
    """Return the first hexadecimal digits of the SHA-256 of each text in UTF-8."""
    return texts.alias("text").to_frame().select(digest_of(pl.col("text"), width)).to_series()


def digest_of(text: pl.Expr, width: int = WIDTH) -> pl.Expr:
    """Return the expression for what ``digests`` returns."""
    return CryptographicHashingNameSpace(text).sha2_256().str.slice(0, width)


def ladder(texts: pl.Series, rungs: tuple[str, ...]) -> dict[str, pl.Series]:
    """Return the digests of texts on the rungs that are asked for."""
    made: dict[str, pl.Series] = {}
    if "exact" in rungs:
        made["exact"] = digests(texts)
    if "spaced" in rungs:
        made["spaced"] = digests(spaced(texts))
    if "encoded" in rungs:
        made["encoded"] = digests(encoded(texts))
    if "laid_out" in rungs or "covered_alike" in rungs:
        laid = laid_out(texts)
        made["laid_out"] = digests(laid)
        made["covered_alike"] = digests(covered_alike(laid))
    return made
