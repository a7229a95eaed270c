"""What several tests need: examples laid over the clean record, and checked by all rules."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from cableproof.sources.batches import PAGE
from cableproof.sources.objects import batch_of
from cableproof.validators.catalogue import CATALOGUE
from cableproof.validators.engine import Checked, check
from cableproof.validators.evidence import measured
from cableproof.validators.examples import CLEAN
from cableproof.validators.tables import TROUBLES, tables

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.programs import Call

Row = Mapping[str, object]

#: No test finds what another, or the user, has kept; see `test_caching.py` for those that keep.
os.environ.setdefault("CABLEPROOF_CACHE", "no")
os.environ.setdefault("CABLEPROOF_JOBS", "0")

_WHERE = {"source": "data", "path": "cables.jsonl", "kind": "json-lines"}


def laid(examples: Sequence[Row]) -> pl.DataFrame:
    """Return a batch of clean records, each with the fields and page columns of its example."""
    fields = [_without_page({**CLEAN, **example}) for example in examples]
    numbers = pl.Series(range(len(examples)), dtype=pl.Int64)
    batch = batch_of(fields, {"start": numbers * 100, "end": numbers * 100 + 99})
    page = [
        pl.Series(name, [example.get(name) for example in examples], dtype=kind)
        for name, kind in PAGE.items()
    ]
    return batch.with_columns(*page, **{name: pl.lit(said) for name, said in _WHERE.items()})


def _without_page(record: Row) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in PAGE}


def found_in(examples: Sequence[Row]) -> Checked:
    """Return what all rules find in the records of an example."""
    evidence = measured(laid(examples)).with_columns(group=pl.lit(0))
    rules = list(CATALOGUE.values())
    return check(rules, tables(evidence, pl.DataFrame(schema=TROUBLES), rules))


@pytest.fixture(scope="session")
def checked() -> Callable[[Sequence[Row]], Checked]:
    return found_in


@pytest.fixture(scope="session")
def codes_found() -> Callable[[Sequence[Row]], list[str]]:
    """Return a function that tells the codes that all rules find in the records of an example."""
    return lambda examples: found_in(examples).sheet["rule"].tolist()


@pytest.fixture(scope="session")
def codes_alone() -> Callable[[Sequence[Row]], list[list[str]]]:
    """Return a function that tells the codes found in each record, each a collection by itself."""
    return found_alone


def found_alone(examples: Sequence[Row]) -> list[list[str]]:
    """Return the codes that all rules find in each record, each a collection by itself."""
    number = pl.int_range(pl.len())
    path = pl.format("{}.json", number)
    own = {"path": path, "source": path}
    evidence = measured(laid(examples).with_columns(**own)).with_columns(group=number)
    rules = list(CATALOGUE.values())
    sheet = check(rules, tables(evidence, pl.DataFrame(schema=TROUBLES), rules)).sheet
    found: list[list[str]] = [[] for _ in examples]
    for record, code in zip(sheet["record"], sheet["rule"], strict=True):
        found[int(record)].append(code)
    return found


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Return a function that runs a program of ours in a folder of its own."""
    from tests.programs import calling

    monkeypatch.chdir(tmp_path)
    return calling(monkeypatch, capsys)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's browser, which only tests of pages start."""
    from tests.browsing import started

    with started() as browser:
        yield browser


@pytest.fixture(scope="module")
def opened(browser: Browser) -> Iterator[Page]:
    """Return one page for all tests that do not need a context of their own."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.set_default_timeout(5000)
        yield page


@pytest.fixture
def page(opened: Page, files: dict[str, str]) -> Page:
    """Return the small page as it opens on a wide screen."""
    opened.emulate_media(media="screen", color_scheme="light")
    opened.goto(files["small"])
    return opened
