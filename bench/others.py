"""What the bot is compared with; both store nothing: bare aiohttp with gidgethub, and Probot."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.place import Place
from bench.processes import ROOT, answered, free_port, running

_SOURCES = ROOT / "bench" / "probot"
_INSTALLING = 180.0


@asynccontextmanager
async def bare(at: Place) -> AsyncIterator[str]:
    """The handler of `bench/bare.py`; where it takes deliveries."""
    port = free_port()
    command = (sys.executable, str(ROOT / "bench" / "bare.py"), str(port), at.secret)
    async with running(*command, env=at.env) as process:
        url = f"http://127.0.0.1:{port}/github/webhook"
        await answered(url, status=405, by=process)
        yield url


@asynccontextmanager
async def probot(at: Place, folder: Path) -> AsyncIterator[str]:
    """A Probot that was installed into `folder`; where it takes deliveries."""
    port = free_port()
    command = ("node", str(folder / "server.js"), str(port), at.secret)
    async with running(*command, env={**at.env, "NODE_ENV": "production"}) as process:
        await answered(f"http://127.0.0.1:{port}/ping", by=process)
        yield f"http://127.0.0.1:{port}/github/webhook"


async def installed_probot() -> Path | str:
    """The folder with Probot in it, installed at the first time; or a sentence saying why there is none."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return "Probot was left out: npm and node are not installed."
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "mentorbot-bench" / "probot"
    folder.mkdir(parents=True, exist_ok=True)
    manifest, wanted = folder / "package.json", (_SOURCES / "package.json").read_bytes()
    shutil.copy(_SOURCES / "server.js", folder)
    if (folder / "node_modules" / "probot").is_dir() and manifest.read_bytes() == wanted:
        return folder
    manifest.write_bytes(wanted)
    process = await asyncio.create_subprocess_exec(
        *("npm", "install", "--no-audit", "--no-fund", "--silent"),
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, told = await asyncio.wait_for(process.communicate(), _INSTALLING)
    except TimeoutError:
        process.kill()
        await process.wait()
        return f"Probot was left out: npm did not install it within {_INSTALLING:.0f} s."
    if process.returncode:
        return f"Probot was left out: npm said {told.decode(errors='replace').strip()[-200:]!r}."
    return folder
