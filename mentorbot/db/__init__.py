"""Everything that knows SQL: what the bot remembers, and the jobs still to do."""
