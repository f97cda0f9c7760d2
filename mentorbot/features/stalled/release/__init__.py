"""Lets reminders go on in what had been quiet for so long that nobody is reminded any more."""
