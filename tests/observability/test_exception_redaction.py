"""Of an exception is told what stands in the program, and nobody's words."""

from __future__ import annotations

import json
from typing import Any

import psycopg
import psycopg.errors
import pytest
import sqlalchemy.exc
from pydantic import BaseModel, ValidationError

from mentorbot.core.errors import GitHubUnavailable, Impossible
from mentorbot.observability.exception_redaction import redacted_exception, redacted_traceback

WORDS = "our unannounced merger"


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 - handed on
        return caught


def test_a_message_that_stands_in_the_program_is_told() -> None:
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError("no luck")
    assert redacted_exception(caught.value) == "RuntimeError: no luck"
    assert "test_a_message_that_stands" in redacted_traceback(caught.value)


def test_what_was_put_into_a_message_is_left_out() -> None:
    words = WORDS
    with pytest.raises(ValueError, match="sorry") as caught:
        raise ValueError(f"can't read {words}, sorry")
    assert redacted_exception(caught.value) == "ValueError: can't read …, sorry"


class Refused(BaseModel):
    title: int


def by_pydantic(words: str) -> None:
    Refused.model_validate({"title": words})


NOTHING: dict[str, str] = {}


def by_a_dictionary(words: str) -> None:
    NOTHING[words]


def by_a_number(words: str) -> None:
    int(words)


def by_json(words: str) -> None:
    json.loads(f'{{"{words}": {words}}}')


def by_unicode(words: str) -> None:
    (words + "\ud800").encode()


def by_a_cause(words: str) -> None:
    try:
        int(words)
    except ValueError as error:
        raise LookupError(words) from error


def by_a_context(words: str) -> None:
    try:
        int(words)
    except ValueError:
        NOTHING[words]


def by_a_group(words: str) -> None:
    raise ExceptionGroup(words, [ValueError(words), LookupError(words)])


def by_a_note(words: str) -> None:
    error = RuntimeError(words)
    error.add_note(words)
    raise error


class UnspeakableError(Exception):
    def __str__(self) -> str:
        raise RuntimeError(WORDS)


def by_its_own_text(_words: str) -> None:
    raise UnspeakableError


@pytest.mark.parametrize(
    "library",
    [
        by_pydantic,
        by_a_dictionary,
        by_a_number,
        by_json,
        by_unicode,
        by_a_cause,
        by_a_context,
        by_a_group,
        by_a_note,
        by_its_own_text,
    ],
)
def test_whatever_quotes_people_is_told_without_the_quote(library: Any) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - any of them
        library(WORDS)
    shown = redacted_traceback(caught.value)
    assert WORDS not in shown
    assert library.__name__ in shown
    assert type(caught.value).__name__ in shown


class Row(psycopg.errors.UniqueViolation):
    """As PostgreSQL answers: with the row."""

    def __init__(self) -> None:
        super().__init__(f"duplicate key\nDETAIL:  Key (title)=({WORDS}) exists.")


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (Row(), "Row: SQLSTATE 23505"),
        (sqlalchemy.exc.IntegrityError("INSERT", {"title": WORDS}, Row()), "IntegrityError: SQLSTATE 23505"),
        (Impossible(f"GitHub answered 422: {WORDS} is too long", status=422), "Impossible: status 422"),
        (GitHubUnavailable(f"GitHub answered: {WORDS}"), "GitHubUnavailable"),
        (ConnectionRefusedError(111, WORDS), "ConnectionRefusedError: Connection refused"),
        (ValidationError.from_exception_data(WORDS, []), "ValidationError"),
    ],
)
def test_errors_of_the_store_and_of_github_are_told_by_their_codes(error: Exception, shown: str) -> None:
    assert redacted_exception(raised(error)) == shown


def test_causes_come_first_as_python_shows_them_and_cycles_end() -> None:
    first, second = raised(ValueError("first of all")), raised(LookupError("then"))
    second.__cause__, first.__cause__ = first, second
    shown = redacted_traceback(second)
    assert shown.index("ValueError") < shown.index("LookupError")
    assert "direct cause" in shown
