"""Everybody in the programme: who mentors whom, who waits, and who may be asked."""
