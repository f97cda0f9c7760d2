"""Volunteering as a mentor, being away, and opting out of mentoring or in again."""
