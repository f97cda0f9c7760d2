"""PostgreSQL addresses as psycopg and SQLAlchemy want them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import parse_qsl, quote, unquote, urlencode

_PATIENCE: Mapping[str, str] = MappingProxyType(
    {
        "connect_timeout": "5",
        "keepalives_idle": "10",
        "keepalives_interval": "5",
        "keepalives_count": "3",
        "tcp_user_timeout": "20000",
    }
)
"""Without these a server that went away without a word is waited for by the quarter of an hour. Seconds, and
milliseconds in the last: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS"""


_ADDRESS = re.compile(
    r"postgres(?:ql)?(?:\+\w+)?://(?:(?P<user>[^:/@]*)(?::(?P<password>[^@]*))?@)?(?P<place>[^?]*)(?:\?(?P<query>.*))?"
)


def libpq_url(url: str) -> str:
    """The address for psycopg; `postgres://` (as some hosts still write it) works too.

    What it says itself about time-outs stays.
    """
    found = _ADDRESS.fullmatch(url)
    if found is None:
        raise ValueError("not an address of a PostgreSQL database: it would start with postgresql://")
    who = ":".join(
        quote(unquote(part), safe="") for part in found.group("user", "password") if part is not None
    )
    query = {**_PATIENCE, **dict(parse_qsl(found["query"] or "", keep_blank_values=True))}
    return f"postgresql://{who}{'@' if who else ''}{found['place']}?{urlencode(query, quote_via=quote)}"


def sqlalchemy_url(url: str) -> str:
    """The address for SQLAlchemy on psycopg 3."""
    return libpq_url(url).replace("postgresql://", "postgresql+psycopg://", 1)
