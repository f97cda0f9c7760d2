from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from mentorbot.config.templates import Offers, Template

OFFERED = Offers(author="who opened it", eta="how long answers take")
GREETING: TypeAdapter[Template] = TypeAdapter(Annotated[Template, OFFERED])
PERHAPS: TypeAdapter[Template | None] = TypeAdapter(Annotated[Template | None, OFFERED])


@pytest.mark.parametrize(
    ("text", "rendered"),
    [
        pytest.param("Hi @${author}!", "Hi @ada!", id="a value"),
        pytest.param("Hi @${ author }!", "Hi @ada!", id="with spaces"),
        pytest.param("${author} ${author}", "ada ada", id="twice"),
        pytest.param(
            "costs $${author} $5 $author {author}", "costs ${author} $5 $author {author}", id="none"
        ),
        pytest.param("Hi ${author}\nAnswer in ${eta}.\nBye", "Hi ada\nBye", id="a line with nothing to say"),
        pytest.param("${author}: ${eta}", "ada:", id="a line with something to say"),
        pytest.param("Hi\n\n${eta}\n\nBye", "Hi\n\nBye", id="no gap is left"),
        pytest.param("\n\nHi\n\n", "Hi", id="nothing around it"),
    ],
)
def test_a_text_is_rendered_with_its_values(text: str, rendered: str) -> None:
    assert Template(text).render(author="ada", eta="") == rendered


def test_values_are_not_looked_into_for_further_names() -> None:
    assert Template("${author}").render(author="${eta}", eta="secret") == "${eta}"


@pytest.mark.parametrize("text", ["${eta}", "${author", "${author.x}", "${}"])
def test_what_has_no_value_is_never_made_up(text: str) -> None:
    with pytest.raises(KeyError):
        Template(text).render(author="ada")


@pytest.mark.parametrize(
    ("text", "is_built_in"),
    [
        pytest.param("default", True, id="the word"),
        pytest.param(" Default\n", True, id="the word with space around it"),
        pytest.param("by default", False, id="among others"),
    ],
)
def test_the_word_default_stands_for_the_built_in_text(text: str, is_built_in: bool) -> None:
    assert Template(text).is_built_in is is_built_in
    assert Template(text).or_built_in("ours") == Template("ours" if is_built_in else text)


@pytest.mark.parametrize(
    ("value", "says", "line"),
    [
        pytest.param(
            "Hi\n${autor}", "There is no value `${autor}`: did you mean `${author}`?", 1, id="misspelt"
        ),
        pytest.param("${x}", "known here: `${author}`, `${eta}`.", 0, id="unknown"),
        pytest.param("a\nb\n${", "Write `$${` for the characters themselves", 2, id="without a name"),
        pytest.param("${author.__class__}", "has to be followed by a name", 0, id="reaching for more"),
        pytest.param("${author!r}", "has to be followed by a name", 0, id="a conversion"),
        pytest.param("${}", "has to be followed by a name", 0, id="an empty name"),
        pytest.param("", "the text is empty", 0, id="empty"),
        pytest.param("x" * 20_001, "longer than 20,000 characters", 0, id="too long"),
        pytest.param(14, "a text is needed here", 0, id="a number"),
    ],
)
def test_texts_that_would_not_work_are_refused_with_their_line(value: object, says: str, line: int) -> None:
    with pytest.raises(ValidationError) as refused:
        GREETING.validate_python(value)
    (error,) = refused.value.errors()
    assert says in error["msg"]
    assert error.get("ctx", {}).get("line", 0) == line


def test_a_text_survives_being_written_and_read() -> None:
    template = GREETING.validate_python("Hi ${author}")
    assert GREETING.validate_json(GREETING.dump_json(template), strict=True) == template
    assert GREETING.validate_python(template) is template
    assert template.names == ("author",)
    assert str(template) == "Hi ${author}"


def test_a_text_that_may_be_missing_may_be_missing() -> None:
    assert PERHAPS.validate_python(None) is None


def test_editors_are_told_which_values_there_are() -> None:
    assert GREETING.json_schema()["x-values"] == OFFERED.names
