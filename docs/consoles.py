"""The console blocks of pages: run in a room with the invented archive, each after the other.

A block is fenced as ``console``; a line that begins with ``$ `` is a command, which bash runs, and
what follows is what it prints, standard error included. `refreshed` runs them all again.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")


def refreshed(text: str) -> str:
    """Return a page with what its commands print now."""
    with tempfile.TemporaryDirectory() as room:
        shutil.copytree(ROOT / "data", Path(room) / "data")
        return _BLOCK.sub(lambda block: f"```console\n{_run(block[1], Path(room))}```", text)


def _run(block: str, room: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_printed(command[2:], room)}" for command in commands)


def _printed(command: str, room: Path) -> str:
    programs = str(Path(sys.executable).parent)
    own = {
        "PATH": os.pathsep.join([programs, os.environ["PATH"]]),
        "CABLEPROOF_CACHE_DIR": str(room / ".kept"),
        "CABLEPROOF_CACHE": "yes",
        "COLUMNS": "80",
        "NO_COLOR": "1",
    }
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=room,
        env=os.environ | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode("utf-8")
