"""`/credits`: balances with their reasons, gifts, and credits that expire."""
