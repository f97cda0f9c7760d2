"""People who speak to the bot as to a person: it is no such thing, and says so once."""
