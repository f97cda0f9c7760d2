"""Two people and an area: how it stands between them, and everything that can happen to it."""
