from __future__ import annotations

import re
from pathlib import Path

import mentorbot

HOME = Path(mentorbot.__file__).parent


def test_the_map_names_every_folder_once_and_nothing_else() -> None:
    listed = re.findall(r"^- `(\w+)`: \S", mentorbot.__doc__ or "", re.MULTILINE)
    folders = {path.name for path in HOME.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert sorted(listed) == sorted(folders)


def test_every_file_is_short_enough_to_be_read() -> None:
    too_long = {
        str(path.relative_to(HOME)): lines
        for path in HOME.rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > 400
    }
    assert too_long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(path.relative_to(HOME))
        for path in HOME.rglob("*.py")
        if not path.read_text().lstrip().startswith(('"""', 'r"""'))
    ]
    assert silent == []
