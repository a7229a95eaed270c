"""What `init` writes, the action and the hooks do what they say, each step run by hand."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.programs import Call

ROOT = Path(__file__).parents[1]
SHA = 40  # digits of the commit that an action of others is used at


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a repository with an archive of one good and one bad page, and a place to run in."""
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "-q", "."], check=True)
    (tmp_path / "data").mkdir()
    for name in ("08BERN447", "05REYKJAVIK231"):
        page = (ROOT / "data" / "pages" / f"{name}.txt").read_bytes()
        (tmp_path / "data" / f"{name}.txt").write_bytes(page)
    (tmp_path / "runner" / "cableproof").mkdir(parents=True)
    (tmp_path / "runner" / "cableproof" / "bin").symlink_to(Path(sys.executable).parent)
    return tmp_path


def bash(room: Path, script: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a step as a runner does: bash that stops at the first failure."""
    bin_folder = str(Path(sys.executable).parent)
    own = {
        "PATH": f"{bin_folder}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(room / "runner"),
        "GITHUB_STEP_SUMMARY": str(room / "runner" / "summary.md"),
        "GITHUB_OUTPUT": str(room / "runner" / "output"),
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(
        command, cwd=room, env=os.environ | own | more, capture_output=True, text=True, check=False
    )


def steps(text: str, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(text)["jobs"][job]["steps"]
    return found


def outputs(room: Path) -> dict[str, str]:
    lines = (room / "runner" / "output").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def test_the_workflow_of_github_annotates_and_sums_up(scratch: Path, call: Call) -> None:
    assert call("cableproof", "init", "data/", "--ci", "github").status == 0
    text = Path(".github/workflows/archive.yml").read_text()
    (step,) = (each for each in steps(text, "validate") if each.get("name") == "Validate")
    done = bash(scratch, step["run"])
    assert done.returncode == 0, done.stderr
    assert "::warning file=data/05REYKJAVIK231.txt,line=12,title=TAG002" in done.stdout
    assert (scratch / "runner" / "summary.md").read_text().startswith("# cableproof validate: pass")
    assert json.loads(Path("report.json").read_text())["summary"]["records"] == 2
    assert Path("report.html").is_file()


def test_the_workflow_of_gitlab_writes_what_gitlab_reads(scratch: Path, call: Call) -> None:
    assert call("cableproof", "init", "data/", "--ci", "gitlab").status == 0
    job = yaml.safe_load(Path(".gitlab-ci.yml").read_text())["archive"]
    install, validate = job["script"]
    assert install.startswith("pip install")
    assert bash(scratch, validate).returncode == 0
    reports = job["artifacts"]["reports"]
    assert [i["check_name"] for i in json.loads(Path(reports["codequality"]).read_text())] == [
        "TAG002 malformed-tag"
    ]
    assert Path(reports["junit"]).read_text().startswith("<testsuites")


def test_the_hook_of_an_archive_passes_and_fails_with_it(scratch: Path, call: Call) -> None:
    assert call("cableproof", "init", "data/", "--hook").status == 0
    (hook,) = yaml.safe_load(Path(".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert bash(scratch, hook["entry"]).returncode == 0
    Path("cableproof.toml").write_text('fail-on = "warning"\n')
    assert bash(scratch, hook["entry"]).returncode == 1


def test_the_hooks_for_others_run_on_all_or_on_what_changed(scratch: Path) -> None:
    hooks = {
        each["id"]: each for each in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    }
    whole, changed = hooks["cableproof-archive"], hooks["cableproof-changed"]
    assert (whole["pass_filenames"], whole["always_run"]) == (False, True)
    assert bash(scratch, f"{whole['entry']} --fail-on warning data").returncode == 1
    assert bash(scratch, f"{changed['entry']} --fail-on warning data/08BERN447.txt").returncode == 0


def test_the_action_validates_and_hands_on_what_it_found(scratch: Path) -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    step = action["runs"]["steps"][1]
    given = {
        "PATHS": "data\n\n",
        "FAIL_ON": "",
        "ARGS": "--notes",
        "SARIF": "a b.sarif",
        "HTML": "",
    }
    done = bash(scratch, step["run"], **given)
    assert done.returncode == 0, done.stderr
    told = outputs(scratch)
    assert {name: told[name] for name in ("status", "errors", "warnings")} == {
        "status": "0",
        "errors": "0",
        "warnings": "1",
    }
    assert json.loads(Path("a b.sarif").read_text())["version"] == "2.1.0"
    assert Path(told["report"]).is_file()
    assert set(action["outputs"]) == set(told)


@pytest.mark.parametrize(
    ("paths", "fail_on", "status"), [("data", "warning", 1), ("nowhere", "", 2), ("runner", "", 3)]
)
def test_the_action_fails_as_the_command_does(
    scratch: Path, paths: str, fail_on: str, status: int
) -> None:
    step = yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"][1]
    given = {"PATHS": paths, "FAIL_ON": fail_on, "ARGS": "", "SARIF": "", "HTML": ""}
    (scratch / "runner" / "cableproof" / "bin").unlink()
    (scratch / "venv").mkdir()
    (scratch / "venv" / "cableproof").mkdir()
    (scratch / "venv" / "cableproof" / "bin").symlink_to(Path(sys.executable).parent)
    script = step["run"].replace("$RUNNER_TEMP/cableproof/", "$RUNNER_TEMP/../venv/cableproof/")
    assert bash(scratch, script, **given).returncode == status
    assert outputs(scratch)["status"] == str(status)


def test_an_input_of_the_action_is_no_part_of_its_script() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    for step in action["runs"]["steps"]:
        assert "${{" not in step["run"]


@pytest.mark.parametrize(
    "file", ["reports/templates/start-github.yml", ".github/workflows/check.yml"]
)
def test_workflows_have_least_rights_and_use_others_at_a_commit(file: str) -> None:
    workflow = yaml.safe_load((ROOT / file).read_text())
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"]
        for used in (step["uses"] for step in job["steps"] if "uses" in step):
            assert used == "./" or len(used.partition("@")[2]) == SHA


def test_init_overwrites_nothing_unless_it_is_told_to(scratch: Path, call: Call) -> None:
    Path("cableproof.toml").write_text("jobs = 2\n")
    ended = call("cableproof", "init", "--ci", "github")
    assert ended.status == 2
    assert "cableproof.toml" in ended.err
    assert not Path(".github").exists()
    assert Path("cableproof.toml").read_text() == "jobs = 2\n"
    assert call("cableproof", "init", "--force").status == 0
    assert call("validate", "data").status == 0


@pytest.mark.parametrize("path", ["/etc", "../other", "a\nb"])
def test_init_takes_paths_that_a_workflow_can_name(scratch: Path, call: Call, path: str) -> None:
    ended = call("cableproof", "init", path)
    assert ended.status == 2
    assert not Path("cableproof.toml").exists()


def test_a_path_with_blanks_is_quoted(scratch: Path, call: Call) -> None:
    call("cableproof", "init", "my data", "--hook")
    (hook,) = yaml.safe_load(Path(".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    assert shlex.split(hook["entry"])[1] == "my data"
