from __future__ import annotations

import pytest

from tests.config.config_sections import read


@pytest.mark.parametrize(
    ("marked", "says"),
    [
        pytest.param("‸stallde:", "no section `stallde`: did you mean `stalled`?", id="a misspelt section"),
        pytest.param("‸weather:", "known here: `calendar`, `stalled`.", id="an unknown section"),
        pytest.param("stalled:\n  ‸atuhor: {}", "did you mean `author`?", id="a misspelt key"),
        pytest.param("stalled:\n  ‸zzz: 1", "known here: `author`, `areas`", id="an unknown key"),
        pytest.param("stalled:\n  areas:\n    a: {‸aftr: 1 day}", "`after`", id="a key far down"),
        pytest.param(
            "stalled: {mentors: [{login: a}, {‸lgin: b, login: c}]}", "`login`", id="a key in a list"
        ),
        pytest.param(
            "stalled:\n  mentors:\n    - ‸{capacity: 1}", "`login` is missing here", id="a missing key"
        ),
        pytest.param("stalled: {author: {after: ‸14}}", "Write `14 days`", id="a bare number"),
        pytest.param("stalled: {author: {after: ‸soon}}", "`soon` is not a duration", id="no duration"),
        pytest.param("stalled: {author: ‸3}", "`3` is not a group of settings", id="no group"),
        pytest.param(
            "stalled: {areas: ‸[1]}", "What is written here is not a group", id="a list instead of a group"
        ),
        pytest.param("stalled: {mentors: ‸x}", "`x` is not a list", id="no list"),
        pytest.param(
            "stalled: {kind: ‸quik}",
            "`quik` is none of `quick`, `slow`. Did you mean `quick`?",
            id="a misspelt choice",
        ),
        pytest.param("stalled: {kind: ‸7}", "`7` is none of `quick`, `slow`.", id="no choice at all"),
        pytest.param("stalled: {drafts: ‸yes}", "write `true` or `false`", id="no switch"),
        pytest.param(
            "stalled: {labels: ‸3}", 'put it in quotes, `"3"`. Or: `3` is not a list', id="none of two kinds"
        ),
        pytest.param("stalled: {labels: [‸3]}", 'put it in quotes, `"3"`.', id="one of two kinds, nearly"),
        pytest.param("stalled: {labels: ‸true}", "`true` is no text", id="a switch instead of a text"),
        pytest.param("stalled: {share: ‸'1'}", "`1` is not a number", id="no number"),
        pytest.param("stalled: {share: ‸0}", "`0` is too small: write more than 0", id="not more"),
        pytest.param("stalled: {share: ‸1.0}", "`1.0` is too large: write less than 1", id="not less"),
        pytest.param("stalled: {mentors: [{login: a, capacity: ‸0}]}", "write 1 or more", id="too small"),
        pytest.param("stalled: {mentors: [{login: a, capacity: ‸10}]}", "write 9 or less", id="too large"),
        pytest.param(
            "stalled: {mentors: [{login: a, capacity: ‸1.5}]}", "`1.5` is not a whole number", id="a fraction"
        ),
        pytest.param(
            "stalled: {mentors: [{login: a, capacity: ‸true}]}",
            "`true` is not a whole number",
            id="a switch instead of a number",
        ),
        pytest.param("stalled: {start: ‸soon}", "`soon` is not a date", id="no date"),
        pytest.param("stalled: {start: ‸2026-13-01}", "`2026-13-01` is not a date", id="no such month"),
        pytest.param("stalled: {start: ‸7}", "`7` is not a date", id="a number instead of a date"),
        pytest.param("stalled: {guide: ‸here}", "`here` is not an address", id="no address"),
        pytest.param(
            "stalled: {guide: ‸'javascript:alert(1)'}",
            "starts with `https://`",
            id="an address of another kind",
        ),
        pytest.param("stalled: {guide: ‸7}", "`7` is not an address", id="a number instead of an address"),
        pytest.param("stalled: {code: ‸AB}", "`AB` is not written in the form", id="the wrong form"),
        pytest.param("stalled: {code: ‸a}", "at least 2 characters", id="a short text"),
        pytest.param("stalled: {code: ‸abcde}", "at most 4 characters", id="a long text"),
        pytest.param("stalled: {few: ‸[]}", "at least 1", id="too few"),
        pytest.param("stalled: {few: ‸[1, 2, 3]}", "at most 2", id="too many"),
        pytest.param("stalled: {code: ‸null}", "`nothing` is no text", id="nothing"),
        pytest.param(
            "stalled:\n  text: |\n    Hi\n    ${au‸tor}", "did you mean `${author}`?", id="a value in a text"
        ),
        pytest.param("stalled:\n  text: ‸Hi ${x}", "known here: `${author}`.", id="a value in a short text"),
        pytest.param("stalled: ‸hello", "`stalled` needs settings", id="a word instead of settings"),
        pytest.param("stalled: ‸[1]", "`stalled` needs settings", id="a list instead of settings"),
        pytest.param("stalled: ‸3", "`stalled` needs settings", id="a number instead of settings"),
        pytest.param(
            "stalled:\n  drafts: true\n  ‸drafts: false", "`drafts` is here twice", id="a key twice"
        ),
        pytest.param("stalled: ‸!x {}", "The tag `!x` means nothing", id="a tag"),
        pytest.param(
            "stalled:\n  author: {again: 1 day, ‸repeat: 1 day}",
            "former name of `again`",
            id="both names of a key",
        ),
        pytest.param("stalled:\n  people: [{login: a, ‸cap: 1}]", "no key `cap`", id="below a former name"),
        pytest.param("calendar: {timezone: ‸Berlin}", "did you mean `Europe/Berlin`?", id="a time zone"),
        pytest.param(
            "stalled:\n‸\tdrafts: true",
            "The file can't be read. There is a tab here",
            id="a file that can't be read",
        ),
        pytest.param("‸stalled: [\n", "The file can't be read", id="a file without an end"),
        pytest.param("‸!x\nstalled:", "The tag `!x`", id="a tag on the whole file"),
    ],
)
def test_each_mistake_is_told_where_it_stands_and_how_to_mend_it(marked: str, says: str) -> None:
    before, _, after = marked.partition("‸")  # the caret shows where people are to look
    (problem,) = read(before + after).problems
    assert says in problem.message
    assert (problem.line, problem.column) == (before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
    assert problem.message.endswith((".", "?"))


@pytest.mark.parametrize(
    ("text", "path", "suggestion"),
    [
        pytest.param("stallde:", "stallde", "stalled", id="a section"),
        pytest.param("weather:", "weather", "", id="a section like no other"),
        pytest.param("stalled: {atuhor: {}}", "stalled.atuhor", "author", id="a key"),
        pytest.param("stalled: {areas: {a: {aftr: 1 day}}}", "stalled.areas.a.aftr", "after", id="far down"),
        pytest.param(
            "stalled: {mentors: [{lgin: b, login: c}]}", "stalled.mentors[0].lgin", "login", id="in a list"
        ),
        pytest.param("stalled: {kind: quik}", "stalled.kind", "quick", id="a choice"),
        pytest.param("stalled: {text: 'Hi ${autor}'}", "stalled.text", "author", id="a value in a text"),
        pytest.param(
            "stalled: {people: [{login: 3}]}", "stalled.mentors[0].login", "", id="below a former name"
        ),
        pytest.param("stalled: {", "", "", id="a file that can't be read"),
    ],
)
def test_a_problem_names_its_section_its_path_and_the_word_that_was_meant(
    text: str, path: str, suggestion: str
) -> None:
    (problem,) = read(text).problems
    assert (problem.path, problem.suggestion) == (path, suggestion)
    assert problem.section == path.partition(".")[0]


def test_several_mistakes_are_told_in_the_order_of_their_lines() -> None:
    problems = read("stalled:\n  zzz: 1\n  kind: x\nweather:\n").problems
    assert [problem.line for problem in problems] == [2, 3, 4]
