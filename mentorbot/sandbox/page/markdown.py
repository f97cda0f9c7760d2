"""Markdown as the small GitHub shows it: mentions, references and addresses become links, no more."""

from __future__ import annotations

import re

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "details", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "kbd", "li", "ol", "p", "pre", "s", "strong", "sub", "summary", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "class"}, "ol": {"start"}, "details": {"open"}}
_SPECIAL = re.compile(
    r"(?<![\w`/.])@(?P<login>[A-Za-z0-9][A-Za-z0-9-]*)"
    r"|(?<![\w/&])#(?P<number>\d+)\b"
    r"|(?P<address>https?://[^\s<>()]+[^\s<>().,:;!?'\"])"
)


def to_html(text: str | None, *, full_name: str) -> str:
    """A text somebody wrote as safe HTML; `#5` leads into the repository `full_name`."""
    html = _PARSER.render(text or "", {"full_name": full_name})
    return nh3.clean(
        html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def _link_what_is_special(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = _linked(block.children, full_name=state.env.get("full_name", ""))


def _linked(tokens: list[Token], *, full_name: str) -> list[Token]:
    found: list[Token] = []
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not depth:
            found.extend(_split(token, full_name=full_name))
        else:
            found.append(token)
    return found


def _split(token: Token, *, full_name: str) -> list[Token]:
    """A text cut into plain pieces and links."""
    pieces: list[Token] = []
    end = 0
    for match in _SPECIAL.finditer(token.content):
        pieces.append(_text(token.content[end : match.start()]))
        pieces.extend(_link(match[0], _target(match, full_name), is_mention=match["login"] is not None))
        end = match.end()
    pieces.append(_text(token.content[end:]))
    return [piece for piece in pieces if piece.type != "text" or piece.content]


def _target(match: re.Match[str], full_name: str) -> str | None:
    if match["address"]:
        return match["address"]
    return f"/{full_name}/issues/{match['number']}" if match["number"] else None


def _link(text: str, target: str | None, *, is_mention: bool) -> list[Token]:
    attributes: dict[str, str | int | float] = {"class": "mention"} if is_mention else {}
    if target is not None:
        attributes["href"] = target
    return [Token("link_open", "a", 1, attrs=attributes), _text(text), Token("link_close", "a", -1)]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _parser() -> MarkdownIt:
    # GitHub keeps the line breaks of comments.
    parser = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
    parser.core.ruler.push("link_what_is_special", _link_what_is_special)
    return parser


_PARSER = _parser()
