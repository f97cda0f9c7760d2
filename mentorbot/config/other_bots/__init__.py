"""Other bots' settings: which of them act in a repository, and what of it becomes ours.

A module per family of bots reads its files; `found` tells what acts, `importing` makes a `mentorbot.yml`.
"""
