"""`mentorbot.yml`: from texts to sections, each on its own, or problems with their line and column."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from mentorbot.config.file import (
    CONFIG_PATH,
    ConfigFile,
    ConfigProblem,
    Origin,
    Source,
    dotted_path,
    read_file,
)
from mentorbot.config.in_force import Configuration, EffectiveValue
from mentorbot.config.section import Section, UnreadSection
from mentorbot.config.validation_errors import SectionProblem, problems_in, unknown_section
from mentorbot.config.yaml_reader import Place
from mentorbot.core.did_you_mean import limited_comparisons
from mentorbot.core.languages import SOURCE
from mentorbot.core.markdown import code
from mentorbot.core.translator import ENGLISH, Translator, say, say_plural, speaking

__all__ = [
    "CONFIG_PATH",
    "MOST_PROBLEMS",
    "ConfigProblem",
    "Configuration",
    "EffectiveValue",
    "Origin",
    "Source",
    "proposed_configuration",
    "read_configuration",
]

_WINNING_FIRST: tuple[Origin, ...] = ("repository", "owner")
MOST_PROBLEMS = 50
"""As many as fit into one request for annotations: https://docs.github.com/en/rest/checks/runs"""

_ON = frozenset({"on", "yes", "default"})
_OFF = frozenset({"off", "no"})
_SWITCHED_OFF: dict[str, Any] = {"off": True}  # compared by identity: no file can write it


@dataclass(frozen=True, slots=True)
class _Read:
    """One section as the files together have it: on with `section`, off, or neither because of `problems`."""

    section: Section | None = None
    is_off: bool = False
    problems: tuple[ConfigProblem, ...] = ()


def read_configuration(
    sources: Sequence[Source], *, sections: Mapping[str, type[Section]], last_good: Mapping[str, Any]
) -> Configuration:
    """What the files say together: deep-merged, the repository's winning; lists replace each other.

    `last_good` is the `good_values` of the configuration before (empty at first): a section that is broken
    now goes on as it was then, all of them where a file can't be read.
    """

    def read() -> Configuration:
        return _in_force(_read_files(sources, sections, last_good), sections, last_good)

    with limited_comparisons():
        with speaking(ENGLISH):
            found = read()
        return _told_in(found.language, found, read)


def proposed_configuration(text: str | None, current: Configuration, *, refusal: str = "") -> Configuration:
    """What would be in force with `text` as the repository's file (None: without one), the owner's unchanged.

    Its problems are the repository's only. A section that is broken in `text` shows as `current` last had it.
    """
    good = current.good_values
    source = Source("repository", "", CONFIG_PATH, text, refusal)

    def read() -> Configuration:
        files = _read_files([source], current.known, good)
        if good.get("owner"):
            files = (*files, ConfigFile(origin="owner", values=good["owner"]))
        return _in_force(files, current.known, good)

    with limited_comparisons():
        with speaking(ENGLISH):
            found = read()
        proposed = _told_in(current.language, found, read)
    own = tuple(one for one in proposed.problems if one.origin == "repository")
    return replace(proposed, problems=own, other_bots=current.other_bots)


def _told_in(language: str, found: Configuration, read: Callable[[], Configuration]) -> Configuration:
    """What was found, its problems told in this language; each still known by its English words.

    Which language that is stands in the files themselves: those with problems are read once more for it.
    """
    if not found.problems or language == SOURCE:
        return found
    with limited_comparisons(), speaking(Translator(language)):  # as many as in English: the same suggestions
        told = read().problems
    both = zip(told, found.problems, strict=True)
    return replace(found, problems=tuple(replace(one, english=plain.message) for one, plain in both))


def _in_force(
    files: Sequence[ConfigFile], sections: Mapping[str, type[Section]], last_good: Mapping[str, Any]
) -> Configuration:
    problems = [
        problem
        for file in files
        for problem in _file_problems(file, sections)
        if sections.get(problem.section) is not UnreadSection
    ]
    broken_already = {problem.section for problem in problems}
    readable = {file.origin for file in files if file.text is not None}
    on: dict[str, Section] = {}
    off: set[str] = set()
    values: list[EffectiveValue] = []
    good: dict[str, dict[str, Any]] = {file.origin: {} for file in files}
    for name, model in sections.items():
        if model is UnreadSection:  # what it was goes on being known, for when it is read again
            for file in files:
                good[file.origin].update(_last_good_file(file, name, last_good).values)
            continue
        in_force, read = files, _read_section(files, name, model)
        if name not in broken_already:
            # What an older version of ours found good is nothing anybody can mend in a file.
            problems.extend(found for found in read.problems if found.origin in readable)
        if read.problems or name in broken_already:
            in_force = tuple(_last_good_file(file, name, last_good) for file in files)
            read = _read_section(in_force, name, model)
        if read.section is not None:
            on[name] = read.section
            values.extend(_values_of(name, read.section, in_force))
        if read.is_off:
            off.add(name)
        if read.section is not None or read.is_off:
            for file in in_force:
                good[file.origin].update({name: file.values[name]} if name in file.values else {})
    return Configuration(
        exists=bool(files),
        sections=on,
        problems=_worth_telling(problems, sections),
        values_with_origin=tuple(values),
        good_values=good,
        switched_off=frozenset(off),
        known=sections,
        renamed=tuple(_renamed(files)),
    )


def _renamed(files: Sequence[ConfigFile]) -> Iterable[tuple[str, str]]:
    for file in files:
        for place in file.moves.written_as:
            yield dotted_path(file.moves.written(place)), dotted_path(place)


def _worth_telling(
    problems: list[ConfigProblem], sections: Mapping[str, type[Section]]
) -> tuple[ConfigProblem, ...]:
    """The problems from top to bottom; of many the first, and the first of each section, which is broken."""
    problems.sort(key=_where)
    if len(problems) <= MOST_PROBLEMS:
        return tuple(problems)
    first = {found.section: found for found in reversed(problems) if found.section in sections}
    told = list({id(found): found for found in (*first.values(), *problems)}.values())[: MOST_PROBLEMS - 1]
    told.sort(key=_where)
    others = sum(found.stands_for for found in problems) - len(told)
    last = replace(
        told[-1],
        message=say_plural(
            "There is one more problem in this file. Mend these first.",
            "There are {count} more problems in this file. Mend these first.",
            others,
        ),
        path="",
        suggestion="",
        stands_for=others,
    )
    return (*told, last)


def _where(found: ConfigProblem) -> tuple[bool, int, int]:
    return found.origin != "repository", found.line, found.column


def _read_files(
    sources: Sequence[Source], sections: Mapping[str, type[Section]], last_good: Mapping[str, Any]
) -> tuple[ConfigFile, ...]:
    """The files that exist, the one that wins first."""
    return tuple(
        read_file(source, sections=sections, last_good=last_good.get(origin, {}))
        for origin in _WINNING_FIRST
        for source in sources
        if source.origin == origin and source.text is not None
    )


def _file_problems(file: ConfigFile, sections: Mapping[str, type[Section]]) -> Iterable[ConfigProblem]:
    yield from file.problems
    for name in file.values:
        if name not in sections and file.text is not None:
            yield _problem(file, "", unknown_section(name, sorted(sections)))


def _last_good_file(file: ConfigFile, name: str, last_good: Mapping[str, Any]) -> ConfigFile:
    """The file with nothing but this section, as it was when it last was in order."""
    values = last_good.get(file.origin, {})
    return ConfigFile(origin=file.origin, values={name: values[name]} if name in values else {})


def _read_section(files: Sequence[ConfigFile], name: str, model: type[Section]) -> _Read:
    naming = [file for file in files if name in file.values]
    if not naming:
        return _Read()
    written = [_settings(file.values[name], model.scalar) for file in naming]
    problems = tuple(
        _no_settings(file, name) for file, settings in zip(naming, written, strict=True) if settings is None
    )
    if problems:
        return _Read(problems=problems)
    if written[0] is _SWITCHED_OFF:
        return _Read(is_off=True)
    merged: dict[str, Any] = {}
    for settings in reversed(written):
        merged = _merged({} if settings is None or settings is _SWITCHED_OFF else settings, merged)
    try:
        # Strictly as JSON: `true` is no number and `14` no text, but a text may be a date.
        return _Read(section=model.model_validate_json(json.dumps(merged), strict=True))
    except ValidationError as errors:
        return _Read(
            problems=tuple(
                _problem(
                    _writer_of(naming, name, flaw.place),
                    name,
                    replace(flaw, place=()) if model.scalar else flaw,
                )
                for flaw in problems_in(model, merged, errors)
            )
        )


def _settings(value: Any, scalar: str) -> dict[str, Any] | None:
    """What stands below a section's name; None where that can't be settings."""
    if scalar:
        return {} if value is None else {scalar: value}
    if isinstance(value, dict):
        return value
    if value is None or value is True or (isinstance(value, str) and value.lower() in _ON):
        return {}
    if value is False or (isinstance(value, str) and value.lower() in _OFF):
        return _SWITCHED_OFF
    return None


def _no_settings(file: ConfigFile, name: str) -> ConfigProblem:
    return _problem(
        file,
        name,
        SectionProblem(
            (),
            say(
                "{section} needs settings, indented in the lines below it. Leave it empty for the defaults; "
                "write `off` to switch it off.",
                section=code(name),
            ),
        ),
    )


def _merged(winning: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Both, key by key and as deep as both have keys; elsewhere the winning one's value."""
    merged = dict(other)
    for key, value in winning.items():
        below = merged.get(key)
        merged[key] = _merged(value, below) if isinstance(value, dict) and isinstance(below, dict) else value
    return merged


def _writer_of(files: Sequence[ConfigFile], name: str, place: Place) -> ConfigFile:
    """The file whose value at this place (or the nearest above) is in force."""
    nearest_first = (place[:length] for length in range(len(place), -1, -1))
    return next(file for above in nearest_first for file in files if file.says((name, *above)))


def _problem(file: ConfigFile, section: str, flaw: SectionProblem) -> ConfigProblem:
    place = (section, *flaw.place) if section else flaw.place
    mark = file.mark_of(place, key=flaw.at_key)
    return ConfigProblem(
        section=str(place[0]),
        message=flaw.message,
        line=mark.text_line + flaw.line_within if flaw.line_within or mark.text_line else mark.line,
        column=mark.column,
        path=dotted_path(place),
        origin=file.origin,
        suggestion=flaw.suggestion,
    )


def _values_of(name: str, section: Section, files: Sequence[ConfigFile]) -> Iterable[EffectiveValue]:
    for key, value in _leaves(section.model_dump(mode="json", by_alias=True)):
        place = () if section.scalar else key
        writer = next((file for file in files if file.says((name, *place))), None)
        yield EffectiveValue(dotted_path((name, *place)), value, writer.origin if writer else "default")


def _leaves(value: Any, place: Place = ()) -> Iterable[tuple[Place, Any]]:
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _leaves(inner, (*place, key))
    elif place:
        yield place, value
