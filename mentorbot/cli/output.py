"""How commands speak: to people in lines and bars, to scripts in JSON."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from mentorbot.feature_api.command_line import PROBLEMS_FOUND, CannotGoOn
from mentorbot.loading import loading

T = TypeVar("T")
AsJson = Annotated[bool, typer.Option("--json", help="For scripts.")]
Ask = Annotated[
    bool | None, typer.Option("--ask/--yes", help="Ask first, as is usual on a terminal; or don't.")
]


def say(text: str = "") -> None:
    """A line for people, on standard output."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def announce(text: str) -> None:
    """A line for people, of a program that goes on though nobody reads it: Ctrl-C ended the `| tee`, say."""
    try:
        say(text)
    except BrokenPipeError:
        # What is left in the buffer would fail once more at the end, and make that exit code 120.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say_aside(text: str) -> None:
    """A line for people beside a command's output, on standard error."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def say_json(value: Any) -> None:
    """A JSON value for scripts, on standard output."""
    say(json.dumps(plain(value), ensure_ascii=False, indent=2))


def plain(value: Any) -> Any:
    """Dataclasses, moments and the like as JSON has them."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            "kind": type(value).__name__,
            **{one.name: plain(getattr(value, one.name)) for one in dataclasses.fields(value)},
        }
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(inner) for inner in value]
    return value


def is_wanted(question: str, *, ask: bool | None) -> bool:
    """Whether to go on: asked where somebody sits at a terminal, as a script that runs this means it."""
    asks = sys.stdin.isatty() if ask is None else ask
    return not asks or typer.confirm(question, err=True)


def is_confirmed(question: str, *, ask: bool | None) -> bool:
    """The same for what can't be undone: where nobody can be asked, it takes --yes. Raises CannotGoOn."""
    if ask is None and not sys.stdin.isatty():
        raise CannotGoOn(f"{question} Nobody is there to be asked: add --yes if you mean it.")
    return is_wanted(question, ask=ask)


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Show that something takes a while: a spinner on a terminal, a plain line elsewhere."""
    if not sys.stderr.isatty():
        sys.stderr.write(what + "\n")
        yield
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks

    with Console(stderr=True).status(what):
        yield


@contextmanager
def progress(what: str, start: datetime, end: datetime) -> Iterator[Callable[[datetime], None]]:
    """Show how far something has come in a span of time: a bar on a terminal, a plain line elsewhere.

    Gives a function to call with the moment that is reached.
    """
    if not sys.stderr.isatty():
        sys.stderr.write(f"{what} …\n")
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as shown:
        bar = shown.add_task(what, total=(end - start).total_seconds())
        yield lambda reached: shown.update(bar, completed=(reached - start).total_seconds())


def key() -> str:
    """The next key; of what is piped in, the next character that isn't white space. Empty at the end."""
    if sys.stdin.isatty():
        try:
            return typer.getchar()
        except EOFError:
            return ""
    while (read := sys.stdin.read(1)).isspace():
        pass
    return read


def text_of(path: Path) -> str:
    """The text of a file. Raises CannotGoOn where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CannotGoOn(f"Cannot read {path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CannotGoOn(f"{path} is not UTF-8 text.") from error


def run(work: Coroutine[Any, Any, T], *, on: Callable[[], asyncio.AbstractEventLoop] | None = None) -> T:
    """Run a command's work to its end (`on` an event loop made by this).

    Set-up errors and what GitHub refuses become CannotGoOn. Where it gives no answer, that is said, and
    the exit code is 1.
    """
    load_wiring()
    return run_loading(work, on=on)


def run_loading(
    work: Coroutine[Any, Any, T], *, on: Callable[[], asyncio.AbstractEventLoop] | None = None
) -> T:
    """The same, for work that loads what it needs itself, while it waits for something else."""
    try:
        with asyncio.Runner(loop_factory=on) as runner:
            return runner.run(work)
    except Exception as error:
        from mentorbot.core.errors import AccessLost, GitHubUnavailable, Impossible  # noqa: PLC0415
        from mentorbot.wiring import SETUP_ERRORS, explain_setup_error  # noqa: PLC0415 - it imports so much else

        if isinstance(error, GitHubUnavailable):
            say_aside(
                f"mentorbot: GitHub can't be asked now ({error.why.rstrip('.')}). Try again in some minutes; "
                "`mentorbot doctor` tells whether something is wrong here."
            )
            raise typer.Exit(PROBLEMS_FOUND) from error
        if isinstance(error, (AccessLost, Impossible)):
            raise CannotGoOn(
                f"GitHub says no ({error.why.rstrip('.')}). `mentorbot doctor` tells what is wrong."
            ) from error
        if not isinstance(error, SETUP_ERRORS):
            raise
        raise CannotGoOn(explain_setup_error(error)) from error


def load_wiring() -> None:
    """Load the part of the program that every server, worker and command with a store needs."""
    with loading():
        import mentorbot.wiring  # noqa: F401, PLC0415 - it imports so much else
