"""What a new archive starts with: settings, a workflow for its CI, a hook for its commits."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from cableproof.errors import ReportNotWritten, WrongSetting
from cableproof.reports.writing import write_whole

SETTINGS, HOOK = "settings", "hook"
#: The file that each thing is written to, and the text that it is made of.
_FILES = {
    SETTINGS: ("cableproof.toml", "settings.toml"),
    "github": (".github/workflows/archive.yml", "github.yml"),
    "gitlab": (".gitlab-ci.yml", "gitlab.yml"),
    HOOK: (".pre-commit-config.yaml", "pre-commit.yaml"),
}


def started(wanted: Sequence[str], paths: Sequence[str], *, force: bool = False) -> list[Path]:
    """Write what is wanted into this folder, and return the files.

    Nothing is written where one of them is there already, unless ``force`` says so.

    Raises:
        WrongSetting: a file is there already, or a path is none that a workflow can name.
        ReportNotWritten: a file cannot be written.

    """
    for path in paths:
        if Path(path).is_absolute() or ".." in Path(path).parts or not path.isprintable():
            raise WrongSetting(path, "name a path within this folder, as a workflow would")
    found = {Path(_FILES[name][0]): _FILES[name][1] for name in wanted}
    there = [] if force else [file.as_posix() for file in found if file.exists()]
    if there:
        raise WrongSetting(", ".join(there), "it is there already: --force overwrites it")
    filled = {file: _filled(text, paths) for file, text in found.items()}
    _write(filled)
    return list(filled)


def _filled(name: str, paths: Sequence[str]) -> str:
    text = (files("cableproof.reports") / "templates" / f"start-{name}").read_text(encoding="utf-8")
    named = " ".join(map(shlex.quote, paths))
    return text.replace("@PATHS@", named).replace("@VERSION@", version("cableproof"))


def _write(texts: Mapping[Path, str]) -> None:
    for file, text in texts.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = (error.strerror or "failed").lower()
            raise ReportNotWritten(file.as_posix(), reason) from None
        write_whole(file, [text])
