"""Takes secrets out of what leaves this process: logs and crash reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

REDACTED = "[scrubbed]"

_SECRETS = re.compile(
    r"""
    -----BEGIN\ [A-Z ]*PRIVATE\ KEY-----.*?(?:-----END\ [A-Z ]*PRIVATE\ KEY-----|\Z)
    | \b(?:ghs|ghp|gho|ghu|ghr)_[A-Za-z0-9._-]{16,}      # installation, personal and user tokens
    | \bgithub_pat_[A-Za-z0-9_]{16,}
    | \bv1\.[0-9a-f]{40}\b                               # installation tokens of older Enterprise Servers
    | \beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+  # the App's JSON web tokens
    | \bsha(?:1|256)=[0-9a-fA-F]{16,}                    # webhook signatures
    | (?i:\b(?:bearer|token|basic))\ [A-Za-z0-9._~+/=-]{16,}
    | (?<=://)[^/\s:@]*:[^/\s@]+(?=@)                    # user:password in addresses
    """,
    re.DOTALL | re.VERBOSE,
)

_SECRET_NAMES = re.compile(
    r"authorization|cookie|signature|secret|password|passwd|token|private_?key|api_?key|\bjwt\b|\bdsn\b|database_url",
    re.IGNORECASE,
)


def redacted_text(text: str) -> str:
    """The text without tokens, keys, signatures and passwords."""
    return _SECRETS.sub(REDACTED, text)


def redacted(value: Any, *, name: str = "") -> Any:
    """The value, however deep, without secrets; what is *called* a secret goes whatever it looks like."""
    if name and _SECRET_NAMES.search(name) and value not in (None, "", False, True):
        return REDACTED
    if isinstance(value, str):
        return redacted_text(value)
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    if isinstance(value, Mapping):
        return {key: redacted(inner, name=str(key)) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [redacted(inner) for inner in value]
    return value
