"""Signs of life: each step that begins is told, and now and then that one goes on."""

from types import SimpleNamespace

import pytest

from cableproof.sources import beats
from cableproof.sources.beats import beat, beating


def test_every_step_that_begins_is_told() -> None:
    heard: list[int | None] = []
    with beating(heard.append):
        for step in (0, 1, 2):
            beat(step)
            beat()
    assert [step for step in heard if step is not None] == [0, 1, 2]


def test_that_a_step_goes_on_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[int | None] = []
    clock = [1000.0]
    monkeypatch.setattr(beats, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    with beating(heard.append):
        beat(7)
        for _ in range(1000):
            clock[0] += 0.001
            beat(7)
            beat()
    assert 5 <= len(heard) <= 12


def test_nobody_need_listen() -> None:
    beat(1)
