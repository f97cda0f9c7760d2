"""PostgreSQL addresses as SQLAlchemy and psycopg want them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy.engine import URL, make_url

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


def sqlalchemy_url(url: str) -> URL:
    """The address for SQLAlchemy on psycopg 3; `postgres://` (as some hosts still write it) works too.

    What it says itself about time-outs stays.
    """
    named = make_url(url.replace("postgres://", "postgresql://", 1)).set(drivername="postgresql+psycopg")
    patience = {name: value for name, value in _PATIENCE.items() if name not in named.query}
    return named.update_query_dict(patience)


def libpq_url(url: str) -> str:
    return sqlalchemy_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
