"""Other bots' words as ours: their placeholders in our spelling, or a reason why that can't be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_LONGEST = 10_000
_EXPRESSION = re.compile(r"\$\{\{(.{0,300}?)\}\}", re.DOTALL)
_MUSTACHE = re.compile(r"(?<!\$)\{\{\s*([\w.]{1,60})\s*\}\}", re.ASCII)
_OWN_WORDS = frozenset({"default", "off", "no", "false"})
_STRANGE = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u2028\u2029]")

_AUTHOR, _NUMBER, _TITLE, _REPO = "${author}", "${number}", "${title}", "${repo}"
_EXPRESSIONS = {
    **dict.fromkeys(
        (
            "github.actor",
            "github.triggering_actor",
            "github.event.sender.login",
            "github.event.issue.user.login",
            "github.event.pull_request.user.login",
        ),
        _AUTHOR,
    ),
    **dict.fromkeys(
        ("github.event.number", "github.event.issue.number", "github.event.pull_request.number"), _NUMBER
    ),
    **dict.fromkeys(("github.event.issue.title", "github.event.pull_request.title"), _TITLE),
    "github.event.repository.name": _REPO,
}
_MUSTACHES = {
    **dict.fromkeys(("author", "pr_author", "issue_author", "user", "username", "login", "name"), _AUTHOR),
    **dict.fromkeys(("number", "pr_number", "issue_number"), _NUMBER),
    **dict.fromkeys(("title", "pr_title", "issue_title"), _TITLE),
    **dict.fromkeys(("repo", "repository"), _REPO),
}


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """Words for `mentorbot.yml`, with what is to be known about them; or `problem`: why there are none."""

    text: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""


def as_template(text: Any) -> TranslatedText:
    """Another bot's words as a text for `mentorbot.yml`.

    What isn't known to mean the same here is not guessed: an expression that only a workflow can compute
    makes the text one that can't be carried over.
    """
    if not isinstance(text, str):
        return TranslatedText(problem="this is no text")
    words = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    if not words or words.lower() in _OWN_WORDS:
        return TranslatedText(problem=f"`{words}` would mean something else in mentorbot.yml")
    if len(words) > _LONGEST:
        return TranslatedText(problem=f"the text is longer than {_LONGEST:,} characters; shorten it by hand")
    if _STRANGE.search(words):
        return TranslatedText(problem="the text holds a character that can't be seen; copy it by hand")
    unknown = [
        f"${{{{ {' '.join(found.split())} }}}}"
        for found in _EXPRESSION.findall(words)
        if _expression(found) is None
    ]
    if unknown:
        listed = ", ".join(f"`{one}`" for one in dict.fromkeys(unknown))
        return TranslatedText(problem=f"its text uses {listed}, which only a workflow knows; copy it by hand")
    notes: dict[str, None] = {}
    parts: list[str] = []
    end = 0
    for found in _EXPRESSION.finditer(words):
        parts += [_plain(words[end : found.start()], notes), _expression(found[1]) or ""]
        end = found.end()
    parts.append(_plain(words[end:], notes))
    return TranslatedText("".join(parts), tuple(notes))


def _expression(written: str) -> str | None:
    return _EXPRESSIONS.get("".join(written.split()).lower())


def _plain(words: str, notes: dict[str, None]) -> str:
    """Words outside of expressions: what would be a placeholder of ours by chance is made to be none."""

    def translated(found: re.Match[str]) -> str:
        ours = _MUSTACHES.get(found[1].lower())
        if ours is None:
            notes[f"`{found[0]}` means nothing here and is said as it stands"] = None
            return found[0]
        notes[f"`{found[0]}` became `{ours}`"] = None
        return ours

    return _MUSTACHE.sub(translated, words.replace("${", "$${"))
