"""Shows how far something has come in a span of time: a bar on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime


@contextmanager
def ticking(what: str, start: datetime, end: datetime) -> Iterator[Callable[[datetime], None]]:
    """A function to call with the moment that is reached, during the block."""
    if not sys.stderr.isatty():
        sys.stderr.write(f"{what} …\n")
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task(what, total=(end - start).total_seconds())
        yield lambda reached: progress.update(bar, completed=(reached - start).total_seconds())
