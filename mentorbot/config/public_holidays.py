"""Countries' public holidays, loaded when a config names a country: few do, and it takes time and room."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import holidays
from holidays.registry import COUNTRIES


@lru_cache(maxsize=1024)
def holidays_in(code: str, year: int) -> tuple[date, ...]:
    """The holidays of a country ("DE") or a part of it ("DE-BY")."""
    country, _, subdivision = code.partition("-")
    return tuple(holidays.country_holidays(country, subdiv=subdivision or None, years=year))


@cache
def parts_of_countries() -> dict[str, list[str]]:
    """The codes of all countries, each with those of its parts."""
    # With aliases, which are the three-letter codes people write too.
    return holidays.list_supported_countries(include_aliases=True)


@cache
def codes_by_name() -> dict[str, str]:
    """The codes of countries by their names in English, in lower case."""
    return {name.replace("_", " "): codes[1] for name, codes in COUNTRIES.items()}
