"""What is published holds everything and runs: built, installed without the checkout, and started."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath
from shutil import copytree, ignore_patterns

import pytest

import mentorbot
from mentorbot.sandbox.apps import private_key
from tests.cli.served import ask, environment, without_checkout
from tests.cli.served import mentorbot as mentorbot_process
from tests.patience import PATIENCE
from tests.postgres import PostgresForTests, an_open_folder

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mentorbot"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NOT_OURS = ignore_patterns(
    ".git", ".venv", "__pycache__", ".*_cache", "*.egg-info", "build", "dist", "node_modules"
)
PART_OF_OTHERS = {"markupsafe", "pydantic-core", "yarl"}
"""What Jinja, pydantic and aiohttp take and return: there where those are."""
MOST_BYTES = 2_500_000
"""An sdist holds the package and what it is built from, not the tests' megabytes."""

pytestmark = pytest.mark.xdist_group("package")


@dataclass(frozen=True, slots=True)
class Built:
    """The sdist, and the wheel that was built from it alone."""

    sdist: Path
    wheel: Path


@dataclass(frozen=True, slots=True)
class Installed:
    """A virtual environment with the wheel, whose dependencies are those of this one but for some."""

    folder: Path

    @property
    def program(self) -> Path:
        return self.folder / "bin" / "mentorbot"

    def run(self, *words: str, cwd: Path, variables: Mapping[str, str] | None = None) -> tuple[int, str, str]:
        """`mentorbot WORDS` far from the checkout: exit code, output, errors."""
        done = subprocess.run(  # noqa: S603 - our own program
            [self.program, *words],
            cwd=cwd,
            env=without_checkout(environment(cwd, variables or {})),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr


def build(what: str, source: Path, into: Path) -> Path:
    """Build a `wheel` or an `sdist` as pip does, with the setuptools that is here."""
    code = f"import sys, setuptools.build_meta as b; print(b.build_{what}(sys.argv[1]))"
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-W", "ignore", "-c", code, str(into)],
        cwd=source,
        env=without_checkout(os.environ),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return into / done.stdout.split()[-1]


@pytest.fixture(scope="module")
def built() -> Iterator[Built]:
    with an_open_folder() as folder:
        copytree(ROOT, folder / "checkout", ignore=NOT_OURS)
        sdist = build("sdist", folder / "checkout", folder)
        with tarfile.open(sdist) as archive:
            archive.extractall(folder / "unpacked", filter="data")
        [unpacked] = (folder / "unpacked").iterdir()
        yield Built(sdist, build("wheel", unpacked, folder))


def installed_without(missing: Sequence[str], wheel: Path, folder: Path) -> Installed:
    """A fresh environment with the wheel; what it depends on is borrowed, apart from what is `missing`."""
    uv = str(Path(sys.executable).with_name("uv"))
    make = ["venv", "--quiet", "--offline", "--python", sys.executable, str(folder)]
    install = ["pip", "install", "--quiet", "--offline", "--no-deps", "--compile-bytecode"]
    for words in (make, [*install, "--python", str(folder), str(wheel)]):
        subprocess.run([uv, *words], check=True, timeout=PATIENCE)  # noqa: S603 - a tool of ours
    borrowed = folder / "borrowed"
    borrowed.mkdir()
    for one in Path(sysconfig.get_path("purelib")).iterdir():
        if one.name not in missing and not one.name.startswith(("__editable__", "mentorbot", "_mentorbot")):
            (borrowed / one.name).symlink_to(one)
    [site] = folder.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(f"{borrowed}\n", encoding="utf-8")
    return Installed(folder)


@pytest.fixture(scope="module")
def bot_alone(built: Built) -> Iterator[Installed]:
    """`pipx install 'mentorbot @ file:…'`: without the sandbox's extra."""
    with an_open_folder() as folder:
        yield installed_without(["graphql"], built.wheel, folder / "venv")


@pytest.fixture(scope="module")
def with_sandbox(built: Built) -> Iterator[Installed]:
    """`pipx install 'mentorbot[sandbox] @ file:…'`."""
    with an_open_folder() as folder:
        yield installed_without([], built.wheel, folder / "venv")


def files_of(package: Path) -> set[str]:
    return {
        str(PurePosixPath(file.relative_to(package.parent)))
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == files_of(PACKAGE)


def test_the_sdist_is_small_and_leaves_the_tests_at_home(built: Built) -> None:
    with tarfile.open(built.sdist) as sdist:
        inside = {PurePosixPath(*PurePosixPath(name).parts[1:]) for name in sdist.getnames()}
    assert PurePosixPath("CHANGELOG.md") in inside
    assert PurePosixPath("LICENSE") in inside
    assert not [path for path in inside if path.parts[:1] in {("tests",), ("bench",)}]
    assert built.sdist.stat().st_size < MOST_BYTES


def test_the_version_comes_from_one_place(built: Built, bot_alone: Installed, tmp_path: Path) -> None:
    assert built.wheel.name.startswith(f"mentorbot-{mentorbot.__version__}-")
    assert bot_alone.run("--version", cwd=tmp_path) == (0, f"mentorbot {mentorbot.__version__}\n", "")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert heads[0].split()[0] == mentorbot.__version__, heads


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(["--help"], "mentorbot", id="help"),
        pytest.param(["check", "mentorbot.yml"], "", id="check"),
        pytest.param(["manifest"], "default_permissions:", id="manifest"),
        pytest.param(["schema"], '"review_exchange"', id="schema"),
    ],
)
def test_what_needs_no_server_works_where_it_is_installed(
    bot_alone: Installed, tmp_path: Path, words: list[str], said: str
) -> None:
    (tmp_path / "mentorbot.yml").write_text("welcome:\n  issue: default\n", encoding="utf-8")
    code, out, err = bot_alone.run(*words, cwd=tmp_path)
    assert (code, err) == (0, "")
    assert said in out


@pytest.mark.parametrize("words", [["serve"], ["sandbox"], ["sandbox", "--story", "month"]])
def test_without_the_extra_one_sentence_says_so(
    bot_alone: Installed, tmp_path: Path, words: list[str]
) -> None:
    code, out, err = bot_alone.run(*words, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("mentorbot: The sandbox is not installed: ")
    assert "mentorbot[sandbox]" in err
    assert len(err.strip().splitlines()) == 1


def test_with_the_extra_the_sandbox_plays_with_all_its_pages(with_sandbox: Installed, tmp_path: Path) -> None:
    with mentorbot_process(tmp_path, "sandbox", program=[with_sandbox.program]) as bot:
        bot.wait_until_ready()
        bot.wait_until_said("Ctrl-C")
        sandbox = f"http://127.0.0.1:{bot.port + 1}"
        assert "<title>A small GitHub</title>" in ask(f"{sandbox}/")[1]
        for path in ("page.js", "page.css", "stories.js", "icon.svg"):
            assert ask(f"{sandbox}/_sandbox/static/{path}")[0] == 200
        assert ask(f"{bot.url}/")[0] == 200
        assert bot.stop() == 0


def test_each_dependency_is_where_it_is_needed() -> None:
    """What only the sandbox imports is in its extra, and what the bot imports is not."""
    of_bot = imported_in(file for file in PACKAGE.rglob("*.py") if PACKAGE / "sandbox" not in file.parents)
    of_sandbox = imported_in((PACKAGE / "sandbox").rglob("*.py"))
    assert of_bot - PART_OF_OTHERS <= names_of(PROJECT["dependencies"])
    assert names_of(PROJECT["optional-dependencies"]["sandbox"]) == of_sandbox - of_bot


def imported_in(files: Iterable[Path]) -> set[str]:
    """The distributions that some modules import."""
    named: set[str] = set()
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                named.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                named.add(node.module.partition(".")[0])
    foreign = named - sys.stdlib_module_names - {"mentorbot"}
    known = packages_distributions()
    # Of several distributions in one namespace, that which has its name is meant.
    return {plain(name if name in known[name] else known[name][0]) for name in foreign}


def names_of(requirements: Iterable[str]) -> set[str]:
    return {plain(re.split(r"[^A-Za-z0-9._-]", one)[0]) for one in requirements}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("lock", ["requirements", "requirements-sandbox", "requirements-dev"])
def test_locks_hold_what_is_asked_for_and_agree(lock: str) -> None:
    wanted = {
        "requirements": PROJECT["dependencies"],
        "requirements-sandbox": PROJECT["dependencies"] + PROJECT["optional-dependencies"]["sandbox"],
        "requirements-dev": PROJECT["dependencies"]
        + PROJECT["optional-dependencies"]["sandbox"]
        + PROJECT["optional-dependencies"]["dev"],
    }[lock]
    held = locked(lock)
    assert names_of(wanted) <= set(held)
    assert locked("requirements").items() <= held.items()


def locked(name: str) -> dict[str, str]:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


# the container image, as far as that goes without an engine


@dataclass(frozen=True, slots=True)
class Instruction:
    """A line of the Dockerfile: `COPY`, and what follows."""

    name: str
    rest: str


def dockerfile() -> list[Instruction]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [Instruction(*line.split(maxsplit=1)) for line in lines]


def said_by(name: str) -> list[str]:
    return [one.rest for one in dockerfile() if one.name == name]


def test_the_image_is_built_of_files_that_are_let_in() -> None:
    let_in = {
        line.removeprefix("!").removesuffix("\n")
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {
        source for rest in said_by("COPY") if not rest.startswith("--from") for source in rest.split()[:-1]
    }
    assert copied <= let_in
    assert all((ROOT / source).exists() for source in copied)
    assert {"mentorbot", "pyproject.toml", "requirements.lock"} <= copied


def test_what_the_image_starts_with_runs_serves_and_stops(
    bot_alone: Installed, built: Built, tmp_path: Path, postgres: PostgresForTests
) -> None:
    """The image holds the wheel and requirements.lock; its ENV, ENTRYPOINT, CMD and HEALTHCHECK are tried."""
    variables = dict(pair.split("=", 1) for rest in said_by("ENV") for pair in rest.split())
    assert variables.pop("PATH") == "/opt/mentorbot/bin:$PATH"
    (entrypoint,), (command,) = map(json.loads, said_by("ENTRYPOINT")), map(json.loads, said_by("CMD"))
    assert entrypoint == ["mentorbot"]
    code, _, err = bot_alone.run(*command, cwd=tmp_path, variables=variables)
    assert code == 2
    assert "GITHUB_APP_ID" in err

    url = postgres.fresh_database()
    variables |= {"GITHUB_APP_ID": "7", "GITHUB_PRIVATE_KEY": private_key(), "DATABASE_URL": url}
    variables |= {"GITHUB_WEBHOOK_SECRET": "a secret for tests", "GITHUB_API_URL": "http://127.0.0.1:9"}
    variables |= {"HOST": "127.0.0.1", "MENTORBOT_DATA": str(tmp_path / "data")}
    del variables["PORT"]
    with mentorbot_process(tmp_path, *command, program=[bot_alone.program], variables=variables) as bot:
        bot.wait_until_ready()
        [check] = [rest.partition("CMD ")[2] for rest in said_by("HEALTHCHECK")]
        interpreter, *rest = json.loads(check)
        assert interpreter == "python"
        done = subprocess.run(  # noqa: S603 - what the Dockerfile says
            [sys.executable, *rest], env=os.environ | {"PORT": str(bot.port)}, timeout=PATIENCE, check=False
        )
        assert done.returncode == 0
        assert said_by("STOPSIGNAL") == ["SIGTERM"]
        assert bot.stop() == 0
    postgres.drop(url)
