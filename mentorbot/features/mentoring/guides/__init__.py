"""The page that helps when a check fails, shown to a mentee once."""
