"""How much may be said that nobody asked for: the promises' numbers."""

from __future__ import annotations

BUSINESS_DAYS_BETWEEN_NUDGES = 7
"""Between two nudges in the same issue or pull request."""

MENTIONS_A_DAY = 3
"""How often nudges may mention somebody in 24 hours, over all repositories."""
