"""No command that sets sources side by side writes a passage, whatever it covers or opens."""

import html
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from cableproof.auditing import audit
from cableproof.citing import cite
from cableproof.comparing import compare
from cableproof.comparison import Comparison
from cableproof.recounting import recount
from cableproof.reports import audit as audit_terminal
from cableproof.reports import card as card_terminal
from cableproof.reports import comparison as terminal
from cableproof.reports import history as history_terminal
from cableproof.reports.document import lines
from cableproof.reports.page import lines as page_lines
from tests.samples import page, record
from tests.witnesses import TEXT, source, with_text

CANARY = "quizzaciously"
_SHOWN = 5  # characters in a row that betray a passage
#: All that says where a report comes from.
FORMS = (
    *("-o", "receipt=out.receipt", "-o", "prov=out.prov", "-o", "ro-crate=crate"),
    *("--published", "2026-01-02"),
)
#: Text forms of a report that are lists; of Parquet a test says that it has the cells of the CSV.
LISTS = tuple(
    word
    for form in ("html", "markdown", "csv", "sarif", "junit", "github", "github-summary", "gitlab")
    for word in ("-o", f"{form}=out.{form}")
)
COMMANDS = {
    "compare": ("compare", "a", "b", "c", "--notes", "--all"),
    "reference": ("compare", "--reference", "a", "b", "-o", "json=out.json", "-o", "html=out.html"),
    "history": ("history", "a", "b", "c", "--notes", "--all", "-o", "json=out.json"),
    "manifest": ("manifest", "b"),
    "parquet": ("manifest", "b", "--format", "parquet"),
    "check": ("manifest", "b", "--check", "a.manifest", "--all", "-o", "json=out.json"),
    "audit": (
        "audit",
        "b",
        "--against",
        "a",
        "--against",
        "c",
        "--all",
        *("-o", "json=out.json", "-o", "html=out.html"),
    ),
    "audit by manifest": ("audit", "c", "--against", "a.manifest", "--all", "--notes"),
    "audit alone": ("audit", "b", "--all", "--notes", "-o", "html=out.html"),
    "card": ("cite", "07BERN1", "--in", "b", "--against", "a", "--against", "c"),
    "card as Markdown": ("cite", "07BERN9", "--in", "c", "--against", "a", "--format", "markdown"),
    "card as JSON": ("cite", "07BERN10", "--in", "a", "--against", "b", "--format", "json"),
    "against a manifest": ("compare", "a.manifest", "b", "--all", "-o", "html=out.html"),
    "provenance": ("compare", "a", "b", "c", *FORMS),
    "provenance of a validation": ("validate", "a", "b", "damaged", *FORMS),
    "provenance of a history": ("history", "a", "b", *FORMS),
    "provenance of a check": ("manifest", "b", "--check", "a.manifest", *FORMS),
    "provenance of an audit": ("audit", "b", "--against", "a", "--against", "a.manifest", *FORMS),
    "lists of a validation": ("validate", "a", "b", "damaged", *LISTS),
    "lists of a comparison": ("compare", "a", "b", "c", *LISTS),
    "lists of an audit": ("audit", "b", "--against", "a", "--against", "c", *LISTS),
    "another form": ("render", "b.json", "--format", "markdown"),
    "against a baseline": ("compare", "a", "b", "--baseline", "b.json", *LISTS),
    "settings": ("settings", "--select", "TAG"),
    "statement": ("manifest", "b", "--statement", "b.intoto.json"),
    "the same again": ("verify", "a.receipt"),
    "other than it was": ("verify", "b.receipt"),
    "no receipt": ("verify", "a/cables.jsonl"),
    "no such source": ("compare", "a", "nowhere"),
    "one damaged": ("compare", "a", "damaged", "--all", "--notes"),
    "no folder for the report": ("compare", "a", "b", "-o", "json=nowhere/out.json"),
}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with sources in which the canary stands in every field that holds text."""
    folder = tmp_path_factory.mktemp("leaks")
    told = TEXT.replace("the clerk", CANARY).replace("dry", f"{CANARY} &lt;{CANARY}&gt;")
    hidden = told.replace(f"told {CANARY} that", "told XXXXXXXXXX that")
    cut = told[: told.index("3. (U)")] + CANARY
    header = f"RR RUEHC\nFM {CANARY}"
    variants = {
        "a": [told, hidden, told, told],
        "b": [hidden, told, cut, told.replace("green", CANARY)],
        "c": [told.replace("lamps", f"{CANARY}s"), told, hidden, cut],
    }
    for name, texts in variants.items():
        (folder / name).mkdir()
        rows = [
            with_text(text, number, header=header if name == "b" else "", subject=_subject(text))
            for number, text in enumerate(texts, 1)
        ]
        rows.append(record(9, classification=f"{CANARY}\n{name} " * 9, origin=f"{CANARY}; {name}?"))
        rows.append(record(10, created=f"{CANARY} {name}", tags=[f"{CANARY} {name}; and so on"]))
        rows += [record(11), record(11, body=f"{CANARY} {name}")]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / name / "cables.jsonl").write_text(text + f'{{"body": "{CANARY}', encoding="utf-8")
        (folder / name / "07BERN30.txt").write_bytes(page(with_text(texts[0], 30)))
    (folder / "damaged").mkdir()
    whole = page(with_text(told, 30))
    (folder / "damaged" / "07BERN30.txt").write_bytes(whole)
    (folder / "damaged" / "07BERN31.txt").write_bytes(whole[: len(whole) // 2])
    (folder / "damaged" / f"{CANARY[:3]}.dat").write_text(f"\x01\x02{CANARY}")
    run(folder, "manifest", "a", "-q", to=folder / "a.manifest")
    run(folder, "validate", "a", "-q", "-o", "receipt=a.receipt")
    run(folder, "compare", "a", "b", "-q", "-o", "receipt=b.receipt", "-o", "json=b.json")
    other = (
        (folder / "b.receipt").read_text().replace('"CMP', '"CMX').replace("sha256:0", "sha256:1")
    )
    (folder / "b.receipt").write_text(other)
    return folder


def _subject(text: str) -> str:
    return f"THE {CANARY.upper()} BENCH" if CANARY in text else "THE XXXXXXXXX BENCH"


def run(room: Path, *words: str, to: Path | None = None) -> bytes:
    """Run the program in ``room`` with folders of its own, and return all that it printed."""
    own = {name: str(room / "own" / name) for name in ("HOME", "TMPDIR", "CABLEPROOF_CACHE_DIR")}
    own |= {"CABLEPROOF_CACHE": "yes"}
    for folder in own.values():
        Path(folder).mkdir(parents=True, exist_ok=True)
    program = "from cableproof.cli import main; main()"
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(command, cwd=room, env=os.environ | own, capture_output=True, check=False)
    if to is not None:
        to.write_bytes(done.stdout)
    return done.stdout + b"\n" + done.stderr


def unescaped(data: bytes) -> Iterator[str]:
    """Yield what was written as it stands, and without the escapes of HTML, JSON and addresses."""
    text = data.decode("utf-8", "replace")
    yield text
    yield html.unescape(text)
    yield re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_writes_the_canary_anywhere(name: str, room: Path) -> None:
    sources = {file for each in ("a", "b", "c", "damaged") for file in (room / each).iterdir()}
    written = run(room, *COMMANDS[name])
    assert written.strip()
    files = [file for file in room.rglob("*") if file.is_file() and file not in sources]
    if name == "parquet":
        manifest = pl.read_parquet(io.BytesIO(written[: written.rindex(b"PAR1") + 4]))
        written += json.dumps(manifest.to_dicts()).encode()
    for data in (written, *(file.read_bytes() for file in files)):
        assert all(CANARY not in text.lower() for text in unescaped(data)), name


def shown(report: Comparison) -> str:
    """Return all that reports of a comparison say, in every form."""
    out = io.StringIO()
    console = Console(file=out, width=400)
    terminal.show(report, console, None, notes=True, everything=True)
    return out.getvalue() + "".join(lines(report)) + "".join(page_lines(report))


def betrayed(secret: str, text: str) -> bool:
    """Tell whether a run of the secret stands in the text."""
    plain = html.unescape(text).lower()
    parts = {secret[at : at + _SHOWN].lower() for at in range(len(secret) - _SHOWN + 1)}
    return any(part in plain for part in parts)


#: Letters that stand beside each other in no word of ours.
SECRETS = st.text(alphabet="qzxjvk", min_size=6, max_size=12)


def witnesses(secret: str, how: str) -> dict[str, list[dict[str, object]]]:
    """Return sources of which one covers what another has open, in text or subject."""
    told = TEXT.replace("the clerk", secret)
    hidden = TEXT.replace("the clerk", "XXXXXXXX")
    subjects = {
        "text": ("TRAMS", "TRAMS"),
        "subject": (f"TRAMS AND {secret}", "TRAMS AND XXXXXXX"),
        "both": (f"TRAMS AND {secret}", "TRAMS"),
        "only in the text": (f"TRAMS AND {secret}", f"TRAMS AND {secret} AND MORE"),
    }[how]
    return {
        "a": [with_text(told, subject=subjects[0]), record(2)],
        "b": [with_text(hidden, subject=subjects[1]), record(2)],
    }


HOWS = ("text", "subject", "both", "only in the text")


@given(SECRETS, st.sampled_from(HOWS))
@settings(max_examples=30, deadline=None)
def test_no_five_characters_of_what_a_witness_covers_are_shown(
    tmp_path_factory: pytest.TempPathFactory, secret: str, how: str
) -> None:
    folder = tmp_path_factory.mktemp("covered")
    made = [source(folder, name, rows) for name, rows in witnesses(secret, how).items()]
    report = compare(made)
    assert "CMP402" in report.kinds or "CMP401" in report.kinds
    assert not betrayed(secret, shown(report))
    out = io.StringIO()
    lived = recount(made)
    console = Console(file=out, width=400)
    history_terminal.show(lived, console, None, notes=True, everything=True)
    assert not betrayed(secret, out.getvalue() + "".join(lines(lived)))


@given(SECRETS, st.sampled_from(HOWS), st.permutations(["a", "b", "c"]))
@settings(max_examples=20, deadline=None)
def test_an_audit_shows_no_five_characters_of_what_any_source_covers(
    tmp_path_factory: pytest.TempPathFactory, secret: str, how: str, order: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("covered")
    rows = witnesses(secret, how)
    rows["c"] = [rows["a"][0] | {"subject": f"TRAMS AND {secret} ONCE MORE"}, record(2)]
    mirror, *against = [source(folder, name, rows[name]) for name in order]
    report = audit(mirror, against)
    out = io.StringIO()
    console = Console(file=out, width=400)
    audit_terminal.show(report, console, None, notes=True, everything=True)
    card = cite("07BERN1", mirror, against)
    card_terminal.show(card, console)
    written = [*lines(report), *card_terminal.lines(card), *card_terminal.markdown(card)]
    assert not betrayed(secret, out.getvalue() + "".join(written))


def test_without_the_guard_the_tests_above_would_fail(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = "qzxjvkqzxj"
    made = [source(tmp_path, name, rows) for name, rows in witnesses(secret, "both").items()]
    assert not betrayed(secret, shown(compare(made)))
    monkeypatch.setattr(
        "cableproof.validators.collation.apart.withheld",
        lambda table, cables: pl.repeat(False, len(cables), eager=True),
    )
    assert betrayed(secret, shown(compare(made)))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("origin", "The keeper met Qzxjvk Zxqjv"),
        ("tags", ["QZXJVK", "ELTN"]),
        ("classification", "Qzxjvk was there"),
        ("references", ["QZXJVKQZ", "06BERN9"]),
    ],
)
def test_a_claim_that_no_table_knows_is_not_shown_where_a_witness_covers(
    field: str, value: object, tmp_path: Path
) -> None:
    hidden = with_text(TEXT.replace("the clerk", "XXXXXXXX")) | {field: value}
    made = [
        source(tmp_path, "a", [with_text(TEXT.replace("the clerk", "Qzxjvk Zxqjv"))]),
        source(tmp_path, "b", [hidden]),
    ]
    report = compare(made)
    assert any(each.fields == (field,) for each in report.discrepancies)
    assert not betrayed("qzxjvk", shown(report))


def test_the_number_of_discrepancies_does_not_depend_on_what_is_withheld(tmp_path: Path) -> None:
    counts = []
    for number, mark in enumerate(("XXXXXXXX", "the doctor")):
        (tmp_path / str(number)).mkdir()
        one = with_text(TEXT, subject="TRAMS AND LAMPS")
        other = with_text(TEXT.replace("the clerk", mark), subject="TRAMS AND BENCHES")
        made = [
            source(tmp_path / str(number), name, [each])
            for name, each in (("a", one), ("b", other))
        ]
        counts.append(len(compare(made).discrepancies))
    assert counts[0] == counts[1]
