"""What every command shares: exit statuses, the console, and an orderly end."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cableproof import errors
from cableproof.escape import shown
from cableproof.signals import Stopped, stoppable

if TYPE_CHECKING:
    from rich.console import Console

CLEAN, FINDINGS, WRONG_CALL, NOTHING_CHECKED, FAULT = range(5)


class Color(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def console(color: Color) -> Console:
    """Return the console for reports: 80 columns and no colour off a terminal."""
    from rich.console import Console

    class Plain(Console):
        """A console that leaves a closed pipe to its caller."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    terminal = sys.stdout.isatty()
    plain = color is Color.NEVER or (color is Color.AUTO and bool(os.environ.get("NO_COLOR")))
    return Plain(
        force_terminal=True if color is Color.ALWAYS else None,
        force_interactive=terminal,
        color_system=None if plain else "auto",
        no_color=plain,
        width=None if terminal else 80,
        soft_wrap=False,
        markup=False,
        emoji=False,
        highlight=False,
    )


def say(text: str) -> None:
    """Print text to standard output, as long as somebody reads it."""
    with reader_may_leave():
        sys.stdout.write(text)
        sys.stdout.flush()


@contextlib.contextmanager
def reader_may_leave() -> Iterator[None]:
    """Let whoever reads standard output stop reading: that changes no exit status."""
    try:
        yield
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_WRONG_CALLS = (
    errors.BrokenPlugIn,
    errors.NoSuchPath,
    errors.NoSuchRule,
    errors.NoSuchSchema,
    errors.NameTakenTwice,
    errors.TooFewSources,
    errors.TooManySources,
    errors.NoManifest,
    errors.NoReceipt,
    errors.NoReport,
    errors.WrongSetting,
)


def guarded(program: Callable[[], object]) -> NoReturn:
    """Run a program and end with the exit status that its outcome has.

    What is wrong with the call or with us is one line on standard error, never a traceback:
    a traceback could quote a record. Where not even that can be said, as without memory, the
    status still is none of an outcome.
    """
    try:
        _guarded(program)
    except SystemExit:
        raise
    except BaseException:  # noqa: BLE001
        os._exit(FAULT)
    sys.exit(CLEAN)


def _guarded(program: Callable[[], object]) -> None:
    gc.disable()  # a command is short, and looking for cycles took a twentieth of its time
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        with stoppable():
            program()
            sys.stdout.flush()
    except (errors.NoSuchCable, errors.NothingInCommon, errors.NothingVerified) as error:
        _leave(shown(error, 400), NOTHING_CHECKED)
    except _WRONG_CALLS as error:
        _leave(shown(error, 400), WRONG_CALL)
    except errors.CableproofError as error:
        _leave(shown(error, 400), FAULT)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CLEAN)
    except Stopped as stop:
        _leave("; ".join([stop.said, *getattr(stop, "__notes__", ())]), stop.status)
    except Exception as error:  # noqa: BLE001  # the last resort: no traceback may show a record
        where = error.__traceback__
        while where is not None and where.tb_next is not None:
            where = where.tb_next
        at = f"{Path(where.tb_frame.f_code.co_filename).name}:{where.tb_lineno}" if where else ""
        _leave(f"our own fault: {type(error).__name__} at {at}; please report it", FAULT)


def _leave(message: str, status: int) -> NoReturn:
    with contextlib.suppress(OSError):  # where nothing can be written, the status still says it
        print(f"cableproof: {message}", file=sys.stderr, flush=True)
    sys.exit(status)
