"""What pydantic finds wrong with a section, in words for people who have never heard of pydantic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mentorbot.config.keys import contains, keys_known_at
from mentorbot.config.section import Section
from mentorbot.config.yaml_reader import Place
from mentorbot.core.did_you_mean import nearest
from mentorbot.core.markdown import code

MOST_PROBLEMS_TOLD = 100


@dataclass(frozen=True, slots=True)
class SectionProblem:
    """One mistake: where (without the section's name), what to do about it, the word that was probably meant.

    `at_key` tells that the key is wrong, not its value; `line_within` counts lines of a text from 0.
    """

    place: Place
    message: str
    suggestion: str = ""
    at_key: bool = False
    line_within: int = 0


def problems_in(
    model: type[Section], value: Mapping[str, Any], errors: ValidationError
) -> tuple[SectionProblem, ...]:
    """One entry for each mistake in `value` (JSON); alternatives of one value are told in one sentence.

    Of the first hundred mistakes: who has more of them has other worries than the rest.
    """
    by_place: dict[Place, list[SectionProblem]] = {}
    for error in errors.errors(include_url=False)[:MOST_PROBLEMS_TOLD]:
        place = _place(error["loc"], value, is_about_key=error["type"] in _ABOUT_KEYS)
        by_place.setdefault(place, []).append(_problem(model, place, error))
    # What fits none of a union's alternatives is told for each; the deepest one is what was meant.
    return tuple(
        _joined(found)
        for place, found in by_place.items()
        if not any(other[: len(place)] == place for other in by_place if len(other) > len(place))
    )


_ABOUT_KEYS = frozenset({"missing", "extra_forbidden"})


def _place(location: tuple[str | int, ...], value: Any, *, is_about_key: bool) -> Place:
    """Pydantic's location without what it inserts for alternatives and functions."""
    place: list[str | int] = []
    for depth, part in enumerate(location):
        if contains(value, part):
            value = value[part]
        elif not (is_about_key and depth == len(location) - 1):
            continue
        place.append(part)
    return tuple(place)


def _problem(model: type[Section], place: Place, error: ErrorDetails) -> SectionProblem:
    context = error.get("ctx", {})
    if error["type"] == "extra_forbidden":
        return unknown_key(str(place[-1]), keys_known_at(model, place[:-1]), place)
    if error["type"] == "missing":
        return SectionProblem(place, f"{code(str(place[-1]))} is missing here. Add it.", at_key=True)
    choices = _choices(error, context)
    if choices:
        return _unknown_choice(error["input"], choices, place)
    words = _IN_PLAIN_WORDS.get(error["type"])
    if words is not None:
        return SectionProblem(place, words(context, error["input"]))
    message = _sentence(error["msg"].removeprefix("Value error, ").replace("Input should", "This should"))
    return SectionProblem(
        place, message, str(context.get("suggestion", "")), line_within=int(context.get("line", 0))
    )


def unknown_key(key: str, known: Iterable[str], place: Place, *, what: str = "key") -> SectionProblem:
    """A key or section that nobody knows, with the nearest one that exists."""
    names = tuple(known)
    near = nearest(key, names)
    hint = (
        f"did you mean {code(near)}?" if near else f"known here: {', '.join(code(name) for name in names)}."
    )
    hint = hint if names else "remove it."
    return SectionProblem(place, f"There is no {what} {code(key)}: {hint}", near, at_key=True)


def _choices(error: ErrorDetails, context: Mapping[str, Any]) -> tuple[str, ...]:
    if error["type"] not in {"enum", "literal_error"}:
        return ()
    # pydantic writes the choices as one text: 'a', 'b' or 'c'
    return tuple(str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", "))


def _unknown_choice(written: Any, choices: tuple[str, ...], place: Place) -> SectionProblem:
    near = nearest(str(written), choices)
    hint = f" Did you mean {code(near)}?" if near else ""
    return SectionProblem(
        place, f"{_shown(written)} is none of {', '.join(code(choice) for choice in choices)}.{hint}", near
    )


def _joined(found: list[SectionProblem]) -> SectionProblem:
    """The flaws of one place as one, saying each thing once."""
    messages = tuple(dict.fromkeys(problem.message for problem in found))
    if len(messages) == 1:
        return found[0]
    first = found[0]
    return SectionProblem(
        first.place, " Or: ".join(messages), first.suggestion, first.at_key, first.line_within
    )


def _shown(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return code({True: "true", False: "false", None: "nothing"}[value])
    return code(str(value), limit=60) if isinstance(value, str | int | float) else "what is written here"


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def _quoted(_context: Mapping[str, Any], value: Any) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool):
        quoted = f'"{value}"'
        return f"This is a number, but a text is needed: put it in quotes, {code(quoted)}."
    return f"{_shown(value)} is no text: write some, in quotes if it looks like something else."


def _is_like(what: str) -> Callable[[Mapping[str, Any], Any], str]:
    return lambda _context, value: f"{_sentence(_shown(value))[:-1]} is not {what}."


_IN_PLAIN_WORDS: Mapping[str, Callable[[Mapping[str, Any], Any], str]] = {
    "string_type": _quoted,
    "bool_type": _is_like("a switch: write `true` or `false`, without quotes"),
    "int_type": _is_like("a whole number: write one without quotes, like `3`"),
    "int_from_float": _is_like("a whole number: write one without a point, like `3`"),
    "float_type": _is_like("a number: write one without quotes, like `1.5`"),
    "list_type": _is_like("a list: write `[first, second]`, or one item a line after `- `"),
    "tuple_type": _is_like("a list: write `[first, second]`, or one item a line after `- `"),
    "set_type": _is_like("a list: write `[first, second]`, or one item a line after `- `"),
    "frozen_set_type": _is_like("a list: write `[first, second]`, or one item a line after `- `"),
    "dict_type": _is_like("a group of settings: write `key: value` lines, indented below it"),
    "model_type": _is_like("a group of settings: write `key: value` lines, indented below it"),
    "model_attributes_type": _is_like("a group of settings: write `key: value` lines, indented below it"),
    "date_type": _is_like("a date: write one like `2026-12-24`"),
    "date_from_datetime_parsing": _is_like("a date: write one like `2026-12-24`"),
    "date_parsing": _is_like("a date: write one like `2026-12-24`"),
    "url_type": _is_like("an address: write one that starts with `https://`"),
    "url_parsing": _is_like("an address: write one that starts with `https://`"),
    "url_scheme": _is_like("an address of this kind: write one that starts with `https://`"),
    "greater_than_equal": lambda context, value: (
        f"{_shown(value)} is too small: write {context['ge']} or more."
    ),
    "greater_than": lambda context, value: f"{_shown(value)} is too small: write more than {context['gt']}.",
    "less_than_equal": lambda context, value: f"{_shown(value)} is too large: write {context['le']} or less.",
    "less_than": lambda context, value: f"{_shown(value)} is too large: write less than {context['lt']}.",
    "too_short": lambda context, _value: f"Too few entries: write at least {context['min_length']}.",
    "too_long": lambda context, _value: f"Too many entries: write at most {context['max_length']}.",
    "string_too_short": lambda context, _value: (
        f"Too short: write at least {context['min_length']} characters."
    ),
    "string_too_long": lambda context, _value: f"Too long: write at most {context['max_length']} characters.",
    "string_pattern_mismatch": lambda _context, value: (
        f"{_shown(value)} is not written in the form that is expected here: see the reference."
    ),
}
