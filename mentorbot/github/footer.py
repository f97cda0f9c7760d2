"""The small print under what the bot writes unasked: that it is a bot, what it does, how to be left alone."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from mentorbot.core.languages import SOURCE
from mentorbot.core.translator import say, translator
from mentorbot.github.manifest import REPOSITORY

IN_THE_REPOSITORY = f"{REPOSITORY}/blob/main/docs/newcomers.md"
"""The page for whoever met the bot, where its own server has none that people reach."""


def about_page(public_url: str | None, *, api_url: str) -> str:
    """Where people read what the bot is: on its own server, unless only that machine itself reaches it.

    A sandbox is on this machine as a whole, its people included.
    """
    if public_url is None or (_is_here(public_url) and not _is_here(api_url)):
        return IN_THE_REPOSITORY
    return f"{public_url.rstrip('/')}/about"


def footer(about: str) -> str:
    """The footer as Markdown, in the language at hand; empty where there is no page to lead to."""
    if not about:
        return ""
    # Whoever follows the link reads the page in the language of what led there.
    language = translator().language
    elsewhere = about == IN_THE_REPOSITORY or language == SOURCE
    address = about if elsewhere else f"{about}?language={language}"
    told = say("[What this bot is, and how you can stop it]({address})", address=address)
    return f"<sub>{told}</sub>"


def _is_here(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
