"""The stories that can be played in the sandbox, each a module named like its story.

A story has `furnish(acts, monday)`, which tells the past up to that Monday morning, and `scenes(stage)`,
which does one thing after the other and yields after each, so that the bot can answer before the next.
"""
