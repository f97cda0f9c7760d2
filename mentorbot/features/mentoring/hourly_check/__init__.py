"""What the clock brings every hour: who is asked next, who is reminded, who waits for too long."""
