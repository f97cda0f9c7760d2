"""One `mentorbot.yml` as it is written: its sections, and where each value stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mentorbot.config.keys import RenamedKeys, contains, with_current_names
from mentorbot.config.section import Section
from mentorbot.config.yaml_reader import Mark, Place, UnreadableYAML, YamlText, read_yaml
from mentorbot.core.translator import say

CONFIG_PATH = ".github/mentorbot.yml"

Origin = Literal["repository", "owner"]


@dataclass(frozen=True, slots=True)
class Source:
    """A config file: the repository's, or the one in its owner's `.github` repository.

    `text` is None where there is no such file. `refusal` says why it is not read at all, if it is not;
    a `phrase`.
    """

    origin: Origin
    full_name: str
    path: str
    text: str | None
    refusal: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigProblem:
    """Something to mend in a file. Lines and columns count from 1; `path` reads "stalled.author.after".

    `section` is empty where it is the whole file. `message` is a sentence or two that name the fix, in
    Markdown that is safe to publish; `suggestion` the word that was probably meant, or empty. `stands_for`
    is how many it is: the last one of many stands for all that are not told one by one. `english` is the
    message where that is in another language.
    """

    section: str
    message: str
    line: int = 1
    column: int = 1
    path: str = ""
    origin: Origin = "repository"
    suggestion: str = ""
    stands_for: int = 1
    english: str = ""

    @property
    def fact(self) -> str:
        """What it is known by, whatever language it is told in."""
        return self.english or self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigFile:
    """A file's sections by name, with present names for keys that were renamed, as JSON.

    `text` is None where the file can't be read now; then `values` are those it had when it last could.
    """

    origin: Origin
    values: Mapping[str, Any]
    text: YamlText | None = None
    moves: RenamedKeys = field(default_factory=RenamedKeys)
    problems: tuple[ConfigProblem, ...] = ()

    def mark_of(self, place: Place, *, key: bool = False) -> Mark:
        """Where the value (or its key) at `place` stands, or what is nearest to it above."""
        if self.text is None:
            return Mark(1, 1)
        written = self.moves.written(place)
        if key and written in self.text.keys:
            return self.text.keys[written]
        while written and written not in self.text.marks:
            written = written[:-1]
        return self.text.marks.get(written, Mark(1, 1))

    def says(self, place: Place) -> bool:
        value: Any = self.values
        for part in place:
            if not contains(value, part):
                return False
            value = value[part]
        return True


def read_file(
    source: Source, *, sections: Mapping[str, type[Section]], last_good: Mapping[str, Any]
) -> ConfigFile:
    """The sections in one file; those of `last_good` (by name) where it can't be read."""
    try:
        text = _text_of(source)
    except UnreadableYAML as unreadable:
        mark = unreadable.mark
        # YAML notices what is missing behind the last line, where no annotation can stand.
        last_line = max((source.text or "").rstrip("\n").count("\n") + 1, 1)
        problem = ConfigProblem(
            section="",
            message=say("The file can't be read. {why}", why=unreadable.message),
            line=min(mark.line, last_line),
            column=mark.column,
            origin=source.origin,
        )
        return ConfigFile(origin=source.origin, values=dict(last_good), problems=(problem,))
    values, moves, doubled = with_current_names(text.values, sections)
    problems = [
        _problem_at(problem.place, problem.message, problem.mark, source.origin) for problem in text.problems
    ] + [
        _problem_at(place, message, text.keys.get(place, Mark(1, 1)), source.origin)
        for place, message in doubled
    ]
    return ConfigFile(origin=source.origin, values=values, text=text, moves=moves, problems=tuple(problems))


def _text_of(source: Source) -> YamlText:
    if source.refusal:
        raise UnreadableYAML(say(source.refusal))
    return read_yaml(source.text or "")


def _problem_at(place: Place, message: str, mark: Mark, origin: Origin) -> ConfigProblem:
    return ConfigProblem(
        section=str(place[0]) if place else "",
        message=message,
        line=mark.line,
        column=mark.column,
        path=dotted_path(place),
        origin=origin,
    )


def dotted_path(place: Place) -> str:
    """A place as people read it: "mentoring.mentors[1].login"."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
