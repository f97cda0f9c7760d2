"""Silence in a thread, for as long as its author or a maintainer wants it, and its end."""
