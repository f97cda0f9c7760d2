"""Labels that show whose turn it is, and reminders that are folded away once it is over."""
