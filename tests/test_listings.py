"""What index pages of release trees list, held against the same said slowly, page by page."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from cableproof.sources.index_pages import FRONT
from cableproof.validators.listings import indexes
from cableproof.validators.trees import counted

Row = dict[str, Any]
KINDS = ("date", "reldate", "classification", "origin", "tag")
SAID = {
    "date": "of another month",
    "reldate": "released on another day",
    "classification": "of another classification",
    "origin": "of another origin",
    "tag": "without the tag",
}
#: Two values of each kind, the first two as keys of index pages have them.
VALUES: dict[str, list[Any]] = {
    "date": ["2007-01", "2007-02"],
    "reldate": ["2010-12-01", "2010-12-02"],
    "classification": ["SECRET", "an odd one"],
    "origin": ["Embassy Bern", "Embassy Nowhere"],
    "tag": ["ELTN", "SZ"],
}
KEYS = {"date": VALUES["date"], "reldate": VALUES["reldate"], "tag": ["eltn", "SZ"]}
NAMES = ["07BERN1", "07BERN2", "07BERN3", "07ROME4", "07ROME5", "07ROME66", "odd name"]


def code(tag: str) -> int:
    return int(pl.Series([tag]).hash(0)[0])


def maybe(values: list[Any]) -> st.SearchStrategy[Any]:
    return st.sampled_from([*values, *values, None])


PAGES = st.lists(
    st.fixed_dictionaries(
        {
            "tree": st.sampled_from(["", "", "old/"]),
            "name": st.sampled_from(NAMES),
            **{kind: maybe(VALUES[kind]) for kind in KINDS if kind != "tag"},
            "tag": st.none() | st.lists(st.sampled_from(VALUES["tag"]), unique=True),
        }
    ),
    max_size=7,
    unique_by=lambda row: (row["tree"], row["name"]),
)
LISTED = st.lists(
    st.fixed_dictionaries(
        {
            "tree": st.sampled_from(["", "", "", "old/", "none/"]),
            "kind": st.sampled_from([*KINDS, *KINDS, FRONT]),
            "key": st.sampled_from([0, 1]),
            "page": st.sampled_from([0, 0, 0, 1]),
            "final": st.sampled_from([0, 0, 1]),
            "keys": st.sampled_from([1, 2, 2, 3]),
            "label": st.sampled_from(["SECRET", "Embassy Bern", "no such", None, None]),
            "whole": st.sampled_from([True, True, True, False]),
            "cables": st.lists(st.sampled_from(NAMES), max_size=7, unique=True),
        }
    ),
    max_size=6,
    unique_by=lambda row: (row["tree"], row["kind"], row["key"], row["page"]),
)
COUNTERS = st.fixed_dictionaries({"": st.integers(0, 8), "old/": st.integers(0, 8)})


def wanted(kind: str, row: Row, listed: list[Row], own: dict[tuple[str, str], Row]) -> Any:
    """Return the value that pages should have which an index page lists; None if not known."""
    if kind in KEYS:
        return row["key"].upper()
    known = {*VALUES[kind][:1], "SECRET", "Embassy Bern", *(page[kind] for page in own.values())}
    if row["label"] in known - {None}:
        return row["label"]
    names = [
        (each["tree"], name)
        for each in listed
        if (each["tree"], each["key"]) == (row["tree"], row["key"])
        for name in each["cables"]
    ]
    values = Counter(own[name][kind] for name in names if name in own and own[name][kind])
    return next((value for value, n in values.items() if 2 * n > values.total()), None)


def complete(pages: list[Row]) -> bool:
    last = max(max(page["page"], page["final"]) for page in pages)
    return len({page["page"] for page in pages}) == last + 1 and all(p["whole"] for p in pages)


def slowly(pages: list[Row], listed: list[Row], counters: dict[str, int]) -> dict[str, Any]:
    """Return what is told of each index page and folder: entries, counts, and the cables."""
    own = {(page["tree"], page["name"]): page for page in pages}
    trees = Counter(page["tree"] for page in pages)
    odd: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    entries: dict[str, int] = {}
    for kind in KINDS:
        indexed = [row for row in listed if row["kind"] == kind and row["tree"] in trees]
        for tree in {row["tree"] for row in indexed}:
            here = [row for row in indexed if row["tree"] == tree]
            names = {name for row in here for name in row["cables"]}
            entries |= {row["path"]: len(row["cables"]) for row in here}
            if names:
                entries[tree + kind] = len(names)
            for row in here:
                right = wanted(kind, row, indexed, own)
                for name in row["cables"]:
                    page = own.get((tree, name))
                    if page is None:
                        if trees[tree] >= counters[tree]:
                            odd[row["path"]].append((1, "without a page", name))
                    elif page[kind] is not None and right is not None:
                        values = page[kind] if kind == "tag" else [page[kind]]
                        if right not in values:
                            odd[row["path"]].append((0, SAID[kind], name))
            if kind == "tag" or not names:
                continue
            sets: dict[Any, list[Row]] = {}
            for row in sorted(here, key=lambda each: each["page"]):
                sets.setdefault(row["key"], []).append(row)
            rights = {key: wanted(kind, rows[0], indexed, own) for key, rows in sets.items()}
            full = (
                all(map(complete, sets.values()))
                and None not in rights.values()
                and len(sets) >= max(row["keys"] for row in here)
            )
            for (where, name), page in own.items():
                if where != tree or name in names or page[kind] is None:
                    continue
                homes = [key for key in sorted(sets) if rights[key] == page[kind]]
                whole = [sets[key][0]["path"] for key in homes if complete(sets[key])]
                if whole:
                    odd[whole[0]].append((2, "not listed", name))
                elif not homes and full:
                    odd[tree + kind].append((2, "not listed", name))
    return {path: (number, *_told(sorted(odd[path]))) for path, number in entries.items()}


def _told(odd: list[tuple[int, str, str]]) -> tuple[str, str]:
    counts = Counter((order, how) for order, how, _ in odd)
    said = ", ".join(f"{n} {how}" for (_, how), n in sorted(counts.items()))
    names = [name if name[:2].isdigit() else f"[{len(name)} characters]" for _, _, name in odd]
    return said, ", ".join(names[:5])


def _prepared(listed: list[Row]) -> list[Row]:
    """Return index pages with their paths and keys, each at its own address."""
    return [
        row
        | {
            "path": f"{row['tree']}{row['kind']}/{row['key']}_{row['page']}.html",
            "key": KEYS[row["kind"]][row["key"]] if row["kind"] in KEYS else str(row["key"]),
        }
        for row in listed
    ]


def quickly(pages: list[Row], listed: list[Row], counters: dict[str, int]) -> dict[str, Any]:
    texts = dict.fromkeys(("tree", "name", *KINDS[:-1]), pl.String)
    coded = [p | {"tag": p["tag"] and [*map(code, p["tag"])]} for p in pages]
    there = pl.DataFrame(coded, schema={**texts, "tag": pl.List(pl.UInt64)}, orient="row")
    columns: dict[str, Any] = {
        **dict.fromkeys(("tree", "path", "kind", "key", "label"), pl.String),
        **dict.fromkeys(("page", "final", "keys"), pl.Int64),
        "whole": pl.Boolean,
        "cables": pl.List(pl.String),
    }
    lists = pl.DataFrame(listed, schema=columns, orient="row")
    trees = (
        there.group_by("tree")
        .agg(pages=pl.len())
        .with_columns(counter=pl.col("tree").replace_strict(counters, return_dtype=pl.Int64))
    )
    tables = [table.with_columns(source=pl.lit("tree")) for table in (there, lists, trees)]
    found = indexes(*tables).select("path", "entries", "disagreement", "cables")
    assert found["path"].is_unique().all()
    return {path: tuple(rest) for path, *rest in found.rows()}


@settings(max_examples=250, deadline=None, derandomize=True)
@given(PAGES, LISTED, COUNTERS)
def test_an_index_page_disagrees_as_its_entries_and_the_pages_do(
    pages: list[Row], listed: list[Row], counters: dict[str, int]
) -> None:
    known = _prepared(listed)
    assert quickly(pages, known, counters) == slowly(pages, known, counters)


# --- trees by their own counter ---------------------------------------------------------------

FOUND = st.lists(
    st.fixed_dictionaries(
        {
            "tree": st.sampled_from(["", "", "old/"]),
            "path": st.sampled_from(["a", "b", "c", "d"]),
            "counter": st.sampled_from([None, 3, 3, 4, 5]),
            "read": st.sampled_from([True, True, None]),
        }
    ),
    max_size=6,
)
FRONTS = st.lists(
    st.fixed_dictionaries(
        {
            "tree": st.sampled_from(["", "old/", "new/"]),
            "path": st.sampled_from(["index.html", "other.html"]),
            "kind": st.sampled_from([FRONT, FRONT, "date"]),
            "counter": st.sampled_from([None, 3, 6]),
        }
    ),
    max_size=4,
)


def tree_by_tree(pages: list[Row], listed: list[Row]) -> dict[str, Row]:
    """Return the trees that count their pages, with what they say and what is there."""
    told = {}
    for tree in {page["tree"] for page in pages}:
        own = [page for page in pages if page["tree"] == tree]
        stated = Counter(page["counter"] for page in own if page["counter"] is not None)
        indexes = [row for row in listed if row["tree"] == tree]
        front = next((row for row in indexes if row["kind"] == FRONT), None)
        by_front = front["counter"] if front else None
        most = max(stated, key=lambda counter: (stated[counter], counter)) if stated else by_front
        number = len({page["path"] for page in own})
        if most is not None and (number > 1 or indexes):
            told[tree] = {
                "counter": most,
                "front": by_front,
                "mixed": len(stated) > 1,
                "pages": number,
                "records": sum(page["read"] is not None for page in own),
                "path": front["path"] if front else f"{tree}cable",
            }
    return told


@settings(max_examples=250, deadline=None, derandomize=True)
@given(FOUND, FRONTS)
def test_a_tree_is_counted_by_what_most_of_its_pages_state(
    pages: list[Row], listed: list[Row]
) -> None:
    source = pl.lit("tree").alias("source")
    there = pl.DataFrame(
        pages,
        schema={"tree": pl.String, "path": pl.String, "counter": pl.Int64, "read": pl.Boolean},
        orient="row",
    )
    lists = pl.DataFrame(
        listed,
        schema={"tree": pl.String, "path": pl.String, "kind": pl.String, "counter": pl.Int64},
        orient="row",
    )
    found = counted(there.with_columns(source), lists.with_columns(source))
    names = ("counter", "front", "mixed", "pages", "records", "path")
    said = {row["tree"]: {n: row[n] for n in names} for row in found.to_dicts()}
    assert said == tree_by_tree(pages, listed)
