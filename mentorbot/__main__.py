"""Lets `python -m mentorbot` do what the `mentorbot` command does."""

from __future__ import annotations

from mentorbot.cli import main

if __name__ == "__main__":
    main()
