"""What follows from what a reference of an audit lacks."""

from itertools import product

import polars as pl
import pytest

from cableproof.validators.audit.held import main
from cableproof.validators.audit.references import Reference


@pytest.mark.parametrize(("counter", "nameless"), [*product((None, 1, 2, 3), (False, True))])
def test_only_a_whole_release_that_was_read_proves_that_a_cable_is_not_in_it(
    counter: int | None, nameless: bool
) -> None:
    two = pl.DataFrame({"key": ["07BERN1", "07BERN2"]})
    none: frozenset[str] = frozenset()
    reference = Reference("a", two, "", none, counter, {}, none, none, nameless)
    assert reference.selection is (counter == 3)
    assert reference.proves_absence is (counter != 3 and not nameless)


def test_of_releases_as_good_the_newest_is_the_one_that_pages_come_from() -> None:
    none: frozenset[str] = frozenset()
    made = [
        Reference(name, pl.DataFrame(), "", none, None, {}, none, none, nameless=False)
        for name in ("older", "newer")
    ]
    assert main([], made).name == "newer"
