"""Readers that misbehave on request: they die, hang, eat memory or raise at a word in a record."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cableproof.pool import begin as begin_well
from cableproof.sources import json_lines, reading
from cableproof.sources.batches import Reading
from cableproof.sources.pages import Page

WORD = "MISBEHAVE"


def dies() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def leaves() -> None:
    os._exit(0)


def hangs() -> None:
    time.sleep(3600)


def eats() -> None:
    eaten = []
    while True:
        eaten.append(b"x" * (64 << 20))
        time.sleep(0.01)


def dies_once() -> None:
    """Die as a process does that somebody else ends: not for what it reads."""
    try:
        Path(os.environ["MISBEHAVED"]).touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def raises() -> None:
    raise ValueError(f"a passage of the text: {WORD}")


HOW: dict[str, Callable[[], None]] = {
    each.__name__: each for each in (dies, leaves, hangs, eats, raises, dies_once)
}


def begin(how: str, once: str, *arguments: Any) -> None:
    """Begin a process as ever, but with readers that misbehave in one way."""
    begin_well(*arguments)
    os.environ["MISBEHAVED"] = once
    misbehave = HOW[how]
    well = json_lines.read

    def lines(data: bytes, *rest: Any) -> Iterator[Reading]:
        if WORD.encode() in data:
            misbehave()
        yield from well(data, *rest)

    vars(json_lines)["read"] = lines
    for kind, read in list(reading._PAGES.items()):
        reading._PAGES[kind] = _page(read, misbehave)


def _page(read: Any, misbehave: Callable[[], None]) -> Any:
    def page(page: Page) -> dict[str, Any]:
        if WORD in page.text:
            misbehave()
        found: dict[str, Any] = read(page)
        return found

    return page
