"""Reminders to whoever a quiet pull request waits for."""
