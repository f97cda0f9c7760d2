"""The weekly summaries for mentors and for maintainers, and the private desk they go to."""
