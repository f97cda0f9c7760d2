"""Somebody else is asked where whoever was asked keeps silent, until the deadline."""
