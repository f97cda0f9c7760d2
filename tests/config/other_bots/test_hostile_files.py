"""Whatever is in other bots' files: a sentence for each that is broken, and nothing gets out of place."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mentorbot.config.other_bots.found import found_in
from mentorbot.config.other_bots.importing import import_from
from mentorbot.config.other_bots.javascript import UnreadableScript, exported_values
from mentorbot.config.other_bots.reading import CarriedSetting, LeftOut
from mentorbot.config.other_bots.texts import as_template
from mentorbot.config.other_bots.writing import written
from mentorbot.config.templates import Template
from mentorbot.config.yaml_reader import MOST_BYTES, read_yaml

CONFIG = ".github/config.yml"
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + place)}: &{chr(98 + place)} [{', '.join([f'*{chr(97 + place)}'] * 9)}]\n"
    for place in range(8)
)


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        pytest.param(CONFIG, BOMB, "more than 10,000 values", id="a YAML bomb"),
        pytest.param(CONFIG, f"a: {'x' * MOST_BYTES}\n", "larger than 64 KiB", id="a huge file"),
        pytest.param(CONFIG, "a: [1\nb: 2", "not closed", id="broken YAML"),
        pytest.param(CONFIG, "- a\n- b\n", "made of sections", id="a list"),
        pytest.param(CONFIG, "a\0b: c", "can't be seen", id="a control character"),
        pytest.param(CONFIG, "[" * 3000, "nested", id="deep YAML"),
        pytest.param("triagebot.toml", "a = ", "not TOML", id="broken TOML"),
        pytest.param("triagebot.toml", f"a = {'[' * 9000}", "not TOML", id="deep TOML"),
        pytest.param("config/config.js", "exports.a = {b: require('x')}", "line 1", id="a script that runs"),
        pytest.param("config/config.js", f"exports.a = {'[' * 9000}", "line 1", id="a deep script"),
        pytest.param("config/config.js", "let a = 1", "line 1", id="a script without settings"),
    ],
)
def test_a_broken_file_is_told_in_a_sentence_and_the_rest_goes_on(path: str, text: str, said: str) -> None:
    good = {".github/boring-cyborg.yml": "firstPRWelcomeComment: Hello!\n"}
    before = time.process_time()
    imported = import_from({path: text, **good})
    assert time.process_time() - before < 5
    assert list(imported.unreadable) == [path]
    assert said in imported.unreadable[path]
    assert "\n" not in imported.unreadable[path]
    assert "pull_request: Hello!" in imported.text.replace('"', "")
    assert [bot.name for bot in found_in({path: text, **good})] == ["boring-cyborg"]


def test_flaws_of_a_file_are_listed() -> None:
    imported = import_from({CONFIG: "newPRWelcomeComment: !gif Hello there\nnewPRWelcomeComment: Twice\n"})
    told = [one.why for one in imported.left_out]
    assert any("tag" in why for why in told)
    assert any("twice" in why for why in told)


texts = st.text(min_size=1, max_size=200)


@given(text=texts)
@example(text="a: b\n# c")
@example(text="  first line is indented\nsecond")
@example(text="${x} $${y} ${{ github.actor }}\n\ttab")
@example(text="one\n\n\n   \n  two\u200dthree \x85 \u2028")
@example(text="'\"\\")
@example(text="- a\n- b:\n---\n...\n")
@example(text="mode: live\nwelcome:\n  issue: x")
@example(text="🎉\n\U0001f468\u200d\U0001f469\n#")
def test_whatever_words_are_carried_over_they_come_out_as_they_were(text: str) -> None:
    translated = as_template(text)
    if translated.problem:
        return
    carried = CarriedSetting(
        place=("welcome", "issue"), value=translated.text, path=CONFIG, line=1, key="key", note=text
    )
    more = CarriedSetting(place=("welcome", "pull_request"), value="off", path=text, line=1, key=text)
    left = LeftOut(path=text, line=1, key=text, why=text)
    yaml = read_yaml(written([carried, more], [left], [text]))
    assert yaml.problems == ()
    assert set(yaml.values) == {"mode", "welcome"}
    assert yaml.values["mode"] == "shadow"
    assert yaml.values["welcome"]["pull_request"] == "off"
    assert yaml.values["welcome"]["issue"].rstrip("\n") == translated.text


@given(text=texts.filter(lambda text: "{{" not in text))
@example(text="costs ${5} and $${6} and $$${7}")
def test_words_without_placeholders_are_said_as_they_stand(text: str) -> None:
    translated = as_template(text)
    if not translated.problem:
        said = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
        assert Template(translated.text).placeholders() == []
        while "\n\n\n" in said:
            said = said.replace("\n\n\n", "\n\n")
        assert Template(translated.text).render() == said


@given(labels=st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5))
def test_whatever_labels_are_carried_over_they_come_out_as_they_were(labels: list[str]) -> None:
    carried = CarriedSetting(
        place=("stalled", "ignore", "labels"), value=labels, path=CONFIG, line=1, key="exempt"
    )
    storable = [label for label in labels if not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in label)]
    if storable == labels:
        assert read_yaml(written([carried], [], [])).values["stalled"]["ignore"]["labels"] == labels


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Hi ${{ secrets.NAME }}", "${{ secrets.NAME }}"),
        ("Hi ${{ steps.x.outputs.body }} ${{github.actor}}", "${{ steps.x.outputs.body }}"),
        ("default", "something else"),
        ("off", "something else"),
        ("", "something else"),
        ("x" * 20_000, "longer"),
        ("a\x07b", "can't be seen"),
        (7, "no text"),
    ],
)
def test_words_that_would_mean_something_else_here_are_not_carried_over(text: object, problem: str) -> None:
    assert problem in as_template(text).problem


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Hi @${{ github.actor }}", "Hi @${author}"),
        ("Hi @${{github.event.pull_request.user.login}}", "Hi @${author}"),
        ("Hi @${{  GITHUB.event.issue.user.login  }}!", "Hi @${author}!"),
        ("#${{ github.event.issue.number }}", "#${number}"),
        ("${{ github.event.pull_request.title }}", "${title}"),
        ("${{ github.event.repository.name }}", "${repo}"),
        ("@{{ author }}", "@${author}"),
        ("@{{pr_author}}", "@${author}"),
        ("{{ cookiecutter }}", "{{ cookiecutter }}"),
        ("${HOME}", "$${HOME}"),
    ],
)
def test_placeholders_are_spelled_as_ours_are(text: str, ours: str) -> None:
    assert as_template(text).text == ours


def test_what_is_told_of_placeholders_says_both() -> None:
    translated = as_template("@{{ author }} {{ other }}")
    assert translated.notes == (
        "`{{ author }}` became `${author}`",
        "`{{ other }}` means nothing here and is said as it stands",
    )


def test_the_first_of_two_values_is_taken_and_the_other_told() -> None:
    imported = import_from(
        {
            ".github/boring-cyborg.yml": "firstPRWelcomeComment: One\n",
            ".github/config.yml": "newPRWelcomeComment: Two\n",
        }
    )
    assert [one.value for one in imported.carried if one.place[-1] == "pull_request"] == ["One"]
    [told] = imported.left_out
    assert told.why == (
        "`welcome.pull_request` has the value of .github/boring-cyborg.yml, line 1, already: choose by hand"
    )


def test_more_words_than_a_config_file_holds_are_told_not_written() -> None:
    words = "word " * 1900
    files = {
        ".github/boring-cyborg.yml": "".join(
            f"first{what}Comment: {words}\n" for what in ("PRWelcome", "IssueWelcome", "PRMerge")
        ),
        ".github/config.yml": f"newPRWelcomeComment: other {words}\n",
    }
    imported = import_from(files)
    assert len(imported.text.encode()) < MOST_BYTES
    labels = {f".github/workflows/{i}.yml": f"# actions/stale {i}\n{'x' * 3000}: 1" for i in range(200)}
    assert len(import_from({**files, **labels}).text.encode()) < MOST_BYTES


def test_a_list_of_thousands_is_cut_in_the_file() -> None:
    files = {CONFIG: "newPRWelcomeComment: Hi there\n" + "".join(f"key{n}: 1\n" for n in range(1000))}
    imported = import_from(files)
    assert len(imported.left_out) == 1000
    assert "# … and 800 more" in imported.text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("exports.a = {b: 'c', \"d\": [1, -2.5, true, null,], };", {"b": "c", "d": [1, -2.5, True, None]}),
        ("export const a: {x: string} = {/* c */ b: `d` // e\n}", {"b": "d"}),
        ("module.exports.a = {b: new Map([['c', 1]])}", {"b": [["c", 1]]}),
        ("exports.a = {b: 'it\\'s'}", {"b": "it's"}),
    ],
)
def test_plain_values_are_read_from_scripts(text: str, values: dict[str, object]) -> None:
    found, line = exported_values(text)["a"]
    assert ({name: value for name, (value, _) in found.items()}, line) == (values, 1)


@pytest.mark.parametrize(
    "text", ["exports.a = {b: c()}", "exports.a = {b: `${c}`}", "exports.a = {b: 1 +", ""]
)
def test_scripts_with_more_than_plain_values_are_refused(text: str) -> None:
    with pytest.raises(UnreadableScript):
        exported_values(text)
