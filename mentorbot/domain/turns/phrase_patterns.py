"""The small language in which lists of phrases are written, so that people can read and extend them.

One phrase a line: `(a|b)` is a choice, `(a )?` may be left out, `…` stands for the rest of a word, ` ... `
for some words between, `_` for any one word, `^` for the start of the sentence and `$` for its end.
"""

from __future__ import annotations

import re


def phrases(lines: str) -> re.Pattern[str]:
    """One pattern of all the lines, each a whole word or several."""
    return re.compile(
        "|".join(_pattern(line.strip()) for line in lines.splitlines() if line.strip()), re.IGNORECASE
    )


def _pattern(phrase: str) -> str:
    start = "" if phrase.startswith("^") else r"(?<!\w)"
    end = "" if phrase.endswith(("…", "$")) else r"(?!\w)"
    for sign, meaning in (
        ("^", r"^\W*"),
        ("$", r"\W*$"),
        (" ... ", r" (?:[^.?!]{0,120} )?"),
        ("…", r"\w*"),
        ("_", r"[\w'-]+"),
        ("(", "(?:"),
    ):
        phrase = phrase.replace(sign, meaning) if sign != "(" else re.sub(r"\((?!\?)", meaning, phrase)
    return f"{start}(?:{phrase}){end}"
