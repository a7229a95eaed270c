"""The programs as a user runs them, in this process."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from cableproof import cli


class Ended(NamedTuple):
    """How a program ended."""

    status: int
    out: str
    err: str


Call = Callable[..., Ended]


def calling(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that runs a program of ours, given word by word."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    programs = {"validate": cli.validate_main, "cableproof": cli.main}

    def called(*words: str) -> Ended:
        monkeypatch.setattr(sys, "argv", list(words))
        with pytest.raises(SystemExit) as ended:
            programs[words[0]]()
        printed = capsys.readouterr()
        status = ended.value.code
        assert isinstance(status, int)
        return Ended(status, printed.out, printed.err)

    return called
