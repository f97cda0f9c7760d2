"""What people tell or ask the bot about turns: /turn, /ready, /blocked, /waiting and /snooze."""
