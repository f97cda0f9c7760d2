"""The stories that can be played in the sandbox, each a module named like its story.

Each has a `STORY`, the card `mentorbot.sandbox.story.Story`: who is there, and scenes with their moments.
"""
