"""A flag goes before the environment, that before a file, that before a profile, and the default."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cableproof.errors import WrongSetting
from cableproof.keys import KEYS, PROFILES
from cableproof.schemas import vocab
from cableproof.settings import settings
from tests.programs import Call

#: Of each key two values that a file may say, as TOML, and what they are.
SAID: dict[str, tuple[tuple[str, Any], tuple[str, Any]]] = {
    "fail-on": (('"note"', "note"), ('"never"', "never")),
    "notes": (("true", True), ("false", False)),
    "jobs": (("3", 3), ("7", 7)),
    "color": (('"never"', "never"), ('"always"', "always")),
    "select": (('["tag"]', ("TAG",)), ('"IDN001,DAT"', ("IDN001", "DAT"))),
    "ignore": (('["TAG003"]', ("TAG003",)), ("[]", ())),
}


@pytest.fixture(autouse=True)
def _nothing_stays() -> Any:
    yield
    vocab.install({})


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@given(
    st.sampled_from(sorted(SAID)),
    st.sets(st.sampled_from(["flag", "variable", "file", "profile"])),
    st.booleans(),
)
def test_the_nearest_to_the_user_is_taken(name: str, layers: set[str], own: bool) -> None:
    import tempfile

    (first, one), (second, two) = SAID[name]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / ("cableproof.toml" if own else "pyproject.toml")
        head = "" if own else "tool.cableproof."
        lines = [f"{head}{name} = {second}"] if "file" in layers else []
        lines += [f"{head}profiles.house.{name} = {first}"]
        lines += [f'{head}profile = "house"'] if "profile" in layers else []
        file.write_text("\n".join(lines))
        word = ",".join(one) if isinstance(one, tuple) else str(one).lower()
        variable = KEYS[name].variable
        found = settings(
            {name: two} if "flag" in layers else {},
            config=file,
            environment={variable: word} if "variable" in layers and word else {},
        ).values[name]
    expected = [
        ("flag", two, f"--{name}"),
        ("variable", one, variable),
        ("file", two, file.as_posix()),
        ("profile", one, file.as_posix()),
    ]
    if not one:  # what is empty in the environment is not set there
        layers = layers - {"variable"}
    for layer, value, origin in expected:
        if layer in layers:
            assert found.value == value
            assert found.origin.startswith(origin)
            return
    assert found == (KEYS[name].default, "default")


def test_the_own_file_goes_before_the_shared_one_and_the_nearest_before_those_above(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CABLEPROOF_JOBS")
    (room / "pyproject.toml").write_text("[tool.cableproof]\njobs = 2\n")
    below = room / "a" / "b"
    below.mkdir(parents=True)
    (room / "a" / "pyproject.toml").write_text("[tool.other]\n")
    monkeypatch.chdir(below)
    assert settings({}).values["jobs"] == (2, "../../pyproject.toml:2 jobs")
    assert settings({}, alone=True)["jobs"] is None
    (room / "a" / "cableproof.toml").write_text("jobs = 3\n")
    assert settings({})["jobs"] == 3


def test_files_are_named_from_the_folder_of_the_settings(
    room: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (room / "cableproof.toml").write_text('accepted = "kept/accepted.toml"\n')
    (room / "below").mkdir()
    monkeypatch.chdir(room / "below")
    assert settings({})["accepted"] == "../kept/accepted.toml"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("jobz = 2", "cableproof.toml:1 jobz: no such setting; did you mean jobs?"),
        ("\n\njobs = -1", "cableproof.toml:3 jobs: it must be a number from 0 on"),
        ("jobs = true", "it must be a number"),
        ('select = ["TGA"]', "no rule TGA; did you mean TAG?"),
        ("select = [1]", "write codes"),
        (
            'severities = {TAG003 = "notes"}',
            "it must be one of error, warning, note; did you mean note",
        ),
        ('severities = {TOG = "note"}', "no rule TOG; did you mean TAG?"),
        ("severities = 1", "it must be a table"),
        ('max = {TAG = "5"}', "write a whole code"),
        ('max = {TAG003 = "many"}', "write a number, as 5, or a share"),
        ('max = {TAG003 = "101%"}', "write a number, as 5, or a share"),
        ('max = {TAG003 = "-1"}', "write a number, as 5, or a share"),
        ('fail-on = "warnings"', "did you mean warning?"),
        ('profile = "strikt"', "no profile strikt; did you mean strict?"),
        ("[profiles.own]\njobz = 1", "no such setting; did you mean jobs?"),
        ('[profiles.own]\nprofile = "strict"', "no such setting"),
        ("profiles = 1", "it must be a table of tables"),
        ("notes = 1", "it must be true or false"),
        ('vocabularies = {tagz = "x.csv"}', "did you mean tags?"),
        ("per-path-ignores = []", "it must be a table"),
        ("jobs = [", "it is no TOML"),
    ],
)
def test_what_is_no_setting_is_told_with_its_place_and_the_nearest(
    room: Path, text: str, said: str
) -> None:
    (room / "cableproof.toml").write_text(text)
    with pytest.raises(WrongSetting) as error:
        settings({})
    assert said in str(error.value)
    assert "cableproof.toml" in str(error.value)


def test_every_profile_that_there_is_can_be_taken(room: Path) -> None:
    for name, sets in PROFILES.items():
        found = settings({"profile": name})
        assert {key: found[key] for key in sets} == sets


def test_the_command_says_where_each_value_came_from(room: Path, call: Call) -> None:
    (room / "cableproof.toml").write_text('select = ["TAG"]\nmax = {TAG003 = "0.1%"}\n')
    ended = call("cableproof", "settings", "--format", "json", "--profile", "strict", "--jobs", "2")
    told = json.loads(ended.out)
    assert set(told) == set(KEYS)
    assert told["select"] == {"value": ["TAG"], "from": "cableproof.toml:1 select"}
    assert told["max"] == {"value": {"TAG003": "0.1%"}, "from": "cableproof.toml:2 max"}
    assert told["fail-on"] == {"value": "note", "from": "profile strict"}
    assert told["jobs"] == {"value": 2, "from": "--jobs"}
    assert told["color"] == {"value": "auto", "from": "default"}


def test_rows_of_ones_own_are_known_and_change_the_digest(room: Path, call: Call) -> None:
    archive = Path(__file__).parents[1] / "data"
    then = call("validate", str(archive), "--select", "TAG003,ORG001", "-o", "json=then.json", "-q")
    (room / "mine.csv").write_text("code,kind,title\nETDR,subject,invented\n")
    (room / "cableproof.toml").write_text('vocabularies = {tags = "mine.csv"}\n')
    now = call("validate", str(archive), "--select", "TAG003,ORG001", "-o", "json=now.json", "-q")
    assert (then.status, now.status) == (0, 0)
    reports = [json.loads((room / f"{name}.json").read_text()) for name in ("then", "now")]
    found = [{each["rule"] for each in report["findings"]} for report in reports]
    assert found == [{"TAG003", "ORG001"}, {"ORG001"}]
    a, b = (report["receipt"]["vocabularies"] for report in reports)
    assert {name for name in a if a[name] != b[name]} == {"tags"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cod,kind\nXX,subject\n", "the table has no column cod; did you mean code?"),
        ("kind\nsubject\n", "it needs the column code"),
        ("code,uses\nXX,many\n", "a cell has words where a number must be"),
    ],
)
def test_a_table_of_ones_own_that_is_wrong_is_told(
    room: Path, call: Call, text: str, said: str
) -> None:
    (room / "mine.csv").write_text(text)
    (room / "cableproof.toml").write_text('vocabularies = {tags = "mine.csv"}\n')
    ended = call("cableproof", "settings")
    assert ended.status == 2
    assert said in ended.err
