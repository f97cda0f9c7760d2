"""Logs and crash reports, without secrets and without people's words."""
