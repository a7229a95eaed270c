"""A saved report has every other form that it had when it was made, to the byte."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import cableproof
from cableproof.errors import NoReport, NoSuchPath
from cableproof.formats import CRATE, of_command
from cableproof.outcome import Outcome
from cableproof.program import Color, console
from cableproof.report import Report
from cableproof.reports.document import lines
from cableproof.reports.receipt import receipt
from cableproof.saved import saved
from tests.archives import json_lines
from tests.samples import record

ROOT = Path(__file__).parents[1]


def pair(room: Path) -> tuple[Path, Path]:
    (room / "a.jsonl").write_text(json_lines([record(), record(identifier="06BERN2")]))
    (room / "b.jsonl").write_text(json_lines([record(classification="SECRET")]))
    return room / "a.jsonl", room / "b.jsonl"


MAKERS: dict[str, Callable[[Path], Report]] = {
    "a validation": lambda room: cableproof.validate(ROOT / "data", ROOT / "examples" / "damaged"),
    "a clean validation": lambda room: cableproof.validate(ROOT / "data", select=["IDN001"]),
    "a comparison": lambda room: cableproof.compare(*pair(room)),
    "a history": lambda room: cableproof.history(*pair(room)),
    "an audit": lambda room: cableproof.audit(
        ROOT / "data" / "release", against=[f"A={ROOT / 'data' / 'release'}"]
    ),
}


@pytest.fixture(params=MAKERS)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Report, Path]:
    report = MAKERS[request.param](tmp_path)
    file = tmp_path / "report.json"
    file.write_text("".join(lines(report)), "utf-8")
    return report, file


def test_each_format_has_the_bytes_of_the_run(both: tuple[Report, Path]) -> None:
    report, file = both
    again = saved(file)
    for name, form in of_command(report.command).items():
        if name != CRATE:
            made = receipt(report) if form.of_receipt else {}
            then = [_bytes(part) for part in form.parts(report, made)]
            now = [_bytes(part) for part in form.parts(again, receipt(again) if made else {})]
            assert b"".join(now) == b"".join(then), name


def _bytes(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def test_it_is_printed_as_the_run_was(
    both: tuple[Report, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    from cableproof.delivery import Delivery, delivered

    report, file = both
    shown = []
    for each in (report, saved(file)):
        how = Delivery([], None, None, Color.NEVER, True, False, False)
        assert delivered(each, how) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] != ""
    assert console(Color.NEVER).width == 80


def test_the_layout_of_the_file_makes_no_difference(both: tuple[Report, Path]) -> None:
    report, file = both
    file.write_text(json.dumps(json.loads(file.read_text("utf-8"))), "utf-8")
    assert "".join(lines(saved(file))) == "".join(lines(report))


def test_rows_can_be_told_again_and_again(both: tuple[Report, Path]) -> None:
    again: Outcome = saved(both[1])
    assert list(again.found()) == list(again.found()) == list(both[0].found())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"cableproof/1"', '"cableproof/2"'),
        ('"report"', '"retort"'),
        ('"inputs": ', '"outputs": '),
        ('"command": "validate"', '"command": 7'),
    ],
)
def test_what_is_no_report_of_this_version_is_refused(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "report.json"
    whole = "".join(lines(cableproof.validate(ROOT / "data")))
    assert old in whole
    file.write_text(whole.replace(old, new), "utf-8")
    with pytest.raises(NoReport):
        saved(file)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "null", "no JSON", '{"report": []}', "[" * 9999]
)
def test_what_is_no_report_at_all_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(content, "utf-8")
    with pytest.raises(NoReport):
        saved(file)


def test_a_folder_and_nothing_are_no_files(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoSuchPath):
            saved(path)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('  {"rule": ', "  {rule: "),
        ('  {"rule": ', '  {"ruler": '),
        ('"facts": {', '"facts": 1, "x": {'),
        ("\n ],", "\n"),
    ],
)
def test_a_damaged_row_is_named_when_it_is_told(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "report.json"
    whole = "".join(lines(cableproof.validate(ROOT / "data")))
    assert old in whole
    file.write_text(whole.replace(old, new, 1), "utf-8")
    with pytest.raises(NoReport):
        list(saved(file).found())
