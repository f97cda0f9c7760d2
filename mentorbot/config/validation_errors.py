"""What pydantic finds wrong with a section, in words for people who have never heard of pydantic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mentorbot.config.keys import contains, keys_known_at
from mentorbot.config.section import Section
from mentorbot.config.yaml_reader import Place
from mentorbot.core.did_you_mean import nearest
from mentorbot.core.markdown import code
from mentorbot.core.translator import phrase, say

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
        missing = say("{key} is missing here. Add it.", key=code(str(place[-1])))
        return SectionProblem(place, missing, at_key=True)
    choices = _choices(error, context)
    if choices:
        return _unknown_choice(error["input"], choices, place)
    words = _IN_PLAIN_WORDS.get(error["type"])
    if words is not None:
        return SectionProblem(place, _in_plain_words(words, context, error["input"]))
    message = _sentence(error["msg"].removeprefix("Value error, ").replace("Input should", "This should"))
    return SectionProblem(
        place, message, str(context.get("suggestion", "")), line_within=int(context.get("line", 0))
    )


def unknown_key(key: str, known: Iterable[str], place: Place) -> SectionProblem:
    """A key that nobody knows, with the nearest one that exists."""
    names = tuple(known)
    near = nearest(key.lower(), names)
    if near:
        message = say("There is no key {key}: did you mean {meant}?", key=code(key), meant=code(near))
    elif names:
        listed = ", ".join(map(code, names))
        message = say("There is no key {key}: known here: {known}.", key=code(key), known=listed)
    else:
        message = say("There is no key {key}: remove it.", key=code(key))
    return SectionProblem(place, message, near, at_key=True)


def unknown_section(name: str, known: Iterable[str]) -> SectionProblem:
    """The same for the name of a section."""
    names = tuple(known)
    near = nearest(name.lower(), names)
    if near:
        message = say("There is no section {name}: did you mean {meant}?", name=code(name), meant=code(near))
    else:
        listed = ", ".join(map(code, names))
        message = say("There is no section {name}: known here: {known}.", name=code(name), known=listed)
    return SectionProblem((name,), message, near, at_key=True)


def _choices(error: ErrorDetails, context: Mapping[str, Any]) -> tuple[str, ...]:
    if error["type"] not in {"enum", "literal_error"}:
        return ()
    # pydantic writes the choices as one text: 'a', 'b' or 'c'
    return tuple(str(context["expected"]).replace(" or ", ", ").replace("'", "").split(", "))


def _unknown_choice(written: Any, choices: tuple[str, ...], place: Place) -> SectionProblem:
    near = nearest(str(written), choices)
    values = {"value": _shown(written), "choices": ", ".join(map(code, choices)), "meant": code(near)}
    message = (
        say("{value} is none of {choices}. Did you mean {meant}?", **values)
        if near
        else say("{value} is none of {choices}.", **values)
    )
    return SectionProblem(place, message, near)


def _joined(found: list[SectionProblem]) -> SectionProblem:
    """The flaws of one place as one, saying each thing once."""
    messages = tuple(dict.fromkeys(problem.message for problem in found))
    if len(messages) == 1:
        return found[0]
    first = found[0]
    said = messages[0]
    for other in messages[1:]:
        said = say("{one} Or: {other}", one=said, other=other)
    return SectionProblem(first.place, said, first.suggestion, first.at_key, first.line_within)


def _shown(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return code({True: "true", False: "false", None: "nothing"}[value])
    return code(str(value), limit=60) if isinstance(value, str | int | float) else say("What is written here")


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith(_SENTENCE_ENDS) else ".")


_SENTENCE_ENDS = (".", "?", "!", "。", "？", "！")


def _in_plain_words(words: str, context: Mapping[str, Any], value: Any) -> str:
    if words == _NO_TEXT and isinstance(value, int | float) and not isinstance(value, bool):
        quoted = code(f'"{value}"')
        return say("This is a number, but a text is needed: put it in quotes, {text}.", text=quoted)
    limit = next((context[name] for name in _LIMITS if name in context), "")
    return _sentence(say(words, value=_shown(value), limit=limit))


_LIMITS = ("ge", "gt", "le", "lt", "min_length", "max_length")
_NO_TEXT = phrase("{value} is no text: write some, in quotes if it looks like something else.")
_NO_LIST = phrase(
    "{value} is not a list: write `[first, second]`, or one item a line, each behind `-` and a space."
)
_NO_GROUP = phrase("{value} is not a group of settings: write `key: value` lines, indented below it.")
_NO_DATE = phrase("{value} is not a date: write one like `2026-12-24`.")
_NO_ADDRESS = phrase("{value} is not an address: write one that starts with `https://`.")
_IN_PLAIN_WORDS: Mapping[str, str] = {
    "string_type": _NO_TEXT,
    "bool_type": phrase("{value} is not a switch: write `true` or `false`, without quotes."),
    "int_type": phrase("{value} is not a whole number: write one without quotes, like `3`."),
    "int_from_float": phrase("{value} is not a whole number: write one without a point, like `3`."),
    "float_type": phrase("{value} is not a number: write one without quotes, like `1.5`."),
    **dict.fromkeys(("list_type", "tuple_type", "set_type", "frozen_set_type"), _NO_LIST),
    **dict.fromkeys(("dict_type", "model_type", "model_attributes_type"), _NO_GROUP),
    **dict.fromkeys(("date_type", "date_from_datetime_parsing", "date_parsing"), _NO_DATE),
    **dict.fromkeys(("url_type", "url_parsing", "url_scheme"), _NO_ADDRESS),
    "greater_than_equal": phrase("{value} is too small: write {limit} or more."),
    "greater_than": phrase("{value} is too small: write more than {limit}."),
    "less_than_equal": phrase("{value} is too large: write {limit} or less."),
    "less_than": phrase("{value} is too large: write less than {limit}."),
    "too_short": phrase("Too few entries: write at least {limit}."),
    "too_long": phrase("Too many entries: write at most {limit}."),
    "string_too_short": phrase("Too short: write at least {limit} characters."),
    "string_too_long": phrase("Too long: write at most {limit} characters."),
    "string_pattern_mismatch": phrase(
        "{value} is not written in the form that is expected here: see the reference."
    ),
}
