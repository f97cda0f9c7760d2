"""Hear, decide, act: the three stages, the clock, and the why.

Nothing is imported here: a web server needs the first stage only.
"""
